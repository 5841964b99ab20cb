"""What an engine of NumPy makes of the sums over the points: noisy factors, the step of the optimiser, its memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Call
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from curvegui.core.optimizers.all import Optimizer, StepArrays
from curvegui.core.optimizers.descent import Descent


class NoisyFactors:
    """Factors of the sums over the points, in a store's units, a block of iterations at a time; it keeps the last."""

    def __init__(self, store: ParameterStore, points: int) -> None:
        self._units, self._sum_units, self._points = store.units, store.sum_units, points
        self._drawn: tuple[int, int] | None = None
        self._asked: tuple[int, float, float, int] | None = None
        self._noise: FloatArray = np.empty((0, 0))
        self._factors: FloatArray = np.empty((0, 0))

    def __call__(self, block: int, learning_rate: float, noise: float, seed: int) -> FloatArray:
        """Those of a block of iterations, shape (100, 2 L), to be read only."""
        asked = block, learning_rate, noise, seed
        if self._asked != asked:
            self._factors, self._asked = self.noisy(self.plain(learning_rate), block, noise, seed), asked
        return self._factors

    def plain(self, learning_rate: float) -> FloatArray:
        """Those without noise, shape (2 L,): of every iteration."""
        found: FloatArray = learning_rate / self._points * self._units * self._sum_units
        return found

    def of_decay(self, weight_decay: float) -> FloatArray:
        """By what a stored weight is multiplied to be added to the sums as its decay, shape (2 L,); 0 for a bias."""
        found: FloatArray = weight_decay * self._points / (self._units * self._sum_units)
        found[found.size // 2 :] = 0.0
        return found

    def of_gradient(self, block: int, noise: float, seed: int) -> FloatArray:
        """Those by which the sums become the gradient, shape (100, 2 L), whose Jacobians the noise has scaled."""
        return self.noisy(self._sum_units / self._points, block, noise, seed)

    def noisy(self, plain: FloatArray, block: int, noise: float, seed: int) -> FloatArray:
        """Others with the noise of a block of iterations, shape (100, 2 L)."""
        if noise == 0:
            return np.broadcast_to(plain, (BLOCK_ITERATIONS, plain.size))
        if self._drawn != (seed, block):
            self._noise, self._drawn = noise_block(seed, block, plain.size), (seed, block)
        noisy: FloatArray = plain * (1.0 + noise * self._noise)
        return noisy


@dataclass(frozen=True)
class Gradients:
    """How an engine computes its gradient.

    The calls leave the sums over the points in ``sums``, in the layout of its store; called again, those of the next
    iteration. The factors belong to these sums.
    """

    calls: list[Call]
    sums: NDArray[np.floating]
    factors: NoisyFactors


def descend_plainly(
    calls: Iterable[Call],
    sums: NDArray[np.floating],
    stored: NDArray[np.floating],
    factors: Iterable[NDArray[np.floating]],
) -> None:
    """Make an iteration of plain descent for each row of factors, by which the sums become the step.

    The calls leave the sums over the points of an iteration in ``sums``. All arrays have the layout of ``stored``.
    """
    multiply, subtract = np.multiply, np.subtract
    for row in factors:
        for call in calls:
            call()
        multiply(sums, row, sums)
        subtract(stored, sums, stored)


def with_decay(
    calls: Iterable[Call], sums: NDArray[np.floating], stored: NDArray[np.floating], decay: FloatArray
) -> list[Call]:
    """The calls, and after them those that add the weight decay of each stored number to the sums, if there is any.

    So noise and learning rate scale the gradient of the whole cost, with the part that the weights themselves add.
    """
    if not decay.any():
        return list(calls)
    factors, room = decay.astype(stored.dtype), np.empty_like(sums)
    return [*calls, partial(np.multiply, stored, factors, room), partial(np.add, sums, room, sums)]


class FirstOrder:
    """An optimiser with a step of its own at work, and what it remembers; ``iterations`` is how many it has made.

    It goes on from a ``state`` as the property gives it; from one that does not fit, it begins anew.
    """

    def __init__(
        self, optimizer: Optimizer, store: ParameterStore, stored: NDArray[np.floating], state: FloatArray
    ) -> None:
        self._store, self._stored, self._plain = store, stored, np.ones_like(store.units)
        self._room = StepArrays(store.zeros(), store.zeros(), [store.zeros() for _ in range(optimizer.vectors)])
        self._step, self.iterations = optimizer.step, 0
        if state.size == 1 + optimizer.vectors * store.count:
            self.iterations = int(state[0])
            for kept, vector in zip(state[1:].reshape(-1, store.count), self._room.remembered, strict=True):
                store.store(kept, vector, self._plain)

    @property
    def state(self) -> FloatArray:
        """How many iterations it has made, then its vectors one after the other, each in the order of parameters."""
        vectors = [self._store.read(vector, self._plain) for vector in self._room.remembered]
        return np.concatenate([[float(self.iterations)], *vectors])

    def is_finite(self) -> bool:
        """Whether all that it remembers are finite numbers."""
        return all(bool(np.isfinite(vector).all()) for vector in self._room.remembered)

    def run(
        self,
        descent: Descent,
        factors: Iterable[FloatArray],
        rates: Iterable[FloatArray],
        calls: Iterable[Call],
        sums: NDArray[np.floating],
    ) -> None:
        """Make an iteration for each row of factors, by which the sums become the gradient.

        By each row of rates, the direction becomes the step; the rest is as in `descend_plainly`.
        """
        multiply, subtract, room, stored = np.multiply, np.subtract, self._room, self._stored
        gradient, direction, count = room.gradient, room.direction, self.iterations
        assert self._step is not None
        step = self._step(room, descent)
        for factor, rate in zip(factors, rates, strict=True):
            for call in calls:
                call()
            multiply(sums, factor, gradient)
            count += 1
            step(count)
            multiply(direction, rate, direction)
            subtract(stored, direction, stored)
        self.iterations = count


class OptimizerMemory:
    """The memory of one optimiser at a time, which changes the ``stored`` parameters, in the layout of ``store``."""

    def __init__(self, store: ParameterStore, stored: NDArray[np.floating]) -> None:
        self._store, self._stored = store, stored
        self._kept: FloatArray = np.empty(0)
        self._working: FirstOrder | None = None
        self._optimizer: Optimizer | None = None

    @property
    def state(self) -> FloatArray:
        """A copy: the optimiser's code and its own numbers in one flat vector, or an empty one."""
        if self._working is None or self._optimizer is None:
            return self._kept.copy()
        return np.concatenate([[float(self._optimizer.code)], self._working.state])

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._kept, self._working, self._optimizer = np.array(values, np.float64), None, None

    def of(self, optimizer: Optimizer) -> FloatArray:
        """The optimiser's own numbers, or nothing where those of another one are remembered."""
        state = self.state
        return state[1:] if state.size and state[0] == optimizer.code else np.empty(0)

    def begin(self, optimizer: Optimizer) -> FirstOrder | None:
        """An optimiser of first order that goes on from what it remembers; None for plain descent, which forgets it."""
        if optimizer.step is None:
            self.state = np.empty(0)
        elif self._working is None or self._optimizer is not optimizer:
            self._working = FirstOrder(optimizer, self._store, self._stored, self.of(optimizer))
            self._optimizer = optimizer
        return self._working

    def is_finite(self) -> bool:
        """Whether it remembers only finite numbers."""
        return bool(np.isfinite(self._kept).all()) if self._working is None else self._working.is_finite()
