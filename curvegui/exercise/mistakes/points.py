"""Mistakes about the points: some are left out, one stands for all, or they are averaged before the chain has ended."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.mistake import Known, Mistake

FEW = range(2, 12)  # points that a loop may be written for; a problem that decides has more
ONE_FOR_ALL = {
    "maximum": (np.max, r"max\(", mark("It takes the maximum of the points. The cost is the mean over them.")),
    "minimum": (np.min, r"min\(", mark("It takes the minimum of the points. The cost is the mean over them.")),
    "median": (np.median, r"median\(", mark("It takes the median of the points. The cost is the mean over them.")),
    "norm": (np.linalg.norm, r"norm\(", mark("It takes the norm of the points. The cost is the mean over them.")),
}
INSTEAD = {"single-point", "standard-deviation", *ONE_FOR_ALL}
"""Kinds that stand in the place of the mean: there the division by the number of points is not what is missing."""
EARLY = mark(
    "It averages over the points before the chain has ended. Multiply all factors point by point, then average."
)
_LOOP = (r"range\(", r"\[[^\]]*[:\d][^\]]*\]", r"\breturn\b")


def some_points(a: str = "") -> Iterator[Mistake]:
    """Sums over some of the points: with the activations ``a`` for weights, without for biases."""
    for words, part in (
        (tr("Only the first point counts. The cost is the mean over all points."), slice(1)),
        (tr("Only the last point counts. The cost is the mean over all points."), slice(-1, None)),
    ):
        yield Mistake(
            "single-point",
            words,
            partial(_sum_of, a=a, part=part),
            (r"(?<!shape)\[[^\]]*\d", *_LOOP),
        )
    for words, part in (
        (tr("The sum leaves out the first point."), slice(1, None)),
        (tr("The sum leaves out the last point."), slice(-1)),
    ):
        yield Mistake(
            "misses-a-point",
            words,
            partial(_sum_of, a=a, part=part),
            _LOOP,
            alone=True,
        )
    for count in FEW:
        yield Mistake(
            "few-points",
            tr("Only the first {count} points count, however many there are.", count=count),
            partial(_sum_of, a=a, part=slice(count)),
            (rf"\b{count}\b", *_LOOP),
            alone=True,
        )


def one_for_all() -> Iterator[Mistake]:
    """Something else than the mean over the points, for biases."""
    for kind, (function, searched, words) in ONE_FOR_ALL.items():
        yield Mistake(
            kind,
            tr(words),
            partial(_along, function=function),
            (searched,),
            alone=True,
        )
    yield Mistake(
        "absolute-sum",
        tr("The sum has lost the signs, which balance each other."),
        lambda j, _: np.sum(np.abs(j), axis=1, keepdims=True),
        (r"abs\((?!.*\by\b)",),
    )
    yield Mistake(
        "standard-deviation",
        tr("It takes the standard deviation. The cost is the mean over the points."),
        partial(_along, function=np.std),
        (r"std\(",),
    )


def averaged(j: FloatArray) -> FloatArray:
    """The mean over the points."""
    return np.asarray(np.mean(j, axis=1, keepdims=True))


def _sum_of(j: FloatArray, known: Known, a: str, part: slice) -> FloatArray:
    some = j[:, part]
    return some @ known[a][:, part].T if a else np.asarray(np.sum(some, axis=1, keepdims=True))


def _along(j: FloatArray, _: Known, function: object) -> FloatArray:
    return np.asarray(function(j, axis=1, keepdims=True))  # type: ignore[operator]
