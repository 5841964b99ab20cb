"""Which favourites are listed, and in which order."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from curvegui.files.favourites.favourite import Favourite

ORDERS = {"date": "Newest first", "cost": "Lowest cost first", "name": "By name"}
"""How they can be sorted, and what people call it."""

BEYOND = float("inf")


def arranged(favourites: Iterable[Favourite], order: str, search: str) -> list[Favourite]:
    """Those in which every word of the search is found, sorted.

    ``order``: a key of ``ORDERS``. ``search``: looked for in the name, the curve and the file's name; capitals do not
    matter.
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
    return f"{favourite.name} {curve} {favourite.key}".casefold()


def _name(favourite: Favourite) -> tuple[str, str]:
    return favourite.name.casefold(), favourite.key


def _cost(favourite: Favourite) -> float:
    return favourite.summary.cost if favourite.summary else BEYOND


SMALLEST_PX, USUAL_PX, LARGEST_PX = 72, 108, 320  # a thumbnail's side


@dataclass(frozen=True)
class FavouritesChoices:
    """How they are sorted, how large they are, and whether their dock has been seen yet.

    ``order``: a key of ``ORDERS``. ``side``: of a thumbnail, in logical pixels. ``seen``: the first favourite opens the
    dock; after that it stays as the person leaves it.
    """

    order: str = "date"
    side: int = USUAL_PX
    seen: bool = False

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "FavouritesChoices":
        """From JSON; the default for each value that is missing, and for all where one is not allowed."""
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError):
            return cls()
        default = cls()
        if not isinstance(kept, dict):
            return default
        made = cls(
            **{
                each.name: kept[each.name]
                for each in fields(cls)
                if type(kept.get(each.name)) is type(getattr(default, each.name))
            }
        )
        return made if made.order in ORDERS and SMALLEST_PX <= made.side <= LARGEST_PX else default
