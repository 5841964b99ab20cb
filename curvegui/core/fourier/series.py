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
from curvegui.core.learner.target import Target

ComplexArray = NDArray[np.complex128]
NUMBERS = 2  # of a circle: its radius and the angle at which it begins, or the two parts of c_n


def frequencies(circles: int) -> NDArray[np.intp]:
    """How often each circle turns, the slowest first: 0, 1, -1, 2, -2 and so on.

    Their order is always the same, so the frequencies are no numbers that are fitted to a curve.
    """
    places = np.arange(circles)
    return (places + 1) // 2 * np.where(places % 2, 1, -1)


@dataclass(frozen=True, eq=False)
class FourierSeries:
    """Circles, the slowest first; the first one does not turn: it is the middle of the curve."""

    coefficients: ComplexArray  # shape (M,), M at least 1

    @property
    def numbers(self) -> int:
        """How many numbers say all of it."""
        return NUMBERS * self.coefficients.size

    def along(self, count: int) -> FloatArray:
        """The curve at t = 0, 1/count, ... (count - 1)/count: shape (2, count); there are no more circles than that."""
        spectrum = np.zeros(count, np.complex128)
        spectrum[frequencies(self.coefficients.size) % count] = self.coefficients
        return plane(np.fft.ifft(spectrum) * count)

    def joints(self, t: float) -> FloatArray:
        """Where the arms of the circles meet at one t: shape (2, M), the point of the curve last.

        The first is the middle of the largest circle that turns, which stands at c_0; smaller ones follow.
        """
        turned = self.coefficients * np.exp(2j * np.pi * frequencies(self.coefficients.size) * t)
        order = np.argsort(-np.abs(turned[1:]), kind="stable")
        return plane(np.cumsum(np.append(turned[0], turned[1:][order])))


def plane(z: ComplexArray) -> FloatArray:
    """Complex numbers, shape (n,), as points, shape (2, n)."""
    return np.stack([z.real, z.imag])


PRECISION = 1e-14  # of the right-hand side: what is left is rounding
MOST_STEPS = 200  # a little short of the best where there are nearly as many circles as points, irregularly spaced


def places(target: Target) -> int:
    """How many places an even grid over one period has: both ends of an open curve are at the same one."""
    return max(target.t.size - (not target.closed), 1)


def most_circles(target: Target, numbers: int) -> int:
    """How many circles so many numbers are enough for, at least one; more than there are training points are no use."""
    trained = target.trained
    meet = not target.closed and trained.size > 1 and bool(trained[0] and trained[-1])  # both ends, at one place
    return max(min(numbers // NUMBERS, int(trained.sum()) - meet), 1)


def fitted(target: Target, circles: int) -> FourierSeries:
    """The series of so many circles that is closest to the training points; at most `most_circles`."""
    count, trained = places(target), np.flatnonzero(target.trained)
    at, z = trained % count, target.points[0, trained] + 1j * target.points[1, trained]
    weights, sums = np.bincount(at, minlength=count), np.zeros(count, np.complex128)
    np.add.at(sums, at, z)
    chosen = frequencies(circles) % count

    def normal(coefficients: ComplexArray) -> ComplexArray:
        spectrum = np.zeros(count, np.complex128)
        spectrum[chosen] = coefficients
        turned: ComplexArray = np.fft.fft(weights * np.fft.ifft(spectrum))[chosen] * count
        return turned

    return FourierSeries(_solved(normal, np.fft.fft(sums)[chosen]))


def _solved(matrix: Callable[[ComplexArray], ComplexArray], right: ComplexArray) -> ComplexArray:
    """The solution of a Hermitian system, by conjugate gradients from 0."""
    solution, rest = np.zeros_like(right), right.copy()
    way, size = rest.copy(), np.vdot(rest, rest).real
    enough = PRECISION**2 * size
    for _ in range(MOST_STEPS):
        if size <= enough:
            break
        check_cancelled()
        image = matrix(way)
        step = size / np.vdot(way, image).real
        solution, rest = solution + step * way, rest - step * image
        before, size = size, np.vdot(rest, rest).real
        way = rest + size / before * way
    return solution
