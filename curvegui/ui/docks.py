"""The docks at the right: what is in them is whose panel it is; where they stand at first is said here."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

SHARING = ("knobs", "network", "maths", "jacobians", "exercise")  # those that stand above each other; they scroll
ROOM = 0.45, 0.6  # of the canvas's height: a dock with less than the first gets the second


class Docks:
    """The docks of a window, by name.

    Parameters
    ----------
    window : QMainWindow
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.by_name: dict[str, QDockWidget] = {}

    def __getitem__(self, name: str) -> QDockWidget:
        return self.by_name[name]

    def add(self, name: str, title: str, contents: QWidget) -> None:
        """Add a dock below those that are there."""
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(contents)
        dock.toggleViewAction().setObjectName(f"action.dock.{name}")
        dock.toggleViewAction().setToolTip(f"Show or hide: {title}")
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.by_name[name] = dock

    def toggles(self) -> list[QAction]:
        """The actions that show and hide each."""
        return [dock.toggleViewAction() for dock in self.by_name.values()]

    def pile(self, names: list[str]) -> None:
        """Put docks into one place, with a tab for each, and hide them."""
        for first, other in pairwise(names):
            self._window.tabifyDockWidget(self.by_name[first], self.by_name[other])
        for name in names:
            self.by_name[name].hide()


def give_room(window: QMainWindow, dock: QDockWidget) -> None:
    """Let an open dock that is too low to be read have more of the height that it shares with another one."""
    centre = window.centralWidget()
    together = (dock, *window.tabifiedDockWidgets(dock))  # in one place, with tabs
    heights = [each.height() for each in together if not each.isHidden()]
    if centre is None or dock.isFloating() or not heights or max(heights) >= ROOM[0] * centre.height():
        return
    docks = (window.findChild(QDockWidget, f"dock.{name}") for name in SHARING)
    others = [each for each in docks if each and each not in together and not each.isHidden() and not each.isFloating()]
    if others:  # Qt takes the heights as they are said only where they are said of both
        wanted = [round(share * centre.height()) for share in (1 - ROOM[1], ROOM[1])]
        window.resizeDocks([others[0], dock], wanted, Qt.Orientation.Vertical)
