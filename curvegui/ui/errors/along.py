"""How far the fit is from each of its points, along t: the numbers, and what people read of them."""

from math import isfinite

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.learner import Snapshot
from curvegui.core.round_numbers import round_up
from curvegui.ui.widgets.numbers import format_number

SMALLEST = 1e-9  # below, an error is nothing
ROOM = 1.25  # a scale that has become too large is made so much larger than the largest error, or more


class ErrorAlong:
    """The errors of a moment.

    ``t``, ``distance``, shape (N,): |a(t) - y(t)| at every point, those of the test included. ``parts``, shape (2, N):
    its parts in x and in y, without their signs. ``jumps``, shape (N,): whether the way on from each point was not
    drawn. ``trained``: which points the network trains on.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        target = snapshot.target
        self.t, self.jumps = target.t[0], target.jumps
        with np.errstate(all="ignore"):  # a diverged run is diagnosed, not warned about
            self.parts: FloatArray = np.abs(snapshot.fit - target.points)
            self.distance: FloatArray = np.hypot(*self.parts)
        self.trained = np.flatnonzero(target.trained) if target.has_test else np.arange(self.t.size)

    @property
    def largest(self) -> int | None:
        """The point that is farthest off; None where none has a number."""
        finite = np.where(np.isfinite(self.distance), self.distance, -1.0)
        index = int(finite.argmax())
        return index if finite[index] >= 0 else None

    def nearest(self, t: float) -> int:
        """The point that is nearest to a place along the curve."""
        return int(np.abs(self.t - t).argmin())

    def training_point(self, index: int) -> int:
        """The number, among those that the network trains on, of the one nearest to a point."""
        return int(np.abs(self.trained - index).argmin())

    def words_at(self, index: int) -> tuple[str, str]:
        """The error at a point, in words, and in fewer."""
        x, y = self.parts[:, index].tolist()
        place, distance = f"t = {_shown(float(self.t[index]))}", _shown(float(self.distance[index]))
        return f"{place}: error {distance} (x {_shown(x)}, y {_shown(y)})", f"{place}: {distance}"

    @property
    def summary(self) -> tuple[str, str]:
        """The mean and the largest error, in words, and in fewer."""
        index, finite = self.largest, self.distance[np.isfinite(self.distance)]
        if index is None:
            return "not a number", "not a number"
        largest = f"largest {_shown(float(self.distance[index]))}"
        return f"mean {_shown(float(finite.mean()))}, {largest} at t = {_shown(float(self.t[index]))}", largest


def _shown(number: float) -> str:
    return format_number(float(f"{number:.3g}")) if isfinite(number) else "not a number"


def ceiling(largest: float, before: float) -> float:
    """The upper end of a scale for errors, a round number; as it was, while that is good enough."""
    largest = max(largest, SMALLEST)
    found = round_up(ROOM * largest)
    return before if largest <= before <= found else found
