"""How many times longer than they are arrows are drawn: a round factor, kept while they can be seen well."""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import round_down

LONGEST = 0.12  # of the unit square: the longest arrow, when a factor is chosen
TOO_LONG, TOO_SHORT = 2 * LONGEST, LONGEST / 6  # between the two, the factor is kept
PATIENCE_S = 1.5  # a lucky step makes arrows short: only if they stay short are they drawn longer
MOST_SCALE = 1e6  # a pull that needs more counts as none


class SteadyScale:
    """The factor of one kind of arrows; ``clock`` tells the time in seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self.forget()

    def forget(self) -> None:
        """Choose a new factor the next time."""
        self._scale: float | None = None
        self._short_since: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the arrows have become short, and will get another factor if they stay so."""
        return self._short_since is not None

    def factor(self, ways: FloatArray) -> float | None:
        """The factor for arrows, shape (2, N); None if all are 0."""
        wanted = scale_of(ways)
        if wanted is None:
            self.forget()
        elif self._scale is None or self._is_due(self._scale * _longest(ways)):
            self._scale, self._short_since = wanted, None
        return self._scale

    def _is_due(self, reach: float) -> bool:
        """Whether arrows this long need another factor now: at once if they are too long."""
        if reach >= TOO_SHORT:
            self._short_since = None
            return reach > TOO_LONG
        if self._short_since is None:
            self._short_since = self._clock()
        return self._clock() - self._short_since >= PATIENCE_S


def scale_of(ways: FloatArray) -> float | None:
    """The largest round factor with which no arrow, shape (2, N), is longer than ``LONGEST``; None if all are 0."""
    longest = _longest(ways)
    if longest * MOST_SCALE <= LONGEST:
        return None
    return round_down(LONGEST / longest)


def _longest(ways: FloatArray) -> float:
    lengths = np.hypot(*ways)
    lengths = lengths[np.isfinite(lengths)]
    return float(lengths.max()) if lengths.size else 0.0
