"""Arrows as two paths, painted all at once, and a round factor by which they are drawn longer than they are."""

from collections.abc import Callable
from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import round_down

HEAD_PX = 7.0
HEAD_SHARE = 0.45  # of a short arrow's length
HEAD_WIDTH = 0.4  # to each side, of the head's length
SHORTEST_PX = 1.5  # shorter arrows are left out: their direction could not be seen
LIMIT_PX = 1e5


def thinned(count: int, most: int) -> np.ndarray:
    """Indices of at most ``most`` of the points, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp)) if count else np.empty(0, np.intp)


def arrows(starts: FloatArray, ends: FloatArray) -> tuple[QPainterPath, QPainterPath]:
    """The shafts and the heads of arrows from starts to ends, both of shape (2, n) in pixels.

    Arrows that cannot be drawn are left out.
    """
    shafts, tips = QPainterPath(), QPainterPath()
    ways = ends - starts
    lengths = np.hypot(*ways)
    seen = np.isfinite(starts).all(axis=0) & np.isfinite(ends).all(axis=0) & (lengths >= SHORTEST_PX)
    seen &= (np.abs(ends) < LIMIT_PX).all(axis=0) & (np.abs(starts) < LIMIT_PX).all(axis=0)
    along = ways[:, seen] / lengths[seen]
    heads = np.minimum(HEAD_PX, HEAD_SHARE * lengths[seen])
    back = ends[:, seen] - along * heads
    across = np.stack([-along[1], along[0]]) * heads * HEAD_WIDTH
    for start, end, left, right in zip(
        starts[:, seen].T.tolist(), ends[:, seen].T.tolist(), (back + across).T.tolist(), (back - across).T.tolist(),
        strict=True,
    ):  # fmt: skip
        shafts.moveTo(QPointF(*start))
        shafts.lineTo(QPointF((left[0] + right[0]) / 2, (left[1] + right[1]) / 2))
        tips.addPolygon(QPolygonF([QPointF(*corner) for corner in (end, left, right, end)]))
    return shafts, tips


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
