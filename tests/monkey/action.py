"""What the monkey does once, all of which follows from a seed and a number, and what there is to aim at.

So actions can be played again with some left out, and those that are left aim at the same widgets as before.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

Deed = Callable[[Any, Random], object]
Thing = TypeVar("Thing")


class Kind(NamedTuple):
    """A kind of action: how often it is done, in relation to the others, and the function that does it.

    The function gets the `Life` of the window, and chance.
    """

    weight: float
    do: Deed
    asks_first: bool = False  # left out while a dialog must be answered, which keeps a person away from all else
    with_trainer: bool = False  # it waits for the trainer's thread, or looks at what that does


KINDS = dict[str, Kind]()  # by their names; `tests.monkey.deeds` has them


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
        return self.chance("kind").choices(self.kinds, [KINDS[kind].weight for kind in self.kinds])[0]

    def is_one_in(self, many: int) -> bool:
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
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible() and not isinstance(each, QMenu)]
    return [each for each in windows if each.windowType() not in (Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)]


def widget_in_reach(chance: Random, *kinds: type[QWidget]) -> QWidget | None:
    """A visible and enabled widget of some kinds, by chance; named by how many of its name come before it.

    Files are chosen in another way, for people keep theirs there.
    """
    count, named = Counter[str](), []
    windows = [each for each in windows_in_reach() if not isinstance(each, QFileDialog)]
    for widget in (each for window in windows for each in (window, *window.findChildren(QWidget))):
        if isinstance(widget, kinds) and widget.isVisible():
            name = f"{type(widget).__name__}/{widget.objectName()}"
            if widget.isEnabled():
                named.append((f"{name}#{count[name]}", widget))
            count[name] += 1
    return aimed(chance, named)
