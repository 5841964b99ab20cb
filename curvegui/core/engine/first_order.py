"""The hot loops of the optimisers of first order, on whatever leaves the sums over the points in an array."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Call
from curvegui.core.optimizers.all import Optimizer, Room
from curvegui.core.optimizers.descent import Descent


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
        self._room = Room(store.zeros(), store.zeros(), [store.zeros() for _ in range(optimizer.vectors)])
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
