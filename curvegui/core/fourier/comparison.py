"""The network and a Fourier series side by side: costs by the same formula, and errors along t against the curve."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.fourier.series import FourierSeries, places
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.learner.target import Target, points_at

SEEN = 400  # places along t, at least: between the training points too, where a series can swing
CORNER = np.pi / 6  # a turn by more, however closely one looks
LOOKS, CLOSER = 3, 40  # around what may be a corner: how often, and at how many places
NEAR = 4  # places from a corner: as near as that, an error is the corner's


@dataclass(frozen=True, eq=False)
class FourierComparison:
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


def compared(inspected: InspectedSnapshot, series: FourierSeries) -> FourierComparison:
    """A run at one iteration beside a series for its target."""
    snapshot = inspected.snapshot
    target, count = snapshot.target, places(snapshot.target)
    count *= max(2, -(-SEEN // count))  # each second place of them is between two training points
    grid = np.append(np.arange(count) / count, 1.0)
    drawn, curve = series.along(count), points_at(snapshot.config.curve, grid)
    errors = np.hypot(*(np.column_stack([drawn, drawn[:, :1]]) - curve))
    seen = _some(count, int(errors.argmax()))
    t = grid[seen]
    with np.errstate(all="ignore"):  # of a diverged run
        network = np.hypot(*(inspected.network.draw(t[np.newaxis]) - curve[:, seen]))
    distances = _from_points(target, series)
    trained, tested = distances[target.trained], distances[~target.trained]
    pair = None if snapshot.test_cost is None else (snapshot.test_cost, float(tested.mean()))
    costs = snapshot.cost, float(trained.mean())
    return FourierComparison(t, network, errors[seen], costs, pair, _corners(snapshot.config.curve, target.closed))


def _some(count: int, worst: int) -> NDArray[np.intp]:
    seen = np.arange(0, count, max(1, count // SEEN))
    seen[1::2] |= 1
    return np.unique([*seen, worst, count])


def _from_points(target: Target, series: FourierSeries) -> FloatArray:
    """The squared distance of a series from each point of the target, shape (N,)."""
    count = places(target)
    drawn = series.along(count)[:, np.arange(target.t.size) % count]
    squares: FloatArray = np.square(drawn - target.points).sum(axis=0)
    return squares


def _corners(curve: str | Curve, closed: bool) -> FloatArray:
    """Where a line turns by more than ``CORNER``, however closely one looks: a tight bend then turns less."""
    t, reach = np.arange(SEEN)[:, np.newaxis] / SEEN, 2 / SEEN
    for count in (4, *LOOKS * [CLOSER]):
        around = t + reach * np.linspace(-1, 1, count + 1)
        x, y = points_at(curve, (around % 1 if closed else around.clip(0, 1)).ravel())
        ways = np.diff((x + 1j * y).reshape(around.shape))
        turns = np.abs(np.angle(ways[:, 2:] * np.conj(ways[:, :-2]) + 0))  # + 0: no way has no turn
        sharpest = turns.argmax(axis=1)[:, np.newaxis]
        t = np.take_along_axis(around[:, 1:-2] + around[:, 2:-1], sharpest, axis=1) / 2
        t, reach = t[turns.max(axis=1) > CORNER], 2 * reach / count
    found: FloatArray = np.unique(np.round(t % 1 if closed else t, 6) % 1)
    return found
