"""The activation functions for vectors: f and its slope together, to about one unit in the last place.

The library's own functions take one number at a time, which halves the speed of everything. Here is what a
library does inside: a number is brought near 0, where a polynomial knows the answer, and taken back.
"""

import math
from collections.abc import Mapping
from typing import Any

from numba import njit
from numba.extending import intrinsic

from curvegui.core.compiled.bits import negated_in_second_pair, twice_power_of_two, where_odd
from curvegui.core.compiled.calls import CODES
from curvegui.core.compiled.vectors import (
    absolute,
    all_less,
    call_llvm,
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

# (e^r - 1 - r) / r² for |r| <= ln(2) / 2, interpolated at Chebyshev's points: errors of 4e-17 and 5e-10 of e^r - 1
EXPM1 = {
    64: (
        2.5100472505694996e-08,
        2.7620201591031547e-07,
        2.7557268276905696e-06,
        2.4801521057868204e-05,
        0.00019841269863171557,
        0.0013888888917367081,
        0.008333333333330039,
        0.041666666666623824,
        0.16666666666666669,
        0.5,
    ),
    32: (
        0.00019891080463998843,
        0.0013933730715792083,
        0.008333310844647862,
        0.04166646419740569,
        0.16666666681704215,
        0.5,
    ),
}
SINE_SERIES = {  # (sin r - r) / r³ for |r| <= pi / 4, in r² (fdlibm's and Cephes' coefficients)
    64: (
        1.58969099521155010221e-10,
        -2.50507602534068634195e-08,
        2.75573137070700676789e-06,
        -1.98412698298579493134e-04,
        8.33333333332248946124e-03,
        -1.66666666666666324348e-01,
    ),
    32: (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1),
}
COSINE_SERIES = {  # (cos r - 1 + r² / 2) / r⁴
    64: (
        -1.13596475577881948265e-11,
        2.08757232129817482790e-09,
        -2.75573143513906633035e-07,
        2.48015872894767294178e-05,
        -1.38888888888741095749e-03,
        4.16666666666666019037e-02,
    ),
    32: (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2),
}
AREA_TANGENT = {  # (artanh s - s) / s³ for 0 <= s <= 1/3, in s², interpolated: errors of 5e-18 and 4e-10 of it
    64: (
        0.08082022805971767,
        0.04400369243072337,
        0.06000536404795356,
        0.06657072104827468,
        0.07692785032479312,
        0.09090894718066429,
        0.11111111358713932,
        0.1428571428355438,
        0.20000000000007292,
        0.3333333333333333,
    ),
    32: (0.11612164612011674, 0.10853287900440187, 0.14296178997151418, 0.1999985316596486, 0.3333333366026371),
}
ROUNDING = {64: 1.5 * 2.0**52, 32: 1.5 * 2.0**23}  # what is added to this becomes a whole number, in the last bits
LN_2 = {64: (6.93147180369123816490e-01, 1.90821492927058770002e-10), 32: (0.693359375, -2.12194440e-4)}
HALF_PI = {  # the first parts have so few digits that a whole number times them is exact
    64: (1.57079632673412561417, 6.07710050630396597660e-11, 2.02226624879595063154e-21),
    32: (1.5703125, 4.837512969970703125e-4, 7.54978995489188216e-8),
}
FARTHEST_SINE = {64: 1e5, 32: 5e3}  # beyond, a quarter turn has too few digits
LARGEST_TANH_EXPONENT = 40.0  # e^-80 is nothing beside 1, and no float32 yet too small


Table = Mapping[int, tuple[float, ...]]


def _constant(values: Mapping[int, float]) -> Any:
    """A function that gives a vector with the number for its precision in all lanes."""

    @intrinsic
    def constant(typingctx: Any, like: Any) -> Any:
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return context.get_value_type(like)([values[like.dtype.bitwidth]] * like.lanes)

        return like(like), codegen

    return constant


def _polynomial(table: Table) -> Any:
    """A function that gives a polynomial's value; its coefficients come from the highest power down."""

    @intrinsic
    def polynomial(typingctx: Any, x: Any) -> Any:
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            first, *others = (args[0].type([value] * x.lanes) for value in table[x.dtype.bitwidth])
            result = first
            for coefficient in others:
                result = call_llvm(builder, "fmuladd", args[0], [result, args[0], coefficient])
            return result

        return x(x), codegen

    return polynomial


def _parts(table: Table) -> tuple[Any, ...]:
    """Minus each part of a constant that is cut in several, by precision."""
    return tuple(_constant({bits: -parts[i] for bits, parts in table.items()}) for i in range(len(table[64])))


HALF_EXPM1 = {  # (e^2r - 1 - 2 r) / 2 r²
    bits: tuple(value * 2.0 ** (len(series) - place) for place, value in enumerate(series))
    for bits, series in EXPM1.items()
}
_half_expm1_series, _sine_series, _cosine_series = map(_polynomial, (HALF_EXPM1, SINE_SERIES, COSINE_SERIES))
_area_tangent_series = _polynomial(AREA_TANGENT)
_rounding, _farthest_sine = _constant(ROUNDING), _constant(FARTHEST_SINE)
_minus_half_ln_2, _minus_half_ln_2_rest = _parts({bits: (a / 2, b / 2) for bits, (a, b) in LN_2.items()})
_minus_half_pi, _minus_half_pi_rest, _minus_half_pi_last = _parts(HALF_PI)


@inlined
def _exp_parts(u: Any) -> Any:
    """2 · 2^n and (e^2r - 1) / 2 with e^(-2 |u|) = 2^n · e^2r; nan for nan."""
    x, lowest = negative(absolute(u)), fill(-LARGEST_TANH_EXPONENT, u)
    x = where_less(x, lowest, lowest, x)
    shifted = multiply_add(x, fill(2.0 / math.log(2.0), u), _rounding(u))
    k = shifted - _rounding(u)
    r = multiply_add(k, _minus_half_ln_2_rest(u), multiply_add(k, _minus_half_ln_2(u), x))
    return twice_power_of_two(shifted), multiply_add(r * r, _half_expm1_series(r), r)


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
    area_tangent = multiply_add(square * s, _area_tangent_series(square), s)
    f = multiply_add(two, area_tangent, where_less(u, zero, zero, u))
    return f, where_less(u, zero, p * right, right)


@inlined
def sine(u: Any) -> Any:
    """f and f′, where ``|u|`` is small enough for it: see ``sine_is_near``."""
    shifted = multiply_add(u, fill(2.0 / math.pi, u), _rounding(u))
    k = shifted - _rounding(u)
    r = multiply_add(k, _minus_half_pi_rest(u), multiply_add(k, _minus_half_pi(u), u))
    r = multiply_add(k, _minus_half_pi_last(u), r)
    square, one = r * r, fill(1.0, u)
    sine_r = multiply_add(square * r, _sine_series(square), r)
    cosine_r = multiply_add(square * square, _cosine_series(square), multiply_add(square, fill(-0.5, u), one))
    f = negated_in_second_pair(shifted, where_odd(shifted, cosine_r, sine_r))
    return f, negated_in_second_pair(shifted + one, where_odd(shifted, sine_r, cosine_r))


@inlined
def sine_is_near(u: Any) -> Any:
    """Whether ``sine`` knows all of these; it does not know inf and nan."""
    return all_less(absolute(u), _farthest_sine(u))


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
