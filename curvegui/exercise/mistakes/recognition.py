"""Which mistake it is: a learner's answers are compared with those that known mistakes give, one or two at once.

Each Jacobian is a chain of places. ``J_W2``, for example: start with a3 − y, times σ′(z3), through W3, times σ′(z2),
and in the end ``@ a1.T``. A mistake is another way to pass one of these places, computed from the right numbers. What
only multiplies the whole, such as a missing ``/ x.size``, is in ``multiples``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.mistakes.factors import link_place, slope_place, start_place
from curvegui.exercise.mistakes.last_factor import bias_end, weight_end
from curvegui.exercise.mistakes.mistake import Known, Mistake, Move, Place
from curvegui.exercise.mistakes.multiples import TOLERANCE, Multiple, constant_of, multiple_of
from curvegui.exercise.mistakes.problems import passed, right_answers
from curvegui.exercise.problem import JACOBIANS, Problem


def chain_of(name: str) -> tuple[Place, ...]:
    """The places of a Jacobian, ``"J_W1"`` to ``"J_b3"``, in the order in which they are multiplied."""
    is_bias, last = name[2] == "b", int(name[3])
    places = [start_place()]
    for layer in range(3, last, -1):
        places += [slope_place(layer), link_place(layer)]
    return (*places, slope_place(last), bias_end(last) if is_bias else weight_end(last))


MOST_MISTAKES = 2  # in the chain; what multiplies the whole comes on top
TWO_TOO = {"missing-start", "missing-brackets", "squared-difference"}  # in which the factor 2 is missing too
NOTHING_YET = np.zeros((2, 1))
NONE: Mapping[int, Mistake] = {}


@dataclass(frozen=True)
class Recognised:
    """What is wrong with a function."""

    kind: str  # of two mistakes, both joined by a plus sign
    sentence: str  # of two, each in a line
    clues: tuple[str, ...] = ()  # regular expressions for the line
    hints: tuple[str, ...] = ()  # what to try, one after the other; the last ones say the code


@dataclass(frozen=True, eq=False)
class _Case:
    """A problem, and what the learner's function answered to it."""

    known: Known
    answer: FloatArray


def same(found: FloatArray, wanted: FloatArray) -> bool:
    """Whether two arrays have the same shape and numbers, within rounding."""
    if found.shape != wanted.shape or not np.all(np.isfinite(found)):
        return False
    return bool(np.max(np.abs(found - wanted), initial=0.0) <= TOLERANCE * np.max(np.abs(wanted), initial=0.0))


def recognise(name: str, problems: Sequence[Problem], answers: Sequence[FloatArray | None]) -> Recognised | None:
    """The fewest known mistakes that give all these answers, or None; an answer of None tells nothing."""
    pairs = [(problem, answer) for problem, answer in zip(problems, answers, strict=False) if answer is not None]
    if not pairs or not all(np.all(np.isfinite(answer)) and np.any(answer) for _, answer in pairs):
        return None
    cases = [_Case(passed(problem), np.asarray(answer, dtype=np.float64)) for problem, answer in pairs]
    with np.errstate(all="ignore"):
        places = chain_of(name)
        return _another(name, pairs) or _in_chain(places, cases) or _in_every_layer(places, cases)


def _another(name: str, pairs: Sequence[tuple[Problem, FloatArray]]) -> Recognised | None:
    """The right answer of a Jacobian of another layer; within a layer, a factor too many or too few says more."""
    right = [right_answers(problem) for problem, _ in pairs]
    for other in JACOBIANS:
        if other[3] != name[3] and all(
            same(answer, each[other]) for (_, answer), each in zip(pairs, right, strict=True)
        ):
            return Recognised("another-jacobian", f"This is the right result for {other}, not for {name}.")
    return None


def _in_every_layer(places: tuple[Place, ...], cases: Sequence[_Case]) -> Recognised | None:
    """One mistake made with all three slopes, and at most one other."""
    slopes = range(1, len(places) - 1, 2)
    if len(slopes) <= MOST_MISTAKES:
        return None  # as two mistakes they have been looked for
    for first in places[slopes[0]].mistakes:
        same_kind = {at: each for at in slopes for each in places[at].mistakes if each.kind == first.kind}
        changed = tuple(
            Place(same_kind[at].move, (), place.hints) if at in same_kind else place for at, place in enumerate(places)
        )
        everywhere = replace(first, sentence=f"{first.sentence} The same is true in every layer.")
        found = _in_chain(changed, cases, {slopes[0]: everywhere}, most=1)
        if found is not None:
            return found
    return None


def _in_chain(
    places: tuple[Place, ...], cases: Sequence[_Case], before: Mapping[int, Mistake] = NONE, most: int = MOST_MISTAKES
) -> Recognised | None:
    """The first fit among none, one and two mistakes in the chain, each with or without a multiple.

    ``before`` are mistakes that the places contain already, by their places.
    """
    for count in range(most + 1):
        with_multiple: Recognised | None = None
        for made, outcome in _ways(places, count, cases[0].known):
            ratios = _ratios(places, made, outcome, cases)
            if ratios is None:
                continue
            mistakes = [*before.values(), *made.values()]
            hints = [hint for at in (*before, *made) for hint in places[at].hints]
            if all(abs(ratio - 1) <= TOLERANCE for ratio in ratios):
                return _called(mistakes, hints) if mistakes else None
            multiple = _multiple(mistakes, ratios, [case.known["x"].size for case in cases])
            if with_multiple is None and multiple is not None:
                with_multiple = _called([*mistakes, multiple], [*hints, *multiple.hints])
        if with_multiple is not None:
            return with_multiple
    return None


def _ways(
    places: tuple[Place, ...], count: int, known: Known, so_far: FloatArray = NOTHING_YET, at: int = 0
) -> Iterator[tuple[dict[int, Mistake], FloatArray]]:
    """Every way through the chain with ``count`` mistakes, and its outcome; ways that do not fit are left out."""
    if at == len(places):
        if count == 0:
            yield {}, so_far
        return
    if count > len(places) - at:
        return
    moved = _moved(places[at].right, so_far, known)
    if moved is not None:
        yield from _ways(places, count, known, moved, at + 1)
    if count == 0:
        return
    for mistake in places[at].mistakes:
        moved = _moved(mistake.move, so_far, known)
        if moved is not None:
            for made, outcome in _ways(places, count - 1, known, moved, at + 1):
                yield {at: mistake} | made, outcome


def _moved(move: Move, so_far: FloatArray, known: Known) -> FloatArray | None:
    try:
        return move(so_far, known)
    except ValueError:  # shapes that do not fit: the learner's function raised too
        return None


def _through(places: tuple[Place, ...], made: dict[int, Mistake], known: Known) -> FloatArray | None:
    """The outcome of the chain with these mistakes."""
    so_far: FloatArray | None = NOTHING_YET
    for at, place in enumerate(places):
        if so_far is None:
            return None
        so_far = _moved(made[at].move if at in made else place.right, so_far, known)
    return so_far


def _ratios(
    places: tuple[Place, ...], made: dict[int, Mistake], outcome: FloatArray, cases: Sequence[_Case]
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
    square = float(np.sum(wanted * wanted))
    if not 0 < square < np.inf:
        return None
    ratio = float(np.sum(answer * wanted)) / square
    off = np.max(np.abs(answer - ratio * wanted))
    return ratio if off <= TOLERANCE * np.max(np.abs(answer)) else None


def _multiple(mistakes: Sequence[Mistake], ratios: Sequence[float], sizes: Sequence[int]) -> Multiple | None:
    """What the whole is multiplied by; any constant only where nothing else is wrong."""
    return multiple_of(ratios, sizes) or (None if mistakes else constant_of(ratios))


def _is_said(mistake: Mistake | Multiple, mistakes: Sequence[Mistake | Multiple]) -> bool:
    """Whether another one means the factor 2 already."""
    return mistake.kind == "missing-2" and any(each.kind in TWO_TOO for each in mistakes)


def _called(mistakes: Sequence[Mistake | Multiple], hints: Sequence[str]) -> Recognised:
    kinds = dict.fromkeys(kind for each in mistakes for kind in each.kind.split("+"))
    sentences = dict.fromkeys(each.sentence for each in mistakes if not _is_said(each, mistakes))
    return Recognised("+".join(kinds), "\n".join(sentences), mistakes[0].clues, tuple(dict.fromkeys(hints)))
