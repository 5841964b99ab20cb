"""The engines that there are: what each can do, whether it can compute here, and what people call it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from curvegui.core.engine.backend import NUMPY, PRECISIONS, Backend
from curvegui.core.language.text import mark, said, tr
from curvegui.core.native.library import VERSION, has_kernel, obstacle
from curvegui.core.network.network import parameter_count
from curvegui.core.registry import Registry

if TYPE_CHECKING:
    from curvegui.core.engine.loop import DescentEngine


@said("label")
@dataclass(frozen=True)
class EngineKind:
    """A kind of engine: its name, its builder, and the reason, if there is one, why it cannot compute here."""

    label: str
    build: Callable[..., "DescentEngine"]  # takes what `Engine` takes
    obstacle: Callable[[], str] = str  # says nothing
    version: int = 0  # see `Backend`
    holds_interpreter: bool = True  # while it computes, no other thread runs Python


def _later(module: str, name: str) -> Callable[..., Any]:
    """A class of an engine, imported at the first call: the window is painted before an engine computes."""

    def call(*given: Any, **named: Any) -> Any:
        return getattr(import_module(f"curvegui.core.{module}"), name)(*given, **named)

    return call


_numpy, _native = _later("engine.numpy_engine", "Engine"), _later("native.engine", "NativeEngine")


def _native_or_numpy(sizes: Sequence[int], *names_and_points: Any, precision: str) -> "DescentEngine":
    """The engine in C, or NumPy's where an activation has no kernel in C."""
    build: Callable[..., DescentEngine] = _native if all(map(has_kernel, names_and_points[:2])) else _numpy
    return build(sizes, *names_and_points, precision=precision)


ENGINES: Registry[EngineKind] = Registry("engine")
ENGINES.add("c", EngineKind(mark("C engine"), _native_or_numpy, obstacle, VERSION, holds_interpreter=False))
ENGINES.add("numpy", EngineKind(mark("NumPy engine"), _numpy))
FORMER = {"compiled": mark("Compiled engine")}
"""The names that people know of engines that are gone: runs that they computed are still opened."""
UNKNOWN = mark("Engine “{engine}”")

MOST_PARAMETERS = 300_000
"""Of networks with more, NumPy is the faster one, as the library below it multiplies large matrices in smaller parts.

With two layers of 250 neurons, the engine in C took 1 / 1.5 of NumPy's time at 100 points; of 500, 1 / 1.3 at 100 and
1 / 1.1 at 1,000; of 1,000, 1 / 0.65 at 300 points (one core, AVX-512, double precision).
"""


def is_small(sizes: Sequence[int]) -> bool:
    """Whether the engine in C is the faster one for a network with layers of these sizes."""
    return parameter_count(sizes) <= MOST_PARAMETERS


def usable_backend(wanted: Backend, sizes: Sequence[int]) -> Backend:
    """The backend that computes a run here: the wanted engine in its present version, else the faster engine."""
    engine = wanted.engine
    if engine not in ENGINES or ENGINES[engine].obstacle():
        engine = "c" if is_small(sizes) and not ENGINES["c"].obstacle() else "numpy"
    precision = wanted.precision if wanted.precision in PRECISIONS else NUMPY.precision
    return Backend(engine, precision, ENGINES[engine].version)


def builder(backend: Backend) -> Callable[..., "DescentEngine"]:
    """A function that makes an engine of this backend from the arguments of `Engine`."""
    return partial(ENGINES[backend.engine].build, precision=backend.precision)


def now_computing(backend: Backend) -> str:
    """The engine that computes, in words, and in a second line what is in the way of the fast one, if so."""
    return "\n".join(filter(None, (words_for(backend), ENGINES["c"].obstacle())))


def words_for(backend: Backend, is_exact: bool = False) -> str:
    """A backend in words, such as ``C engine, single precision``; ``is_exact`` always adds the version."""
    kind = ENGINES.get(backend.engine)
    label = kind.label if kind else tr(FORMER.get(backend.engine, UNKNOWN), engine=backend.engine)
    if kind and (backend.version != kind.version or (is_exact and kind.version)):
        label = tr("{label}, version {version}", label=label, version=backend.version)
    if backend.precision == "single":
        return tr("{label}, single precision", label=label)
    return label if backend.precision == "double" else f"{label}, {backend.precision}"  # a newer version's
