"""The kernels as Numba compiles them, kept on disk where that is possible."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import njit

from curvegui.core.compiled import kernels
from curvegui.core.compiled import steps as compiled_steps
from curvegui.core.compiled.functions import CODES
from curvegui.core.network.activations import ACTIVATIONS

# The interpreter's lock is released within them, and the calls in them are inlined or direct: nothing is lost.


def entries(sources: str) -> tuple[Any, Any, Any, Any]:
    """Descend, gradient, look and roll. Numba keeps one on disk by what it encloses: other sources, another one."""

    def descend(
        stored: Any, sums: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any,
        owner: Any, factors: Any, reading: Any, stages: Any,
    ) -> None:  # fmt: skip
        """See `compiled_kernels.descend`."""
        sources  # noqa: B018
        kernels.descend((stored, sums, plan, shifts, points, a, slopes), owner, factors, reading, stages)

    def gradient(stored: Any, sums: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any) -> None:
        """Fill the sums over all points."""
        sources  # noqa: B018
        kernels.add_up(stored, sums, plan, shifts, points, a, slopes)

    def look(
        stored: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any, curve: Any, curve_slopes: Any
    ) -> None:
        """What the output layer makes of all points, and its slopes there, shape (2, columns)."""
        sources  # noqa: B018
        kernels.draw(stored, plan, shifts, points, a, slopes, curve, curve_slopes)

    def roll(
        stored: Any,
        sums: Any,
        plan: Any,
        shifts: Any,
        points: Any,
        a: Any,
        slopes: Any,
        owner: Any,
        factors: Any,
        optimizer: Any,
        reading: Any,
        stages: Any,
    ) -> None:
        """See `compiled_kernels.roll`."""
        sources  # noqa: B018
        kernels.roll((stored, sums, plan, shifts, points, a, slopes), owner, factors, optimizer, reading, stages)

    return descend, gradient, look, roll


try:
    from curvegui.core.compiled.noise import entry as noise_entry
except ImportError:  # a Numba that keeps the tables elsewhere: NumPy draws the noise then
    noise_entry: Callable[[str], Any] | None = None  # type: ignore[no-redef]

RULES = {
    "momentum": compiled_steps.MOMENTUM,
    "nesterov": compiled_steps.NESTEROV,
    "rmsprop": compiled_steps.RMSPROP,
    "adam": compiled_steps.ADAM,
}
_SOURCES = "vectors", "bits", "functions", "sums", "steps", "kernels", "library", "noise"


def _digest() -> str:
    """Of all that goes into the kernels; Numba itself watches one file only."""
    texts = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in _SOURCES)
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
    descend, gradient, look, roll : callable
        See ``compiled_kernels``.
    fill_factors : callable or None
        See ``compiled_noise``.
    """

    def __init__(self) -> None:
        functions = list(entries(_digest()))
        if noise_entry is not None:
            functions.append(noise_entry(_digest()))
        self._kernels = [Kernel(entry) for entry in functions]
        self._offer(self._kernels)

    def _offer(self, calls: Sequence[Any]) -> None:
        self.descend, self.gradient, self.look, self.roll, *noise = calls
        self.fill_factors: Any = noise[0] if noise else None

    def close(self) -> None:
        """Once each kernel was called: call the compiled functions themselves."""
        for kernel in self._kernels:
            kernel.close()
        self._offer([kernel.compiled for kernel in self._kernels])

    def rule(self, optimizer: str) -> int:
        """The kernels' number of an optimiser."""
        return RULES[optimizer]

    def codes(self, names: Sequence[str]) -> list[int]:
        """The kernels' numbers of activations."""
        return [CODES[ACTIVATIONS[name].kernel] for name in names]
