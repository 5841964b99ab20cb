"""Ways through a chain with mistakes, what they make of a problem, and whether that is what a learner answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.mistakes.mistake import Known, Mistake, Move, Place
from curvegui.exercise.mistakes.multiples import TOLERANCE

FAR = 1e-4  # off so much of an answer's square: further than the tolerance, whatever the shape
NOTHING_YET = np.zeros((2, 1))


@dataclass(frozen=True, eq=False)
class Case:
    """A problem, and what the learner's function answered to it."""

    known: Known
    answer: FloatArray


def ways(
    places: tuple[Place, ...], count: int, known: Known, so_far: FloatArray = NOTHING_YET, at: int = 0
) -> Iterator[tuple[dict[int, Mistake], FloatArray]]:
    """Every way through the chain with ``count`` mistakes, and its outcome; ways that do not fit are left out."""
    if count > len(places) - at:
        return
    if count == 0:
        outcome = _through(places[at:], {}, known, so_far)
        if outcome is not None:
            yield {}, outcome
        return
    moved = _moved(places[at].right, so_far, known)
    if moved is not None:
        yield from ways(places, count, known, moved, at + 1)
    for mistake in places[at].mistakes:
        moved = _moved(mistake.move, so_far, known)
        if moved is not None:
            for made, outcome in ways(places, count - 1, known, moved, at + 1):
                yield {at: mistake} | made, outcome


def _moved(move: Move, so_far: FloatArray, known: Known) -> FloatArray | None:
    try:
        return move(so_far, known)
    except ValueError:  # shapes that do not fit: the learner's function raised too
        return None


def _through(
    places: tuple[Place, ...], made: dict[int, Mistake], known: Known, so_far: FloatArray = NOTHING_YET
) -> FloatArray | None:
    """The outcome of the chain with these mistakes."""
    for at, place in enumerate(places):
        moved = _moved(made[at].move if at in made else place.right, so_far, known)
        if moved is None:
            return None
        so_far = moved
    return so_far


def ratios_of(
    places: tuple[Place, ...], made: dict[int, Mistake], outcome: FloatArray, cases: Sequence[Case]
) -> list[float] | None:
    """How many times as large as the outcome the answers are; None where these mistakes do not give them."""
    first = _ratio(cases[0].answer, outcome, cases[0].known)
    if first is None:
        return None
    ratios = [first]
    for case in cases[1:]:
        other = _through(places, made, case.known)
        ratio = None if other is None else _ratio(case.answer, other, case.known)
        if ratio is None:
            return None
        ratios.append(ratio)
    return ratios


def _ratio(answer: FloatArray, outcome: FloatArray, known: Known) -> float | None:
    """How many times the chain's outcome, divided as it should be, an answer is; None if it is no multiple of it."""
    if answer.shape != outcome.shape:
        return None
    wanted = outcome * (2 / known["x"].size)
    square, shared = float(np.vdot(wanted, wanted)), float(np.vdot(answer, wanted))
    if not 0 < square < np.inf:
        return None
    ratio, whole = shared / square, float(np.vdot(answer, answer))
    if whole - ratio * shared > FAR * whole:  # as nearly all are
        return None
    off = np.max(np.abs(answer - ratio * wanted))
    return ratio if off <= TOLERANCE * np.max(np.abs(answer)) else None
