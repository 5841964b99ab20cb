"""Several numbers at once in one register: what the compiled kernels compute with.

A compiler finds such loops by itself only where it can prove that arrays do not overlap, and it will not keep
sums of several rows in registers. Here that is written out, and is the same on every processor: LLVM cuts a
vector into as many registers as it needs. Nothing here is allowed to change the order of operations or to
assume that numbers are finite, but for the sum over a vector's own lanes.

Every function takes and returns vectors; ``like`` is any vector of the wanted kind. Nothing is checked: an index
beyond the array reads what lies there.
"""

import operator
from typing import Any

from llvmlite import ir
from llvmlite.binding import get_host_cpu_features
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable

LANE_BYTES = {"avx512f": 64, "avx": 32}  # of one register; 16 on all others
WIDE = {64: 4, 32: 2, 16: 2}  # registers a vector, so that sums of two rows, their inputs and factors find room


def register_bytes() -> int:
    """How much of a row this processor computes at once."""
    features = get_host_cpu_features()
    return next((size for name, size in LANE_BYTES.items() if features.get(name)), 16)


_BYTES = ir.IntType(8).as_pointer()


class Vector(types.Type):
    """Lanes of float32 or float64."""

    def __init__(self, dtype: types.Float, lanes: int) -> None:
        self.dtype, self.lanes = dtype, lanes
        self.bits = ir.IntType(dtype.bitwidth)
        self.mantissa = 52 if dtype.bitwidth == 64 else 23
        super().__init__(name=f"Vector({dtype}, {lanes})")

    def integers(self, value: int) -> ir.Constant:
        """The same whole number in all lanes."""
        return ir.Constant(ir.VectorType(self.bits, self.lanes), [value % 2**self.bits.width] * self.lanes)


@register_model(Vector)
class _VectorModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: Vector) -> None:
        element = dmm.lookup(fe_type.dtype).get_value_type()
        super().__init__(dmm, fe_type, ir.VectorType(element, fe_type.lanes))


def _splat(builder: Any, value: Any, lanes: int) -> Any:
    """One number in all lanes."""
    index = ir.IntType(32)
    first = builder.insert_element(ir.Constant(ir.VectorType(value.type, lanes), ir.Undefined), value, index(0))
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(index, lanes), [0] * lanes))


def place_of(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """Where an array's number lies in memory."""
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [index])


def call_llvm(builder: Any, name: str, vector: Any, arguments: Any, result: Any = None, flags: Any = ()) -> Any:
    """Call LLVM's own function of this name for this kind of vector."""
    suffix = f"v{vector.type.count}f{64 if isinstance(vector.type.element, ir.DoubleType) else 32}"
    kind = ir.FunctionType(result or vector.type, [each.type for each in arguments])
    function = builder.module.declare_intrinsic(f"llvm.{name}.{suffix}", (), kind)
    return builder.call(function, arguments, fastmath=flags)


def _of_registers(count: int) -> Any:
    @intrinsic
    def zeros(typingctx: Any, array: Any) -> Any:
        result = Vector(array.dtype, count * register_bytes() * 8 // array.dtype.bitwidth)

        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return ir.Constant(context.get_value_type(result), None)

        return result(array), codegen

    return zeros


narrow = _of_registers(1)
wide = _of_registers(WIDE[register_bytes()])


@intrinsic
def lanes(typingctx: Any, like: Any) -> Any:
    """How many numbers a vector has."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return context.get_constant(types.intp, like.lanes)

    return types.intp(like), codegen


@intrinsic
def load(typingctx: Any, array: Any, index: Any, like: Any) -> Any:
    """The numbers of an array from an index on."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = place_of(context, builder, signature.args[0], args[0], args[1])
        kind = context.get_value_type(like)
        return builder.load(builder.bitcast(place, kind.as_pointer()), align=like.dtype.bitwidth // 8)

    return like(array, types.intp, like), codegen


@intrinsic
def store(typingctx: Any, array: Any, index: Any, value: Any) -> Any:
    """Write a vector into an array, from an index on."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = place_of(context, builder, signature.args[0], args[0], args[1])
        place = builder.bitcast(place, context.get_value_type(value).as_pointer())
        builder.store(args[2], place, align=value.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(array, types.intp, value), codegen


@intrinsic
def spread(typingctx: Any, array: Any, index: Any, like: Any) -> Any:
    """One number of an array in all lanes."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = place_of(context, builder, signature.args[0], args[0], args[1])
        return _splat(builder, builder.load(place), like.lanes)

    return like(array, types.intp, like), codegen


@intrinsic
def fill(typingctx: Any, value: Any, like: Any) -> Any:
    """A number in all lanes."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _splat(builder, args[0], like.lanes)

    return like(like.dtype, like), codegen


@intrinsic
def multiply_add(typingctx: Any, a: Any, b: Any, c: Any) -> Any:
    """a · b + c, in one instruction where the processor has it."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return call_llvm(builder, "fmuladd", args[0], args)

    return a(a, b, c), codegen


@intrinsic
def absolute(typingctx: Any, a: Any) -> Any:
    """Without the sign."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return call_llvm(builder, "fabs", args[0], args)

    return a(a), codegen


@intrinsic
def negative(typingctx: Any, a: Any) -> Any:
    """With the other sign."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fneg(args[0])

    return a(a), codegen


@intrinsic
def with_sign(typingctx: Any, a: Any, sign: Any) -> Any:
    """The size of the first with the sign of the second."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return call_llvm(builder, "copysign", args[0], args)

    return a(a, sign), codegen


@intrinsic
def where_less(typingctx: Any, a: Any, b: Any, then: Any, otherwise: Any) -> Any:
    """``then`` where a < b, ``otherwise`` elsewhere and where one of them is nan."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered("<", args[0], args[1]), args[2], args[3])

    return then(a, b, then, otherwise), codegen


@intrinsic
def all_less(typingctx: Any, a: Any, b: Any) -> Any:
    """Whether a < b in all lanes; nan is not."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        less = builder.fcmp_ordered("<", args[0], args[1])
        mask = builder.bitcast(less, ir.IntType(a.lanes))
        return builder.icmp_unsigned("==", mask, ir.Constant(mask.type, -1))

    return types.boolean(a, b), codegen


for _operation in ("add", "sub", "mul", "truediv"):
    _function = getattr(operator, _operation)
    _instruction = {"truediv": "fdiv"}.get(_operation, f"f{_operation}")

    @type_callable(_function)
    def _type_of(context: Any) -> Any:
        return lambda a, b: a if isinstance(a, Vector) and a == b else None

    @lower_builtin(_function, Vector, Vector)
    def _lower(context: Any, builder: Any, signature: Any, args: Any, instruction: str = _instruction) -> Any:
        return getattr(builder, instruction)(*args)


@intrinsic
def allocate(typingctx: Any, size: Any) -> Any:
    """So many bytes of the C library's, to be released: LLVM knows that they overlap with nothing else."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.call(_library_function(builder, "malloc", _BYTES, ir.IntType(64)), args)

    return types.voidptr(types.int64), codegen


@intrinsic
def release(typingctx: Any, room: Any) -> Any:
    """Give back what was allocated."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.call(_library_function(builder, "free", ir.VoidType(), _BYTES), args)
        return context.get_dummy_value()

    return types.void(types.voidptr), codegen


def _library_function(builder: Any, name: str, returned: Any, argument: Any) -> Any:
    function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(returned, [argument]), name)
    if returned is _BYTES:
        function.return_value.add_attribute("noalias")
    return function
