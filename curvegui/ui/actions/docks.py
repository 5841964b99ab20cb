"""The panels beside the canvas: the docks that hold them, where a view puts them, and how large they are."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QTabBar, QTabWidget, QVBoxLayout, QWidget

from curvegui.ui.actions.dock import Dock, TabTools
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.actions.feature import DockRecord
from curvegui.ui.actions.view import Availability
from curvegui.ui.look.layouts import line_px
from curvegui.ui.look.scale import BETWEEN_PX
from curvegui.ui.widgets.steps import Steps

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
NOWHERE = Qt.DockWidgetArea.NoDockWidgetArea
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
NEAR_PX = 3  # by so much a dock's height may differ from the needed height
FAIR = 0.4  # the share of the window's width, or of a column's height, that a panel gets at least when it is opened
NARROW = 0.25  # the share of the window's width below which a panel is squeezed
ROOM_LINES = 20  # the height of an upper panel, in lines of text, where that is fair: the network without scrolling
USEFUL_LINES = 15  # the least height, in lines of text, of a panel that yields to another, while there is room for both


class Contents(QWidget):
    """The widget in a dock: it never asks for more of the window's width than the view gives to the panels."""

    def __init__(self, docks: "Docks") -> None:
        super().__init__()
        self._docks = docks
        self.column = QVBoxLayout(self)
        self.frame(False)

    @Slot(bool)
    def frame(self, floats: bool) -> None:
        """Keep free what the gap between canvas and column needs beside its edge, or all around in a floating dock."""
        left, right, below = (BETWEEN_PX * (floats or at) for at in (not self.isRightToLeft(), self.isRightToLeft(), 0))
        self.column.setContentsMargins(left, 0, right, below)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(min(hint.width(), self._docks.fair_width), self.minimumSizeHint().width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._docks.note_resized()


class Docks(QObject):
    """The docks of a window, by name. ``opened`` is emitted with the name of a dock when the dock becomes visible."""

    opened = Signal(str)

    def __init__(self, window: EventWindow, records: tuple[DockRecord, ...], availability: Availability) -> None:
        super().__init__(window)
        self._window, self.records, self.availability = window, records, availability
        self._side = LEFT if window.isRightToLeft() else RIGHT  # where the column is
        window.setTabPosition(LEFT | RIGHT, QTabWidget.TabPosition.North)
        self._by_name: dict[str, Dock] = {}
        self._contents: dict[str, Contents] = {}
        self._needed: dict[str, Callable[[], int]] = {}  # by name: returns the height in px that a panel needs
        self.share = FAIR  # the panels' share of the window's width
        self.usual: dict[str, float] = {}  # by name, for panels above others: the usual part of the window's height
        self._is_free, self._size, self.part = False, QSize(), FAIR  # the window's size; the panels' part of its width
        self._fitting: set[str] = set()  # names of docks that have the height that they need
        self._unfitted: list[str] = []  # names of docks that get that height once they are laid out
        self._fitting_soon = QTimer(self, singleShot=True)
        self._fitting_soon.timeout.connect(self._fit)
        self._steps = Steps(self, self._follow_window)
        self._titling = QTimer(self, singleShot=True)
        self._titling.timeout.connect(self._fit_tabs)
        for name, title in ((record.name, record.title) for record in records):
            dock = Dock(name, title, window)
            self._contents[name] = Contents(self)
            dock.setWidget(self._contents[name])
            dock.topLevelChanged.connect(self._contents[name].frame)
            dock.visibilityChanged.connect(self._note_visible)
            for moved in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
                moved.connect(self._titling.start)
            self._window.addDockWidget(self._side, dock)
            dock.hide()
            self._by_name[name] = dock
        window.closed.connect(self._put_away)
        window.resized.connect(self._follow_window)

    def __getitem__(self, name: str) -> Dock:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def offers(self, name: str) -> bool:
        """Whether there is a dock of this name, and it is available."""
        return name in self._by_name and f"panel.{name}" in self.availability

    def obey(self) -> None:
        """Close the docks that are not available; the views call this after they have noted the arrangement."""
        for name, dock in self._by_name.items():
            dock.toggleViewAction().setVisible(self.offers(name))
            if not self.offers(name):
                dock.hide()

    @Slot()
    def _put_away(self) -> None:
        """Hide floating docks now: Qt hides them only when objects that their panels use have been deleted."""
        for dock in self._by_name.values():
            if dock.isFloating():
                dock.hide()

    def fill(self, name: str, contents: QWidget, needed: Callable[[], int] | None = None) -> None:
        """Put a panel into its dock; ``needed`` returns the height in px above which the panel gains nothing."""
        self._contents[name].column.addWidget(contents)
        if needed is not None:
            self._needed[name] = needed

    def is_seen(self, name: str) -> bool:
        """Whether a dock is open, and no other dock in front of it."""
        contents = self._contents.get(name)
        return contents is not None and contents.isVisible() and not contents.visibleRegion().isEmpty()

    def show(self, name: str) -> None:
        if self.offers(name):
            self._by_name[name].show()
            self._by_name[name].raise_()

    def show_behind(self, name: str) -> None:
        """Open a dock behind another dock, without covering that one; do nothing if none is open there."""
        dock, front = self._by_name[name], self.in_sight()
        if dock.isHidden() and self.offers(name):
            dock.show()
            mates = self._window.tabifiedDockWidgets(dock)
            covered = [each for each in front if each in mates]
            if covered:
                covered[0].raise_()
            else:
                dock.hide()

    def in_sight(self) -> list[Dock]:
        """The visible docks, in the order of their features."""
        return [dock for name, dock in self._by_name.items() if self.is_seen(name)]

    def first_in(self, dock: QWidget) -> QWidget | None:
        """The widget in a dock that gets the focus first, which is the focus proxy of its panel; or None."""
        contents = dock.findChild(Contents)
        panels = contents.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if contents else []
        return next((panel.focusProxy() for panel in panels if panel.focusProxy()), None)

    def toggles(self) -> list[QAction]:
        return [dock.toggleViewAction() for dock in self._by_name.values()]

    @Slot(bool)
    def _note_visible(self, visible: bool) -> None:
        if visible:  # the others go with the window, which then is no more
            self.opened.emit(self.sender().objectName().removeprefix("dock."))

    @Slot()
    def _fit_tabs(self) -> None:
        """Give rows of tabs their buttons and whole names; hide a single tab: screen readers have the dock's name."""
        titles = {dock.windowTitle(): dock for dock in self._by_name.values()}
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if bar.findChild(TabTools) is None:
                TabTools(bar, titles)
            bar.setVisible(bar.count() > 1)

    # Where a view puts them

    def arrange(self, groups: Sequence[Sequence[str]]) -> None:
        """Put docks beside the canvas, in groups from the top, the first dock of each in front. All docks in no group
        are closed; when they are opened, they are in the last group, behind its docks."""
        groups = [[name for name in group if self.offers(name)] for group in groups]
        groups = [group for group in groups if group]
        seen = [name for group in groups for name in group]
        others = [name for name in self._by_name if name not in seen]
        for name in [*seen, *others]:
            self._by_name[name].setFloating(False)
            self._window.removeDockWidget(self._by_name[name])  # from Qt 6.12 on, one that has a spot would stay there
        last = None
        for group in groups:
            last = None
            for name in group:
                self._put(name, last)
                last = name
        for name in others:
            self._put(name, last)
            self._by_name[name].hide()
            last = name
        for group in groups:
            self._by_name[group[0]].raise_()

    def drop_old_tabs(self) -> None:
        """Delete the tabs of the arrangement before. Qt deletes them only when the event loop turns; until then they
        are in the way, and the program crashes if one of them is dragged."""
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            QCoreApplication.sendPostedEvents(bar, QEvent.Type.DeferredDelete.value)

    def stand_as(self, groups: Sequence[Sequence[str]]) -> bool:
        fronts = sorted(self.in_sight(), key=lambda dock: dock.y())
        stacks = [{dock, *self._mates(dock)} for dock in fronts]
        wanted = [{self._by_name[name] for name in group if self.offers(name)} for group in groups]
        beside = [not dock.isFloating() and self._window.dockWidgetArea(dock) == self._side for dock in fronts]
        return all(beside) and len({dock.x() for dock in fronts}) <= 1 and stacks == [each for each in wanted if each]

    def _mates(self, dock: QDockWidget) -> list[QDockWidget]:
        return [mate for mate in self._window.tabifiedDockWidgets(dock) if not mate.isHidden()]

    def _put(self, name: str, behind: str | None) -> None:
        dock = self._by_name[name]
        if behind is None:
            self._window.addDockWidget(self._side, dock, Qt.Orientation.Vertical)
        else:
            self._window.tabifyDockWidget(self._by_name[behind], dock)
        dock.show()

    # How wide and high they are

    @property
    def fair_width(self) -> int:
        """The part of the window's width, in px, that the view gives to the panels."""
        return round(self.share * self._window.contentsRect().width())

    @property
    def _above(self) -> set[str]:
        """The names of the docks whose height is known; the docks below them get the rest of the height."""
        return self._needed.keys() | self.usual.keys()

    def share_out(self, groups: Sequence[Sequence[str]]) -> None:
        """Give the docks of a view their width, and all groups but the last the heights that they need."""
        names = [name for name in (next(filter(self.offers, group), "") for group in groups) if name]
        if not names:
            return
        first = [self._by_name[name] for name in names]
        self._ask(first[:1], [self.fair_width], HORIZONTAL)
        wanted = [self._height_for(name, 1) for name in names]
        wanted[-1] = max(self._window.height() - sum(wanted[:-1]), 1)
        self._ask(first, wanted, VERTICAL)
        for name in names[:-1]:  # Qt has shared what is left over among all
            self.give_needed(name)
            self._give_needed_soon(name)  # for the width that it has then

    def _height_for(self, name: str, otherwise: float) -> int:
        """The height of a dock that its panel needs, or its usual height, or else ``otherwise``."""
        # without `findChildren`: Qt resizes docks also while it deletes what was around one, which PySide does not bear
        line, high = line_px(self._window), self._window.height()
        if name in self._needed:
            return self._needed[name]() + self._by_name[name].height() - self._contents[name].height()
        if name in self.usual:
            return round(max(self.usual[name] * high, min(ROOM_LINES * line, FAIR * high)))
        return max(round(otherwise), 1)

    def give_needed(self, name: str) -> None:
        """Give a dock the height that its panel needs, as far as the docks above and below it can yield."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # else it would be as high as before
        self._give_height(self._by_name[name], self._fitting_height(name))

    def _fitting_height(self, name: str) -> int:
        """The height that a dock's panel needs, or less, so that the docks above and below stay useful; in a column too
        low for that, these keep only their smallest heights."""
        column, others = self._column_height(self._by_name[name]), self._column_of(self._by_name[name])
        useful = USEFUL_LINES * line_px(self._window) * len(others)
        least = sum(each.minimumSizeHint().height() for each in others)
        return min(self._height_for(name, 1), column - (useful if useful < FAIR * column else least))

    def enlarge(self, name: str) -> None:
        """Give a squeezed dock the height that its panel needs, or a fair share of its column and of the width."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        dock = self._by_name[name]
        if dock.width() < NARROW * self._window.width():
            self._ask([dock], [self.fair_width], HORIZONTAL)
        fair = FAIR * self._column_height(dock)
        if dock.height() < (wanted := min(self._height_for(name, fair), round(fair))):
            self._give_height(dock, wanted)

    def _give_height(self, dock: QDockWidget, wanted: int) -> None:
        others = self._column_of(dock)
        if dock.isVisible() and others:
            theirs = sum(each.height() for each in others)
            left = max(theirs + dock.height() - wanted, 0) / theirs
            self._resize([dock, *others], [wanted, *(left * each.height() for each in others)])

    def _resize(self, docks: Sequence[QDockWidget], heights: Sequence[float]) -> None:
        """Give docks these heights, and room for the tabs over them, which Qt counts as a part of a dock."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        tabs = {bar.geometry().bottom() + 1: bar.height() for bar in bars if bar.isVisible()}
        with_tabs = [max(round(height), 1) + tabs.get(dock.y(), 0) for dock, height in zip(docks, heights, strict=True)]
        self._ask(docks, with_tabs, VERTICAL)

    def _ask(self, docks: Sequence[QDockWidget], sizes: Sequence[int], along: Qt.Orientation) -> None:
        """Let Qt resize docks, unless one of them floats: Qt would print a warning."""
        if all(map(self._is_docked, docks)):
            self._window.resizeDocks(docks, sizes, along)

    def note_resized(self) -> None:
        """Note the new sizes if the window has not changed: then a view or a person has resized a dock."""
        if self._is_free and self._window.size() == self._size:
            self._note_all()

    def give_all_needed(self) -> None:
        """Give all visible docks the heights that their panels need, as soon as the panels are laid out anew."""
        for name in self._needed.keys() | (self.usual.keys() & self._fitting):
            if self._by_name[name] in self.in_sight():
                self._give_needed_soon(name)

    def _give_needed_soon(self, name: str) -> None:
        self._unfitted.append(name)
        self._fitting_soon.start()

    def _note_all(self) -> None:
        for name, dock in self._standing().items():
            self.part = dock.width() / self._size.width()
            has_it = name in self._above and abs(dock.height() - self._fitting_height(name)) <= NEAR_PX
            (self._fitting.add if has_it else self._fitting.discard)(name)

    def _standing(self) -> dict[str, QDockWidget]:
        in_sight = self.in_sight()
        return {name: dock for name, dock in self._by_name.items() if dock in in_sight and self._is_docked(dock)}

    def _is_docked(self, dock: QDockWidget) -> bool:
        """Whether a dock does not float; False also while Qt restores a view."""
        return not dock.isFloating() and self._window.dockWidgetArea(dock) != NOWHERE

    @property
    def parts(self) -> dict[str, float]:
        """For each dock that does not have the height that it needs: its part of the height of its column."""
        return {
            name: dock.height() / self._column_height(dock)
            for name, dock in self._standing().items()
            if name not in self._fitting
        }

    def give_parts(self, part: object, parts: object) -> None:
        """Give the docks a ``part`` of the window's width, and ``parts`` of their columns' heights."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._give_part(part)
        standing, parts = self._standing(), parts if isinstance(parts, Mapping) else {}
        high = {name: part for name, part in parts.items() if name in standing and isinstance(part, float) and part > 0}
        docks = [standing[name] for name in high]
        self._resize(docks, [high[name] * self._column_height(standing[name]) for name in high])
        for name in standing.keys() & self._above - high.keys():
            self.give_needed(name)
            self._give_needed_soon(name)  # for the width that it has then

    def _give_part(self, part: object) -> None:
        if isinstance(part, float) and 0 < part < 1:
            beside = [dock for dock in self.in_sight() if self._is_docked(dock)][:1]
            self._ask(beside, [round(part * self._window.width())] * len(beside), HORIZONTAL)

    @Slot()
    def _follow_window(self) -> None:
        """Give the panels the same part of the window's new width, and the heights that they need."""
        size = self._window.size()
        if not self._is_free or size == self._size or self._steps.can_wait(self._size, size):
            return
        self._steps.start()
        self._give_part(self.part)
        for name in list(self._fitting):  # one that is laid out meanwhile may be among them no more
            self.give_needed(name)
        self._size = size  # all that was resized until now was so on account of the window

    @Slot()
    def _fit(self) -> None:
        waiting, self._unfitted = self._unfitted, []
        for name in waiting:
            self.give_needed(name)

    def _column_of(self, dock: QDockWidget) -> list[QDockWidget]:
        """The docks above and below a dock; none for a floating dock."""
        area, mates = self._window.dockWidgetArea, [each for each in self.in_sight() if each is not dock]
        return [each for each in mates if not dock.isFloating() and area(each) == area(dock) and each.x() == dock.x()]

    def _column_height(self, dock: QDockWidget) -> int:
        return dock.height() + sum(each.height() for each in self._column_of(dock))

    def let_go(self) -> None:
        """The window is complete: from now on, the panels follow its width, and keep what a person gives them."""
        self._is_free, self._size = True, self._window.size()
        self._note_all()
