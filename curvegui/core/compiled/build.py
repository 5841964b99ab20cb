"""Compiles the kernels with Numba, in a process of its own, which takes Numba's memory with it when it ends.

Each becomes a function of one number: the address of a table with its arguments (see ``calls``). So its machine code
can be kept, and called without Numba.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
from llvmlite import binding, ir
from numba import carray, njit, types
from numba.extending import intrinsic

from curvegui.core.compiled import kernels, passes
from curvegui.core.compiled.calls import KERNELS, PREFIX, Kind

try:
    from curvegui.core.compiled.noise import fill_factors
except ImportError:  # a Numba that keeps the tables elsewhere: NumPy draws the noise then
    fill_factors = None

BODIES: dict[str, Any] = {
    "descend": kernels.descend,
    "roll": kernels.roll,
    "gradient": passes.gradient,
    "look": passes.look,
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


UNUSED = "define void @NRT_MemInfo_call_dtor(i8* %0) { ret void }"  # frees arrays of Numba's own: there are none
CHECK = "import sys; sys.path[:0] = sys.argv[1:];"
CHECK += "from curvegui.core.compiled.library import load; load(sys.stdin.buffer.read())"


def object_file(precision: str) -> bytes:
    """The machine code of all kernels for this processor; it needs no more than the C library.

    Each has three parameters: room for an answer and for an error, neither of which it has, and its table's address.
    """
    machine, whole = None, binding.parse_assembly(UNUSED)
    for name in (each for each in KERNELS if BODIES[each] is not None):
        library, found = _compiled(name, precision)
        machine = library._codegen._tm
        module = library._final_module.clone()
        module.get_function(found).name = PREFIX + name
        whole.link_in(module)
    assert machine is not None
    code: bytes = machine.emit_object(whole)
    return code


def _compiled(name: str, precision: str) -> tuple[Any, str]:
    """Numba's library with a kernel, and the name that it has there."""
    dispatcher: Any = entry(name, precision)
    dispatcher.compile((types.int64,))
    (result,) = dispatcher.overloads.values()
    return result.library, result.fndesc.llvm_func_name


def main(precision: str) -> None:
    """Write the object file to the standard output, once another process without Numba was able to load it."""
    Thread(target=_end_with_parent, daemon=True).start()
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no machine code
    code = object_file(precision)
    subprocess.run([sys.executable, "-c", CHECK, str(Path(__file__).parents[3])], check=True, input=code)
    with output:
        output.write(code)


def _end_with_parent() -> None:
    """Wait for the end of the standard input, which its parent holds open while it lives."""
    while os.read(0, 1):
        pass
    os._exit(1)
