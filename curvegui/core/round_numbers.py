"""Round numbers, 1, 2 or 5 times a power of ten: the steps and the ends of scales that people read."""

from collections.abc import Callable, Sequence
from math import ceil, floor, log10

ROUNDING = 1e-9  # of a number: one that is so little above a round one counts as that one
PLAIN_POWERS = 3  # 0.001 to 1,000: a scale with other powers of ten has them all as such


def round_up(number: float) -> float:
    """The smallest round number that is not below a number over 0."""
    return next(each for each in _around(number) if each >= number * (1 - ROUNDING))


def round_down(number: float) -> float:
    """The largest round number that is not above a number over 0."""
    return next(each for each in reversed(_around(number)) if each <= number * (1 + ROUNDING))


def _around(number: float) -> list[float]:
    power = floor(log10(number))
    return [float(f"{digit}e{power}") for digit in (1, 2, 5, 10)]  # read from text, exact to the last digit


def multiples(step: float, low: float, high: float) -> list[float]:
    """The multiples of a step over 0, from ``low`` to ``high``."""
    return [number * step for number in range(ceil(low / step - ROUNDING), floor(high / step + ROUNDING) + 1)]


def powers_between(low: float, high: float, most: int) -> list[int]:
    """The powers of ten between two exponents, or every second or third of them so that there are at most ``most``."""
    powers = range(ceil(low - 1e-9), floor(high + 1e-9) + 1)
    every = max(1, ceil(len(powers) / max(most, 1)))
    return [power for power in powers if power % every == 0]


def power_labels(powers: Sequence[int], number: Callable[[float], str]) -> list[str]:
    """Labels of powers of ten: as ``number`` writes them, or where that is too long for any, all but 1 as 1e-4."""
    is_plain = all(-PLAIN_POWERS <= power <= PLAIN_POWERS for power in powers)
    return [number(10.0**power) if is_plain or power == 0 else f"1e{power}" for power in powers]
