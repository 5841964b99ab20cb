"""Who takes part in the speed table: those that are installed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.backend import Backend
from curvegui.core.learner.engines import ENGINES, builder
from tests.benchmark.rivals.problem import Contender, Problem
from tests.benchmark.rivals.with_c import InC, WithSameActivations, clang, compiler
from tests.benchmark.rivals.written_out import FunctionEach, SixFunctions

TORCH_COLUMNS = 300  # the best of what was tried from 136 to 2,000
MANY_POINTS = 10_000  # where passing the points in blocks is worth while


class OurEngine:
    """One network with one of the package's engines."""

    def __init__(self, problem: Problem, engine: str, precision: str = "double") -> None:
        build = builder(Backend(engine, precision))
        self._engine = build(problem.sizes, "logistic", "logistic", *problem.data)
        self._engine.parameters, self._problem, self._done = problem.parameters, problem, 0

    @property
    def parameters(self) -> FloatArray:
        return self._engine.parameters

    def gradient(self) -> FloatArray:
        return self._engine.gradient()

    def run(self, count: int) -> None:
        problem = self._problem
        self._engine.run(self._done, count, problem.aggression, problem.noise, problem.seed)
        self._done += count


@dataclass(frozen=True)
class Entry:
    """A row of the table.

    ``is_exact``: whether it does the very same work: the same numbers, but for rounding.
    """

    name: str
    build: Callable[[Problem], Contender]
    precision: str = "double"
    is_exact: bool = True


def _in_both(name: str, build: Callable[..., Contender], is_exact: bool = True) -> list[Entry]:
    kinds = ("double", "single")
    return [Entry(f"{name}, {kind}", partial(build, precision=kind), kind, is_exact) for kind in kinds]


def entries(problem: Problem) -> list[Entry]:
    """The rows for a problem; the first one is what the others are compared with."""
    if problem.layers == 3:
        rows = [Entry("six functions", SixFunctions)]
    else:
        rows = [Entry(f"{2 * problem.layers} functions, in the style of the six", FunctionEach)]
    rows += _in_both("CurveGUI, NumPy", partial(OurEngine, engine="numpy"))
    if has_c():
        rows += _in_both("CurveGUI, C", partial(OurEngine, engine="c"))
    if compiler():
        rows += _in_both("C, by hand", InC)
    if clang():
        rows += _in_both("C, by hand, same activations", WithSameActivations)
    return rows + _frameworks(problem)


def has_c() -> bool:
    """Whether the engine in C is here."""
    return not ENGINES["c"].obstacle()


def _frameworks(problem: Problem) -> list[Entry]:
    rows: list[Entry] = []
    if find_spec("torch"):
        from tests.benchmark.rivals.with_torch import TorchAutograd, TorchByHand

        rows += _in_both("PyTorch, by hand", TorchByHand)
        if problem.points >= MANY_POINTS:
            rows += _in_both("PyTorch, by hand in blocks", partial(TorchByHand, columns=TORCH_COLUMNS))
        rows.append(Entry("PyTorch, autograd, double", TorchAutograd))
    if find_spec("jax"):
        from tests.benchmark.rivals.with_jax import Jax

        rows += _in_both("JAX, jit and scan", Jax)
    if find_spec("sklearn"):
        from tests.benchmark.rivals.with_sklearn import Sklearn

        rows.append(Entry("scikit-learn, sgd, double", Sklearn, is_exact=False))
    return rows


def missing() -> list[str]:
    """Who would take part if it were installed."""
    wanted = {"the engine in C": has_c()}
    wanted |= {"a C compiler": bool(compiler()), "Clang or Zig": bool(clang())}
    wanted |= {name: find_spec(package) is not None for name, package in PACKAGES.items()}
    return [name for name, is_there in wanted.items() if not is_there]


PACKAGES = {"PyTorch": "torch", "JAX": "jax", "scikit-learn": "sklearn"}
