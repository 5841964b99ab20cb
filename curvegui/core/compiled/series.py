"""What the functions are made of near 0: polynomials and constants, as many digits as the precision has.

Each is an intrinsic that takes a vector, whose kind it gives back.
"""

from collections.abc import Mapping
from typing import Any

from numba.extending import intrinsic

from curvegui.core.compiled.vectors import call_llvm

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
half_expm1_series, sine_series, cosine_series = map(_polynomial, (HALF_EXPM1, SINE_SERIES, COSINE_SERIES))
area_tangent_series = _polynomial(AREA_TANGENT)
rounding, farthest_sine = _constant(ROUNDING), _constant(FARTHEST_SINE)
minus_half_ln_2, minus_half_ln_2_rest = _parts({bits: (a / 2, b / 2) for bits, (a, b) in LN_2.items()})
minus_half_pi, minus_half_pi_rest, minus_half_pi_last = _parts(HALF_PI)
