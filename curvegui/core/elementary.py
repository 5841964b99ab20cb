"""Elementary functions whose values are the same, to the last bit, on every processor, system and version of NumPy.

All that a run starts from is computed with them. NumPy's own sin, exp, power and others take other instructions where
the processor has AVX-512, and the C library's differ from system to system, each by a unit in the last place. Here are
only operations that IEEE 754 rounds exactly, one a call, so that nothing is fused: + - * / and the square root; besides
them rint, floor, fmod, frexp and ldexp, which round nothing.

Each function is a Taylor series near 0 (M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions*, chapter
4), and its argument is brought there first. What that rounds off is carried along in a second number, as in T. J.
Dekker, *A floating-point technique for extending the available precision*, Numer. Math. 18 (1971). The largest errors
that were seen are one unit in the last place, one and a half of arctan and cosh, two of tan, arcsin and arccos, and two
and a half of sinh and tanh. A function takes 20 to 40 µs for a hundred numbers, and a tenth of a µs for each of
thousands.
"""

from math import factorial

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray

SPLITTER = 2.0**27 + 1  # cuts the 53 bits of a number into two halves, whose products are exact
HALF_PI, HALF_PI_REST = np.pi / 2, 6.123233995736766e-17
HALF_PI_PARTS = [float.fromhex(part) for part in ("0x1.921fb5p0", "0x1.110b46p-26", "0x1.1a6263p-54")]  # of 25 bits
HALF_PI_LAST = float.fromhex("0x1.8a2e03707344ap-81")  # what is left of it
FARTHEST_TURN = 2.0**28  # up to there, a part times the number of quarter turns is exact
LN_2, LN_2_REST = float.fromhex("0x1.62e42fefa38p-1"), float.fromhex("0x1.ef35793c7673p-45")  # the first of 42 bits
ONE_OVER_LN_2 = float.fromhex("0x1.71547652b82fep0"), float.fromhex("0x1.777d0ffda0d24p-56")
ONE_OVER_LN_10 = float.fromhex("0x1.bcb7b1526e50ep-2"), float.fromhex("0x1.95355baaafad3p-57")
LARGEST_EXPONENT = 1_100.0  # of e; far beyond what is 0 or infinite
QUARTERS = np.arange(5) / 4
ARCTANGENTS = np.array([0.0, 0.24497866312686414, 0.4636476090008061, 0.6435011087932844, np.pi / 4])
ARCTANGENTS_REST = np.array(
    [0.0, 1.0698755618734451e-17, 2.2698777452961687e-17, 1.5834785051444286e-17, HALF_PI_REST / 2]
)
SINE = [(-1) ** n / factorial(2 * n + 1) for n in range(1, 9)]
COSINE = [(-1) ** n / factorial(2 * n) for n in range(2, 10)]
EXPONENTIAL = [1 / factorial(n) for n in range(2, 15)]
ARCTANGENT = [(-1) ** n / (2 * n + 1) for n in range(1, 9)]
ARTANH = [1 / (2 * n + 1) for n in range(1, 12)]


def sin(x: FloatArray) -> FloatArray:
    """The sine; faster where all numbers are small, as schedules have them."""
    if not (np.abs(x) < HALF_PI / 2).all():
        return sin_and_cos(x)[0]
    square = x * x
    return x + x * square * _series(square, SINE)


def cos(x: FloatArray) -> FloatArray:
    return sin_and_cos(x)[1]


def sin_and_cos(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The sine and the cosine, in the time of one of them: from the series at x less the nearest quarter turn."""
    if (np.abs(x) >= FARTHEST_TURN).any():
        x = np.where(np.abs(x) < FARTHEST_TURN, x, np.fmod(x, 4 * HALF_PI))  # moves x by less than its last bit
    turns = np.rint(x * (1 / HALF_PI))
    near = x - turns * HALF_PI_PARTS[0] - turns * HALF_PI_PARTS[1]
    third = turns * HALF_PI_PARTS[2]
    u = near - third
    rest = (near - u) - third - turns * HALF_PI_LAST
    square = u * u
    half = square * 0.5
    whole = 1 - half
    sine = u + (u * square * _series(square, SINE) + rest * whole)
    cosine = whole + ((1 - whole) - half + (square * square * _series(square, COSINE) - u * rest))
    quarter = turns - 4 * np.floor(turns * 0.25)
    is_odd = (quarter == 1) | (quarter == 3)
    one, other = np.where(is_odd, cosine, sine), np.where(is_odd, sine, cosine)
    return np.where(quarter >= 2, -one, one), np.where((quarter == 1) | (quarter == 2), -other, other)


def tan(x: FloatArray) -> FloatArray:
    sine, cosine = sin_and_cos(x)
    return sine / cosine


def arcsin(x: FloatArray) -> FloatArray:
    """The angle from -π/2 to π/2 with this sine."""
    return arctan2(x, np.sqrt((1 - x) * (1 + x)))


def arccos(x: FloatArray) -> FloatArray:
    """The angle from 0 to π with this cosine."""
    return arctan2(np.sqrt((1 - x) * (1 + x)), x)


def arctan(x: FloatArray) -> FloatArray:
    """The angle from -π/2 to π/2 with this tangent."""
    return arctan2(x, np.ones_like(x))


def arctan2(y: FloatArray, x: FloatArray) -> FloatArray:
    """The angle of the point (x, y), from -π to π: atan(u) = atan(c) + atan((u - c) / (1 + u c)), c the nearest
    quarter."""
    across, up = np.abs(x), np.abs(y)
    low, high = np.minimum(across, up), np.maximum(across, up)
    high = np.where(high > 0, high, 1.0)  # the angle of (0, 0) is 0
    quarter = np.rint(np.fmin(4 * (low / high), 4.0)).astype(np.int64)  # of what is no number, too
    c = QUARTERS[quarter]
    z = (low - c * high) / (high + c * low)
    angle = ARCTANGENTS[quarter] + (z + (z * z * z * _series(z * z, ARCTANGENT) + ARCTANGENTS_REST[quarter]))
    angle = np.where(up > across, (HALF_PI - angle) + HALF_PI_REST, angle)
    angle = np.where(x < 0, (2 * HALF_PI - angle) + 2 * HALF_PI_REST, angle)
    return np.where(across + up < np.inf, np.copysign(angle, y), np.arctan2(y, x))


def exp(x: FloatArray) -> FloatArray:
    return _exp(x, 0.0)


def sinh(x: FloatArray) -> FloatArray:
    large, small = exp(np.abs(x)), _exp_less_1(np.abs(x))
    return np.copysign(np.where(np.abs(x) < 1, small + small / (small + 1), large - 1 / large) / 2, x)


def cosh(x: FloatArray) -> FloatArray:
    large = exp(np.abs(x))
    return (large + 1 / large) / 2


def tanh(x: FloatArray) -> FloatArray:
    small = _exp_less_1(2 * np.minimum(np.abs(x), 30.0))  # from 20 on, it is 1
    return np.copysign(small / (small + 2), x)


def log(x: FloatArray) -> FloatArray:
    return _log_times(x, (1.0, 0.0))


def log2(x: FloatArray) -> FloatArray:
    return _log_times(x, ONE_OVER_LN_2)


def log10(x: FloatArray) -> FloatArray:
    return _log_times(x, ONE_OVER_LN_10)


def power(x: FloatArray, y: FloatArray) -> FloatArray:
    """x to the power of y; where x or y is 0 or infinite, or x is 1, NumPy's result, which is exact."""
    size, odd = np.abs(x), np.abs(np.fmod(y, 2.0)) == 1
    high, low = _log(size)
    product, rest = _product(y, high)
    found = _exp(product, np.where(np.abs(product) < LARGEST_EXPONENT, rest + y * low, 0.0))
    signed = np.where(x < 0, np.where(odd, -found, np.where(np.rint(y) == y, found, np.nan)), found)
    usual = (size > 0) & (size < np.inf) & (size != 1) & (np.abs(y) < np.inf)
    return np.where(usual, signed, np.power(x, y))


def cbrt(x: FloatArray) -> FloatArray:
    high, low = _log(np.abs(x))
    third = high / 3
    product, rest = _product(third, 3.0)
    root = _exp(third, ((high - product) - rest + low) / 3)
    return np.where((x != 0) & (np.abs(x) < np.inf), np.copysign(root, x), x)


def hypot(x: FloatArray, y: FloatArray) -> FloatArray:
    """The length of (x, y), whose square must not be beyond all numbers."""
    return np.sqrt(x * x + y * y)


def interpolated(t: FloatArray, nodes: FloatArray, values: FloatArray) -> FloatArray:
    """The values at t on the straight lines between nodes, which ascend; before and after the nodes, the outermost
    values. ``np.interp`` fuses a product and a sum on some processors; this function rounds both everywhere."""
    before = np.maximum(np.searchsorted(nodes, t, side="right") - 1, 0)
    after = np.minimum(before + 1, nodes.size - 1)
    distance, gap = t - nodes[before], nodes[after] - nodes[before]
    slopes = (values[after] - values[before]) / np.where(gap > 0, gap, 1.0)
    found: FloatArray = values[before] + slopes * np.maximum(distance, 0.0)
    return found


def _series(x: FloatArray, coefficients: list[float]) -> FloatArray:
    """The first coefficient + the second times x + the third times x² ..., by Horner's rule."""
    found = x * coefficients[-1]
    for each in coefficients[-2:0:-1]:
        found += each
        found *= x
    found += coefficients[0]
    return found


def _product(x: FloatArray, y: FloatArray | float) -> tuple[FloatArray, FloatArray]:
    """A product and what was rounded off: together they are exact (Dekker 1971)."""
    (x_high, x_low), (y_high, y_low) = _halves(x), _halves(y)
    product = x * y
    return product, ((x_high * y_high - product) + x_high * y_low + x_low * y_high) + x_low * y_low


def _halves(x: FloatArray | float) -> tuple[FloatArray | float, FloatArray | float]:
    wide = SPLITTER * x
    high = wide - (wide - x)
    return high, x - high


def _reduced_exp(x: FloatArray, rest: FloatArray | float) -> tuple[FloatArray, NDArray[np.int64]]:
    """e^(x + rest) as 2^k (1 + p): p and k."""
    x = np.minimum(np.maximum(x, -LARGEST_EXPONENT), LARGEST_EXPONENT)
    k = np.rint(x * ONE_OVER_LN_2[0])
    r = (x - k * LN_2) - (k * LN_2_REST - rest)
    return r + r * r * _series(r, EXPONENTIAL), np.fmin(k, 2000.0).astype(np.int64)


def _exp(x: FloatArray, rest: FloatArray | float) -> FloatArray:
    p, k = _reduced_exp(x, rest)
    return np.ldexp(1 + p, k)


def _exp_less_1(x: FloatArray) -> FloatArray:
    """e^x - 1, with all its digits also near 0."""
    p, k = _reduced_exp(x, 0.0)
    found: FloatArray = np.ldexp(p, k) + (np.ldexp(1.0, k) - 1)
    return found


def _log(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The natural logarithm of positive numbers in two parts, whose sum has some 60 bits. With x = 2^k m and s = (m -
    1) / (m + 1), ln m is 2 artanh(s)."""
    m, k = np.frexp(x)
    small = m < 0.5**0.5
    m, k = np.where(small, 2 * m, m), k - small
    below, above = m - 1, m + 1
    s = below / above
    product, rest = _product(s, above)
    rounded_off = (((below - product) - rest) - s * (m - (above - 1))) / above
    square = s * s
    tail = rounded_off + s * square * _series(square, ARTANH)
    high, low = k * LN_2, 2 * s
    total = high + low
    lost = np.where(k == 0, 0.0, (high - total) + low)
    return total, lost + (2 * tail + k * LN_2_REST)


def _log_times(x: FloatArray, factor: tuple[float, float]) -> FloatArray:
    high, low = _log(x)
    product, rest = _product(high, factor[0])
    found = product + (rest + low * factor[0] + high * factor[1])
    return np.where((x > 0) & (x < np.inf), found, np.log(x))
