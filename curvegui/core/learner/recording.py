"""What is remembered of a run: its trail of curves and its cost history, both bounded.

The trainer fills one of each, in its thread; the window fills its own from the snapshots that reach it.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.packed_rows import PackedRows

TRAIL_CURVES = 10_000
TRAIL_BYTES = 32_000_000
TRAIL_POINTS = 500  # a trail curve needs no more to look round at 900 px
LARGEST_FLOAT32 = float(np.finfo(np.float32).max)


def cost_stride(iteration: int) -> int:
    """How many iterations lie between recorded costs: about 900 points per decade of iterations.

    Early training gets more room on a logarithmic time axis, and a history that is even there grows with
    the logarithm of the iterations, so it never needs thinning.
    """
    return int(10 ** max(0, len(str(iteration)) - 3))


@dataclass(frozen=True)
class TrailCurves:
    """Some trail curves."""

    iterations: NDArray[np.int64]  # shape (m,): when each was drawn, ascending
    curves: NDArray[np.float32]  # shape (m, 2, N)

    def __post_init__(self) -> None:
        self.iterations.flags.writeable = self.curves.flags.writeable = False

    def __len__(self) -> int:
        return len(self.iterations)


NO_TRAIL = TrailCurves(np.empty(0, np.int64), np.empty((0, 2, 0), np.float32))


def thin_points(curve: FloatArray, most: int = TRAIL_POINTS) -> NDArray[np.float32]:
    """A curve with at most so many of its points, its last one among them; shape (2, n), float32.

    What is beyond the numbers of float32 becomes the largest of them.
    """
    count = curve.shape[1]
    if count > most:
        curve = curve[:, np.linspace(0, count - 1, most).astype(np.intp)]
    return np.maximum(np.minimum(curve, LARGEST_FLOAT32), -LARGEST_FLOAT32).astype(np.float32)  # sooner than np.clip


class Trail:
    """The curves that the network has drawn, evenly thinned where there are too many.

    Of the curves that are due, one in ``spacing`` should be added. It is 1 at first, and doubles whenever the trail is
    full and every second curve goes.
    """

    def __init__(self) -> None:
        self._iterations: list[int] = []
        self._curves = PackedRows(np.float32)
        self._largest = 1  # bytes of the largest curve so far
        self.spacing = 1

    @classmethod
    def of(cls, curves: TrailCurves, spacing: int) -> "Trail":
        """A trail that was kept before, and goes on as it would have."""
        trail = cls()
        trail.extend(curves)
        trail.spacing = spacing
        return trail

    def __len__(self) -> int:
        return len(self._iterations)

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self._curves.nbytes

    def add(self, iteration: int, curve: NDArray[np.float32]) -> None:
        """Add a curve, shape (2, n); one that is not later than all is ignored."""
        if self._iterations and iteration <= self._iterations[-1]:
            return
        self._iterations.append(iteration)
        self._curves.append(curve.reshape(-1))
        self._largest = max(self._largest, curve.nbytes)
        if len(self) >= max(2, min(TRAIL_CURVES, TRAIL_BYTES // self._largest)):
            self._thin()

    def _thin(self) -> None:
        self._curves = self._curves.picked(range(0, len(self), 2))
        self._iterations = self._iterations[::2]
        self.spacing *= 2

    def thinned_to(self, spacing: int) -> "Trail":
        """The same curves, every second one dropped until they are spaced like those of another trail.

        Where both trails began alike before the other one was thinned, they begin alike again.
        """
        trail = Trail()
        trail._iterations, trail._curves = self._iterations, self._curves
        trail._largest, trail.spacing = self._largest, self.spacing
        while trail.spacing < spacing:
            trail._thin()
        return trail

    def extend(self, more: TrailCurves) -> None:
        """Add several curves."""
        for iteration, curve in zip(more.iterations.tolist(), more.curves, strict=True):
            self.add(iteration, curve)

    def forget_after(self, iteration: int) -> None:
        """Drop the curves of later iterations: they have been taken back."""
        while self._iterations and self._iterations[-1] > iteration:
            self._iterations.pop()
            self._curves.pop()

    def since(self, iteration: int, most: int | None = None, last: int | None = None, one_in: int = 1) -> TrailCurves:
        """The curves of later iterations than this one, or the first ``most`` of them, up to the iteration ``last``.

        With ``one_in``, only the last one of every so many. A trail may hold curves of several lengths; the shorter
        ones then repeat their last point.
        """
        start = bisect_right(self._iterations, iteration)
        stop = len(self) if last is None else bisect_right(self._iterations, last)
        stop = stop if most is None else min(start + one_in * most, stop)
        picked = slice(start + one_in - 1, stop, one_in)
        iterations, rows = self._iterations[picked], self._curves.views(picked)
        return TrailCurves(np.array(iterations, np.int64), _stacked(rows)) if rows else NO_TRAIL

    def count_since(self, iteration: int, last: int) -> int:
        """How many curves there are of later iterations than this one, up to the iteration ``last``."""
        return max(bisect_right(self._iterations, last) - bisect_right(self._iterations, iteration), 0)


def _stacked(rows: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Stack flat curves; shorter ones, from when there were fewer points, repeat their last point."""
    longest = max(row.size for row in rows) // 2
    if all(row.size == 2 * longest for row in rows):
        return np.stack(rows).reshape(len(rows), 2, longest)
    curves = [row.reshape(2, -1) for row in rows]
    return np.stack([np.pad(c, ((0, 0), (0, longest - c.shape[1])), mode="edge") for c in curves])


@dataclass
class CostHistory:
    """The cost at recorded iterations, ascending."""

    iterations: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, rows: FloatArray) -> "CostHistory":
        """A history from its (iteration, cost) rows, shape (m, 2)."""
        return cls(rows[:, 0].astype(np.int64).tolist(), rows[:, 1].tolist())

    def add(self, iteration: int, cost: float) -> None:
        """Record the cost after so many iterations; a second one for the same iteration is ignored."""
        if not self.iterations or iteration > self.iterations[-1]:
            self.iterations.append(iteration)
            self.costs.append(cost)

    def extend(self, rows: FloatArray) -> None:
        """Add several (iteration, cost) rows, shape (m, 2)."""
        for iteration, cost in rows.tolist():
            self.add(int(iteration), cost)

    def forget_after(self, iteration: int) -> None:
        """Drop the costs of later iterations: they have been taken back."""
        while self.iterations and self.iterations[-1] > iteration:
            self.iterations.pop()
            self.costs.pop()

    def since(self, iteration: int) -> FloatArray:
        """(iteration, cost) rows of later iterations than this one, shape (m, 2)."""
        start = bisect_right(self.iterations, iteration)
        return np.column_stack([self.iterations[start:], self.costs[start:]]).astype(np.float64)


def beside(costs: FloatArray, others: FloatArray) -> FloatArray:
    """The costs of other rows at the iterations of these, NaN where they have none; shape (n,).

    The rows are (iteration, cost), ascending; ``others`` are at some of the iterations of ``costs``, shape (n, 2).
    """
    found = np.full(len(costs), np.nan)
    found[np.searchsorted(costs[:, 0], others[:, 0])] = others[:, 1]
    return found
