"""What every engine has in common: a network on its training points, and the iterations of any optimiser on it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.backend import PRECISIONS
from curvegui.core.network.network import Network, layer_blocks, parameter_count
from curvegui.core.network.noise import BLOCK_ITERATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent

SCALE_NUMBERS = 65_536  # factors are spread over the parameters for so many numbers at once


def go_on() -> None:
    """Do nothing between two iterations."""


class Checkpoint(NamedTuple):
    """A network as it is after some iterations."""

    parameters: FloatArray  # shape (P,)
    curve: FloatArray  # what it draws, shape (2, N)
    cost: float
    is_finite: bool  # whether all parameters are numbers small enough to be squared
    state: FloatArray  # what the optimiser remembers


class DescentEngine(ABC):
    """Descent on one network and one set of training points: t of shape (1, N), y of shape (2, N).

    ``hidden`` and ``output`` are names in ``ACTIVATIONS``: of the hidden layers, and of the output layer.
    ``precision``, a name in ``PRECISIONS``, is what is computed with; numbers come in and go out as float64 all the
    same. ``before_each`` is called before every iteration, or before many where they are made at once, and may wait.
    ``moving``, shape (P,), says which parameters are not frozen.
    """

    def __init__(
        self, sizes: Sequence[int], hidden: str, output: str, t: FloatArray, y: FloatArray, *, precision: str = "double"
    ) -> None:
        self.sizes, self.count = tuple(sizes), parameter_count(sizes)
        self._t, self._y, self._type, self._names = t, y, PRECISIONS[precision], (hidden, output)
        self.before_each: Callable[[], object] = go_on
        self._frozen: tuple[int, ...] = ()
        self.moving = np.ones(self.count, np.bool_)
        self._begin_own(precision)

    @property
    def points(self) -> int:
        return self._t.size

    def network(self) -> Network:
        """The network as it stands, a copy."""
        return Network(self.sizes, self.parameters, *self._names)

    def training_points(self) -> tuple[FloatArray, FloatArray]:
        """Inputs, shape (1, N), and the wanted outputs, shape (2, N); not copies."""
        return self._t, self._y

    def freeze(self, frozen: tuple[int, ...]) -> None:
        """Freeze these parameters, given by their indices in ``parameters``, and no others."""
        if frozen != self._frozen:
            moving = np.ones(self.count, np.bool_)
            moving[list(frozen)] = False
            self._frozen, self.moving = frozen, moving
            self._take_frozen()

    # Iterations

    def descend(self, first: int, count: int, descent: Descent) -> None:
        """Make ``count`` iterations, the first of which is number ``first``; go on from ``state`` if it fits."""
        optimizer = OPTIMIZERS[descent.optimizer]
        if count <= 0:
            return
        with np.errstate(all="ignore"):  # a diverging run is diagnosed by the trainer, not warned about
            if optimizer.solver is None:
                self._iterate(first, count, descent)
            else:
                code, decay = float(optimizer.code), np.full(self.count, descent.weight_decay)
                for block in layer_blocks(self.sizes, decay):
                    block[:, -1] = 0.0  # of the biases
                state = self.state
                own = state[1:] if state.size and state[0] == code else np.empty(0)
                self.state = np.concatenate([[code], optimizer.solver(self, own, count, decay)])

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations of plain descent, of which the first is number ``first``.

        Each Jacobian is multiplied by ``learning_rate * (1 + noise * N(0, 1))`` with a number of its own and
        subtracted. The numbers depend on ``seed`` and the iteration alone. What an optimiser remembers stays as it is.
        """
        state = self.state
        self.descend(first, count, Descent(learning_rate, noise, seed))
        self.state = state

    def run_to_checkpoints(self, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Checkpoint]:
        """Make the iterations from number ``first`` up to each of the ascending ends, and yield the network at each.

        Where not all are asked for, the engine may be further than the last one yielded.
        """
        for start, end in pairwise((first, *ends)):
            self.descend(start, end - start, descent)
            yield Checkpoint(self.parameters, *self.evaluate(), self.is_finite(), self.state)

    # What each engine does in its own way

    parameters: FloatArray
    """A copy of the weights and biases, shape (P,)."""
    state: FloatArray
    """What the optimiser remembers, as a copy: its code and its own numbers in one flat vector, or an empty one."""

    @abstractmethod
    def _begin_own(self, precision: str) -> None:
        """Prepare what only this kind of engine needs; what all engines have is there."""

    @abstractmethod
    def _take_frozen(self) -> None:
        """Prepare for the parameters that are frozen now."""

    @abstractmethod
    def _iterate(self, first: int, count: int, descent: Descent) -> None:
        """Make iterations of an optimiser of first order."""

    @abstractmethod
    def step_by(self, factors: FloatArray) -> None:
        """Make an iteration of plain descent for each row of ``factors``, shape (n, 2 L), finite or not.

        A row has a number for each Jacobian, J_W1 ... J_WL, J_b1 ... J_bL, by which it is multiplied before it is
        subtracted. What an optimiser remembers stays as it is.
        """

    @abstractmethod
    def gradient(self) -> FloatArray:
        """dC/dparameter averaged over the points, shape (P,), in the order of ``parameters``."""

    @abstractmethod
    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, shape (2, N), as a copy, and its cost C = ||a_L - y||² / N."""

    @abstractmethod
    def output_slopes(self) -> FloatArray:
        """σ′ of the output neurons at every point, shape (2, N), as a copy."""

    @abstractmethod
    def is_finite(self) -> bool:
        """Whether all parameters are numbers small enough to be squared, and the optimiser remembers only numbers."""

    def goes_beside_others(self, descent: Descent) -> bool:
        """Whether several engines at once, each in its thread, are faster than one after the other."""
        return False  # they need the interpreter after each call


def stretches(first: int, count: int, numbers: int = 1) -> Iterator[tuple[int, slice, int]]:
    """Iterations in pieces: the block of each piece, its rows there, and the number of its first iteration."""
    most = max(1, SCALE_NUMBERS // numbers)
    while count > 0:
        block, offset = divmod(first, BLOCK_ITERATIONS)
        rows = min(count, BLOCK_ITERATIONS - offset, most)
        yield block, slice(offset, offset + rows), first
        first += rows
        count -= rows
