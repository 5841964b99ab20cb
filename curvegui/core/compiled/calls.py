"""How kernels are called: all arguments in one table of numbers, whose address is all that machine code is given."""

from array import array
from ctypes import CFUNCTYPE, c_int, c_int64, c_void_p
from struct import Struct
from typing import Any

import numpy as np

from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS

Kind = str | tuple[Any, ...]
"""An argument: i and u for a whole number, f for a float64. With a number behind it, a contiguous array of so many
dimensions: r of the chosen precision, f of float64, i of int64, u of uint64, b of truth values. Or a tuple of kinds."""

NETWORK: Kind = ("r1", "r1", "i2", "r1", ("r1", "r1", "r1", "i"), "r1", "r1")
READING: Kind = ("i1", "f1", "f", "f2")
STAGES: Kind = ("i1", "f2", "b1", "f3", "f2")
OPTIMIZER: Kind = ("r1", "f1", "f1", "f1", "i", "i", ("f", "f", "f1", "f1"))
HELD: Kind = ("i1", "r1")
NOISE_ROOM: Kind = ("u1", "i1", "f1")
KERNELS: dict[str, tuple[Kind, ...]] = {
    "descend": (NETWORK, HELD, "r2", READING, STAGES),
    "roll": (NETWORK, "i1", "f2", OPTIMIZER, READING, STAGES),
    "gradient": (NETWORK,),
    "look": (NETWORK, "f2", "f2"),
    "fill_factors": ("f2", "f1", "f", "u", "u", "i", NOISE_ROOM),
}
"""The kernels, and the kinds of their arguments; see ``kernels``, ``passes`` and ``noise`` for what these mean."""

PREFIX = "kernel_"  # of the machine code's names
CODES = {kernel: code for code, kernel in enumerate(dict.fromkeys(each.kernel for each in ACTIVATIONS.values()))}
"""The numbers that the kernels know activations by, under the ``kernel`` of each."""
RULES = {name: code for code, name in enumerate(name for name, each in OPTIMIZERS.items() if each.step is not None)}
"""The numbers that the kernels know optimisers by."""
NATIVE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int64)  # the interpreter's lock is released while it runs
_NOTHING = array("q", [0])
ROOM = _NOTHING.buffer_info()[0]  # for what a kernel returns: always nothing, which all calls may write there
_FLOAT, _BITS = Struct("d"), Struct("q")


class Packed:
    """An argument as numbers for the table, for calls that come again; it keeps the arrays alive."""

    def __init__(self, kind: Kind, value: Any, real: type[np.floating]) -> None:
        self.numbers: list[int] = []
        self._value = value
        _pack(self.numbers, kind, value, np.dtype(real))


class Kernel:
    """A compiled function. Arguments of other kinds than its own raise ``TypeError``."""

    def __init__(self, name: str, address: int, real: type[np.floating]) -> None:
        self._kinds, self._real, self._call = KERNELS[name], np.dtype(real), NATIVE(address)

    def __call__(self, *arguments: object) -> None:
        """Call it; another thread may run meanwhile."""
        numbers: list[int] = []
        for kind, argument in zip(self._kinds, arguments, strict=True):
            _pack(numbers, kind, argument, self._real)
        table = array("q", numbers)
        self._call(ROOM, ROOM, table.buffer_info()[0])


def _pack(numbers: list[int], kind: Kind, value: Any, real: np.dtype[Any]) -> None:
    """Add an argument to the numbers: an array as its address and shape, a float as its bits."""
    if isinstance(value, Packed):
        numbers += value.numbers
    elif isinstance(kind, tuple):
        for each, part in zip(kind, value, strict=True):
            _pack(numbers, each, part, real)
    elif len(kind) > 1:
        if value.dtype != (real if kind[0] == "r" else _DTYPES[kind[0]]) or value.ndim != int(kind[1]):
            raise TypeError(f"{value.dtype} in {value.ndim} dimensions where {kind} is wanted")
        if not value.flags.c_contiguous:
            raise TypeError("an array with gaps")
        numbers.append(value.__array_interface__["data"][0])
        numbers += value.shape
    elif kind == "f":
        numbers += _BITS.unpack(_FLOAT.pack(value))
    else:
        numbers.append(int(value) - (2**64 if value >= 2**63 else 0))


_DTYPES = {kind: np.dtype(each) for kind, each in {"f": float, "i": np.int64, "u": np.uint64, "b": np.bool_}.items()}
