"""Which favourites are listed, and in which order."""

from collections.abc import Callable, Iterable
from typing import Any

from curvegui.files.favourites.favourite import Favourite

ORDERS = {"date": "Newest first", "cost": "Lowest cost first", "name": "By name"}
"""How they can be sorted, and what people call it."""

BEYOND = float("inf")


def arranged(favourites: Iterable[Favourite], order: str, search: str) -> list[Favourite]:
    """Those in which every word of the search is found, sorted.

    Parameters
    ----------
    favourites : iterable of Favourite
    order : str
        A key of ``ORDERS``.
    search : str
        Looked for in the name, the curve and the file's name; capitals do not matter.
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
