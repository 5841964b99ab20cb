"""What the optimiser of an engine remembers from one iteration to the next."""

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.first_order import FirstOrder
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.optimizers.all import Optimizer


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
