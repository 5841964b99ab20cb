"""Mini-batches: some of the points in each iteration, chosen by the seed and the iteration alone.

The points are shuffled and dealt out, a batch an iteration; when there are too few left for one, they are all shuffled
again. So each is learnt about as often as any other, whatever the chunks of the run.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import AT_ONCE
from curvegui.core.engine.first_order import NoisyFactors
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.engine.point_block import MIN_COLUMNS, PointShare
from curvegui.core.network.activations import Activation, Call
from curvegui.core.network.noise import BLOCK_ITERATIONS, shuffled

SHUFFLED_NUMBERS = 1_000_000  # at once


class Dealer:
    """Deals out points: to each iteration as many as a batch has, which are fewer than there are."""

    def __init__(self, seed: int, points: int, batch: int) -> None:
        self._seed, self._points, self._batch = seed, points, batch
        self._deals = points // batch  # of one shuffle
        self._shuffles = max(1, min(BLOCK_ITERATIONS // self._deals, SHUFFLED_NUMBERS // points))  # at once
        self._block, self._order = -1, np.empty((0, 0), np.intp)

    def __call__(self, iteration: int) -> NDArray[np.intp]:
        """Which points an iteration takes, shape (batch,)."""
        chosen: NDArray[np.intp] = self.rows(iteration, 1)[0]
        return chosen

    def rows(self, first: int, count: int) -> NDArray[np.intp]:
        """Which points each iteration takes from number ``first`` on, shape (count, batch)."""
        dealt = []
        while count > 0:
            shuffle, deal = divmod(first, self._deals)
            block, row = divmod(shuffle, self._shuffles)
            if block != self._block:
                self._order, self._block = shuffled(self._seed, block, self._shuffles, self._points), block
            some = min(count, self._deals - deal)
            dealt.append(self._order[row, deal * self._batch : (deal + some) * self._batch].reshape(some, self._batch))
            first, count = first + some, count - some
        return dealt[0] if len(dealt) == 1 else np.concatenate(dealt)


class MiniBatch:
    """The calls that pass the points of one iteration through a network and back, and then those of the next iteration.

    ``stored`` are the engine's parameters, in the layout of the store. ``t`` has shape (1, N), and ``targets``, shape
    (2, N), are what f of the output layer should be. The calls leave their sums over the points in ``sums``;
    ``factors`` are for these. ``iteration`` is the one whose turn it is, and ``key`` has the batch and the seed.
    """

    def __init__(
        self,
        activations: Sequence[Activation],
        store: ParameterStore,
        stored: NDArray[Any],
        t: FloatArray,
        targets: FloatArray,
        *,
        batch: int,
        seed: int,
    ) -> None:
        self.key, self.iteration, self._dealer = (batch, seed), 0, Dealer(seed, t.shape[1], batch)
        self._all = tuple(np.ascontiguousarray(array, stored.dtype) for array in (t, targets))
        borders = [*range(0, batch, max(MIN_COLUMNS, AT_ONCE // store.count)), batch]  # mostly one block
        places = np.zeros((len(t), batch)), np.zeros((len(targets), batch))
        share = PointShare(activations, store, stored, places[0], targets=places[1], borders=borders)
        self.sums, self.factors, self._blocks = share.total, NoisyFactors(store, batch), share.blocks
        self.calls: list[Call] = [self._choose, *share.calls]

    def _choose(self) -> None:
        chosen, (t, targets) = self._dealer(self.iteration), self._all
        for block in self._blocks:
            some = chosen[block.columns]
            np.take(t, some, axis=1, out=block.inputs, mode="clip")  # the mode that needs no array in between
            np.take(targets, some, axis=1, out=block.targets, mode="clip")
        self.iteration += 1
