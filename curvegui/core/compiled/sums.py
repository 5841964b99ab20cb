"""Sums over the lanes of registers: see ``vectors``.

Several at once take half the operations that they take one by one.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from curvegui.core.compiled.vectors import call_llvm, place_of


@intrinsic
def total(typingctx: Any, a: Any) -> Any:
    """The sum of all lanes, in whatever order is fastest, which is the same every time."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        element = args[0].type.element
        start = ir.Constant(element, -0.0)
        return call_llvm(builder, "vector.reduce.fadd", args[0], [start, args[0]], element, ("reassoc",))

    return a.dtype(a), codegen


def _in_pairs(builder: Any, a: Any, b: Any, run: int) -> Any:
    """Sums of neighbouring runs of lanes of two vectors: so long a run of a's, then one of b's, and so on."""
    lanes = a.type.count
    first = [lane + side for lane in range(0, lanes, 2 * run) for side in (*range(run), *range(lanes, lanes + run))]
    places = [first, [place + run for place in first]]
    kind = ir.VectorType(ir.IntType(32), lanes)
    x, y = (builder.shuffle_vector(a, b, ir.Constant(kind, each)) for each in places)
    return builder.fadd(x, y)


def _part(builder: Any, a: Any, b: Any, first: int) -> Any:
    """Four lanes from the two vectors' lanes."""
    places = ir.Constant(ir.VectorType(ir.IntType(32), 4), list(range(first, first + 4)))
    return builder.shuffle_vector(a, b, places)


def _four_totals(builder: Any, vectors: Any) -> Any:
    """The sums over the lanes of four vectors, in one of four lanes."""
    a, b, c, d = vectors
    ab, cd = _in_pairs(builder, a, b, 1), _in_pairs(builder, c, d, 1)
    if ab.type.count == 2:
        return _part(builder, ab, cd, 0)
    sums = _in_pairs(builder, ab, cd, 2)
    parts = [_part(builder, sums, sums, first) for first in range(0, sums.type.count, 4)]
    while len(parts) > 1:
        half = len(parts) // 2
        parts = [builder.fadd(x, y) for x, y in zip(parts[:half], parts[half:], strict=True)]
    return parts[0]


@intrinsic
def add_totals(typingctx: Any, array: Any, index: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Add the sums over the lanes of four vectors to four numbers of an array, from an index on."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        totals, align = _four_totals(builder, args[2:]), a.dtype.bitwidth // 8
        place = place_of(context, builder, signature.args[0], args[0], args[1])
        place = builder.bitcast(place, totals.type.as_pointer())
        builder.store(builder.fadd(builder.load(place, align=align), totals), place, align=align)
        return context.get_dummy_value()

    return types.void(array, types.intp, a, b, c, d), codegen
