"""Where lessons were left, as a text to keep."""

import json
from dataclasses import dataclass

MOST_PLACES = 20  # the latest ones
MOST_STEPS = 1_000  # no lesson has more


@dataclass(frozen=True)
class TourPlace:
    """A step, from 0, and the steps that were done."""

    number: int = 0
    done: frozenset[int] = frozenset()


def place_in(text: str, lesson: str) -> TourPlace | None:
    """Where a lesson was left; None if it was not left anywhere, or if the text is broken."""
    kept = _places(text).get(lesson)
    if not isinstance(kept, dict) or not _is_step(kept.get("step")):
        return None
    done = kept.get("done")
    return TourPlace(kept["step"], frozenset(filter(_is_step, done)) if isinstance(done, list) else frozenset())


def with_place(text: str, lesson: str, place: TourPlace | None) -> str:
    """The text with another place for a lesson, or without one: then only that it was taken."""
    places = _places(text)
    places.pop(lesson, None)
    places[lesson] = {} if place is None else {"step": place.number, "done": sorted(place.done)}
    latest = list(places.items())[-MOST_PLACES:]
    return json.dumps(dict(latest))


def lessons_in(text: str) -> list[str]:
    """The lessons that were taken, the latest first."""
    return list(reversed(_places(text)))


def _places(text: str) -> dict[str, object]:
    try:
        places = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return places if isinstance(places, dict) else {}


def _is_step(number: object) -> bool:
    return type(number) is int and 0 <= number < MOST_STEPS
