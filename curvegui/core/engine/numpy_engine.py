"""The engine that computes with NumPy alone: many iterations a call, without allocating anything.

What makes it fast: all parameters are one vector, so that an update is two calls; the forward pass is shared
by all Jacobians; the calls are ready beforehand (see ``point_block``). Many points are passed in blocks
of columns, so that the arrays stay in the processor's cache, and those of large networks on all cores.
"""

from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.first_order import Gradients
from curvegui.core.engine.mini_batch import MiniBatch
from curvegui.core.engine.point_share import FEWEST_NEURONS, FEWEST_OF_SINGLE, PointShare, share_borders
from curvegui.core.engine.stored import StoredDescending
from curvegui.core.engine.threads import has_the_cores, together
from curvegui.core.network.activations import Call
from curvegui.core.optimizers.descent import Descent


class Engine(StoredDescending):
    """Descent, plain and noisy or with an optimiser, on one network and one set of training points."""

    def _begin_own(self, precision: str) -> None:
        super()._begin_own(precision)
        shares = self._split_points()
        self._blocks = [block for share in shares for block in share.blocks]
        self._total = shares[0].total if len(shares) == 1 else self.store.zeros(self._type)
        self._gradient_calls = self._gradient_pass(shares)
        self._batch: MiniBatch | None = None

    def _split_points(self) -> list[PointShare]:
        targets = self._targets()
        given = self._activations, self.store, self.stored, self._t
        fewest = FEWEST_OF_SINGLE if self._type is np.float32 else FEWEST_NEURONS
        all_borders = share_borders(self._t.size, sum(self.store.sizes), fewest)
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

    def is_finite(self) -> bool:
        """See `Descending`."""
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.dot(self.stored, self.stored))) and self._memory.is_finite()

    def gradients(self, descent: Descent, first: int) -> Gradients:
        """See `Descending`."""
        batch, seed = descent.batch, descent.seed
        if not 0 < batch < self.points:
            return Gradients(self._gradient_calls, self._total, self._factors)
        if self._batch is None or self._batch.key != (batch, seed):
            points = self._t, self._targets()
            self._batch = MiniBatch(self._activations, self.store, self.stored, *points, batch=batch, seed=seed)
        self._batch.iteration = first
        return Gradients(self._batch.calls, self._batch.sums, self._batch.factors)

    def gradient(self) -> FloatArray:
        """See `Descending`."""
        with np.errstate(all="ignore"):
            for call in self._gradient_calls:
                call()
            return self.store.read(self._total, self.store.sum_units / self._t.size)

    def evaluate(self) -> tuple[FloatArray, float]:
        """See `Descending`."""
        curve, output = np.empty_like(self._y), self._activations[-1]
        with np.errstate(all="ignore"):
            for block in self._blocks:
                check_cancelled()
                for call in block.forward:
                    call()
                curve[:, block.columns] = block.workspace.output
            curve = output.scale * curve + output.offset
            error = curve - self._y
            return curve, float(np.vdot(error, error)) / self._t.size

    def output_slopes(self) -> FloatArray:
        """See `Descending`."""
        slopes, output = np.empty_like(self._y), self._activations[-1]
        with np.errstate(all="ignore"):
            for block in self._blocks:
                check_cancelled()
                for call in (*block.forward, *block.backward):
                    call()
                slopes[:, block.columns] = block.workspace.output_slope
        return output.gain * output.scale * slopes
