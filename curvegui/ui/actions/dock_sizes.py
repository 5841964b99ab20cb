"""How wide and high the panels are: what a view gives them, what they need, and what they have in another window."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QVBoxLayout, QWidget

from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.look.layouts import line_px
from curvegui.ui.widgets.steps import Steps

NOWHERE, TOP = Qt.DockWidgetArea.NoDockWidgetArea, Qt.DockWidgetArea.TopDockWidgetArea
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
NEAR_PX = 3  # by so much a height may miss the needed one
FAIR = 0.4  # of the window's width, for a panel that is opened where no view has given it more; of a column's height
NARROW = 0.25  # of the window's width: a panel that has less is squeezed
ROOM_LINES = 18.5  # of text: as high is one above another, where that is fair: the network without scrolling
USEFUL_LINES = 15  # of text: as high is a panel at least that yields to another one, while there is room for both


class Contents(QWidget):
    """What is in a dock: it never asks for more of the window's width than the view gives to the panels."""

    def __init__(self, sizes: "DockSizes", window: QMainWindow) -> None:
        super().__init__()
        self._sizes, self._window = sizes, window
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """As wide as the contents like, or as is fair."""
        hint, fair = super().sizeHint(), round(self._sizes.share * self._window.width())
        return QSize(max(min(hint.width(), fair), self.minimumSizeHint().width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Note that the dock is of another size."""
        super().resizeEvent(event)
        self._sizes.note_resized()


class DockSizes(QObject):
    """Sizes the docks of a window. ``contents`` and ``needed`` are what is in each, and the height that it needs."""

    def __init__(
        self, window: EventWindow, in_sight: Callable[[], list[QDockWidget]], offers: Callable[[str], bool]
    ) -> None:
        super().__init__(window)
        self._window, self._in_sight, self._offers, self.share = window, in_sight, offers, FAIR
        self._docks: dict[str, QDockWidget] = {}
        self.contents: dict[str, Contents] = {}
        self.needed: dict[str, Callable[[], int]] = {}
        self.card: QDockWidget | None = None  # of a lesson, above all of them
        self.usual: dict[str, float] = {}  # of those that the view has above others: the part of the window's height
        self._is_free, self._size, self.part = False, QSize(), FAIR  # the window, and what they have of its width
        self._fitting: set[str] = set()  # those that have the height that they need
        self._to_settle: list[str] = []
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._settle)
        self._steps = Steps(self, self._follow_window)
        window.resized.connect(self._follow_window)

    def add(self, name: str, dock: QDockWidget) -> None:
        """Size another dock, too."""
        self._docks[name], self.contents[name] = dock, Contents(self, self._window)
        dock.setWidget(self.contents[name])

    @property
    def _above(self) -> set[str]:
        """Those whose height is known; the ones below them have the rest."""
        return self.needed.keys() | self.usual.keys()

    def put_card(self) -> None:
        """Show the card of a lesson, if there is one: it belongs to no view, whatever Qt has kept of it with one."""
        card = self.card
        if card is not None and (card.isHidden() or self._window.dockWidgetArea(card) != TOP):
            self._window.removeDockWidget(card)  # from Qt 6.12 on, one that has a place would stay there
            self._window.addDockWidget(TOP, card)
            card.show()

    def share_out(self, places: Sequence[Sequence[str]]) -> None:
        """Give the docks of a view their width, and all places but the last what they need, or what is usual."""
        names = [name for name in (next(filter(self._offers, place), "") for place in places) if name]
        if not names:
            return
        first = [self._docks[name] for name in names]
        self._ask(first[:1], [round(self.share * self._window.width())], HORIZONTAL)
        wanted = [self._height_for(name, 1) for name in names]
        wanted[-1] = max(self._window.height() - sum(wanted[:-1]), 1)
        self._ask(first, wanted, VERTICAL)
        for name in names[:-1]:  # Qt has shared out among all what is too much
            self.give_needed(name)
            self._give_needed_soon(name)  # for the width that it has then

    def _height_for(self, name: str, otherwise: float) -> int:
        """The height of a dock with its title: what its panel needs, or is usual here."""
        # without `findChildren`: Qt resizes docks also while it deletes what was around one, which PySide does not bear
        line, has_card = line_px(self._window), self.card is not None and self.card.isVisible()
        high = self._column_height(self._docks[name]) if has_card else self._window.height()
        if name in self.needed:
            return self.needed[name]() + self._docks[name].height() - self.contents[name].height()
        if name in self.usual:
            return round(max(self.usual[name] * high, min(ROOM_LINES * line, FAIR * high)))
        return max(round(otherwise), 1)

    def give_needed(self, name: str) -> None:
        """Let a dock have the height that its panel needs, as far as those above and below it can yield."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # else it would be as high as before
        self._give_height(self._docks[name], self._fitting_height(name))

    def _fitting_height(self, name: str) -> int:
        """What its panel needs, as long as those above and below it stay useful; not in a column too low for both."""
        column, others = self._column_height(self._docks[name]), self._column_of(self._docks[name])
        useful = USEFUL_LINES * line_px(self._window) * len(others)
        least = sum(each.minimumSizeHint().height() for each in others)
        return min(self._height_for(name, 1), column - (useful if useful < FAIR * column else least))

    def give_room(self, name: str) -> None:
        """Let a dock that was squeezed have what its panel needs, or a fair share of its column and of the width."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        dock = self._docks[name]
        if dock.width() < NARROW * self._window.width():
            self._ask([dock], [round(self.share * self._window.width())], HORIZONTAL)
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
        """Give docks these heights; Qt counts the tabs over a dock as a part of it."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        tabs = {bar.geometry().bottom() + 1: bar.height() for bar in bars if bar.isVisible()}
        with_tabs = [max(round(height), 1) + tabs.get(dock.y(), 0) for dock, height in zip(docks, heights, strict=True)]
        self._ask(docks, with_tabs, VERTICAL)

    def _ask(self, docks: Sequence[QDockWidget], sizes: Sequence[int], along: Qt.Orientation) -> None:
        """Let Qt size docks, if all are in their places: it complains of others."""
        if all(map(self._is_in_place, docks)):
            self._window.resizeDocks(docks, sizes, along)

    def note_resized(self) -> None:
        """A dock has another size: if not on account of the window, it is what a view or a person wants."""
        if self._is_free and self._window.size() == self._size:
            self._note_all()

    def give_all_needed(self) -> None:
        """The same for all that are seen, as soon as their panels are laid out anew."""
        for name in self.needed.keys() | (self.usual.keys() & self._fitting):
            if self._docks[name] in self._in_sight():
                self._give_needed_soon(name)

    def _give_needed_soon(self, name: str) -> None:
        self._to_settle.append(name)
        self._settling.start()

    def _note_all(self) -> None:
        for name, dock in self._standing().items():
            self.part = dock.width() / self._size.width()
            has_it = name in self._above and abs(dock.height() - self._fitting_height(name)) <= NEAR_PX
            (self._fitting.add if has_it else self._fitting.discard)(name)

    def _standing(self) -> dict[str, QDockWidget]:
        in_sight = self._in_sight()
        return {name: dock for name, dock in self._docks.items() if dock in in_sight and self._is_in_place(dock)}

    def _is_in_place(self, dock: QDockWidget) -> bool:
        """Not while it floats, nor while Qt restores a view."""
        return not dock.isFloating() and self._window.dockWidgetArea(dock) != NOWHERE

    @property
    def parts(self) -> dict[str, float]:
        """The part of its column's height that each dock has which has not what it needs."""
        return {
            name: dock.height() / self._column_height(dock)
            for name, dock in self._standing().items()
            if name not in self._fitting
        }

    def give_parts(self, part: object, parts: object) -> None:
        """Give the docks a part of the window's width, and of their columns' heights; to the others what they need."""
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
            beside = [dock for dock in self._in_sight() if self._is_in_place(dock)][:1]
            self._ask(beside, [round(part * self._window.width())] * len(beside), HORIZONTAL)

    @Slot()
    def _follow_window(self) -> None:
        """In a window of another size, panels have the same part of its width, and the height that they need."""
        size = self._window.size()
        if not self._is_free or size == self._size or self._steps.can_wait(self._size, size):
            return
        self._steps.start()
        self._give_part(self.part)
        for name in list(self._fitting):  # one that is laid out meanwhile may be among them no more
            self.give_needed(name)
        self._size = size  # all that was resized until now was so on account of the window

    @Slot()
    def _settle(self) -> None:
        waiting, self._to_settle = self._to_settle, []
        for name in waiting:
            self.give_needed(name)

    def _column_of(self, dock: QDockWidget) -> list[QDockWidget]:
        """Those that stand above or below a dock; none for one that floats."""
        area, mates = self._window.dockWidgetArea, [each for each in self._in_sight() if each is not dock]
        return [each for each in mates if not dock.isFloating() and area(each) == area(dock) and each.x() == dock.x()]

    def _column_height(self, dock: QDockWidget) -> int:
        return dock.height() + sum(each.height() for each in self._column_of(dock))

    def hold_width(self, width: int) -> None:
        """Let no panel be narrower than so many px: windows do not always heed the hint before they are shown.

        From when that is 0, they follow the window's width.
        """
        for contents in self.contents.values():
            contents.setMinimumWidth(width)
        self._is_free, self._size = not width, self._window.size()
        self._note_all()
