"""What the monkey does once: an action, of which everything follows from a seed and a number.

So a list of actions can be played again with some left out, and what is left aims at the same things as before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from random import Random
from typing import Any, TypeVar
from zlib import crc32

ROUND = 500  # actions in the life of a window
Deed = Callable[[Any, Random], object]
Thing = TypeVar("Thing")
BY_NAME = itemgetter(0, 1)


@dataclass(frozen=True)
class Kind:
    """A kind of action: how often it is done, in relation to the others, and what does it."""

    weight: float
    do: Deed


KINDS: dict[str, Kind] = {}


def deed(weight: float) -> Callable[[Deed], Deed]:
    """Let a function be a kind of action. It gets the `Life` of the window, and chance."""

    def add(do: Deed) -> Deed:
        KINDS[do.__name__] = Kind(weight, do)
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

    @property
    def kind(self) -> str:
        """Which kind it is."""
        weights = [KINDS[kind].weight for kind in self.kinds]
        return self.chance("kind").choices(self.kinds, weights)[0]

    def __str__(self) -> str:
        return f"action {self.number:,} ({self.kind})"


def ranked(chance: Random, things: Iterable[tuple[bytes, Thing]]) -> list[Thing]:
    """Things with names in an order in which each stands before the same others, whatever else there is."""
    token = chance.randrange(2**32)
    return [thing for *_, thing in sorted(((crc32(name, token), name, thing) for name, thing in things), key=BY_NAME)]


def aimed(chance: Random, things: Iterable[tuple[str, Thing]]) -> Thing | None:
    """One of some things with names: the same, whatever else there is beside it and in whatever order."""
    return next(iter(ranked(chance, ((name.encode("utf-8", "replace"), thing) for name, thing in things))), None)
