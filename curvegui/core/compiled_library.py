"""The kernels as Numba compiles them, kept on disk where that is possible."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import njit

from curvegui.core import compiled_bits, compiled_functions, compiled_kernels, compiled_sums, compiled_vectors

CODES = {
    "logistic": compiled_functions.TANH,  # stretched and shifted: see ``activations``
    "tanh": compiled_functions.TANH,
    "relu": compiled_functions.RELU,
    "sine": compiled_functions.SINE,
    "linear": compiled_functions.LINEAR,
}


_SOURCES = (compiled_vectors, compiled_bits, compiled_functions, compiled_sums, compiled_kernels)


def _digest() -> str:
    """Of all that goes into the kernels; Numba itself watches one file only."""
    texts = (Path(module.__file__ or "").read_bytes() for module in _SOURCES)
    return sha256(b"\0".join(texts)).hexdigest()


class Kernel:
    """A compiled function that does without its disk cache where that is broken or cannot be written.

    Parameters
    ----------
    function : callable
    """

    def __init__(self, function: Callable[..., None]) -> None:
        self._function = function
        try:
            self.compiled: Any = njit(nogil=True, cache=True)(function)
        except (RuntimeError, OSError):  # there is no folder where it could be kept
            self.compiled = njit(nogil=True)(function)

    def __call__(self, *arguments: object) -> None:
        """Compile it for such arguments, or load that from the cache, where that has not been done; and call it."""
        try:
            self.compiled(*arguments)
        except Exception:  # whatever a damaged file makes pickle, Numba and LLVM raise; a kernel itself raises nothing
            with suppress(Exception):
                self.compiled._cache.flush()  # else it would be compiled anew at every start
            self.compiled = njit(nogil=True)(self._function)
            self.compiled(*arguments)

    def close(self) -> None:
        """From now on, other kinds of arguments are an error, and not seconds of compiling where nobody expects it."""
        self.compiled.disable_compile()


class Library:
    """All kernels, for one precision.

    Attributes
    ----------
    descend, gradient, look : callable
        See ``compiled_kernels``.
    """

    def __init__(self) -> None:
        kernels = [Kernel(entry) for entry in compiled_kernels.entries(_digest())]
        self._kernels = kernels
        self.descend: Any
        self.gradient: Any
        self.look: Any
        self.descend, self.gradient, self.look = kernels

    def close(self) -> None:
        """Once each kernel was called: call the compiled functions themselves."""
        for kernel in self._kernels:
            kernel.close()
        self.descend, self.gradient, self.look = (kernel.compiled for kernel in self._kernels)

    def codes(self, names: Sequence[str]) -> list[int]:
        """The kernels' numbers of activations."""
        return [CODES[name] for name in names]
