"""Which mistake it is: a learner's answers are compared with those that known mistakes give, one or two at once.

Each Jacobian is a chain of factors. ``J_W2``, for example: start with a3 − y, times σ′(z3), through W3, times σ′(z2),
and in the end ``@ a1.T``. A mistake is another way to multiply by one of them, computed from the right numbers. What
only multiplies the whole, such as a missing ``/ x.size``, is in ``multiples``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.factors import INSTEAD, Chain, Known, Mistake, Move, chain_of
from curvegui.exercise.mistakes.multiples import SIGN_WORDS, SIZE_HINT, TOLERANCE, Multiple, constant_of, multiple_of
from curvegui.exercise.problem import JACOBIANS, Problem, passed, right_answers

Case: TypeAlias = tuple[Known, FloatArray]
"""What is known inside a function, and what the learner's answered to it."""
MOST_MISTAKES = 2  # in the chain; what multiplies the whole comes on top
TWO_TOO = {"missing-start", "missing-brackets", "squared-difference"}  # in which the factor 2 is missing too
TURNED = {"missing-transpose"}  # where two sizes are equal, several of these are the same: the source must show it
FAR = 1e-4  # off so much of an answer's square: further than the tolerance, whatever the shape
NOTHING_YET = np.zeros((2, 1))
NONE: Mapping[int, Mistake] = {}


@dataclass(frozen=True)
class Recognised:
    """The mistake in a function, in words."""

    kind: str  # of two mistakes, both joined by a plus sign
    sentence: str  # of two, each in a line
    clues: tuple[str, ...] = ()  # regular expressions for the line
    hints: tuple[str, ...] = ()  # what to try, one after the other; the last ones say the code


@dataclass(frozen=True)
class _Fit:
    """Mistakes that lead to the learner's answers, and the numbers of the factors with mistakes."""

    at: tuple[int, ...]
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
    """The fewest known mistakes that lead to all these answers, or None; an answer of None tells nothing. Where several
    sets of mistakes lead to the answers, the function's ``source`` decides, or the result is None."""
    pairs = [(problem, answer) for problem, answer in zip(problems, answers, strict=False) if answer is not None]
    if not pairs or not all(np.all(np.isfinite(answer)) and np.any(answer) for _, answer in pairs):
        return None
    right = [right_answers(problem) for problem, _ in pairs]
    for other in JACOBIANS:  # of another layer; within a layer, a factor too many or too few says more
        if other[3] != name[3] and all(same(pair[1], each[other]) for pair, each in zip(pairs, right, strict=True)):
            words = tr("This is the right result for {other}, not for {name}.", other=other, name=name)
            return Recognised("another-jacobian", words)
    cases = [(passed(problem), np.asarray(answer, dtype=np.float64)) for problem, answer in pairs]
    with np.errstate(all="ignore"):
        return _in_chain(chain_of(name), cases, source) or _in_every_layer(chain_of(name), cases, source)


def _in_every_layer(chain: Chain, cases: Sequence[Case], source: str) -> Recognised | None:
    """One mistake made with all three slopes, and at most one other mistake."""
    slopes = range(1, len(chain) - 1, 2)
    if len(slopes) <= MOST_MISTAKES:
        return None  # as two mistakes they have been looked for
    for first in chain[slopes[0]].mistakes:
        same_kind = {at: each for at in slopes for each in chain[at].mistakes if each.kind == first.kind}
        changed = tuple(
            replace(factor, right=same_kind[at].move, mistakes=()) if at in same_kind else factor
            for at, factor in enumerate(chain)
        )
        everywhere = replace(first, sentence=f"{tr(first.sentence)} {tr('The same is true in every layer.')}")
        found = _in_chain(changed, cases, source, {slopes[0]: everywhere}, most=1)
        if found is not None:
            return found
    return None


def _in_chain(
    chain: Chain, cases: Sequence[Case], source: str, before: Mapping[int, Mistake] = NONE, most: int = MOST_MISTAKES
) -> Recognised | None:
    """The best fit of none, one or two mistakes in the chain, each with or without a multiple. ``before`` are mistakes
    that the chain contains already, by the numbers of their factors."""
    sizes = [(known["x"].size, known["b1"].size, known["b2"].size) for known, _ in cases]
    for count in range(most + 1):
        if count > 1:
            chain = tuple(replace(each, mistakes=tuple(m for m in each.mistakes if not m.alone)) for each in chain)
        alone, with_multiple = list[_Fit](), list[_Fit]()
        for made, product in _products(chain, count, cases[0][0]):
            ratios = _ratios(chain, made, product, cases)
            if ratios is None:
                continue
            mistakes = [*before.values(), *made.values()]
            hints = [hint for at in (*before, *made) for hint in chain[at].hints]
            if all(abs(ratio - 1) <= TOLERANCE for ratio in ratios):
                if not mistakes:
                    return None
                alone.append(_Fit(tuple(made), mistakes, hints))
                continue
            multiple = multiple_of(ratios, sizes) or (None if mistakes else constant_of(ratios))
            if multiple is not None:
                with_multiple.append(_Fit(tuple(made), [*mistakes, multiple], [*hints, *multiple.hints]))
        if fits := alone or with_multiple:
            return _chosen(fits, source)
    return None


def _products(
    chain: Chain, count: int, known: Known, so_far: FloatArray = NOTHING_YET, at: int = 0
) -> Iterator[tuple[dict[int, Mistake], FloatArray]]:
    """The products of the chain with each choice of ``count`` mistakes, as far as their shapes fit."""
    if count > len(chain) - at:
        return
    if count == 0:
        product = _product(chain[at:], {}, known, so_far)
        if product is not None:
            yield {}, product
        return
    moved = _moved(chain[at].right, so_far, known)
    if moved is not None:
        yield from _products(chain, count, known, moved, at + 1)
    for mistake in chain[at].mistakes:
        moved = _moved(mistake.move, so_far, known)
        if moved is not None:
            for made, product in _products(chain, count - 1, known, moved, at + 1):
                yield {at: mistake} | made, product


def _moved(move: Move, so_far: FloatArray, known: Known) -> FloatArray | None:
    try:
        return move(so_far, known)
    except ValueError:  # shapes that do not fit: the learner's function raised too
        return None


def _product(chain: Chain, made: dict[int, Mistake], known: Known, so_far: FloatArray | None) -> FloatArray | None:
    for at, factor in enumerate(chain):
        if so_far is not None:
            so_far = _moved(made[at].move if at in made else factor.right, so_far, known)
    return so_far


def _ratios(chain: Chain, made: dict[int, Mistake], product: FloatArray, cases: Sequence[Case]) -> list[float] | None:
    """How many times as large as the product the answers are; None where these mistakes do not lead to the answers."""
    ratios = []
    for number, (known, answer) in enumerate(cases):
        other = _product(chain, made, known, NOTHING_YET) if number else product
        ratio = None if other is None else _ratio(answer, other, known)
        if ratio is None:
            return None
        ratios.append(ratio)
    return ratios


def _ratio(answer: FloatArray, product: FloatArray, known: Known) -> float | None:
    """An answer as a multiple of the chain's product, divided by the number of points; None if it is no multiple."""
    if answer.shape != product.shape:
        return None
    wanted = product * (2 / known["x"].size)
    square, shared = float(np.vdot(wanted, wanted)), float(np.vdot(answer, wanted))
    if not 0 < square < np.inf:
        return None
    ratio, whole = shared / square, float(np.vdot(answer, answer))
    if whole - ratio * shared > FAR * whole:  # as nearly all are
        return None
    off = np.max(np.abs(answer - ratio * wanted))
    return ratio if off <= TOLERANCE * np.max(np.abs(answer)) else None


def _chosen(fits: Sequence[_Fit], source: str) -> Recognised | None:
    """The fit that the source shows best; None where fits blame different factors and the source shows none."""

    def shows(mistake: Mistake | Multiple) -> bool:
        return bool(mistake.clues and re.search(mistake.clues[0], source, re.MULTILINE))

    if source:
        fits = [fit for fit in fits if all(shows(each) for each in fit.mistakes if each.kind in TURNED)]
    if not fits:
        return None
    shown = [sum(map(shows, fit.mistakes)) / len(fit.mistakes) for fit in fits]
    best = fits[shown.index(max(shown))]
    if source and not max(shown) and len({fit.at for fit in fits}) > 1:
        return None
    return _called(best.mistakes, best.hints)


def _called(mistakes: Sequence[Mistake | Multiple], hints: Sequence[str]) -> Recognised:
    kinds = {each.kind for each in mistakes}
    is_instead = bool(kinds & INSTEAD)
    implied = {"missing-size"} if is_instead else set[str]()  # there is no division that could be missing
    implied |= {"missing-2"} if kinds & TWO_TOO else set()
    left = [each for each in mistakes if each.kind not in implied]
    named = dict.fromkeys(kind for each in (left if is_instead else mistakes) for kind in each.kind.split("+"))
    sentences = dict.fromkeys(tr(line) for each in left for line in each.sentence.split("\n"))
    return Recognised("+".join(named), "\n".join(sentences), mistakes[0].clues, tuple(dict.fromkeys(map(tr, hints))))


# More fitting words for a mistake, where the source shows how it was made

_TWO_ROWS = r"len\(\s*\w+\s*\)|\w+\.shape\[\s*0\s*\]"
_DOUBLED = r"/\s*\(?\s*(2\b|[\w.]+(\[\d\])?\s*\*\s*2\b)"
_OWN_SUM = r"(?<![\w.])sum\("

WORDINGS = (
    ("missing-size", "Wb", r"len\(\s*x\s*\)", "", "len-for-size", False,
     mark("len(x) is 1, the number of rows, not the number of points.")),
    ("missing-size", "Wb", r"x\.shape\[\s*0\s*\]", "", "len-for-size", False,
     mark("x.shape[0] is 1, the number of rows, not the number of points.")),
    ("missing-2", "Wb", r"y\.size", "", "y-size", True,
     mark("y.size is twice the number of points: y has two rows.")),
    ("missing-2+missing-size", "Wb", _TWO_ROWS, "", "len-for-size", True,
     mark("It divides by 2, the number of rows, not by the number of points.")),
    ("missing-2", "Wb", _DOUBLED, "", "twice-size", True,
     mark("It divides by twice the number of points.")),
    ("missing-size", "W", r"mean\(", "", "mean-of-weights", False,
     mark("np.mean does not average over the points here: the matrix product has already added up over them.")),
    ("size-twice", "Wb", r"mean\(", "", "size-twice", False,
     mark("np.mean already divides by the number of points; then it is divided once more.")),
    ("missing-keepdims", "Wb", r"(?s)\A(?!.*(?:\w\.sum|mean)\()", r"\breturn\b", "missing-keepdims", False,
     mark("The result has one axis, and needs two: it has to be a column.")),
    ("wrong-axis", "Wb", rf"(?s)\A(?!.*axis).*{_OWN_SUM}", _OWN_SUM, "wrong-axis", False,
     mark("Python's own sum adds up the rows, not the points.")),
)  # fmt: skip
"""The kind of a recognised mistake, in Jacobians of weights, biases, or both; what the source has to contain; the clue
to the line where that is another one; the kind from then on; whether dividing by x.size is the hint; and what is said.
The first that fits counts."""

REVERSALS = (
    (r"\by\s*(?:\[[^-+*/]*\]\s*)?-\s*[A-Za-z]|subtract\(\s*y\b",
     mark("The sign is wrong: y and a3 are in the wrong order.")),
    (r"(a\d)\s*\*\s*\(\s*\1\s*-\s*1\s*\)|\(\s*(a\d)\s*-\s*1\s*\)\s*\*\s*\2",
     mark("The sign is wrong: the difference in the slope is in the wrong order.")),
    (r"(?:[=(*@/+\[,]|\breturn)\s*-\s*2\b", mark("The sign is wrong: there is a minus before the 2.")),
    (r"(?:[=(*@/+\[,]|\breturn)\s*-\s*(?![\d\s])|[*/]\s*-\s*1\b|-=",
     mark("The sign is wrong: there is a minus too many.")),
)  # fmt: skip
"""What turns a sign, and what is said where it is the one too many."""


def reworded(name: str, source: str, known: Recognised) -> Recognised:
    """A mistake in words that suit the source of the function, given without comments and strings."""
    for kind, of, pattern, clue, called, is_size, sentence in WORDINGS:
        if known.kind == kind and name[2] in of and re.search(pattern, source):
            return Recognised(called, tr(sentence), (clue or pattern,), (tr(SIZE_HINT),) if is_size else known.hints)
    if tr(SIGN_WORDS) not in known.sentence:
        return known
    odd = [line for line in source.split("\n") if sum(len(re.findall(each, line)) for each, _ in REVERSALS) % 2]
    if len(odd) != 1:  # not in the one line that turns the sign an odd number of times: it is not known where
        return replace(known, clues=known.clues if "+" in known.kind else ())
    words = next(words for pattern, words in REVERSALS if re.search(pattern, odd[0]))
    is_first = known.sentence.startswith(tr(SIGN_WORDS))
    clues = (re.escape(odd[0].strip()), *known.clues) if is_first else known.clues
    return replace(known, sentence=known.sentence.replace(tr(SIGN_WORDS), tr(words)), clues=clues)
