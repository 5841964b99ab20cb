"""Which favourites are listed, and in which order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from curvegui.core.language.text import mark
from curvegui.core.presets.names import worded
from curvegui.files.favourites.favourite import Favourite
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values

ORDERS = {"date": mark("Newest first"), "cost": mark("Lowest cost first"), "name": mark("By name")}
"""How they can be sorted, and what people call it."""

BEYOND = float("inf")


def arranged(favourites: Iterable[Favourite], order: str, search: str) -> list[Favourite]:
    """Those in which every word of the search is found, sorted by a key of ``ORDERS``.

    Words are looked for in the name, the curve, in English and as it is shown, and the name of the file; capitals do
    not matter.
    """
    words = search.casefold().split()
    found = [each for each in favourites if all(word in _text(each) for word in words)]
    if order == "date":  # first by what comes second
        found.sort(key=_name)
        return sorted(found, key=lambda each: (each.date, each.entry.modified), reverse=True)
    keys: dict[str, Callable[[Favourite], Any]] = {"cost": lambda each: (_cost(each), _name(each)), "name": _name}
    return sorted(found, key=keys[order])


def _text(favourite: Favourite) -> str:
    curve = favourite.summary.curve if favourite.summary else ""
    return f"{favourite.name} {curve} {worded(curve)} {favourite.key}".casefold()


def _name(favourite: Favourite) -> tuple[str, str]:
    return favourite.name.casefold(), favourite.key


def _cost(favourite: Favourite) -> float:
    return favourite.summary.cost if favourite.summary else BEYOND


SMALLEST_PX, USUAL_PX, LARGEST_PX = 72, 108, 320  # a thumbnail's side


@dataclass(frozen=True)
class FavouritesChoices:
    """How they are sorted, how large they are, and whether their dock has been seen yet."""

    order: str = "date"  # a key of ``ORDERS``
    side: int = USUAL_PX  # of a thumbnail, in logical pixels
    seen: bool = False  # the first favourite opens the dock; later it stays as the person leaves it

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "FavouritesChoices":
        """From JSON; the default for each value that is missing, and for all where one is not allowed."""
        made = cls(**kept_values(text, cls()))
        return made if made.order in ORDERS and SMALLEST_PX <= made.side <= LARGEST_PX else cls()
