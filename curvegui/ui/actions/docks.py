"""The panels beside the canvas: the docks that hold them, and where a view puts these; a feature fills each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QVBoxLayout, QWidget

from curvegui.ui.actions.feature import DockRecord
from curvegui.ui.actions.offered import Offered
from curvegui.ui.look.tips import wrapped

RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
NEAR_PX = 3  # by so much a height may miss the needed one
FAIR = 0.4  # of the window's width, for a panel that is opened where no view has given it more; of a column's height
NARROW = 0.25  # of the window's width: a panel that has less is squeezed


class _Contents(QWidget):
    """What is in a dock: it never asks for more of the window's width than the view gives to the panels."""

    def __init__(self, docks: "Docks", window: QMainWindow) -> None:
        super().__init__()
        self._docks, self._window = docks, window
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """As wide as the contents like, or as is fair."""
        hint, fair = super().sizeHint(), round(self._docks.share * self._window.width())
        return QSize(max(min(hint.width(), fair), self.minimumSizeHint().width()), hint.height())


class Docks(QObject):
    """The docks of a window, by name. ``opened`` is emitted when one of them is to be seen, with its name."""

    opened = Signal(str)

    def __init__(self, window: QMainWindow, records: tuple[DockRecord, ...], offered: Offered) -> None:
        super().__init__(window)
        self.offered = offered
        self._window, self.records, self.share = window, records, FAIR
        window.setTabPosition(RIGHT, QTabWidget.TabPosition.North)
        self._by_name: dict[str, QDockWidget] = {}
        self._contents: dict[str, _Contents] = {}
        self._needed: dict[str, Callable[[], int]] = {}
        self._is_free, self._size, self._part = False, QSize(), FAIR  # the window, and what they have of its width
        self._fitting: set[str] = set()  # those that have the height that they need
        self._to_settle: list[str] = []
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._settle)
        self._titling = QTimer(self, singleShot=True)
        self._titling.timeout.connect(self._write_titles)
        window.installEventFilter(self)
        for record in records:
            self._add(record.name, record.title)

    def __getitem__(self, name: str) -> QDockWidget:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def offers(self, name: str) -> bool:
        """Whether there is such a dock, and it may be opened."""
        return name in self._by_name and f"panel.{name}" in self.offered

    def obey(self) -> None:
        """Close the docks that are not offered; the views ask for it, when they have noted how all was."""
        for name, dock in self._by_name.items():
            dock.toggleViewAction().setVisible(self.offers(name))
            if not self.offers(name):
                dock.hide()

    def fill(self, name: str, contents: QWidget, needed: Callable[[], int] | None = None) -> None:
        """Put a panel into its dock; one that is no use higher than ``needed``, in px, says so."""
        self._contents[name].column.addWidget(contents)
        if needed is not None:
            self._needed[name] = needed

    def is_seen(self, name: str) -> bool:
        """Whether a dock is open, and no other one in front of it."""
        contents = self._contents.get(name)
        return contents is not None and contents.isVisible() and not contents.visibleRegion().isEmpty()

    def show(self, name: str) -> None:
        """Open a dock and bring it to the front, if it is offered."""
        if self.offers(name):
            self._by_name[name].show()
            self._by_name[name].raise_()

    def show_behind(self, name: str) -> None:
        """Open a dock behind another one, which it does not cover; where there is none, it stays closed."""
        dock, front = self._by_name[name], self.in_sight()
        if dock.isHidden() and self.offers(name):
            dock.show()
            mates = self._window.tabifiedDockWidgets(dock)
            covered = [each for each in front if each in mates]
            if covered:
                covered[0].raise_()
            else:
                dock.hide()

    def in_sight(self) -> list[QDockWidget]:
        """The docks that are seen, in the order of their features."""
        return [dock for name, dock in self._by_name.items() if self.is_seen(name)]

    def first_in(self, dock: QWidget) -> QWidget | None:
        """What in a dock has the focus first, where its panel says so by a focus proxy."""
        contents = dock.findChild(_Contents)
        panels = contents.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if contents else []
        return next((panel.focusProxy() for panel in panels if panel.focusProxy()), None)

    def toggles(self) -> list[QAction]:
        """The actions that show and hide each."""
        return [dock.toggleViewAction() for dock in self._by_name.values()]

    def _add(self, name: str, title: str) -> None:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock.{name}")
        font = dock.font()
        font.setStyleHint(QFont.StyleHint.SansSerif)  # one of its own: Qt writes the title in others only as they began
        dock.setFont(font)
        dock.installEventFilter(self)
        self._contents[name] = _Contents(self, self._window)
        dock.setWidget(self._contents[name])
        dock.toggleViewAction().setObjectName(f"action.dock.{name}")
        dock.toggleViewAction().setText(f"&{title}")
        dock.toggleViewAction().setToolTip(wrapped(f"Show or hide: {title}"))
        dock.visibilityChanged.connect(self._note_visible)
        dock.topLevelChanged.connect(self._frame)
        for moved in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
            moved.connect(self._titling.start)
        self._window.addDockWidget(RIGHT, dock)
        dock.hide()
        self._by_name[name] = dock

    @Slot(bool)
    def _note_visible(self, visible: bool) -> None:
        """Give Qt's own tabs a name for screen readers; they are made when docks share a place."""
        if visible:  # the others go with the window, which then is no more
            for tabs in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
                tabs.setAccessibleName("Panels")
            self.opened.emit(self.sender().objectName().removeprefix("dock."))

    @Slot(bool)
    def _frame(self, floating: bool) -> None:
        """Give a dock an edge while it is a window of its own: not every system draws one around it."""
        dock = self.sender()
        if isinstance(dock, QDockWidget):
            _restyle(dock)

    @Slot()
    def _write_titles(self) -> None:
        """Of docks that share a place, the tabs say what they are: their own titles are not written below again."""
        for dock in self._by_name.values():
            mates = [mate for mate in self._window.tabifiedDockWidgets(dock) if not mate.isHidden()]
            tabbed = bool(mates) and not dock.isFloating()
            if tabbed != bool(dock.property("tabbed")):
                dock.setProperty("tabbed", tabbed)
                _restyle(dock)

    # Where a view puts them

    def arrange(self, places: Sequence[Sequence[str]]) -> None:
        """Put docks at the right, from the top; those of one place share it, the first of them in front.

        All others are closed, and open in the last place, behind what is there.
        """
        places = [[name for name in place if self.offers(name)] for place in places]
        places = [place for place in places if place]
        seen = [name for place in places for name in place]
        others = [name for name in self._by_name if name not in seen]
        for name in [*seen, *others]:
            self._by_name[name].setFloating(False)
            self._window.removeDockWidget(self._by_name[name])  # from Qt 6.12 on, one that has a place would stay there
        last = None
        for place in places:
            last = None
            for name in place:
                self._put(name, last)
                last = name
        for name in others:
            self._put(name, last)
            self._by_name[name].hide()
            last = name
        for place in places:
            self._by_name[place[0]].raise_()

    def _put(self, name: str, behind: str | None) -> None:
        """Put a dock behind another one, or below all that are there."""
        dock = self._by_name[name]
        if behind is None:
            self._window.addDockWidget(RIGHT, dock, VERTICAL)
        else:
            self._window.tabifyDockWidget(self._by_name[behind], dock)
        dock.show()

    def share_out(self, places: Sequence[Sequence[str]], heights: Sequence[float]) -> None:
        """Give the docks of a view their width, and each place its share of the height; or what it needs."""
        offered = [[name for name in place if self.offers(name)] for place in places]
        names, high = [place[0] for place in offered if place], self._window.height()
        heights = [height for place, height in zip(offered, heights, strict=False) if place]
        if not names:
            return
        first = [self._by_name[name] for name in names]
        self._window.resizeDocks(first[:1], [round(self.share * self._window.width())], HORIZONTAL)
        wanted = [self._height_for(name, share * high) for name, share in zip(names, heights, strict=False)]
        wanted[-1] = max(high - sum(wanted[:-1]), 1)
        self._window.resizeDocks(first, wanted, VERTICAL)
        for name in names[:-1]:  # Qt has shared out among all what is too much
            if name in self._needed:
                self.give_needed(name)
                self._give_needed_soon(name)  # for the width that it has then

    def _height_for(self, name: str, usual: float) -> int:
        """The height of a dock with its title: what its panel needs, or as usual."""
        around = self._by_name[name].height() - self._contents[name].height()
        return self._needed[name]() + around if name in self._needed else max(round(usual), 1)

    def give_needed(self, name: str) -> None:
        """Let a dock have the height that its panel needs, as far as those above and below it can yield."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # else it would be as high as before
        self._give_height(self._by_name[name], self._height_for(name, 1))

    def give_room(self, name: str) -> None:
        """Let a dock that was squeezed have what its panel needs, or a fair share of its column and of the width."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        dock = self._by_name[name]
        if dock.width() < NARROW * self._window.width():
            self._window.resizeDocks([dock], [round(self.share * self._window.width())], HORIZONTAL)
        fair = FAIR * (dock.height() + sum(each.height() for each in self._column_of(dock)))
        if dock.height() < (wanted := min(self._height_for(name, fair), round(fair))):
            self._give_height(dock, wanted)

    def _give_height(self, dock: QDockWidget, wanted: int) -> None:
        others = self._column_of(dock)
        if dock.isVisible() and others:
            theirs = sum(each.height() for each in others)
            left = max(theirs + dock.height() - wanted, 0) / theirs
            heights = [wanted, *(max(round(left * each.height()), 1) for each in others)]
            self._window.resizeDocks([dock, *others], heights, VERTICAL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a window of another size, panels have the same part of its width, and the height that they need."""
        if event.type() == QEvent.Type.Resize and self._is_free:
            if watched is self._window:  # whose docks have been laid out anew
                self._follow_window()
            elif isinstance(watched, QDockWidget) and self._window.size() == self._size:
                self._note(watched)  # a view or a person has given it this size
        return False

    def give_all_needed(self) -> None:
        """The same for all that are seen, as soon as their panels are laid out anew."""
        for name in self._needed:
            if self.is_seen(name):
                self._give_needed_soon(name)

    def _give_needed_soon(self, name: str) -> None:
        self._to_settle.append(name)
        self._settling.start()

    def _note(self, dock: QDockWidget) -> None:
        if dock.isFloating():
            return
        name = dock.objectName().removeprefix("dock.")
        self._part = dock.width() / self._size.width()
        has_it = name in self._needed and abs(dock.height() - self._height_for(name, 1)) <= NEAR_PX
        (self._fitting.add if has_it else self._fitting.discard)(name)

    def _follow_window(self) -> None:
        size = self._window.size()
        beside = [dock for dock in self.in_sight() if not dock.isFloating()][:1]
        self._window.resizeDocks(beside, [round(self._part * size.width())] * len(beside), HORIZONTAL)
        for name in self._fitting:
            self.give_needed(name)
        self._size = size  # all that was resized until now was so on account of the window

    @Slot()
    def _settle(self) -> None:
        waiting, self._to_settle = self._to_settle, []
        for name in waiting:
            self.give_needed(name)

    def _column_of(self, dock: QDockWidget) -> list[QDockWidget]:
        """Those that stand above or below a dock; none for one that floats."""
        area, mates = self._window.dockWidgetArea, [each for each in self.in_sight() if each is not dock]
        return [each for each in mates if not dock.isFloating() and area(each) == area(dock) and each.x() == dock.x()]

    def hold_width(self, width: int) -> None:
        """Let no panel be narrower than so many px: windows do not always heed the hint before they are shown.

        From when that is 0, they follow the window's width.
        """
        for contents in self._contents.values():
            contents.setMinimumWidth(width)
        self._is_free, self._size = not width, self._window.size()
        for dock in self.in_sight():
            self._note(dock)


def _restyle(dock: QDockWidget) -> None:
    dock.style().unpolish(dock)  # the style sheet looks at properties, as ``floating`` is one, only then
    dock.style().polish(dock)
    dock.update()
