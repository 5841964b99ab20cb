"""Whole numbers in the last bits of floats, lane by lane: see ``vectors``.

They are there once 1.5 · 2^52 was added, 2^23 for float32.
"""

from typing import Any

from llvmlite import ir
from numba.extending import intrinsic

from curvegui.core.compiled.vectors import Vector


def _as_bits(builder: Any, vector: Any, kind: Vector) -> Any:
    return builder.bitcast(vector, ir.VectorType(kind.bits, kind.lanes))


@intrinsic
def twice_power_of_two(typingctx: Any, k: Any) -> Any:
    """2 · 2^n for the whole number n that k holds."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        bits = builder.shl(_as_bits(builder, args[0], k), k.integers(k.mantissa))
        two = k.integers((1024 if k.mantissa == 52 else 128) << k.mantissa)
        return builder.bitcast(builder.add(bits, two), args[0].type)

    return k(k), codegen


@intrinsic
def where_odd(typingctx: Any, k: Any, then: Any, otherwise: Any) -> Any:
    """``then`` where the whole number that k holds is odd, else ``otherwise``."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        last = builder.and_(_as_bits(builder, args[0], k), k.integers(1))
        return builder.select(builder.icmp_unsigned("!=", last, k.integers(0)), args[1], args[2])

    return then(k, then, otherwise), codegen


@intrinsic
def negated_in_second_pair(typingctx: Any, k: Any, a: Any) -> Any:
    """-a where the whole number that k holds is 2 or 3 modulo 4, a where it is 0 or 1."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        second = builder.and_(_as_bits(builder, args[0], k), k.integers(2))
        sign = builder.shl(second, k.integers(k.bits.width - 2))
        return builder.bitcast(builder.xor(_as_bits(builder, args[1], a), sign), args[1].type)

    return a(k, a), codegen
