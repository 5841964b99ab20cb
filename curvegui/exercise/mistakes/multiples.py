"""What multiplies a whole Jacobian wrongly: a missing ``/ x.size`` or 2, the sign, a size written as a number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FEWEST, MOST = 4, 12


def apart(found: float, wanted: float) -> tuple[str, str]:
    """Both numbers as texts, with as many digits (4 to 12) as it takes to tell them apart."""
    for digits in range(FEWEST, MOST + 1):
        texts = f"{found + 0.0:.{digits}g}", f"{wanted + 0.0:.{digits}g}"  # no minus before a zero
        if texts[0] != texts[1]:
            break
    return texts


TOLERANCE = 1e-6  # relative; between rounding, also in float32, and what any mistake makes


@dataclass(frozen=True)
class Multiple:
    """How many times too large an answer is; ``kind``, ``sentence`` and ``clues`` are as in `Mistake`."""

    kind: str
    sentence: str
    of: Callable[[int], float]  # how many times, with N points
    clues: tuple[str, ...] = ()


DIVISIONS = (r"/\s*x\.size", r"/\s*\w+\.size", r"/\s*len\(", r"/\s*\w", r"mean\(")
LAST = (r"sum\(|@\s*a\d|einsum|dot\(", r"\breturn\b")
SIGNS = (r"y\s*-\s*a3", r"(?:[=(*@/+\[,]|\breturn)\s*-\s*2\b", r"return\s*-", r"-\s*J\b")
DIFFERENCE = (r"a3\s*-\s*y", r"y\s*-\s*a3", r"\ba3\b")
SIZE_WORDS = "/ x.size is missing: the cost is the average over the points, and so is its Jacobian."
TWO_WORDS = "The factor 2 is missing: dC/da3 is 2 * (a3 - y)."
SIGN_WORDS = "The sign is wrong: dC/da3 is 2 * (a3 - y)."
TWICE_WORDS = "It divides by the number of points twice: once is enough."

MULTIPLES = (
    Multiple("missing-size", SIZE_WORDS, lambda n: n, LAST),
    Multiple("missing-2", TWO_WORDS, lambda n: 1 / 2, DIFFERENCE),
    Multiple("sign", SIGN_WORDS, lambda n: -1, (*SIGNS, *DIFFERENCE)),
    Multiple("size-twice", TWICE_WORDS, lambda n: 1 / n, (r"mean\(", *DIVISIONS)),
    Multiple("extra-2", "There is a factor 2 too many.", lambda n: 2, (r"\b2\b",)),
    Multiple("missing-2+missing-size", f"{TWO_WORDS} And {SIZE_WORDS}", lambda n: n / 2, DIFFERENCE),
    Multiple("sign+missing-size", f"{SIGN_WORDS} And {SIZE_WORDS}", lambda n: -n, (*SIGNS, *DIFFERENCE)),
    Multiple("sign+extra-2", f"{SIGN_WORDS} And there is a factor 2 too many.", lambda n: -2, (*SIGNS, *DIFFERENCE)),
    Multiple("sign+missing-2", f"{SIGN_WORDS} And the factor 2 is missing.", lambda n: -1 / 2, DIFFERENCE),
    Multiple("sign+missing-2+missing-size", f"{SIGN_WORDS} And the factor 2 and / x.size are missing.",
             lambda n: -n / 2, DIFFERENCE),
    Multiple("missing-2+size-twice", f"{TWO_WORDS} And it divides by the number of points twice.",
             lambda n: 1 / (2 * n), DIFFERENCE),
    Multiple("times-size", "It multiplies by x.size where it should divide by it.", lambda n: n * n,
             (r"\*\s*\w+\.size", r"\.size")),
)  # fmt: skip


def multiple_of(ratios: Sequence[float], sizes: Sequence[int]) -> Multiple | None:
    """What makes answers so many times too large, for problems with these numbers of points; None if unknown."""
    for each in MULTIPLES:
        if all(_near(ratio, each.of(size)) for ratio, size in zip(ratios, sizes, strict=True)):
            return each
    if len(set(sizes)) < 2:
        return None  # a number of points and a constant could not be told apart
    return _fixed_size(ratios, sizes)


def constant_of(ratios: Sequence[float]) -> Multiple | None:
    """The same ratio in every problem, whatever it is."""
    first = ratios[0]
    if first == 0 or len(ratios) < 2 or not all(_near(ratio, first) for ratio in ratios):
        return None
    times, _ = apart(first, 1.0)
    return Multiple("constant-factor", f"All of it is {times} times as large as it should be.", lambda n: first)


def _fixed_size(ratios: Sequence[float], sizes: Sequence[int]) -> Multiple | None:
    """Divided by a number such as 100 where the number of points belongs."""
    divisor = sizes[0] / ratios[0] if ratios[0] else 0.0
    number = round(divisor)
    if number < 2 or not all(_near(ratio, size / number) for ratio, size in zip(ratios, sizes, strict=True)):
        return None
    words = f"It divides by {number}; it should divide by x.size, however many points there are."
    return Multiple("fixed-size", words, lambda n: n / number, (rf"/\s*{number}\b", rf"\b{number}\b", *DIVISIONS))


def _near(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= TOLERANCE * abs(wanted)
