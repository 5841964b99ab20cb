"""The docks at the right: where they stand, and who yields to whom; a feature fills each."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QVBoxLayout, QWidget

from curvegui.ui.actions.feature import DockRecord

FAIR = 0.4  # of the window's width, for the docks
DOCK_LINES = 32  # the docks' width at first, in heights of a line of text
PILE_LINES = 18  # of text, the least height of a dock of the pile: else it shares the place of the first one
SPARE_PX = 16  # for the line between two docks, and for rounding


@dataclass(frozen=True)
class Heights:
    """What the contents of the first dock need, in px: so that nothing scrolls, and for what is usually in view."""

    whole: Callable[[], int]
    usual: Callable[[], int]


class _Contents(QWidget):
    """What is in a dock: it never asks for so much that the canvas would have less than half of the window."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        self._window = window
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """As wide as the contents like, or as is fair."""
        hint, fair = super().sizeHint(), round(FAIR * self._window.width())
        return QSize(max(min(hint.width(), fair), self.minimumSizeHint().width()), hint.height())


class Docks(QObject):
    """The docks of a window, by name. Those with a panel of their own are piled: they share a place, with a tab each.

    With ``reset_asked``, all of them are to be put back to where a new user finds them; then ``was_reset`` follows.
    """

    reset_asked = Signal()
    was_reset = Signal()

    def __init__(self, window: QMainWindow, records: tuple[DockRecord, ...]) -> None:
        super().__init__(window)
        self._window, self.records = window, records
        window.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
        self.by_name: dict[str, QDockWidget] = {}
        self._contents: dict[str, _Contents] = {}
        self._heights: Heights | None = None
        for record in records:
            self._add(record.name, record.title)
        self.piled = [record.name for record in records if record.panel]
        for first, other in pairwise(self.piled):
            self._put_with(self.by_name[first], self.by_name[other])
        for record in records[1:]:
            self.by_name[record.name].hide()

    def __getitem__(self, name: str) -> QDockWidget:
        return self.by_name[name]

    @property
    def first(self) -> str:
        """The dock at the top, which yields what it does not need."""
        return self.records[0].name

    def fill(self, name: str, contents: QWidget, heights: Heights | None = None) -> None:
        """Put a dock's contents into it; those of the first one say how much height they need."""
        self._contents[name].column.addWidget(contents)
        self._heights = heights or self._heights

    def hold_width(self, width: int) -> None:
        """Let the first dock be no narrower than so many px."""
        self._contents[self.first].setMinimumWidth(width)

    def is_seen(self, name: str) -> bool:
        """Whether a dock is open, and no other one in front of it."""
        contents = self._contents.get(name)
        return contents is not None and contents.isVisible() and not contents.visibleRegion().isEmpty()

    def _add(self, name: str, title: str) -> None:
        """Add a dock below those that are there."""
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock.{name}")
        self._contents[name] = _Contents(self._window)
        dock.setWidget(self._contents[name])
        dock.toggleViewAction().setObjectName(f"action.dock.{name}")
        dock.toggleViewAction().setToolTip(f"Show or hide: {title}")
        dock.visibilityChanged.connect(self._name_tabs)
        dock.topLevelChanged.connect(self._frame)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.by_name[name] = dock

    @Slot(bool)
    def _name_tabs(self, visible: bool) -> None:
        """Give Qt's own tabs a name for screen readers; they are made when docks share a place."""
        if visible:  # the others go with the window, which then is no more
            for tabs in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
                tabs.setAccessibleName("Docks")

    @Slot(bool)
    def _frame(self, floating: bool) -> None:
        """Give a dock an edge while it is a window of its own: not every system draws one around it."""
        dock = self.sender()
        if isinstance(dock, QDockWidget):
            dock.style().unpolish(dock)  # the style sheet looks at properties, as ``floating`` is one, only then
            dock.style().polish(dock)
            dock.update()

    def toggles(self) -> list[QAction]:
        """The actions that show and hide each."""
        return [dock.toggleViewAction() for dock in self.by_name.values()]

    def open_pile(self) -> None:
        """Open all docks that share a place, the first of them at the front."""
        for name in self.piled:
            self.by_name[name].show()
        if self.piled:
            self.by_name[self.piled[0]].raise_()

    def _put_with(self, first: QDockWidget, other: QDockWidget) -> None:
        """Put a dock into the place of another one, with the last of the tabs there."""
        seen = not other.isHidden()
        self._window.removeDockWidget(other)  # from Qt 6.12 on, one that has a place would stay there
        self._window.tabifyDockWidget(first, other)
        other.setVisible(seen)

    def put_above(self, name: str, above: str, seen: str) -> None:
        """Put a dock into the place of another one, in front of it; a third one is to be seen at the same time.

        Where the others share a place, there is no room for two: it floats.
        """
        dock, other = self.by_name[name], self.by_name[above]
        if self.are_in_one_place(seen, above):
            dock.setFloating(True)
            dock.show()
            return
        self._put_with(other, dock)
        dock.show()
        dock.raise_()

    def put_back(self, name: str, pile: str) -> None:
        """Put a dock back to another one, behind it; its tab is the first again."""
        dock, other = self.by_name[name], self.by_name[pile]
        dock.setFloating(False)
        self._put_with(other, dock)
        for mate in (other, *self._window.tabifiedDockWidgets(other)):
            if mate is not dock and mate in self._window.tabifiedDockWidgets(dock):
                self._put_with(dock, mate)
        dock.show()
        other.raise_()

    def are_in_one_place(self, name: str, other: str) -> bool:
        """Whether two docks have a tab each in one place."""
        return self.by_name[other] in self._window.tabifiedDockWidgets(self.by_name[name])

    def make_room(self, name: str, least: int = 0, *, all_above: bool = False) -> None:
        """Let a dock have the height that the first one does not need for what is usually in view, or ``all_above``.

        Where that is under ``least`` px, they share a place, with all that is piled with the dock.
        """
        least = least or PILE_LINES * self._window.fontMetrics().height()
        upper, lower, centre = self.by_name[self.first], self.by_name[name], self._window.centralWidget()
        if self._heights is None or centre is None or upper.isFloating() or lower.isFloating() or not upper.isVisible():
            return
        title = upper.height() - self._contents[self.first].height()
        needed = self._heights.whole() if all_above else self._heights.usual()
        wanted, room = title + needed + SPARE_PX, centre.height()
        if wanted + title + least > room:
            piled = self.piled if name in self.piled else [name]
            for dock in (self.by_name[each] for each in piled):
                if not dock.isFloating():
                    self._put_with(upper, dock)
            lower.raise_()
        else:
            self._window.resizeDocks([upper, lower], [wanted, room - wanted], Qt.Orientation.Vertical)
