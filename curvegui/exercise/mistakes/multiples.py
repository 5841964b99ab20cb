"""What multiplies a whole Jacobian wrongly: a missing ``/ x.size`` or 2, the sign, a size written as a number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from curvegui.core.language.text import localised, mark, tr

FEWEST, MOST = 4, 12


def apart(found: float, wanted: float) -> tuple[str, str]:
    """Both numbers as texts, with as many digits (4 to 12) as the texts need to differ."""
    for digits in range(FEWEST, MOST + 1):
        texts = f"{found + 0.0:.{digits}g}", f"{wanted + 0.0:.{digits}g}"  # no minus before a zero
        if texts[0] != texts[1]:
            break
    return localised(texts[0]), localised(texts[1])


TOLERANCE = 1e-6  # relative; between rounding, also in float32, and what any mistake makes


@dataclass(frozen=True)
class Multiple:
    """How many times too large an answer is; ``kind``, ``sentence`` and ``clues`` are as in `Mistake`."""

    kind: str
    sentence: str
    of: Callable[[int], float]  # how many times, with N points
    clues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()  # as in `ChainFactor`


DIVISIONS = (r"/\s*x\.size", r"/\s*\w+\.size", r"/\s*len\(", r"/\s*[\w(]", r"mean\(")
LAST = (r"sum\(", r"@\s*a\d(?!\[)|einsum|dot\([^()]*\ba\d", r"\breturn\b")
SIGNS = (r"y\s*-\s*a3", r"(?:[=(*@/+\[,]|\breturn)\s*-\s*2\b", r"return\s*-", r"-\s*J\b")
DIFFERENCE = (r"a3\s*-\s*y", r"y\s*-\s*a3", r"\ba3\b")
SIGN_WORDS = mark("The sign is wrong.")
SIZE_HINT = mark("Divide by the number of points: / x.size")

_SIZE = Multiple(
    "missing-size", mark("The division by the number of points is missing: the cost is the mean over the points."),
    lambda n: n, LAST, (SIZE_HINT,),
)  # fmt: skip
_TWO = Multiple(
    "missing-2", mark("A factor 2 is missing: the derivative of a square has one."),
    lambda n: 1 / 2, DIFFERENCE, (mark("dC/da3 is 2 * (a3 - y)."),),
)  # fmt: skip
_SIGN = Multiple(
    "sign", SIGN_WORDS, lambda n: -1, (*SIGNS, *DIFFERENCE),
    (mark("Check each minus: dC/da3 is 2 * (a3 - y), and the slope of sigma is a * (1 - a)."),),
)  # fmt: skip
_TWICE = Multiple(
    "size-twice", mark("It divides by the number of points twice."), lambda n: 1 / n, (r"mean\(", *DIVISIONS),
    (mark("np.mean divides too: use np.sum, or leave / x.size out."),),
)  # fmt: skip
_EXTRA = Multiple("extra-2", mark("There is a factor 2 too many."), lambda n: 2, (r"\b2\b",), _TWO.hints)
_TIMES = Multiple(
    "times-size", mark("It multiplies by the number of points instead of dividing."),
    lambda n: n * n, (r"\*\s*\w+\.size", r"\.size"), (SIZE_HINT,),
)  # fmt: skip


def _both(first: Multiple, second: Multiple) -> Multiple:
    return Multiple(
        f"{first.kind}+{second.kind}",
        f"{first.sentence}\n{second.sentence}",
        lambda n: first.of(n) * second.of(n),
        first.clues,
        (*first.hints, *second.hints),
    )


MULTIPLES = (
    *(_SIZE, _TWO, _SIGN, _TWICE, _EXTRA),
    *(_both(_TWO, _SIZE), _both(_SIGN, _SIZE), _both(_SIGN, _EXTRA), _both(_SIGN, _TWO)),
    *(_both(_SIGN, _both(_TWO, _SIZE)), _both(_TWO, _TWICE)),
    _TIMES,
)


Sizes: TypeAlias = tuple[int, int, int]
"""The numbers of points, and of neurons in layers 1 and 2."""
DIVISORS: dict[str, Callable[[int, int, int], float]] = {
    mark("It divides by one less than the number of points, not by the number of points."): lambda n, n1, n2: n - 1,
    mark("It divides by one more than the number of points, not by the number of points."): lambda n, n1, n2: n + 1,
    mark("It divides by the square root of the number of points, not by the number of points."):
        lambda n, n1, n2: n**0.5,
    mark("It divides by all entries of layer 1, neurons and points, not by the number of points."):
        lambda n, n1, n2: n1 * n,
    mark("It divides by all entries of layer 2, neurons and points, not by the number of points."):
        lambda n, n1, n2: n2 * n,
    mark("It divides by the number of neurons in layer 1, not by the number of points."): lambda n, n1, n2: n1,
    mark("It divides by the number of neurons in layer 2, not by the number of points."): lambda n, n1, n2: n2,
    mark("It divides by the number of entries of W2, not by the number of points."): lambda n, n1, n2: n1 * n2,
    mark("It divides by the number of entries of W3, not by the number of points."): lambda n, n1, n2: 2 * n2,
    mark("It divides by the number of all neurons, not by the number of points."): lambda n, n1, n2: n1 + n2,
}  # fmt: skip
"""Other sizes than the number of points that are divided by."""


def multiple_of(ratios: Sequence[float], sizes: Sequence[Sizes]) -> Multiple | None:
    """The mistake that makes answers so many times too large, for problems of these sizes; None if unknown."""
    counts = [points for points, _, _ in sizes]
    for each in MULTIPLES:
        if all(_near(ratio, each.of(count)) for ratio, count in zip(ratios, counts, strict=True)):
            return each
    if len(set(counts)) < 2:
        return None  # a number of points and a constant could not be told apart
    for words, divisor in DIVISORS.items():
        if all(_near(ratio, size[0] / divisor(*size)) for ratio, size in zip(ratios, sizes, strict=True)):
            return Multiple("wrong-size", tr(words), lambda n: n, DIVISIONS, (tr(SIZE_HINT),))
    return _fixed_size(ratios, counts)


def constant_of(ratios: Sequence[float]) -> Multiple | None:
    """The mistake of a constant factor: the same ratio in every problem, whichever."""
    first = ratios[0]
    if first == 0 or len(ratios) < 2 or not all(_near(ratio, first) for ratio in ratios):
        return None
    times, _ = apart(first, 1.0)
    return Multiple(
        "constant-factor", tr("Every entry is {times} times as large as it should be.", times=times), lambda n: first
    )


def _fixed_size(ratios: Sequence[float], sizes: Sequence[int]) -> Multiple | None:
    """The mistake of dividing by a number such as 100 instead of the number of points."""
    divisor = sizes[0] / ratios[0] if ratios[0] else 0.0
    number = round(divisor) if isfinite(divisor) else 0
    if number < 2 or not all(_near(ratio, size / number) for ratio, size in zip(ratios, sizes, strict=True)):
        return None
    words = tr("It always divides by {number}, however many points there are.", number=number)
    clues = (rf"/\s*{number}\b", rf"\b{number}\b", *DIVISIONS)
    return Multiple("fixed-size", words, lambda n: n / number, clues, (tr(SIZE_HINT),))


def _near(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= TOLERANCE * abs(wanted)
