"""The package's engines as contenders."""

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.backend import Backend
from curvegui.core.learner.engines import builder
from tests.benchmark.rivals.problem import Problem


class OurEngine:
    """One network with one of the engines."""

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
