"""How a slider's position belongs to a setting's value."""

from dataclasses import dataclass
from math import log10

POSITIONS = 1_000  # fine enough that a drag looks smooth on a wide screen


@dataclass(frozen=True)
class LinearScale:
    """Proportional to the value; a drag rounds to ``digits`` decimals."""

    low: float
    high: float
    digits: int = 2  # decimals that a drag rounds to

    def value(self, position: int) -> float:
        """The value at a position from 0 to ``POSITIONS``."""
        return round(self.low + (self.high - self.low) * position / POSITIONS, self.digits)

    def position(self, value: float) -> int:
        """The position nearest to a value."""
        return _clamp((value - self.low) / (self.high - self.low))


@dataclass(frozen=True)
class LogScale:
    """Proportional to the logarithm of the value, from ``low`` to ``high``, both greater than 0.

    ``at_start`` and ``at_end`` are the values at the very first and the very last position, if not ``low`` and
    ``high``.
    """

    low: float
    high: float
    at_start: float | None = None
    at_end: float | None = None

    def value(self, position: int) -> float:
        """The value at a position from 0 to ``POSITIONS``, rounded to two digits."""
        if position == 0 and self.at_start is not None:
            return self.at_start
        if position == POSITIONS and self.at_end is not None:
            return self.at_end
        return float(f"{self.low * (self.high / self.low) ** (position / POSITIONS):.2g}")

    def position(self, value: float) -> int:
        """The position nearest to a value."""
        if value == self.at_start:
            return 0
        if value == self.at_end:
            return POSITIONS
        return _clamp(log10(max(value, self.low) / self.low) / log10(self.high / self.low))


def _clamp(fraction: float) -> int:
    return round(min(max(fraction, 0.0), 1.0) * POSITIONS)
