"""Where lessons were left, as one text for the preferences."""

import json
from dataclasses import dataclass

MOST_PLACES = 20  # the latest ones
MOST_STEPS = 1_000  # beyond, no lesson has any


@dataclass(frozen=True)
class TourPlace:
    """A step, from 0 on, and the steps that were done."""

    number: int = 0
    done: frozenset[int] = frozenset()


def place_in(text: str, lesson: str) -> TourPlace | None:
    """Where a lesson was left; None where it was not, or where the text makes no sense."""
    kept = _places(text).get(lesson)
    if not isinstance(kept, dict) or not _is_step(kept.get("step")):
        return None
    done = kept.get("done")
    return TourPlace(kept["step"], frozenset(filter(_is_step, done)) if isinstance(done, list) else frozenset())


def with_place(text: str, lesson: str, place: TourPlace | None) -> str:
    """The text with another place for a lesson, or without one."""
    places = _places(text)
    places.pop(lesson, None)
    if place is not None:
        places[lesson] = {"step": place.number, "done": sorted(place.done)}
    latest = list(places.items())[-MOST_PLACES:]
    return json.dumps(dict(latest))


def _places(text: str) -> dict[str, object]:
    try:
        places = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return places if isinstance(places, dict) else {}


def _is_step(number: object) -> bool:
    return type(number) is int and 0 <= number < MOST_STEPS
