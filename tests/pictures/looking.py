"""What someone in front of the app sees: windows, widgets and actions by their names, and whether something has come.

Nothing here knows a module or a class of the app: only Qt's classes, the objects' names, and the words on them.
"""

import os
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow, QMenu, QWidget
from variants import SPOKEN

PATIENCE_S = 60  # only what is broken takes so long
LOOK_MS = 10  # between two looks at whether something has come
LONG_MS = 700  # longer than anything waits for a hand to rest
SIGNS = 0x200F, 0x2068, 0x2069  # without width, in words that are read from the right
FEW = 4  # widgets, of an empty dock
Kind = TypeVar("Kind", bound=QWidget)


class Lost(AssertionError):  # noqa: N818 - it is what the visitor is
    """Something that a scene needs is not there, or does not come."""


class Looking:
    """Looks for things, and waits for them."""

    language = os.environ.get("CURVEGUI_LANGUAGE", "en")

    @property
    def is_speechless(self) -> bool:
        """Whether the scenes, which know English, can read nothing: another language, or one that has one word."""
        return self.language == "x" or self.language in SPOKEN

    # Waiting

    def wait(self, what: str, holds: Callable[[], object]) -> None:
        """Live on until something holds.

        Raises ``Lost`` if it never does.
        """
        until = monotonic() + PATIENCE_S
        while not holds():
            if monotonic() > until:
                raise Lost(f"Waited in vain: {what}")
            QTest.qWait(LOOK_MS)

    def rest(self) -> None:
        """Let what has just been done have its effect."""
        QTest.qWait(2 * LOOK_MS)

    def linger(self) -> None:
        """Let also those have their time that wait until a hand rests."""
        QTest.qWait(LONG_MS)

    def wait_for_words(self, what: str, part: str, read: Callable[[], str]) -> None:
        """Live on until something says something, or for a while where nobody can read it."""
        if self.is_speechless:
            self.linger()
            self.wait("nothing is under way", is_pool_idle)
        else:
            self.wait(f"{what} says “{part}”", lambda: part in read())

    def wait_for_text(self, name: str, part: str) -> None:
        """Live on until a label, or another widget with a text, says something."""
        self.wait_for_words(name, part, lambda: self.read(name))

    def wait_for_end(self, name: str, part: str, inside: QWidget) -> None:
        """Live on until a label in a dialog says how something has ended."""
        self.wait_for_words(name, part, lambda: self.find_a(QLabel, name, inside).text())

    def wait_for_message(self, part: str) -> None:
        """Live on until the status bar says something in passing."""
        self.wait_for_words("the status bar", part, lambda: self.window.statusBar().currentMessage())

    # Finding

    @property
    def window(self) -> QMainWindow:
        """The main window."""
        found = [each for each in seen_windows() if isinstance(each, QMainWindow)]
        if len(found) != 1:
            raise Lost(f"There are {len(found)} main windows")
        return found[0]

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The one widget of that name that can be seen; what is made when it is needed is waited for."""
        return self.find_a(QWidget, name, inside)

    def find_a(self, kind: type[Kind], name: str, inside: QWidget | None = None) -> Kind:
        """The same, of a kind of Qt's."""
        self.wait(f"there is one {name}", lambda: len(self.all_of(kind, name, inside)) == 1)
        return self.all_of(kind, name, inside)[0]

    def all_of(self, kind: type[Kind], name: str, inside: QWidget | None = None) -> list[Kind]:
        """Every widget of that name that can be seen, in any window or in one."""
        places = [inside] if inside is not None else seen_windows()
        found = [each for place in places for each in place.findChildren(kind, name)]
        found += [each for each in places if isinstance(each, kind) and each.objectName() == name]
        return [each for each in dict.fromkeys(found) if each.isVisible()]

    def menus(self) -> list[QMenu]:
        """All menus of the menu bar, and those in them; Qt has one of its own, for what the bar has no room for."""
        return [menu for menu in self.window.menuBar().findChildren(QMenu) if menu.objectName()]

    def action(self, id_: str) -> QAction:
        """An action of the window by its id."""
        action = self.window.findChild(QAction, f"action.{id_}")
        if action is None:
            raise Lost(f"There is no action {id_}")
        return action

    def read(self, name: str) -> str:
        """The text of a widget of the window, whether it has room or not, without what keeps values in order."""
        label = self.window.findChild(QLabel, name)
        return label.text().translate(dict.fromkeys(SIGNS)) if label is not None else ""

    def dock(self, name: str) -> QDockWidget:
        """A dock, brought to the front; what is in it may be made only now."""
        dock = self.window.findChild(QDockWidget, f"dock.{name}")
        if dock is None:
            raise Lost(f"There is no dock {name}")
        dock.show()
        dock.raise_()
        self.wait(f"the dock {name} is filled", lambda: len(dock.widget().findChildren(QWidget)) > FEW)
        self.rest()
        return dock

    def hide_what_remembers(self) -> None:
        """Hide what goes by all that it has seen while a run learnt: the docks' heights, the status bar's widths."""
        for dock in self.window.findChildren(QDockWidget):
            dock.hide()
        self.window.statusBar().hide()
        self.rest()

    def dock_alone(self, name: str) -> QDockWidget:
        """A dock, with all the height that docks have."""
        dock = self.dock(name)
        for other in self.window.findChildren(QDockWidget):
            if other is not dock and self.window.tabifiedDockWidgets(other).count(dock) == 0:
                other.hide()
        self.rest()
        return dock


def seen_windows() -> list[QWidget]:
    """All windows on the screen, without what is said beside the pointer."""
    tip = Qt.WindowType.ToolTip
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() != tip]


def is_pool_idle() -> bool:
    return QThreadPool.globalInstance().activeThreadCount() == 0
