"""The loop of the optimisers of first order other than plain descent, on an engine's own arrays."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Call
from curvegui.core.optimizers.all import Optimizer, Room
from curvegui.core.optimizers.descent import Descent


class FirstOrder:
    """An optimiser at work, with what it remembers.

    Parameters
    ----------
    optimizer : Optimizer
        With a ``step``.
    store : ParameterStore
        The layout of all vectors.
    stored : ndarray
        The engine's parameters in this layout.
    state : ndarray
        As ``state`` was; where it does not fit, the optimiser begins anew.

    Attributes
    ----------
    iterations : int
        How many it has made.
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

    @property
    def remembered(self) -> list[FloatArray]:
        """Its vectors, in the store's layout: not copies."""
        return self._room.remembered

    def is_finite(self) -> bool:
        """Whether all that it remembers are numbers."""
        return all(bool(np.isfinite(vector).all()) for vector in self._room.remembered)

    def run(
        self,
        descent: Descent,
        factors: Iterable[FloatArray],
        rates: Iterable[FloatArray],
        calls: Iterable[Call],
        sums: NDArray[np.floating],
    ) -> None:
        """Make an iteration for each row of factors.

        Parameters
        ----------
        descent : Descent
        factors, rates : iterables of ndarray
            Of each iteration, by which the sums become the gradient, and by which the direction becomes the step.
        calls : iterable of callable
            Leave the sums over the points in ``sums``.
        sums : ndarray
            In the store's layout.
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
