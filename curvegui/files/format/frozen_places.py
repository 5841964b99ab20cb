"""Which parameters are frozen, in files: stretches of places, since a neuron's lie side by side."""

from typing import Any

from curvegui.core.settings.config import MAX_FROZEN
from curvegui.files.format.error import damaged


def stretches(places: tuple[int, ...]) -> list[list[int]]:
    """Ascending places as [first, count] pairs: ``(4, 5, 6, 9)`` as ``[[4, 3], [9, 1]]``."""
    found: list[list[int]] = []
    for place in places:
        if found and place == sum(found[-1]):
            found[-1][1] += 1
        else:
            found.append([place, 1])
    return found


def places_of(value: Any) -> tuple[int, ...]:
    """The places that such pairs stand for.

    Raises
    ------
    ProjectError
        If they are no such pairs, or too many places.
    """
    if not isinstance(value, list) or not all(_is_stretch(pair) for pair in value):
        raise damaged("what is frozen in it cannot be read")
    if sum(count for _, count in value) > MAX_FROZEN:
        raise damaged("too much is frozen in it")
    return tuple(place for first, count in value for place in range(first, first + count))


def _is_stretch(pair: Any) -> bool:
    whole = isinstance(pair, list) and len(pair) == 2 and all(type(number) is int for number in pair)
    return whole and pair[0] >= 0 and pair[1] > 0
