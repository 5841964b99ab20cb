"""The network and a Fourier series side by side: costs by the same formula, and errors along t against the curve."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.fourier.fitting import places
from curvegui.core.fourier.series import FourierSeries
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.learner.target import Target, points_at

SEEN = 400  # places along t: between the training points too, where a series can swing
CORNER = np.pi / 6  # from one of these places to the next: smooth curves turn less
NEAR = 4  # places from a corner: as near as that, an error is the corner's


@dataclass(frozen=True, eq=False)
class Comparison:
    """Errors at places ``t`` along the curve, both of its ends included, and costs at the training and test points.

    ``network`` and ``series``, shape (n,), are distances from the curve itself, without the data noise. A pair is
    (network, series).
    """

    t: FloatArray  # shape (n,)
    network: FloatArray
    series: FloatArray
    costs: tuple[float, float]
    test_costs: tuple[float, float] | None
    corners: FloatArray  # shape (k,): where along t the curve has corners

    @property
    def share(self) -> float:
        """On which part of the curve the series is closer, from 0 to 1; numbers that overflowed are far away."""
        return float(np.mean(self.series < np.nan_to_num(self.network, nan=np.inf)))

    @property
    def worst(self) -> float:
        """Where along t the series is farthest from the curve."""
        return float(self.t[self.series.argmax()])

    @property
    def is_worst_at_corner(self) -> bool:
        """Whether that is at a corner of the curve."""
        distance = np.abs(self.corners - self.worst)
        return bool((np.minimum(distance, 1 - distance) * (self.t.size - 1) <= NEAR).any())


def compared(portrait: Portrait, series: FourierSeries) -> Comparison:
    """A run at one iteration beside a series for its target."""
    snapshot = portrait.snapshot
    target, count = snapshot.target, places(snapshot.target)
    count *= max(1, -(-SEEN // count))
    every = max(1, count // SEEN)
    t = np.append(np.arange(0, count, every) / count, 1.0)
    drawn, curve = series.along(count)[:, ::every], points_at(snapshot.config.curve, t)
    with np.errstate(all="ignore"):  # of a diverged run
        network = np.hypot(*(portrait.network.draw(t[np.newaxis]) - curve))
    distances = _from_points(target, series)
    trained, tested = distances[target.trained], distances[~target.trained]
    pair = None if snapshot.test_cost is None else (snapshot.test_cost, float(tested.mean()))
    error = np.hypot(*(np.column_stack([drawn, drawn[:, :1]]) - curve))
    costs = snapshot.cost, float(trained.mean())
    return Comparison(t, network, error, costs, pair, _corners(t, curve, target.closed))


def _from_points(target: Target, series: FourierSeries) -> FloatArray:
    """The squared distance of a series from each point of the target, shape (N,)."""
    count = places(target)
    drawn = series.along(count)[:, np.arange(target.t.size) % count]
    squares: FloatArray = np.square(drawn - target.points).sum(axis=0)
    return squares


def _corners(t: FloatArray, curve: FloatArray, closed: bool) -> FloatArray:
    """Where a line turns by more than ``CORNER`` from one place to the next."""
    line = np.column_stack([curve[:, -2:-1], curve]) if closed else curve
    ways = np.diff(line[0]) + 1j * np.diff(line[1])
    ways = ways[1:] * np.conj(ways[:-1])
    turns = np.abs(np.angle(ways)) > CORNER
    found: FloatArray = (t[:-1] if closed else t[1:-1])[turns]
    return found
