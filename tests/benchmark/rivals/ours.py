"""The package's engines as contenders."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.learner.engines import ENGINES, builder
from curvegui.core.settings.config import TrainingConfig
from tests.benchmark.rivals.problem import Problem


class OurEngine:
    """One network with one of the engines."""

    networks = 1

    def __init__(self, problem: Problem, engine: str, precision: str = "double") -> None:
        ENGINES[engine].prepare(precision)
        build = builder(Arithmetic(engine, precision))
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


class OurEnsemble:
    """Many networks at once, each with a seed of its own, noted and judged every 100 iterations."""

    def __init__(self, problem: Problem, networks: int) -> None:
        self.networks = networks
        same = {"aggression": problem.aggression, "noise": problem.noise, "hidden": problem.hidden}
        seeds = range(problem.seed, problem.seed + networks)
        self._ensemble = Ensemble([TrainingConfig(points=problem.points, seed=seed, **same) for seed in seeds])

    @property
    def parameters(self) -> FloatArray:
        return np.array(self._ensemble.parameters[0])

    def gradient(self) -> FloatArray:
        return self._ensemble.gradients()[0]

    def run(self, count: int) -> None:
        self._ensemble.advance(count)
