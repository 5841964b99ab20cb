"""A training frame by frame: what a frame holds, and the correct run to compare a learner's with."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.network.network import named_parameters, parameter_count
from curvegui.exercise.problem import Problem


@dataclass(frozen=True, eq=False)
class TrainingFrame:
    """The state of a training after so many updates."""

    iteration: int
    cost: float
    curve: FloatArray  # what the network draws at the training points: a3, shape (2, N)
    parameters: dict[str, FloatArray]  # W1 ... b3


class CorrectRun:
    """The same training with the app's own mathematics, to compare a learner's with, frame by frame."""

    def __init__(self, start: Problem, *, aggression: float, noise: float, seed: int, first: int = 0) -> None:
        self._sizes = (1, start.parameters["b1"].size, start.parameters["b2"].size, 2)
        self._engine = Engine(self._sizes, "logistic", "logistic", start.x, start.y)
        vector = np.empty(parameter_count(self._sizes))
        for name, view in named_parameters(self._sizes, vector).items():
            view[...] = start.parameters[name]
        self._engine.parameters = vector
        self._made, self._settings = first, (float(aggression), float(noise), int(seed))

    def frame(self, iteration: int) -> TrainingFrame:
        """The state after so many updates; raises ``ValueError`` if a later one was asked for already."""
        if iteration < self._made:
            raise ValueError("A correct run only goes forward.")
        self._engine.run(self._made, iteration - self._made, *self._settings)
        self._made = iteration
        curve, cost = self._engine.evaluate()
        named = named_parameters(self._sizes, self._engine.parameters)
        return TrainingFrame(iteration, cost, read_only(curve), {name: read_only(each) for name, each in named.items()})
