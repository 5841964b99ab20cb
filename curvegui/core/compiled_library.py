"""The kernels as Numba compiles them, kept on disk where that is possible."""

from collections.abc import Callable, Sequence
from typing import Any

from numba import njit

from curvegui.core import compiled_functions, compiled_kernels

CODES = {
    "logistic": compiled_functions.TANH,  # stretched and shifted: see ``activations``
    "tanh": compiled_functions.TANH,
    "relu": compiled_functions.RELU,
    "sine": compiled_functions.SINE,
    "linear": compiled_functions.LINEAR,
}


class Kernel:
    """A compiled function that does without its disk cache where that is broken or cannot be written.

    Parameters
    ----------
    function : callable
    """

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        try:
            self._compiled: Any = njit(nogil=True, cache=True)(function)
        except RuntimeError:  # there is no folder for it
            self._compiled = njit(nogil=True)(function)

    def __call__(self, *arguments: object) -> None:
        self._compiled(*arguments)

    def compile_for(self, *arguments: object) -> None:
        """Compile it for such arguments, or load that from the cache, and call it."""
        try:
            self._compiled(*arguments)
        except Exception:  # whatever a damaged file makes pickle and LLVM raise
            self._compiled = njit(nogil=True)(self._function)
            self._compiled(*arguments)


class Library:
    """All kernels."""

    def __init__(self) -> None:
        self.descend, self.gradient = Kernel(compiled_kernels.descend), Kernel(compiled_kernels.gradient)
        self.look = Kernel(compiled_kernels.look)

    def codes(self, names: Sequence[str]) -> list[int]:
        """The kernels' numbers of activations."""
        return [CODES[name] for name in names]
