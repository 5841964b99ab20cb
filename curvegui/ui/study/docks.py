"""The docks at the right: what is in them is whose panel it is; where they stand at first is said here."""

from itertools import pairwise

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QVBoxLayout, QWidget

FAIR = 0.4  # of the window's width, for the docks
SPARE_PX = 16  # for the line between two docks, and for rounding


class _Contents(QWidget):
    """What is in a dock: it never asks for so much that the canvas would have less than half of the window."""

    def __init__(self, contents: QWidget, window: QMainWindow) -> None:
        super().__init__()
        self._window = window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(contents)

    def sizeHint(self) -> QSize:
        """As wide as the contents like, or as is fair."""
        hint, fair = super().sizeHint(), round(FAIR * self._window.width())
        return QSize(max(min(hint.width(), fair), self.minimumSizeHint().width()), hint.height())


class Docks(QObject):
    """The docks of a window, by name.

    Parameters
    ----------
    window : QMainWindow
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
        self.by_name: dict[str, QDockWidget] = {}
        self._piled: list[str] = []

    def __getitem__(self, name: str) -> QDockWidget:
        return self.by_name[name]

    def add(self, name: str, title: str, contents: QWidget) -> None:
        """Add a dock below those that are there."""
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(_Contents(contents, self._window))
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

    def pile(self, names: list[str]) -> None:
        """Put docks into one place, with a tab for each, and hide them."""
        self._piled = names
        for first, other in pairwise(names):
            self._put_with(self.by_name[first], self.by_name[other])
        for name in names:
            self.by_name[name].hide()

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

    def share_height(self, above: str, below: str, wanted_above: int, least_below: int) -> None:
        """The dock above keeps what it needs, the one below takes the rest.

        Where that is too little, they share a place, with all that is piled with the one below.

        Parameters
        ----------
        above, below : str
        wanted_above, least_below : int
            Heights of what is in them, in px.
        """
        upper, lower, centre = self.by_name[above], self.by_name[below], self._window.centralWidget()
        contents = upper.widget()
        if upper.isFloating() or lower.isFloating() or not upper.isVisible() or contents is None or centre is None:
            return
        title = upper.height() - contents.height()
        wanted, room = title + wanted_above + SPARE_PX, centre.height()
        if wanted + title + least_below > room:
            piled = self._piled if below in self._piled else [below]
            for dock in (self.by_name[name] for name in piled):
                if not dock.isFloating():
                    self._put_with(upper, dock)
            lower.raise_()
        else:
            self._window.resizeDocks([upper, lower], [wanted, room - wanted], Qt.Orientation.Vertical)
