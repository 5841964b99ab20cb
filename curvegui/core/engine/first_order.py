"""The iterations of first order, from the sums over the points: plain descent, and an optimiser with its memory."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Call
from curvegui.core.optimizers.all import OPTIMIZERS, Optimizer, StepArrays
from curvegui.core.optimizers.descent import Descent

Numbers = NDArray[np.floating[Any]]
NO_ARRAYS = StepArrays(np.empty(0), np.empty(0), [])


class FirstOrder:
    """Iterations that change ``stored``, the parameters in the layout of ``store``, and what an optimiser remembers."""

    def __init__(self, store: ParameterStore, stored: Numbers) -> None:
        self._store, self._stored, self._as_it_is = store, stored, np.ones_like(store.units)
        self._optimizer: Optimizer | None = None  # the one at work; before one begins, the state is what is given
        self._iterations, self.state = 0, np.empty(0)

    @property
    def state(self) -> FloatArray:
        """A copy: the optimiser's code, its iterations, its vectors in the order of parameters; or an empty vector."""
        if self._optimizer is None:
            return self._given.copy()
        vectors = [self._store.read(vector, self._as_it_is) for vector in self._arrays.remembered]
        return np.concatenate([[float(self._optimizer.code), float(self._iterations)], *vectors])

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._given, self._optimizer, self._arrays = np.array(values, np.float64), None, NO_ARRAYS

    def is_finite(self) -> bool:
        vectors = [self._given] if self._optimizer is None else self._arrays.remembered
        return all(bool(np.isfinite(vector).all()) for vector in vectors)

    def descend_plainly(self, calls: Iterable[Call], sums: Numbers, factors: Numbers) -> None:
        """Make an iteration for each row of factors, by which the sums over the points become the step."""
        multiply, subtract, stored = np.multiply, np.subtract, self._stored
        for row in factors:
            for call in calls:
                call()
            multiply(sums, row, sums)
            subtract(stored, sums, stored)

    def descend(self, descent: Descent, calls: Iterable[Call], sums: Numbers, factors: Numbers, rates: Numbers) -> None:
        """Make an iteration of an optimiser for each row of factors and rates; another optimiser begins anew.

        By the factors the sums become the gradient, and by the rates the optimiser's direction becomes the step.
        """
        optimizer = OPTIMIZERS[descent.optimizer]
        assert optimizer.step is not None
        if optimizer is not self._optimizer:
            self._begin(optimizer)
        multiply, subtract, stored, count = np.multiply, np.subtract, self._stored, self._iterations
        arrays, step = self._arrays, optimizer.step(self._arrays, descent)
        gradient, direction = arrays.gradient, arrays.direction
        for factor, rate in zip(factors, rates, strict=True):
            for call in calls:
                call()
            multiply(sums, factor, gradient)
            count += 1
            step(count)
            multiply(direction, rate, direction)
            subtract(stored, direction, stored)
        self._iterations = count

    def _begin(self, optimizer: Optimizer) -> None:
        given, count, zeros = self.state, self._store.indices.size, self._store.zeros
        self._optimizer, self._iterations = optimizer, 0
        self._arrays = StepArrays(zeros(), zeros(), [zeros() for _ in range(optimizer.vectors)])
        if given.size == 2 + optimizer.vectors * count and given[0] == optimizer.code:
            self._iterations = int(given[1])
            for stored, vector in zip(given[2:].reshape(-1, count), self._arrays.remembered, strict=True):
                self._store.store(stored, vector, self._as_it_is)
