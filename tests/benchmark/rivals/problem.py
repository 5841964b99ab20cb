"""What all contenders of the speed table are given: the same points, parameters and noise."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block


@dataclass(frozen=True)
class Problem:
    """A network and its training points, the heart; all neurons are logistic.

    ``aggression``, ``noise``: so small an aggression leaves every network and precision among ordinary numbers.
    ``together``: how many iterations a call makes, where a contender wants to know beforehand.
    """

    hidden: tuple[int, ...] = (6, 7)
    points: int = 100
    aggression: float = 0.5
    noise: float = 1.0
    seed: int = 1
    together: int = BLOCK_ITERATIONS

    @property
    def sizes(self) -> tuple[int, ...]:
        return 1, *self.hidden, 2

    @property
    def layers(self) -> int:
        return len(self.sizes) - 1

    @cached_property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """t, shape (1, N), and y, shape (2, N)."""
        t, y = training_data(self.points)
        return t, y

    @property
    def parameters(self) -> FloatArray:
        """To begin with, shape (P,)."""
        return initial_parameters(self.sizes, self.seed)


class Contender(Protocol):
    """Something that trains.

    ``parameters``: shape (P,); as they are now, in the package's order: each neuron's weights, then its bias.
    """

    @property
    def parameters(self) -> FloatArray: ...

    def gradient(self) -> FloatArray:
        """dC/dparameter, shape (P,), in the same order."""
        ...

    def run(self, count: int) -> None:
        """Make ``count`` iterations."""
        ...


class Factors:
    """What each Jacobian is multiplied by before it is subtracted: with the package's own noise."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._done = problem, 0

    def take(self, count: int) -> FloatArray:
        """Those of the next iterations, shape (count, 2 L): of W of every layer, then of b."""
        return self._problem.aggression * (1 + self._problem.noise * self.take_normals(count))

    def take_normals(self, count: int) -> FloatArray:
        """Their N(0, 1) numbers, shape (count, 2 L)."""
        first, offset = divmod(self._done, BLOCK_ITERATIONS)
        last = (self._done + count - 1) // BLOCK_ITERATIONS
        blocks = [noise_block(self._problem.seed, b, 2 * self._problem.layers) for b in range(first, last + 1)]
        self._done += count
        return np.concatenate(blocks)[offset : offset + count]


def owners(sizes: tuple[int, ...]) -> np.ndarray:
    """For each parameter, which of the factors it takes, shape (P,)."""
    layers, blocks = len(sizes) - 1, []
    for layer, (before, after) in enumerate(pairwise(sizes)):
        blocks.append(np.tile([layer] * before + [layers + layer], after))
    return np.concatenate(blocks)
