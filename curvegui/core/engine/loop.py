"""What every engine has in common: a network on its training points, and the iterations of any optimiser on it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.arithmetic import PRECISIONS
from curvegui.core.engine.first_order import FirstOrder, Gradients, descend_plainly, with_decay
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.optimizer_memory import OptimizerMemory
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import Network
from curvegui.core.network.noise import BLOCK_ITERATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent

PLAIN = Descent(1.0)
SCALE_NUMBERS = 65_536  # factors are spread over the parameters for so many numbers at once


def go_on() -> None:
    """Between two iterations: nothing."""


class Stage(NamedTuple):
    """A network as it is after some iterations."""

    parameters: FloatArray  # shape (P,)
    curve: FloatArray  # what it draws, shape (2, N)
    cost: float
    is_finite: bool  # whether all parameters are numbers small enough to be squared
    state: FloatArray  # what the optimiser remembers


class Descending(ABC):
    """Descent on one network and one set of training points: t of shape (1, N), y of shape (2, N).

    ``precision``, a name in ``PRECISIONS``, is what is computed with; numbers come in and go out as float64 all the
    same. ``before_each`` is called before every iteration, or before many where they are made at once, and may wait.
    ``stored`` are the parameters in the layout of ``store``, not a copy; ``moving``, shape (P,), says which parameters
    are not frozen, and ``stored_moving`` is 0 where a stored number is frozen and 1 elsewhere, or None where none is.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str,
        output_activation: str,
        t: FloatArray,
        y: FloatArray,
        *,
        precision: str = "double",
    ) -> None:
        self._t, self._y, self._type, self._names = t, y, PRECISIONS[precision], (activation, output_activation)
        self._activations = [ACTIVATIONS[name] for name in [activation] * (len(sizes) - 2) + [output_activation]]
        self.before_each: Callable[[], object] = go_on
        self.store = ParameterStore(sizes, self._activations)
        self.stored = self.store.zeros(self._type)
        self._factors = NoisyFactors(self.store, t.size)
        self._frozen: tuple[int, ...] = ()
        self.moving = np.ones(self.store.count, np.bool_)
        self.stored_moving: NDArray[np.floating] | None = None
        self._memory = OptimizerMemory(self.store, self.stored)
        self._begin_own(precision)

    @property
    def points(self) -> int:
        """How many points it trains on."""
        return self._t.size

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self.store.read(self.stored, 1.0 / self.store.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self.store.store(values, self.stored)

    def network(self) -> Network:
        """The network as it stands, a copy."""
        return Network(self.store.sizes, self.parameters, *self._names)

    def training_points(self) -> tuple[FloatArray, FloatArray]:
        """Inputs, shape (1, N), and the wanted outputs, shape (2, N); not copies."""
        return self._t, self._y

    def freeze(self, frozen: tuple[int, ...]) -> None:
        """Freeze these parameters, given by their places in ``parameters``, and no others."""
        if frozen == self._frozen:
            return
        self._frozen, self.moving, self.stored_moving = frozen, np.ones(self.store.count, np.bool_), None
        self.moving[list(frozen)] = False
        if frozen:
            self.stored_moving = self.store.zeros(self._type)
            self.store.store(self.moving.astype(np.float64), self.stored_moving, np.ones_like(self.store.units))

    @property
    def state(self) -> FloatArray:
        """What the optimiser remembers, as a copy: its code and its own numbers in one flat vector, or an empty one."""
        return self._memory.state

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._memory.state = values

    # Iterations

    def descend(self, first: int, count: int, descent: Descent) -> None:
        """Make ``count`` iterations of any optimiser, of which the first is number ``first``.

        It goes on from ``state``, and forgets what another optimiser remembered.
        """
        if count <= 0:
            return
        optimizer = OPTIMIZERS[descent.optimizer]
        with np.errstate(all="ignore"):  # a diverging run is diagnosed by the trainer, not warned about
            if optimizer.solver is None:
                self._iterate(first, count, descent, self._memory.begin(optimizer))
            else:
                decay = self.store.of_parameters(np.repeat([descent.weight_decay, 0.0], len(self._activations)))
                found = optimizer.solver(self, self._memory.of(optimizer), count, decay)
                self._memory.keep(optimizer, found)

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations of plain descent, of which the first is number ``first``.

        Each Jacobian is multiplied by ``learning_rate * (1 + noise * N(0, 1))`` with a number of its own and
        subtracted. The numbers depend on ``seed`` and the iteration alone. What an optimiser remembers stays as it is.
        """
        with np.errstate(all="ignore"):
            self._iterate(first, count, Descent(learning_rate, noise, seed), None)

    def step_by(self, factors: FloatArray) -> None:
        """Make an iteration of plain descent for each row of ``factors``, shape (n, 2 L), finite or not.

        A row has a number for each Jacobian, J_W1 ... J_WL, J_b1 ... J_bL, by which it is multiplied before it is
        subtracted. What an optimiser remembers stays as it is.
        """
        gradients, owner, moving = self.gradients(PLAIN, 0), self.store.owner, self.stored_moving
        with np.errstate(all="ignore"):
            spread = (factors * gradients.factors.plain(1.0)).astype(self.stored.dtype, copy=False)[:, owner]
            rows = spread if moving is None else spread * moving
            descend_plainly([self.before_each, *gradients.calls], gradients.sums, self.stored, rows)

    def _iterate(self, first: int, count: int, descent: Descent, working: FirstOrder | None) -> None:
        """Make iterations of first order with NumPy: by the optimiser that is ``working``, or else of plain descent."""
        gradients, owner = self.gradients(descent, first), self.store.owner
        decay, moving = gradients.factors.of_decay(descent.weight_decay)[owner], self.stored_moving
        calls = with_decay([self.before_each, *gradients.calls], gradients.sums, self.stored, decay)
        for block, rows, start in stretches(first, count, owner.size):
            scales = descent.rate_factors(start, rows.stop - rows.start)
            if working is None:
                factors = gradients.factors(block, descent.learning_rate, descent.noise, descent.seed)[rows]
                scaled = factors if scales is None else factors * scales[:, np.newaxis]
                spread = scaled.astype(self.stored.dtype, copy=False)[:, owner]
                descend_plainly(calls, gradients.sums, self.stored, spread if moving is None else spread * moving)
            else:
                spread = gradients.factors.of_gradient(block, descent.noise, descent.seed)[rows][:, owner]
                rate = self._rate_of_each(descent)
                rates = np.broadcast_to(rate, spread.shape) if scales is None else np.outer(scales, rate)
                working.run(descent, spread if moving is None else spread * moving, rates, calls, gradients.sums)

    def _rate_of_each(self, descent: Descent) -> FloatArray:
        """What the direction of each stored number is multiplied by, before any schedule."""
        rates: FloatArray = descent.learning_rate * self.store.units[self.store.owner]
        return rates if self.stored_moving is None else rates * self.stored_moving

    def run_stages(self, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Stage]:
        """Make the iterations from number ``first`` up to each end, and yield what the network is there.

        There is at least one end; they ascend. Where not all are asked for, the engine may be further than the last one
        yielded.
        """
        for start, end in pairwise((first, *ends)):
            self.descend(start, end - start, descent)
            yield Stage(self.parameters, *self.evaluate(), self.is_finite(), self.state)

    def descend_noting(self, first: int, ends: Sequence[int], descent: Descent) -> tuple[FloatArray, FloatArray]:
        """Make the same iterations at once, and note at each end what the network is and what it draws.

        The parameters have shape (ends, P), the curves (ends, 2, N).
        """
        stages = [(stage.parameters, stage.curve) for stage in Descending.run_stages(self, first, ends, descent)]
        parameters, curves = zip(*stages, strict=True)
        return np.stack(parameters), np.stack(curves)

    # What each engine does in its own way

    @abstractmethod
    def _begin_own(self, precision: str) -> None:
        """Make ready what only this engine needs, when all that every engine has is there."""

    @abstractmethod
    def gradients(self, descent: Descent, first: int) -> Gradients:
        """How the gradients of the iterations from number ``first`` on are computed."""

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

    @abstractmethod
    def goes_beside_others(self, descent: Descent) -> bool:
        """Whether several engines at once, each in its thread, are faster than one after the other."""


def stretches(first: int, count: int, numbers: int = 1) -> Iterator[tuple[int, slice, int]]:
    """Iterations in pieces: the block of each piece, its rows there, and the number of its first iteration."""
    most = max(1, SCALE_NUMBERS // numbers)
    while count > 0:
        block, offset = divmod(first, BLOCK_ITERATIONS)
        rows = min(count, BLOCK_ITERATIONS - offset, most)
        yield block, slice(offset, offset + rows), first
        first += rows
        count -= rows
