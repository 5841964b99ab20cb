"""The Fourier series that is closest to the training points, by the cost that the network learns by.

The coefficients c minimise Σ |z(t_k) - z_k|² over the training points. Where these are evenly spaced on a closed curve,
c_n = (1/N) Σ z_k e^(-2πi n t_k), the discrete Fourier transform. Where they are not, because a curve is open or some
points are kept for the test, the normal equations E*E c = E*z with E_kn = e^(2πi n t_k) say what c is. All t_k are
places of one even grid, so both sides are fast Fourier transforms, and the conjugate gradients of M. R. Hestenes and
E. Stiefel (*J. Res. Natl. Bur. Stand.* 49, 1952) solve them: in one step in the first case, in two for an open curve.
"""

from collections.abc import Callable

import numpy as np

from curvegui.core.cancellation import check_cancelled
from curvegui.core.fourier.series import NUMBERS, ComplexArray, FourierSeries, frequencies
from curvegui.core.learner.target import Target

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
