"""The engine that computes with NumPy alone: many iterations a call, without allocating anything.

What makes it fast: all parameters are one vector, so that an update is two calls; the forward pass is shared by all
Jacobians; the calls are ready beforehand (see ``backpropagation``). Many points are passed in blocks of columns, so
that the arrays stay in the processor's cache, and those of large networks on all cores.
"""

from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.first_order import FirstOrder, Numbers
from curvegui.core.engine.loop import DescentEngine, stretches
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.engine.threads import has_the_cores, together
from curvegui.core.engine.training_points import MiniBatch, PointShare, share_borders
from curvegui.core.network.activations import ACTIVATIONS, Call
from curvegui.core.network.noise import noise_block
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent


class Engine(DescentEngine):
    """Descent, plain and noisy or with an optimiser, on one network and one set of training points.

    Iterations are calls on arrays in the layout of ``_store``: ``_stored`` are the parameters, ``_total`` the sums over
    all points, and ``_moves`` is 0 where a stored number is frozen and 1 elsewhere, or None where none is.
    """

    def _begin_own(self, precision: str) -> None:
        hidden, output = self._names
        self._output = ACTIVATIONS[output]
        self._store = ParameterStore(self.sizes, [ACTIVATIONS[hidden]] * (len(self.sizes) - 2) + [self._output])
        self._stored: Numbers = self._store.zeros(self._type)
        self._moves: Numbers | None = None
        self._optimizer = FirstOrder(self._store, self._stored)
        self._batch: MiniBatch | None = None
        self._noise: tuple[object, FloatArray] | None = None
        targets = self._targets()
        all_borders = share_borders(self.points, sum(self.sizes), self._type)
        shares = [PointShare(self._store, self._stored, self._t, targets, borders) for borders in all_borders]
        self._blocks = [block for share in shares for block in share.blocks]
        self._total, self._calls = shares[0].total, shares[0].calls
        if len(shares) > 1:
            self._total = self._store.zeros(self._type)
            sums: list[Call] = [share.add_up for share in shares]
            first = [partial(together, sums)] if has_the_cores() else sums
            adding = [partial(np.add, self._total, share.total, self._total) for share in shares]  # in their order
            self._calls = [*first, partial(self._total.fill, 0.0), *adding]

    def _targets(self) -> FloatArray:
        """What f of the output layer should be, shape (2, N)."""
        return (self._y - self._output.offset) / self._output.scale

    # What the network is, and what an optimiser remembers

    @property
    def parameters(self) -> FloatArray:
        return self._store.read(self._stored, 1.0 / self._store.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self._store.store(values, self._stored, self._store.units)

    @property
    def state(self) -> FloatArray:
        return self._optimizer.state

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._optimizer.state = values

    def is_finite(self) -> bool:
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.dot(self._stored, self._stored))) and self._optimizer.is_finite()

    # Iterations: factors are those of the Jacobians, shape (n, 2 L), a row an iteration, or (2 L,), of each iteration

    def step_by(self, factors: FloatArray) -> None:
        with np.errstate(all="ignore"):
            rows = self._spread(factors * (1.0 / self.points * self._store.units * self._store.sum_units))
            self._optimizer.descend_plainly([self.before_each, *self._calls], self._total, rows)

    def _iterate(self, first: int, count: int, descent: Descent) -> None:
        optimizer, store = OPTIMIZERS[descent.optimizer], self._store
        calls, sums, points = self._calls, self._total, self.points
        if 0 < descent.batch < points:
            if self._batch is None or self._batch.key != (descent.batch, descent.seed):
                self._batch = MiniBatch(store, self._stored, self._t, self._targets(), descent)
            self._batch.iteration = first
            calls, sums, points = self._batch.calls, self._batch.share.total, descent.batch
        calls = [self.before_each, *calls, *self._decay_calls(descent, sums, points)]
        factors_of_sums = store.sum_units / points
        if optimizer.step is None:
            self.state = np.empty(0)
            factors_of_sums = descent.learning_rate / points * store.units * store.sum_units
        rate = self._moving(descent.learning_rate * store.units[store.owner])  # of an optimiser, before any schedule
        for block, rows, start in stretches(first, count, store.owner.size):
            factors = self._noisy(factors_of_sums, block, rows, descent)
            scales = descent.rate_factors(start, len(factors))
            if optimizer.step is None:
                scaled = factors if scales is None else factors * scales[:, np.newaxis]
                self._optimizer.descend_plainly(calls, sums, self._spread(scaled))
            else:
                spread = self._moving(factors[:, store.owner])
                rates = np.broadcast_to(rate, spread.shape) if scales is None else np.outer(scales, rate)
                self._optimizer.descend(descent, calls, sums, spread, rates)

    def _noisy(self, factors: FloatArray, block: int, rows: slice, descent: Descent) -> FloatArray:
        """The factors with noise for some iterations of a block; the noise of the last block is stored."""
        if descent.noise == 0:
            return np.broadcast_to(factors, (rows.stop - rows.start, factors.size))
        if self._noise is None or self._noise[0] != (block, descent.seed):
            self._noise = (block, descent.seed), noise_block(descent.seed, block, factors.size)
        return factors * (1.0 + descent.noise * self._noise[1][rows])

    def _spread(self, factors: FloatArray) -> Numbers:
        return self._moving(factors.astype(self._type, copy=False)[:, self._store.owner])

    def _moving(self, factors: Numbers) -> Numbers:
        """Factors of the stored numbers, 0 for frozen ones."""
        return factors if self._moves is None else factors * self._moves

    def _take_frozen(self) -> None:
        self._moves = None
        if self._frozen:
            self._moves = np.zeros_like(self._stored)
            self._moves[self._store.indices] = self.moving

    def _decay_calls(self, descent: Descent, sums: Numbers, points: int) -> list[Call]:
        """The calls that add the weight decay to the sums: noise and learning rate scale it like the gradient."""
        if descent.weight_decay == 0:
            return []
        factors = descent.weight_decay * points / (self._store.units * self._store.sum_units)
        factors[factors.size // 2 :] = 0.0  # of the biases
        decay, added = factors[self._store.owner].astype(self._type), np.empty_like(sums)
        return [partial(np.multiply, self._stored, decay, added), partial(np.add, sums, added, sums)]

    def gradient(self) -> FloatArray:
        with np.errstate(all="ignore"):
            for call in self._calls:
                call()
            return self._store.read(self._total, self._store.sum_units / self.points)

    def evaluate(self) -> tuple[FloatArray, float]:
        with np.errstate(all="ignore"):
            curve = self._output.scale * self._outputs() + self._output.offset
            error = curve - self._y
            return curve, float(np.square(error).sum()) / self.points  # BLAS adds up as the processor likes it

    def output_slopes(self) -> FloatArray:
        with np.errstate(all="ignore"):
            return self._output.gain * self._output.scale * self._outputs(slopes=True)

    def _outputs(self, slopes: bool = False) -> FloatArray:
        """What f of the output layer is at all points, shape (2, N), or its slope."""
        found = np.empty_like(self._y)
        for block in self._blocks:
            check_cancelled()
            for call in (*block.forward, *block.backward) if slopes else block.forward:
                call()
            found[:, block.columns] = block.workspace.output_slope if slopes else block.workspace.output
        return found
