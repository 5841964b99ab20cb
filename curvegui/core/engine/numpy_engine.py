"""The engine that computes with NumPy alone: many iterations a call, without allocating anything.

What makes it fast: all parameters are one vector, so that an update is two calls; the forward pass is shared
by all Jacobians; the calls are ready beforehand (see ``point_block``). Many points are passed in blocks
of columns, so that the arrays stay in the processor's cache, and those of large networks on all cores.
"""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.first_order import Gradients, NoisyFactors, OptimizerMemory, descend_plainly, with_decay
from curvegui.core.engine.loop import DescentEngine, stretches
from curvegui.core.engine.mini_batch import MiniBatch
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.engine.point_block import FEWEST_NEURONS, FEWEST_OF_SINGLE, PointShare, share_borders
from curvegui.core.engine.threads import has_the_cores, together
from curvegui.core.network.activations import ACTIVATIONS, Call
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent

PLAIN = Descent(1.0)


class Engine(DescentEngine):
    """Descent, plain and noisy or with an optimiser, on one network and one set of training points.

    Iterations are calls on arrays in the layout of ``_store``: ``_stored`` are the parameters. ``_stored_moving`` is 0
    where a stored number is frozen and 1 elsewhere, or None where none is.
    """

    def _begin_own(self, precision: str) -> None:
        activation, output_activation = self._names
        self._activations = [ACTIVATIONS[name] for name in [activation] * (len(self.sizes) - 2) + [output_activation]]
        self._store = ParameterStore(self.sizes, self._activations)
        self._stored = self._store.zeros(self._type)
        self._factors = NoisyFactors(self._store, self._t.size)
        self._stored_moving: NDArray[np.floating] | None = None
        self._memory = OptimizerMemory(self._store, self._stored)
        shares = self._split_points()
        self._blocks = [block for share in shares for block in share.blocks]
        self._total = shares[0].total if len(shares) == 1 else self._store.zeros(self._type)
        self._gradient_calls = self._gradient_pass(shares)
        self._batch: MiniBatch | None = None

    def _split_points(self) -> list[PointShare]:
        targets = self._targets()
        given = self._activations, self._store, self._stored, self._t
        fewest = FEWEST_OF_SINGLE if self._type is np.float32 else FEWEST_NEURONS
        all_borders = share_borders(self._t.size, sum(self._store.sizes), fewest)
        return [PointShare(*given, targets=targets, borders=borders) for borders in all_borders]

    def _targets(self) -> FloatArray:
        """What f of the output layer should be, shape (2, N)."""
        output = self._activations[-1]
        found: FloatArray = (self._y - output.offset) / output.scale
        return found

    def _gradient_pass(self, shares: list[PointShare]) -> list[Call]:
        """The calls that leave the sums over all points in ``_total``, those of shares in their order."""
        if len(shares) == 1:
            return shares[0].calls
        sums: list[Call] = [share.add_up for share in shares]
        first = [partial(together, sums)] if has_the_cores() else sums
        adding = [partial(np.add, self._total, share.total, self._total) for share in shares]
        return [*first, partial(self._total.fill, 0.0), *adding]

    # What the network is, and what an optimiser remembers

    @property
    def parameters(self) -> FloatArray:
        return self._store.read(self._stored, 1.0 / self._store.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self._store.store(values, self._stored)

    def _take_frozen(self) -> None:
        self._stored_moving = None
        if self._frozen:
            self._stored_moving = self._store.zeros(self._type)
            self._store.store(self.moving.astype(np.float64), self._stored_moving, np.ones_like(self._store.units))

    @property
    def state(self) -> FloatArray:
        return self._memory.state

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._memory.state = values

    def is_finite(self) -> bool:
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.dot(self._stored, self._stored))) and self._memory.is_finite()

    # Iterations

    def step_by(self, factors: FloatArray) -> None:
        gradients, owner, moving = self._gradients(PLAIN, 0), self._store.owner, self._stored_moving
        with np.errstate(all="ignore"):
            spread = (factors * gradients.factors.plain(1.0)).astype(self._stored.dtype, copy=False)[:, owner]
            rows = spread if moving is None else spread * moving
            descend_plainly([self.before_each, *gradients.calls], gradients.sums, self._stored, rows)

    def _iterate(self, first: int, count: int, descent: Descent) -> None:
        working = self._memory.begin(OPTIMIZERS[descent.optimizer])
        gradients, owner = self._gradients(descent, first), self._store.owner
        decay, moving = gradients.factors.of_decay(descent.weight_decay)[owner], self._stored_moving
        calls = with_decay([self.before_each, *gradients.calls], gradients.sums, self._stored, decay)
        for block, rows, start in stretches(first, count, owner.size):
            scales = descent.rate_factors(start, rows.stop - rows.start)
            if working is None:
                factors = gradients.factors(block, descent.learning_rate, descent.noise, descent.seed)[rows]
                scaled = factors if scales is None else factors * scales[:, np.newaxis]
                spread = scaled.astype(self._stored.dtype, copy=False)[:, owner]
                descend_plainly(calls, gradients.sums, self._stored, spread if moving is None else spread * moving)
            else:
                spread = gradients.factors.of_gradient(block, descent.noise, descent.seed)[rows][:, owner]
                rate = self._rate_of_each(descent)
                rates = np.broadcast_to(rate, spread.shape) if scales is None else np.outer(scales, rate)
                working.run(descent, spread if moving is None else spread * moving, rates, calls, gradients.sums)

    def _rate_of_each(self, descent: Descent) -> FloatArray:
        """What the direction of each stored number is multiplied by, before any schedule."""
        rates: FloatArray = descent.learning_rate * self._store.units[self._store.owner]
        return rates if self._stored_moving is None else rates * self._stored_moving

    def _gradients(self, descent: Descent, first: int) -> Gradients:
        """How the gradients of the iterations from number ``first`` on are computed."""
        batch, seed = descent.batch, descent.seed
        if not 0 < batch < self.points:
            return Gradients(self._gradient_calls, self._total, self._factors)
        if self._batch is None or self._batch.key != (batch, seed):
            points = self._t, self._targets()
            self._batch = MiniBatch(self._activations, self._store, self._stored, *points, batch=batch, seed=seed)
        self._batch.iteration = first
        return Gradients(self._batch.calls, self._batch.sums, self._batch.factors)

    def gradient(self) -> FloatArray:
        with np.errstate(all="ignore"):
            for call in self._gradient_calls:
                call()
            return self._store.read(self._total, self._store.sum_units / self._t.size)

    def evaluate(self) -> tuple[FloatArray, float]:
        curve, output = np.empty_like(self._y), self._activations[-1]
        with np.errstate(all="ignore"):
            for block in self._blocks:
                check_cancelled()
                for call in block.forward:
                    call()
                curve[:, block.columns] = block.workspace.output
            curve = output.scale * curve + output.offset
            error = curve - self._y
            return curve, float(np.square(error).sum()) / self._t.size  # BLAS adds up as the processor likes it

    def output_slopes(self) -> FloatArray:
        slopes, output = np.empty_like(self._y), self._activations[-1]
        with np.errstate(all="ignore"):
            for block in self._blocks:
                check_cancelled()
                for call in (*block.forward, *block.backward):
                    call()
                slopes[:, block.columns] = block.workspace.output_slope
        return output.gain * output.scale * slopes
