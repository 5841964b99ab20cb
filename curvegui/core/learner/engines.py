"""The engines that there are: what each can do, whether it is here, and what people call it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from curvegui.core.arrays import FloatArray
from curvegui.core.compiled import engine as compiled_engine
from curvegui.core.compiled.engine import CompiledEngine
from curvegui.core.engine.arithmetic import PRECISIONS, Arithmetic
from curvegui.core.engine.numpy_engine import Engine, Stage
from curvegui.core.network.network import parameter_count
from curvegui.core.optimizers.descent import Descent
from curvegui.core.registry import Registry
from curvegui.core.settings.config import TrainingConfig


class AnyEngine(Protocol):
    """Descent on one network and one set of training points: see `Engine`, which says what all do."""

    before_each: Callable[[], object]
    parameters: FloatArray
    state: FloatArray

    @property
    def points(self) -> int:
        """How many points it trains on."""
        ...

    def freeze(self, frozen: tuple[int, ...]) -> None:
        """Leave these parameters as they are from now on."""
        ...

    def is_finite(self) -> bool:
        """Whether all parameters are numbers small enough to be squared."""
        ...

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations of plain descent, of which the first is number ``first``."""
        ...

    def descend(self, first: int, count: int, descent: Descent) -> None:
        """Make ``count`` iterations of any optimiser."""
        ...

    def run_stages(self, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Stage]:
        """Make the iterations up to each end, and say there what the network is."""
        ...

    def descend_noting(self, first: int, ends: Sequence[int], descent: Descent) -> tuple[FloatArray, FloatArray]:
        """The same at once: the parameters, shape (ends, P), and the curves, shape (ends, 2, N)."""
        ...

    def goes_beside_others(self, descent: Descent) -> bool:
        """Whether several engines at once, each in its thread, are faster than one after the other."""
        ...

    def gradient(self) -> FloatArray:
        """dC/dparameter averaged over the points, shape (P,)."""
        ...

    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, shape (2, N), and its cost."""
        ...

    def output_slopes(self) -> FloatArray:
        """σ′ of the output neurons at every point, shape (2, N)."""
        ...


def _always(precision: Any = None) -> bool:
    return True


@dataclass(frozen=True)
class EngineKind:
    """An engine as there may be many of.

    Attributes
    ----------
    label : str
        What people call it.
    build : callable
        Takes what `Engine` takes, and ``precision``.
    is_installed : callable
        Whether what it needs is installed; that may still fail.
    is_prepared : callable of (precision)
        Whether it can be built at once.
    prepare : callable of (precision)
        Sees to that; may take seconds, and raise whatever is wrong with what it needs.
    """

    label: str
    build: Callable[..., AnyEngine]
    is_installed: Callable[[], bool] = _always
    is_prepared: Callable[[Any], bool] = _always
    prepare: Callable[[Any], object] = _always


ENGINES: Registry[EngineKind] = Registry("engine")
ENGINES.add("numpy", EngineKind("NumPy engine", Engine))
ENGINES.add(
    "compiled",
    EngineKind(
        "Compiled engine",
        CompiledEngine,
        compiled_engine.is_available,
        compiled_engine.is_prepared,
        compiled_engine.prepare,
    ),
)


def builder(arithmetic: Arithmetic) -> Callable[..., AnyEngine]:
    """What takes what `Engine` takes, and makes an engine that computes in this way."""
    return partial(ENGINES[arithmetic.engine].build, precision=arithmetic.precision)


def is_ready(arithmetic: Arithmetic) -> bool:
    """Whether it can be computed with at once."""
    known = arithmetic.engine in ENGINES and arithmetic.precision in PRECISIONS
    return known and ENGINES[arithmetic.engine].is_prepared(arithmetic.precision)


def ready_or_usual(arithmetic: Arithmetic) -> Arithmetic:
    """The same where it can be computed with at once; else what takes its place, NumPy."""
    if is_ready(arithmetic):
        return arithmetic
    return Arithmetic(precision=arithmetic.precision if arithmetic.precision in PRECISIONS else "double")


def is_possible(arithmetic: Arithmetic) -> bool:
    """Whether it is known, and what it needs is installed."""
    known = arithmetic.engine in ENGINES and arithmetic.precision in PRECISIONS
    return known and ENGINES[arithmetic.engine].is_installed()


def trouble_preparing(arithmetic: Arithmetic) -> str:
    """See to it that it can be computed with at once, which may take seconds. Any thread may ask for it.

    Returns
    -------
    str
        What is wrong where it cannot; else nothing.
    """
    try:
        ENGINES[arithmetic.engine].prepare(arithmetic.precision)
    except Exception as error:  # whatever Numba, LLVM and a damaged installation raise: NumPy is always there
        lines = str(error).strip().splitlines()
        return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return ""


def prepared_or_usual(arithmetic: Arithmetic) -> Arithmetic:
    """The same, prepared, which may take seconds; where it cannot be had here, what takes its place."""
    if is_possible(arithmetic):
        trouble_preparing(arithmetic)
    return ready_or_usual(arithmetic)


def words_for(arithmetic: Arithmetic) -> str:
    """What people call it: ``Compiled engine, single precision``."""
    kind = ENGINES.get(arithmetic.engine)
    label = kind.label if kind else f"Engine “{arithmetic.engine}”"
    return label if arithmetic.precision == "double" else f"{label}, {arithmetic.precision} precision"


LONG_WORK = 5e9  # in terms of `work_of`: a few seconds for NumPy, where preparing the compiled engine takes one
MOST_PARAMETERS = 50_000  # of larger networks, NumPy's products are faster than the compiled ones
CALLS_WORK = 25_000  # of NumPy's calls in an iteration


def is_small(config: TrainingConfig) -> bool:
    """Whether the compiled engine is the faster one for such a network."""
    return parameter_count(config.sizes) <= MOST_PARAMETERS


def work_of(configs: Iterable[TrainingConfig]) -> float:
    """How long trainings take with NumPy, roughly in multiplications."""
    return sum(each.iterations * (CALLS_WORK + each.points * parameter_count(each.sizes)) for each in configs)
