"""A closed curve in the plane as a Fourier series: circles that turn, each fixed to the rim of the one before.

With z = x + iy, the series is z(t) = Σ c_n e^(2πi n t). The term n is a circle of radius |c_n| that turns n times while
t goes from 0 to 1, and begins at the angle of c_n: see E. M. Stein and R. Shakarchi, *Fourier Analysis*, Princeton
University Press 2003, chapters 1 and 2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray

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
