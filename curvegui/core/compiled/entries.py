"""The kernels with one parameter for all: the address of a table of numbers, in which the arguments lie (``calls``).

So a kernel's machine code can be kept, and called without Numba. Only ``build`` imports this file, in a process of
its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, njit, types
from numba.extending import intrinsic

from curvegui.core.compiled import kernels
from curvegui.core.compiled.calls import KERNELS, Kind

try:
    from curvegui.core.compiled.noise import fill_factors
except ImportError:  # a Numba that keeps the tables elsewhere: NumPy draws the noise then
    fill_factors = None

BODIES: dict[str, Any] = {
    "descend": kernels.descend,
    "roll": kernels.roll,
    "gradient": kernels.gradient,
    "look": kernels.look,
    "fill_factors": fill_factors,
}
"""None for what this Numba cannot compile."""


@intrinsic
def _pointer(typingctx: Any, address: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.inttoptr(args[0], ir.IntType(8).as_pointer())

    return types.voidptr(address), codegen


@intrinsic
def _as_float(typingctx: Any, bits: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(bits), codegen


def entry(name: str, precision: str) -> Callable[[int], None]:
    """A kernel as a function of the address of its table, for Numba to compile."""
    kinds = KERNELS[name]
    places = iter(range(1_000))
    arguments = ", ".join(_text(each, places) for each in kinds)
    text = f"def entry(address):\n table = carray(pointer(address), {next(places)}, i)\n kernel({arguments})"
    names = {"kernel": BODIES[name], "carray": carray, "pointer": _pointer, "as_float": _as_float}
    reals = {"double": np.float64, "single": np.float32}[precision]
    dtypes = {"r": reals, "f": np.float64, "i": np.int64, "u": np.uint64, "b": np.bool_}
    found: dict[str, Any] = names | dtypes
    exec(text, found)
    return njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(found["entry"])  # type: ignore[no-any-return]


def _text(kind: Kind, places: Iterator[int]) -> str:
    """The code that reads an argument from the table, from the next place on."""
    if isinstance(kind, tuple):
        return f"({', '.join(_text(each, places) for each in kind)},)"
    place = f"table[{next(places)}]"
    if len(kind) == 1:
        return {"i": place, "u": f"u({place})", "f": f"as_float({place})"}[kind]
    shape = ", ".join(f"table[{next(places)}]" for _ in range(int(kind[1])))
    return f"carray(pointer({place}), ({shape},), {kind[0]})"
