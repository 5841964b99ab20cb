"""The engines that there are: what each can do, whether it is here, and what people call it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.arithmetic import PRECISIONS, USUAL, Arithmetic
from curvegui.core.language.text import mark, said, tr
from curvegui.core.network.network import parameter_count
from curvegui.core.registry import Registry
from curvegui.core.settings.config import TrainingConfig

if TYPE_CHECKING:
    from curvegui.core.engine.loop import Descending


def _always(precision: Any = None) -> bool:
    return True


@said("label")
@dataclass(frozen=True)
class EngineKind:
    """A kind of engine: its name, how one is built, and whether that is possible."""

    label: str
    build: Callable[..., "Descending"]  # takes what `Engine` takes
    is_installed: Callable[[], bool] = _always  # whether what it needs is; that may still fail
    is_prepared: Callable[[Any], bool] = _always  # whether it can be built at once with such a precision
    prepare: Callable[[Any], object] = _always  # prepares one; may take seconds, and raise whatever is wrong
    holds_interpreter: bool = True  # while it computes, no other thread runs Python


def _later(module: str, name: str) -> Callable[..., Any]:
    """A function or class of an engine, imported when it is first called: the window is painted before it computes."""

    def call(*given: Any, **named: Any) -> Any:
        return getattr(import_module(f"curvegui.core.{module}"), name)(*given, **named)

    return call


def _numba_is_there() -> bool:
    """Whether Numba is installed. It may still fail to import."""
    return find_spec("numba") is not None


LONGEST_CALL = 1_000_000_000  # multiplications: two tenths of a second; of more, NumPy is about as fast
_numpy, _compiled = _later("engine.numpy_engine", "Engine"), _later("compiled.engine", "CompiledEngine")


def _compiled_unless_long(
    sizes: Sequence[int], activation: str, output_activation: str, *points: FloatArray, precision: str
) -> "Descending":
    """The compiled engine, or NumPy's for so much work that a call of a kernel, which nothing ends, would take long."""
    is_long = points[0].size * parameter_count(sizes) > LONGEST_CALL
    build: Callable[..., Descending] = _numpy if is_long else _compiled
    return build(sizes, activation, output_activation, *points, precision=precision)


ENGINES: Registry[EngineKind] = Registry("engine")
ENGINES.add("numpy", EngineKind(mark("NumPy engine"), _numpy))
ENGINES.add(
    "compiled",
    EngineKind(
        mark("Compiled engine"),
        _compiled_unless_long,
        _numba_is_there,
        _later("compiled.preparing", "is_prepared"),
        _later("compiled.preparing", "prepare"),
        holds_interpreter=False,
    ),
)


def _native(sizes: Sequence[int], *names_and_points: Any, precision: str) -> "Descending":
    """The engine in C, or NumPy's where an activation has no kernel in C."""
    has_kernel = _later("native.library", "has_kernel")
    build = _later("native.engine", "NativeEngine") if all(map(has_kernel, names_and_points[:2])) else _numpy
    made: Descending = build(sizes, *names_and_points, precision=precision)
    return made


def _library_is_there() -> bool:
    from curvegui.core.native.library import library

    return library() is not None


ENGINES.add("c", EngineKind(mark("C engine"), _native, _library_is_there, holds_interpreter=False))

AUTO = "auto"


def chosen(engine: str, precision: str, config: TrainingConfig) -> Arithmetic:
    """What computes, of a name in ``ENGINES`` or "auto"; what is not known or not installed is chosen as by "auto"."""
    if engine not in ENGINES or not ENGINES[engine].is_installed():
        engine = "compiled" if ENGINES["compiled"].is_installed() and is_small(config) else "numpy"
    return Arithmetic(engine, precision if precision in PRECISIONS else USUAL.precision)


NOT_INSTALLED = mark("Automatic takes the NumPy engine: the compiled one, which is faster, needs Numba.")
COMPILED_FASTER = mark(
    "Automatic takes the compiled engine: for a network with {parameters:,} parameters, it is the faster one."
)
NUMPY_FASTER = mark(
    "Automatic takes the NumPy engine: this network has {parameters:,} parameters, and with more than {most:,}, "
    "NumPy is the faster one."
)


def why_chosen(config: TrainingConfig) -> str:
    """Which engine "auto" takes for such a network on this machine, and why."""
    parameters = parameter_count(config.sizes)
    if not is_small(config):
        return tr(NUMPY_FASTER, parameters=parameters, most=MOST_PARAMETERS)
    if not ENGINES["compiled"].is_installed():
        return tr(NOT_INSTALLED)
    return tr(COMPILED_FASTER, parameters=parameters)


def builder(arithmetic: Arithmetic) -> Callable[..., "Descending"]:
    """What makes an engine that computes in this way; it takes what `Engine` takes."""
    return partial(ENGINES[arithmetic.engine].build, precision=arithmetic.precision)


def is_ready(arithmetic: Arithmetic) -> bool:
    """Whether it can compute at once."""
    known = arithmetic.engine in ENGINES and arithmetic.precision in PRECISIONS
    return known and ENGINES[arithmetic.engine].is_prepared(arithmetic.precision)


def ready_or_usual(arithmetic: Arithmetic) -> Arithmetic:
    """The same where it can compute at once, else NumPy."""
    if is_ready(arithmetic):
        return arithmetic
    return Arithmetic(precision=arithmetic.precision if arithmetic.precision in PRECISIONS else "double")


def is_possible(arithmetic: Arithmetic) -> bool:
    """Whether it is known, and what it needs is installed."""
    known = arithmetic.engine in ENGINES and arithmetic.precision in PRECISIONS
    return known and ENGINES[arithmetic.engine].is_installed()


def trouble_preparing(arithmetic: Arithmetic) -> str:
    """Prepare it, which may take seconds, and return what is wrong where that fails, else nothing. For any thread."""
    try:
        ENGINES[arithmetic.engine].prepare(arithmetic.precision)
    except Exception as error:  # whatever Numba, LLVM and a damaged installation raise: NumPy is always there
        lines = str(error).strip().splitlines()
        return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return ""


def prepared_or_usual(arithmetic: Arithmetic) -> Arithmetic:
    """The same, prepared, which may take seconds; NumPy where that is not possible here."""
    if is_possible(arithmetic):
        trouble_preparing(arithmetic)
    return ready_or_usual(arithmetic)


def words_for(arithmetic: Arithmetic) -> str:
    """What people call it: ``Compiled engine, single precision``."""
    kind = ENGINES.get(arithmetic.engine)
    label = kind.label if kind else tr("Engine “{engine}”", engine=arithmetic.engine)
    if arithmetic.precision == "single":
        return tr("{label}, single precision", label=label)
    return label if arithmetic.precision == "double" else f"{label}, {arithmetic.precision}"  # a newer version's


LONG_WORK = 5e9  # in terms of `work_of`: a few seconds for NumPy, where preparing the compiled engine takes one
MOST_PARAMETERS = 50_000  # of larger networks, NumPy's products are faster than the compiled ones
CALLS_WORK = 25_000  # of NumPy's calls in an iteration


def is_small(config: TrainingConfig) -> bool:
    """Whether the compiled engine is the faster one for such a network."""
    return parameter_count(config.sizes) <= MOST_PARAMETERS


def work_of(configs: Iterable[TrainingConfig]) -> float:
    """How long trainings take with NumPy, roughly in multiplications."""
    return sum(each.iterations * (CALLS_WORK + each.points * parameter_count(each.sizes)) for each in configs)
