"""What the monkey does once, of which all follows from a seed and a number, and what there is to aim at.

So actions can be played again with some left out, and what is left aims at the same things as before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, TypeVar
from zlib import crc32

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

ROUND = 1_000  # actions in the life of a window
Deed = Callable[[Any, Random], object]
Thing = TypeVar("Thing")
Named = list[tuple[str, Thing]]
FRESH = 25  # actions for which a list of widgets is good if the windows stay the same
APART = (Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


@dataclass(frozen=True)
class Kind:
    """A kind of action: how often it is done, in relation to the others, and what does it.

    Where ``with_trainer``, it waits for the trainer's thread, or looks at what that does.
    """

    weight: float
    do: Deed
    with_trainer: bool = False


KINDS: dict[str, Kind] = {}


def deed(weight: float, *, asks_first: bool = False, with_trainer: bool = False) -> Callable[[Deed], Deed]:
    """Let a function be a kind of action. It gets the `Life` of the window, and chance.

    With ``asks_first`` it is left out while a dialog must be answered, which keeps a person away from all else.
    """

    def add(do: Deed) -> Deed:
        def unless_asked(life: Any, chance: Random) -> object:
            return None if QApplication.activeModalWidget() else do(life, chance)

        KINDS[do.__name__] = Kind(weight, unless_asked if asks_first else do, with_trainer)
        return do

    return add


@dataclass(frozen=True)
class Action:
    """One of the actions of a seed. ``kinds`` are those to choose from."""

    seed: int
    number: int
    kinds: tuple[str, ...]

    def chance(self, more: object = "") -> Random:
        """Where all that is left to chance comes from; other chance for each ``more``."""
        return Random(f"{self.seed}/{self.number}/{more}")

    @cached_property
    def kind(self) -> str:
        """Which kind it is."""
        weights = [KINDS[kind].weight for kind in self.kinds]
        return self.chance("kind").choices(self.kinds, weights)[0]

    def is_one_in(self, many: int) -> bool:
        """Whether it is one in so many, by chance."""
        return crc32(f"{self.seed}/{self.number}".encode()) % many == 0


def aimed(chance: Random, things: Iterable[tuple[str, Thing]]) -> Thing | None:
    """One of some things with names: the same, whatever else there is beside it and in whatever order."""
    token = chance.randrange(2**32)
    chosen = min(things, key=lambda each: crc32(each[0].encode("utf-8", "replace"), token), default=None)
    return chosen and chosen[1]


def asked() -> QWidget | None:
    """What must be answered first: the menu that is open, or the dialog that keeps all else away."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def windows_in_reach() -> list[QWidget]:
    """The windows that take input now."""
    if (only := asked()) is not None:
        return [only]
    windows = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    return [each for each in windows if each.windowType() not in APART and not isinstance(each, QMenu)]


class Reach:
    """What a person can reach now. ``windows`` are those of the last `look`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Let go of the widgets."""
        self.windows: list[QWidget] = []
        self._of_kind: dict[object, Named[QWidget]] = {}
        self._looks = 0

    def look(self) -> None:
        """See what there is."""
        windows = windows_in_reach()
        self._looks += 1
        if self._looks > FRESH or windows != self.windows:
            self.forget()
            self.windows = windows

    def one(self, chance: Random, kind: tuple[type[QWidget], ...]) -> QWidget | None:
        """A visible and enabled widget of some kinds, by chance."""
        if QWidget not in self._of_kind:
            self._of_kind[QWidget] = _named(self.windows)
        if kind not in self._of_kind:
            self._of_kind[kind] = [each for each in self._of_kind[QWidget] if isinstance(each[1], kind)]
        things = self._of_kind[kind]
        chosen = aimed(chance, things)
        if chosen is not None and not _is_usable(chosen):  # it went meanwhile
            chosen = aimed(chance, (each for each in things if _is_usable(each[1])))
        return chosen


def _named(windows: list[QWidget]) -> Named[QWidget]:
    """The visible widgets, each with a name, and how many of that name came before it."""
    count: dict[str, int] = {}
    found = []
    for each in (each for window in windows for each in (window, *window.findChildren(QWidget))):
        if each.isVisible():
            name = f"{type(each).__name__}/{each.objectName()}"
            count[name] = count.get(name, -1) + 1
            found.append((f"{name}#{count[name]}", each))
    return found


def _is_usable(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled()
