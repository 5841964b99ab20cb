"""What a person can reach now: the windows that take input, and what is visible and enabled in them."""

from random import Random

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.monkey.action import ranked

FRESH = 12  # times that a list of widgets is used


def windows_in_reach() -> list[QWidget]:
    """The windows that take input now: the menu that is open, or the dialog that must be answered, or all."""
    only = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if only is not None:
        return [only]
    others = (Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
    return [
        each
        for each in QApplication.topLevelWidgets()
        if each.isVisible() and each.windowType() not in others and not isinstance(each, QMenu)
    ]


class Reach:
    """Finds something to aim at."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Let go of the widgets."""
        self._windows: list[QWidget] = []
        self._named: list[tuple[bytes, QWidget]] = []
        self._of_kind: dict[object, list[tuple[bytes, QWidget]]] = {}
        self._uses = 0

    def one(self, chance: Random, kind: tuple[type[QWidget], ...]) -> QWidget | None:
        """A visible and enabled widget of some kinds, by chance."""
        self._look()
        if kind not in self._of_kind:
            self._of_kind[kind] = [(name, each) for name, each in self._named if isinstance(each, kind)]
        return next(filter(_is_usable, ranked(chance, self._of_kind[kind])), None)

    def _look(self) -> None:
        windows = windows_in_reach()
        self._uses -= 1
        if self._uses < 0 or windows != self._windows:
            self.forget()
            self._windows, self._uses = windows, FRESH
            self._named = _named([each for window in windows for each in (window, *window.findChildren(QWidget))])


def _named(widgets: list[QWidget]) -> list[tuple[bytes, QWidget]]:
    """Each with a name, and how many of that name came before it."""
    count: dict[str, int] = {}
    found = []
    for each in widgets:
        if each.isVisible():
            name = f"{type(each).__name__}/{each.objectName()}"
            count[name] = count.get(name, -1) + 1
            found.append((f"{name}#{count[name]}".encode(), each))
    return found


def _is_usable(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled()
