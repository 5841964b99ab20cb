"""What engines have in common whose parameters lie in the layout of a `ParameterStore`."""

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.first_order import FirstOrder, Gradients, descend_plainly, with_decay
from curvegui.core.engine.loop import Descending, stretches
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.optimizer_memory import OptimizerMemory
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent

PLAIN = Descent(1.0)


class StoredDescending(Descending):
    """Descent whose iterations are calls on arrays in the layout of ``store``: ``stored`` are the parameters, no copy.

    ``stored_moving`` is 0 where a stored number is frozen and 1 elsewhere, or None where none is.
    """

    def _begin_own(self, precision: str) -> None:
        activation, output_activation = self._names
        self._activations = [ACTIVATIONS[name] for name in [activation] * (len(self.sizes) - 2) + [output_activation]]
        self.store = ParameterStore(self.sizes, self._activations)
        self.stored = self.store.zeros(self._type)
        self._factors = NoisyFactors(self.store, self._t.size)
        self.stored_moving: NDArray[np.floating] | None = None
        self._memory = OptimizerMemory(self.store, self.stored)

    @property
    def parameters(self) -> FloatArray:
        """See `Descending`."""
        return self.store.read(self.stored, 1.0 / self.store.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self.store.store(values, self.stored)

    def _take_frozen(self) -> None:
        self.stored_moving = None
        if self._frozen:
            self.stored_moving = self.store.zeros(self._type)
            self.store.store(self.moving.astype(np.float64), self.stored_moving, np.ones_like(self.store.units))

    @property
    def state(self) -> FloatArray:
        """See `Descending`."""
        return self._memory.state

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._memory.state = values

    @abstractmethod
    def gradients(self, descent: Descent, first: int) -> Gradients:
        """How the gradients of the iterations from number ``first`` on are computed."""

    def step_by(self, factors: FloatArray) -> None:
        """See `Descending`."""
        gradients, owner, moving = self.gradients(PLAIN, 0), self.store.owner, self.stored_moving
        with np.errstate(all="ignore"):
            spread = (factors * gradients.factors.plain(1.0)).astype(self.stored.dtype, copy=False)[:, owner]
            rows = spread if moving is None else spread * moving
            descend_plainly([self.before_each, *gradients.calls], gradients.sums, self.stored, rows)

    def _iterate(self, first: int, count: int, descent: Descent) -> None:
        """See `Descending`."""
        self._iterate_by(first, count, descent, self._memory.begin(OPTIMIZERS[descent.optimizer]))

    def _iterate_by(self, first: int, count: int, descent: Descent, working: FirstOrder | None) -> None:
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
