"""Which mistake it is: a learner's answers are compared with those that known mistakes give, one or two at once.

Each Jacobian is a chain of places. ``J_W2``, for example: start with a3 − y, times σ′(z3), through W3, times σ′(z2),
and in the end ``@ a1.T``. A mistake is another way to pass one of these places, computed from the right numbers. What
only multiplies the whole, such as a missing ``/ x.size``, is in ``multiples``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, spoken, tr
from curvegui.exercise.mistakes.factors import (
    INSTEAD,
    Known,
    Mistake,
    Move,
    Place,
    link_place,
    slope_place,
    start_place,
)
from curvegui.exercise.mistakes.last_factor import bias_end, weight_end
from curvegui.exercise.mistakes.multiples import (
    SIGN_WORDS,
    SIZE_HINT,
    TOLERANCE,
    Multiple,
    Sizes,
    constant_of,
    multiple_of,
)
from curvegui.exercise.problem import JACOBIANS, Problem, passed, right_answers

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


def chain_of(name: str) -> tuple[Place, ...]:
    """The places of a Jacobian, ``"J_W1"`` to ``"J_b3"``, in the order in which they are multiplied."""
    return _chain_of(name, spoken())


@cache
def _chain_of(name: str, language: str) -> tuple[Place, ...]:
    is_bias, last = name[2] == "b", int(name[3])
    places = [start_place()]
    for layer in range(3, last, -1):
        places += [slope_place(layer), link_place(layer)]
    return (*places, slope_place(last), bias_end(last) if is_bias else weight_end(last))


MOST_MISTAKES = 2  # in the chain; what multiplies the whole comes on top
TWO_TOO = {"missing-start", "missing-brackets", "squared-difference"}  # in which the factor 2 is missing too
TURNED = {"missing-transpose"}  # where two sizes are equal, several of these are the same: the source must show it
NONE: Mapping[int, Mistake] = {}


@dataclass(frozen=True)
class Recognised:
    """What is wrong with a function."""

    kind: str  # of two mistakes, both joined by a plus sign
    sentence: str  # of two, each in a line
    clues: tuple[str, ...] = ()  # regular expressions for the line
    hints: tuple[str, ...] = ()  # what to try, one after the other; the last ones say the code


@dataclass(frozen=True)
class _Fit:
    """Mistakes that give the answers."""

    places: tuple[int, ...]
    mistakes: Sequence[Mistake | Multiple]
    hints: Sequence[str]


def same(found: FloatArray, wanted: FloatArray) -> bool:
    """Whether two arrays have the same shape and numbers, within rounding."""
    if found.shape != wanted.shape or not np.all(np.isfinite(found)):
        return False
    return bool(np.max(np.abs(found - wanted), initial=0.0) <= TOLERANCE * np.max(np.abs(wanted), initial=0.0))


def recognise(
    name: str, problems: Sequence[Problem], answers: Sequence[FloatArray | None], source: str = ""
) -> Recognised | None:
    """The fewest known mistakes that give all these answers, or None; an answer of None tells nothing.

    Where several give them, the function's ``source`` decides, and if it does not: None.
    """
    pairs = [(problem, answer) for problem, answer in zip(problems, answers, strict=False) if answer is not None]
    if not pairs or not all(np.all(np.isfinite(answer)) and np.any(answer) for _, answer in pairs):
        return None
    cases = [Case(passed(problem), np.asarray(answer, dtype=np.float64)) for problem, answer in pairs]
    with np.errstate(all="ignore"):
        places = chain_of(name)
        return _another(name, pairs) or _in_chain(places, cases, source) or _in_every_layer(places, cases, source)


def _another(name: str, pairs: Sequence[tuple[Problem, FloatArray]]) -> Recognised | None:
    """The right answer of a Jacobian of another layer; within a layer, a factor too many or too few says more."""
    right = [right_answers(problem) for problem, _ in pairs]
    for other in JACOBIANS:
        if other[3] != name[3] and all(
            same(answer, each[other]) for (_, answer), each in zip(pairs, right, strict=True)
        ):
            return Recognised(
                "another-jacobian", tr("This is the right result for {other}, not for {name}.", other=other, name=name)
            )
    return None


def _in_every_layer(places: tuple[Place, ...], cases: Sequence[Case], source: str) -> Recognised | None:
    """One mistake made with all three slopes, and at most one other."""
    slopes = range(1, len(places) - 1, 2)
    if len(slopes) <= MOST_MISTAKES:
        return None  # as two mistakes they have been looked for
    for first in places[slopes[0]].mistakes:
        same_kind = {at: each for at in slopes for each in places[at].mistakes if each.kind == first.kind}
        changed = tuple(
            Place(same_kind[at].move, (), place.hints) if at in same_kind else place for at, place in enumerate(places)
        )
        everywhere = replace(first, sentence=f"{tr(first.sentence)} {tr('The same is true in every layer.')}")
        found = _in_chain(changed, cases, source, {slopes[0]: everywhere}, most=1)
        if found is not None:
            return found
    return None


def _in_chain(
    places: tuple[Place, ...],
    cases: Sequence[Case],
    source: str,
    before: Mapping[int, Mistake] = NONE,
    most: int = MOST_MISTAKES,
) -> Recognised | None:
    """The best fit among none, one and two mistakes in the chain, each with or without a multiple.

    ``before`` are mistakes that the places contain already, by their places.
    """
    for count in range(most + 1):
        if count > 1:
            places = tuple(replace(each, mistakes=tuple(m for m in each.mistakes if not m.alone)) for each in places)
        alone, with_multiple = list[_Fit](), list[_Fit]()
        for made, outcome in ways(places, count, cases[0].known):
            ratios = ratios_of(places, made, outcome, cases)
            if ratios is None:
                continue
            mistakes = [*before.values(), *made.values()]
            hints = [hint for at in (*before, *made) for hint in places[at].hints]
            if all(abs(ratio - 1) <= TOLERANCE for ratio in ratios):
                if not mistakes:
                    return None
                alone.append(_Fit(tuple(made), mistakes, hints))
                continue
            multiple = _multiple(mistakes, ratios, [_sizes(case.known) for case in cases])
            if multiple is not None:
                with_multiple.append(_Fit(tuple(made), [*mistakes, multiple], [*hints, *multiple.hints]))
        if fits := alone or with_multiple:
            return _chosen(fits, source)
    return None


def _chosen(fits: Sequence[_Fit], source: str) -> Recognised | None:
    """The fit of which the source shows most; None where several blame different places and it shows none of them."""
    if source:
        fits = [fit for fit in fits if all(_shows(source, each) for each in fit.mistakes if each.kind in TURNED)]
    if not fits:
        return None
    shown = [sum(_shows(source, each) for each in fit.mistakes) / len(fit.mistakes) for fit in fits]
    best = fits[shown.index(max(shown))]
    if source and not max(shown) and len({fit.places for fit in fits}) > 1:
        return None
    return _called(best.mistakes, best.hints)


def _shows(source: str, mistake: Mistake | Multiple) -> bool:
    return bool(mistake.clues and re.search(mistake.clues[0], source, re.MULTILINE))


def _sizes(known: Known) -> Sizes:
    return known["x"].size, known["b1"].size, known["b2"].size


def _multiple(mistakes: Sequence[Mistake], ratios: Sequence[float], sizes: Sequence[Sizes]) -> Multiple | None:
    """What the whole is multiplied by; any constant only where nothing else is wrong."""
    return multiple_of(ratios, sizes) or (None if mistakes else constant_of(ratios))


def _is_said(mistake: Mistake | Multiple, mistakes: Sequence[Mistake | Multiple]) -> bool:
    """Whether another one means the factor 2 already, or what stands in the place of the mean has no division."""
    if mistake.kind == "missing-size":
        return any(each.kind in INSTEAD for each in mistakes)
    return mistake.kind == "missing-2" and any(each.kind in TWO_TOO for each in mistakes)


def _called(mistakes: Sequence[Mistake | Multiple], hints: Sequence[str]) -> Recognised:
    left = [each for each in mistakes if not _is_said(each, mistakes)]
    kinds = dict.fromkeys(
        kind for each in (left if any(m.kind in INSTEAD for m in left) else mistakes) for kind in each.kind.split("+")
    )
    sentences = dict.fromkeys(tr(line) for each in left for line in each.sentence.split("\n"))
    return Recognised("+".join(kinds), "\n".join(sentences), mistakes[0].clues, tuple(dict.fromkeys(map(tr, hints))))


_LEN, _SHAPE_0 = r"len\(\s*x\s*\)", r"x\.shape\[\s*0\s*\]"
_TWO_ROWS = r"len\(\s*\w+\s*\)|\w+\.shape\[\s*0\s*\]"
_DOUBLED = r"/\s*\(?\s*(2\b|[\w.]+(\[\d\])?\s*\*\s*2\b)"
_OWN_SUM = r"(?<![\w.])sum\("


@dataclass(frozen=True)
class _Wording:
    """What is said instead of a mistake's own sentence."""

    kind: str  # of the mistake that was recognised
    pattern: str  # a regular expression that the function's source must contain
    sentence: str
    clues: tuple[str, ...]  # as in `Mistake`
    called: str = ""  # the kind from then on; empty where it stays
    of: str = "Wb"  # for Jacobians of weights, biases, or both
    hints: tuple[str, ...] = ()  # instead of the mistake's own; empty where these stay


WORDINGS = (
    _Wording(
        "missing-size",
        _LEN,
        mark("len(x) is 1, the number of rows, not the number of points."),
        (_LEN,),
        "len-for-size",
    ),
    _Wording(
        "missing-size",
        _SHAPE_0,
        mark("x.shape[0] is 1, the number of rows, not the number of points."),
        (_SHAPE_0,),
        "len-for-size",
    ),
    _Wording(
        "missing-2",
        r"y\.size",
        mark("y.size is twice the number of points: y has two rows."),
        (r"y\.size",),
        "y-size",
        hints=(SIZE_HINT,),
    ),
    _Wording(
        "missing-2+missing-size",
        _TWO_ROWS,
        mark("It divides by 2, the number of rows, not by the number of points."),
        (_TWO_ROWS,),
        "len-for-size",
        hints=(SIZE_HINT,),
    ),
    _Wording(
        "missing-2",
        _DOUBLED,
        mark("It divides by twice the number of points."),
        (_DOUBLED,),
        "twice-size",
        hints=(SIZE_HINT,),
    ),
    _Wording(
        "missing-size",
        r"mean\(",
        mark("np.mean does not average over the points here: the matrix product has already added up over them."),
        (r"mean\(",),
        "mean-of-weights",
        "W",
    ),
    _Wording(
        "size-twice",
        r"mean\(",
        mark("np.mean already divides by the number of points; then it is divided once more."),
        (r"mean\(",),
    ),
    _Wording(
        "missing-keepdims",
        r"(?s)\A(?!.*(?:\w\.sum|mean)\()",
        mark("The result has one axis, and needs two: it has to be a column."),
        (r"\breturn\b",),
    ),
    _Wording(
        "wrong-axis",
        rf"(?s)\A(?!.*axis).*{_OWN_SUM}",
        mark("Python's own sum adds up the rows, not the points."),
        (_OWN_SUM,),
    ),
)
"""The first that fits counts."""

REVERSALS = (
    (
        r"\by\s*(?:\[[^-+*/]*\]\s*)?-\s*[A-Za-z]|subtract\(\s*y\b",
        mark("The sign is wrong: y and a3 are in the wrong order."),
    ),
    (
        r"(a\d)\s*\*\s*\(\s*\1\s*-\s*1\s*\)|\(\s*(a\d)\s*-\s*1\s*\)\s*\*\s*\2",
        mark("The sign is wrong: the difference in the slope is in the wrong order."),
    ),
    (r"(?:[=(*@/+\[,]|\breturn)\s*-\s*2\b", mark("The sign is wrong: there is a minus before the 2.")),
    (
        r"(?:[=(*@/+\[,]|\breturn)\s*-\s*(?![\d\s])|[*/]\s*-\s*1\b|-=",
        mark("The sign is wrong: there is a minus too many."),
    ),
)
"""What turns a sign, and what is said where it is the one too many."""


def reworded(name: str, source: str, known: Recognised) -> Recognised:
    """A mistake as the learner has made it; ``source`` is the function's, without comments and strings."""
    for each in WORDINGS:
        if known.kind == each.kind and name[2] in each.of and re.search(each.pattern, source):
            hints = tuple(map(tr, each.hints)) or known.hints
            return Recognised(each.called or known.kind, tr(each.sentence), each.clues, hints)
    return _with_sign(source, known) if tr(SIGN_WORDS) in known.sentence else known


def _with_sign(source: str, known: Recognised) -> Recognised:
    """Where the sign is turned: in the one line that turns it an odd number of times, or it is not known where."""
    alone = "+" not in known.kind
    odd = [line for line in source.split("\n") if sum(len(re.findall(each, line)) for each, _ in REVERSALS) % 2]
    if len(odd) != 1:
        return replace(known, clues=() if alone else known.clues)
    words = next(words for pattern, words in REVERSALS if re.search(pattern, odd[0]))
    sentence = known.sentence.replace(tr(SIGN_WORDS), tr(words))
    is_first = known.sentence.startswith(tr(SIGN_WORDS))
    return replace(
        known, sentence=sentence, clues=(re.escape(odd[0].strip()), *known.clues) if is_first else known.clues
    )
