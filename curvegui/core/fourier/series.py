"""A closed curve in the plane as a Fourier series: circles that turn, each fixed to the rim of the one before.

With z = x + iy, the series is z(t) = Σ c_n e^(2πi n t). The term n is a circle of radius |c_n| that turns n times while
t goes from 0 to 1, and begins at the angle of c_n: see E. M. Stein and R. Shakarchi, *Fourier Analysis*, Princeton
University Press 2003, chapters 1 and 2.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.curve.curve import Curve
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.learner.target import Target, points_at

ComplexArray = NDArray[np.complex128]
NUMBERS = 2  # of a circle: its radius and the angle at which it begins, or the two parts of c_n


def frequencies(circles: int) -> NDArray[np.intp]:
    """How often each circle turns, the slowest first: 0, 1, -1, 2, -2 and so on, always, so no number here is fitted to
    a curve."""
    grid_size = np.arange(circles)
    return (grid_size + 1) // 2 * np.where(grid_size % 2, 1, -1)


@dataclass(frozen=True, eq=False)
class FourierSeries:
    """Circles, the slowest first; the first circle does not turn: it is the middle of the curve."""

    coefficients: ComplexArray  # shape (M,), M at least 1

    @property
    def numbers(self) -> int:
        """How many numbers describe the series."""
        return NUMBERS * self.coefficients.size

    def along(self, count: int) -> FloatArray:
        """The curve at t = 0, 1/count, ... (count - 1)/count: shape (2, count); there are no more circles than that."""
        spectrum = np.zeros(count, np.complex128)
        spectrum[frequencies(self.coefficients.size) % count] = self.coefficients
        return plane(np.fft.ifft(spectrum) * count)

    def joints(self, t: float) -> FloatArray:
        """Where the arms of the circles meet at one t: shape (2, M), the point of the curve last. The first joint is
        the middle of the largest circle that turns, at c_0; smaller circles follow."""
        turned = self.coefficients * np.exp(2j * np.pi * frequencies(self.coefficients.size) * t)
        order = np.argsort(-np.abs(turned[1:]), kind="stable")
        return plane(np.cumsum(np.append(turned[0], turned[1:][order])))


def plane(z: ComplexArray) -> FloatArray:
    """Complex numbers, shape (n,), as points, shape (2, n)."""
    return np.stack([z.real, z.imag])


PRECISION = 1e-14  # of the right-hand side: what is left is rounding
MOST_STEPS = 200  # a little short of the best where there are nearly as many circles as points, irregularly spaced


def grid_size(target: Target) -> int:
    """How many points an even grid over one period has; the two ends of an open curve fall on the same point."""
    return max(target.t.size - (not target.closed), 1)


def most_circles(target: Target, numbers: int) -> int:
    """How many circles these numbers allow: at least one, and no more than there are training points."""
    trained = target.trained
    meet = not target.closed and trained.size > 1 and bool(trained[0] and trained[-1])  # both ends, at one place
    return max(min(numbers // NUMBERS, int(trained.sum()) - meet), 1)


def fitted(target: Target, circles: int) -> FourierSeries:
    """The series of these circles, at most `most_circles`, that is closest to the training points."""
    count, trained = grid_size(target), np.flatnonzero(target.trained)
    at, z = trained % count, target.points[0, trained] + 1j * target.points[1, trained]
    weights, sums = np.bincount(at, minlength=count), np.zeros(count, np.complex128)
    np.add.at(sums, at, z)
    chosen = frequencies(circles) % count

    def normal(coefficients: ComplexArray) -> ComplexArray:
        spectrum = np.zeros(count, np.complex128)
        spectrum[chosen] = coefficients
        return np.fft.fft(weights * np.fft.ifft(spectrum))[chosen] * count

    return FourierSeries(_solved(normal, np.fft.fft(sums)[chosen]))


def _solved(matrix: Callable[[ComplexArray], ComplexArray], right: ComplexArray) -> ComplexArray:
    """The solution of a Hermitian system, by conjugate gradients from 0."""
    solution, rest = np.zeros_like(right), right.copy()
    direction, size = rest.copy(), np.vdot(rest, rest).real
    enough = PRECISION**2 * size
    for _ in range(MOST_STEPS):
        if size <= enough:
            break
        check_cancelled()
        image = matrix(direction)
        step = size / np.vdot(direction, image).real
        solution, rest = solution + step * direction, rest - step * image
        before, size = size, np.vdot(rest, rest).real
        direction = rest + size / before * direction
    return solution


SEEN = 400  # places along t, at least: between the training points too, where a series can swing
CORNER = np.pi / 6  # a turn by more, however closely one looks
LOOKS, CLOSER = 3, 40  # around what may be a corner: how often, and at how many places
NEAR = 4  # places from a corner: as near as that, an error is the corner's


@dataclass(frozen=True, eq=False)
class FourierComparison:
    """Errors at positions ``t`` along the curve, both of its ends included, and costs at the training and test points.

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
        """The part of the curve, from 0 to 1, where the series is closer; a network that overflowed is far away."""
        return float(np.mean(self.series < np.nan_to_num(self.network, nan=np.inf)))

    @property
    def worst(self) -> float:
        """The t at which the series is farthest from the curve."""
        return float(self.t[self.series.argmax()])

    @property
    def is_worst_at_corner(self) -> bool:
        """Whether the series is farthest from the curve at a corner."""
        distance = np.abs(self.corners - self.worst)
        return bool((np.minimum(distance, 1 - distance) * (self.t.size - 1) <= NEAR).any())


def compared(inspected: InspectedSnapshot, series: FourierSeries) -> FourierComparison:
    """Compare the network of a run at one iteration with a series for its target."""
    snapshot = inspected.snapshot
    target, size = snapshot.target, grid_size(snapshot.target)
    count = size * max(2, -(-SEEN // size))  # each second place of them is between two training points
    grid = np.append(np.arange(count) / count, 1.0)
    drawn, curve = series.along(count), points_at(snapshot.config.curve, grid)
    errors = np.hypot(*(np.column_stack([drawn, drawn[:, :1]]) - curve))
    seen = np.arange(0, count, max(1, count // SEEN))
    seen[1::2] |= 1
    seen = np.unique([*seen, int(errors.argmax()), count])
    t = grid[seen]
    with np.errstate(all="ignore"):  # of a diverged run
        network = np.hypot(*(inspected.network.draw(t[np.newaxis]) - curve[:, seen]))
    at_points = series.along(size)[:, np.arange(target.t.size) % size]
    distances: FloatArray = np.square(at_points - target.points).sum(axis=0)
    trained, tested = distances[target.trained], distances[~target.trained]
    pair = None if snapshot.test_cost is None else (snapshot.test_cost, float(tested.mean()))
    costs = snapshot.cost, float(trained.mean())
    return FourierComparison(t, network, errors[seen], costs, pair, _corners(snapshot.config.curve, target.closed))


def _corners(curve: str | Curve, closed: bool) -> FloatArray:
    """The corners of a curve: where the curve turns by more than ``CORNER`` on any scale, unlike a tight bend."""
    t, reach = np.arange(SEEN)[:, np.newaxis] / SEEN, 2 / SEEN
    for count in (4, *LOOKS * [CLOSER]):
        around = t + reach * np.linspace(-1, 1, count + 1)
        x, y = points_at(curve, (around % 1 if closed else around.clip(0, 1)).ravel())
        steps = np.diff((x + 1j * y).reshape(around.shape))
        turns = np.abs(np.angle(steps[:, 2:] * np.conj(steps[:, :-2]) + 0))  # + 0: no way has no turn
        sharpest = turns.argmax(axis=1)[:, np.newaxis]
        t = np.take_along_axis(around[:, 1:-2] + around[:, 2:-1], sharpest, axis=1) / 2
        t, reach = t[turns.max(axis=1) > CORNER], 2 * reach / count
    return np.unique(np.round(t % 1 if closed else t, 6) % 1)
