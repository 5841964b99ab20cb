"""Compiles the kernels with Numba, in a process of its own, which takes Numba's memory with it when it ends."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from llvmlite import binding
from numba import types

from curvegui.core.compiled.calls import KERNELS, PREFIX
from curvegui.core.compiled.entries import BODIES, entry

UNUSED = "define void @NRT_MemInfo_call_dtor(i8* %0) { ret void }"  # frees arrays of Numba's own: there are none
CHECK = "import sys, pathlib; path, file = sys.argv[1:]; sys.path[:0] = [path];"
CHECK += "from curvegui.core.compiled.library import load; load(pathlib.Path(file).read_bytes())"


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


def main(precision: str, path: str) -> None:
    """Leave the object file at a path, once another process without Numba was able to load it."""
    Path(path).write_bytes(object_file(precision))
    package = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", CHECK, str(package), path], check=True, stdin=subprocess.DEVNULL)
