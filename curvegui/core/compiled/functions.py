"""The activation functions for vectors: f and its slope together, to about one unit in the last place.

The library's own functions take one number at a time, which halves the speed of everything. Here is what a
library does inside: a number is brought near 0, where a polynomial knows the answer, and taken back.
"""

import math
from typing import Any

from numba import njit

from curvegui.core.compiled.bits import negated_in_second_pair, twice_power_of_two, where_odd
from curvegui.core.compiled.calls import CODES
from curvegui.core.compiled.series import (
    area_tangent_series,
    cosine_series,
    farthest_sine,
    half_expm1_series,
    minus_half_ln_2,
    minus_half_ln_2_rest,
    minus_half_pi,
    minus_half_pi_last,
    minus_half_pi_rest,
    rounding,
    sine_series,
)
from curvegui.core.compiled.vectors import (
    absolute,
    all_less,
    fill,
    lanes,
    multiply_add,
    negative,
    store,
    where_less,
    with_sign,
)

KNOWN = "tanh", "relu", "sine", "linear", "softplus"
TANH, RELU, SINE, LINEAR, SOFTPLUS = (CODES[kernel] for kernel in KNOWN)
if set(KNOWN) != set(CODES):  # it would be taken for another one
    raise NotImplementedError(f"There is no compiled function {', '.join(set(CODES) - set(KNOWN))}.")
inlined = njit(nogil=True, forceinline=True)

LARGEST_TANH_EXPONENT = 40.0  # e^-80 is nothing beside 1, and no float32 yet too small


@inlined
def _exp_parts(u: Any) -> Any:
    """2 · 2^n and (e^2r - 1) / 2 with e^(-2 |u|) = 2^n · e^2r; nan for nan."""
    x, lowest = negative(absolute(u)), fill(-LARGEST_TANH_EXPONENT, u)
    x = where_less(x, lowest, lowest, x)
    shifted = multiply_add(x, fill(2.0 / math.log(2.0), u), rounding(u))
    k = shifted - rounding(u)
    r = multiply_add(k, minus_half_ln_2_rest(u), multiply_add(k, minus_half_ln_2(u), x))
    return twice_power_of_two(shifted), multiply_add(r * r, half_expm1_series(r), r)


@inlined
def _expm1_of(u: Any) -> Any:
    """e^(-2 |u|) - 1; nan for nan. Small numbers keep all their digits."""
    twice_power, half_expm1_r = _exp_parts(u)
    return multiply_add(twice_power, half_expm1_r, multiply_add(twice_power, fill(0.5, u), fill(-1.0, u)))


@inlined
def tanh(u: Any) -> Any:
    """f and f′; nan for nan."""
    e = _expm1_of(u)
    f = with_sign(e / (fill(2.0, u) + e), u)
    return f, multiply_add(negative(f), f, fill(1.0, u))


@inlined
def two_tanh(u: Any, v: Any) -> Any:
    """f and f′ of two; where one is nan, both are.

    They share a division, which takes longer than the multiplications in its place.
    """
    p, q = _expm1_of(u), _expm1_of(v)
    below_p, below_q = fill(2.0, u) + p, fill(2.0, v) + q  # between 1 and 2
    shared = fill(1.0, u) / (below_p * below_q)
    f, g = with_sign(p * below_q * shared, u), with_sign(q * below_p * shared, v)
    return f, multiply_add(negative(f), f, fill(1.0, u)), g, multiply_add(negative(g), g, fill(1.0, u))


@inlined
def relu(u: Any) -> Any:
    """f and f′; nan for nan."""
    zero = fill(0.0, u)
    return where_less(u, zero, zero, u), where_less(zero, u, fill(1.0, u), zero)


@inlined
def softplus(u: Any) -> Any:
    """f and f′; nan for nan. With p = e^-|u|, f = max(u, 0) + ln(1 + p), and ln(1 + p) = 2 artanh(p / (2 + p))."""
    zero, one, two = fill(0.0, u), fill(1.0, u), fill(2.0, u)
    twice_power, half_expm1_r = _exp_parts(u * fill(0.5, u))
    p = multiply_add(twice_power, half_expm1_r, twice_power * fill(0.5, u))
    shared = one / ((one + p) * (two + p))
    s, right = p * (one + p) * shared, (two + p) * shared  # the slope at |u|
    square = s * s
    area_tangent = multiply_add(square * s, area_tangent_series(square), s)
    f = multiply_add(two, area_tangent, where_less(u, zero, zero, u))
    return f, where_less(u, zero, p * right, right)


@inlined
def sine(u: Any) -> Any:
    """f and f′, where ``|u|`` is small enough for it: see ``sine_is_near``."""
    shifted = multiply_add(u, fill(2.0 / math.pi, u), rounding(u))
    k = shifted - rounding(u)
    r = multiply_add(k, minus_half_pi_rest(u), multiply_add(k, minus_half_pi(u), u))
    r = multiply_add(k, minus_half_pi_last(u), r)
    square, one = r * r, fill(1.0, u)
    sine_r = multiply_add(square * r, sine_series(square), r)
    cosine_r = multiply_add(square * square, cosine_series(square), multiply_add(square, fill(-0.5, u), one))
    f = negated_in_second_pair(shifted, where_odd(shifted, cosine_r, sine_r))
    return f, negated_in_second_pair(shifted + one, where_odd(shifted, sine_r, cosine_r))


@inlined
def sine_is_near(u: Any) -> Any:
    """Whether ``sine`` knows all of these; it does not know inf and nan."""
    return all_less(absolute(u), farthest_sine(u))


@njit(nogil=True)
def far_sine(f: Any, slope: Any, index: int, count: int) -> None:
    """Replace so many numbers in ``f``, from an index on, by their sines: the library's, one by one."""
    for place in range(index, index + count):
        u = f[place]
        f[place], slope[place] = math.sin(u), math.cos(u)


@inlined
def activate(u: Any, code: int, shift: Any, a: Any, slopes: Any, place: int) -> None:
    """From weighted sums to activations and slopes."""
    if code == TANH:
        f, slope = tanh(u)
        store(a, place, f + shift)
        store(slopes, place, slope)
    elif code == RELU:
        f, slope = relu(u)
        store(a, place, f + shift)
        store(slopes, place, slope)
    elif code == SOFTPLUS:
        f, slope = softplus(u)
        store(a, place, f + shift)
        store(slopes, place, slope)
    elif code == SINE:
        if sine_is_near(u):
            f, slope = sine(u)
            store(a, place, f)
            store(slopes, place, slope)
        else:
            store(a, place, u)
            far_sine(a, slopes, place, lanes(u))
    else:
        store(a, place, u)
        store(slopes, place, fill(1.0, u))


@inlined
def activate_two(u: Any, v: Any, code: int, shift: Any, a: Any, slopes: Any, place: int, other: int) -> None:
    """The same for two neurons, which may be less work than twice that."""
    if code == TANH:
        f, slope, g, g_slope = two_tanh(u, v)
        store(a, place, f + shift)
        store(slopes, place, slope)
        store(a, other, g + shift)
        store(slopes, other, g_slope)
    else:
        activate(u, code, shift, a, slopes, place)
        activate(v, code, shift, a, slopes, other)
