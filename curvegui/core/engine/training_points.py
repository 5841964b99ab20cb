"""The training points: in blocks that stay in a cache, in shares for the cores, and dealt out in mini-batches.

The seed and the iteration alone choose a mini-batch. The points are shuffled and dealt out, a batch an iteration; when
there are too few left for one, they are all shuffled again. So each point is learned about as often as any other.
"""

import math
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.cancellation import AT_ONCE, check_cancelled
from curvegui.core.engine.backpropagation import Workspace
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Call
from curvegui.core.network.noise import BLOCK_ITERATIONS, shuffled
from curvegui.core.optimizers.descent import Descent

MAX_COLUMNS = 1_024  # a wider block of points gains nothing
MIN_COLUMNS = 120  # in a narrower one, calls cost more than the cache gains
BLOCK_NUMBERS = 20_480  # neurons times points: the four arrays of a block, 640 kB, stay in a nearer cache
HUGE, HUGE_COLUMNS = 400, 384  # neurons whose weights are rearranged for every product, and columns that are worth it
SHARES = 8
FEWEST_BLOCKS = 32  # in fewer, threads would mostly wait for each other
FEWEST_NEURONS = 128  # with fewer, calls are so short that threads fight for the interpreter's lock
FEWEST_OF_SINGLE = 256  # the same for single precision, whose calls are half as long
SHUFFLED_NUMBERS = 1_000_000  # at once


class PointBlock:
    """Some of the training points, which ``columns`` chooses from all; the workspace is for as many.

    ``t`` has shape (1, columns), and ``targets``, shape (2, columns), are what f of the output layer should be. The
    calls in ``forward`` are made before those in ``backward``. They find copies of both in ``inputs`` and ``targets``.
    """

    def __init__(self, workspace: Workspace, columns: slice, t: FloatArray, targets: FloatArray) -> None:
        self.workspace, self.columns = workspace, columns
        inputs = aligned_zeros(len(t) + 1, t.shape[1], dtype=workspace.dtype)
        inputs[:-1], inputs[-1] = t, 1.0
        self.inputs, self.targets = inputs[:-1], np.array(targets, workspace.dtype, order="C")
        self.forward, self.backward = workspace.forward(inputs), workspace.backward(inputs, self.targets)


class PointShare:
    """Some of the training points, in blocks from border to border.

    ``stored`` are the weights and biases. ``t``, shape (1, N), and ``targets``, shape (2, N), are all points and what f
    of the output layer should be there. ``calls`` leave the sums over its own points in ``total``.
    """

    def __init__(
        self, store: ParameterStore, stored: NDArray[Any], t: FloatArray, targets: FloatArray, borders: Sequence[int]
    ) -> None:
        sums = store.zeros(stored.dtype.type)
        workspaces: dict[int, Workspace] = {}
        self.blocks = []
        for start, stop in pairwise(borders):
            check_cancelled()
            width, columns = stop - start, slice(start, stop)
            if width not in workspaces:
                workspaces[width] = Workspace(store.activations, store.blocks(stored), store.blocks(sums), width)
            self.blocks.append(PointBlock(workspaces[width], columns, t[:, columns], targets[:, columns]))
        self.total, self.calls = sums, [*self.blocks[0].forward, *self.blocks[0].backward]
        if len(self.blocks) > 1:
            self.total = store.zeros(stored.dtype.type)
            add: Call = partial(np.add, self.total, sums, self.total)
            self.calls = [partial(self.total.fill, 0.0)]
            for block in self.blocks:
                self.calls += [check_cancelled, *block.forward, *block.backward, add]

    def add_up(self) -> None:
        """Make all calls, in any thread: NumPy needs to know in each of them which errors to ignore."""
        with np.errstate(all="ignore"):
            for call in self.calls:
                call()


def share_borders(points: int, neurons: int, kind: type[np.floating] = np.float64) -> list[list[int]]:
    """The indices at which the training points are cut: for each share, which one thread computes, the borders of the
    blocks that it computes one after the other, as ``PointShare`` takes them.

    There is one share where threads gain nothing. Blocks are nearly even, so that none costs its calls for few
    points; blocks of different widths would not share their arrays. Their width is an odd number of cache lines: at
    1,024 columns, all rows would compete for the same lines of the cache.
    """
    least = HUGE_COLUMNS if neurons >= HUGE else MIN_COLUMNS
    blocks = max(1, round(points / min(MAX_COLUMNS, max(least, BLOCK_NUMBERS // neurons))))
    step = math.ceil((points / blocks - 8) / 16) * 16 + 8
    borders = [*range(0, points, step), points]
    if len(borders) <= FEWEST_BLOCKS or neurons < (FEWEST_OF_SINGLE if kind is np.float32 else FEWEST_NEURONS):
        return [borders]
    firsts = [(len(borders) - 1) * share // SHARES for share in range(SHARES + 1)]
    return [borders[start : stop + 1] for start, stop in pairwise(firsts)]


class Dealer:
    """Deals out points: to each iteration as many as a batch has, which are fewer than there are."""

    def __init__(self, seed: int, points: int, batch: int) -> None:
        self._seed, self._points, self._batch = seed, points, batch
        self._deals = points // batch  # of one shuffle
        self._shuffles = max(1, min(BLOCK_ITERATIONS // self._deals, SHUFFLED_NUMBERS // points))  # at once
        self._block, self._order = -1, np.empty((0, 0), np.intp)

    def rows(self, first: int, count: int) -> NDArray[np.intp]:
        """The points that each of ``count`` iterations takes, from iteration ``first`` on; shape (count, batch)."""
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
    """The calls that pass a mini-batch through a network and back: the points of ``iteration``, and each time that all
    calls are made again, those of the iteration after it.

    ``t``, shape (1, N), and ``targets``, shape (2, N), are of all points. The calls leave sums in ``share.total``.
    """

    def __init__(
        self, store: ParameterStore, stored: NDArray[Any], t: FloatArray, targets: FloatArray, descent: Descent
    ) -> None:
        self.key, size = (descent.batch, descent.seed), descent.batch
        self.iteration, self._dealer = 0, Dealer(descent.seed, t.size, size)
        self._all = [np.ascontiguousarray(array, stored.dtype) for array in (t, targets)]
        borders = [*range(0, size, max(MIN_COLUMNS, AT_ONCE // store.indices.size)), size]  # mostly one block
        self.share = PointShare(store, stored, t[:, :size], targets[:, :size], borders)  # any points, for their shape
        self.calls: list[Call] = [self._choose, *self.share.calls]

    def _choose(self) -> None:
        chosen = self._dealer.rows(self.iteration, 1)[0]
        for block in self.share.blocks:
            for array, out in zip(self._all, (block.inputs, block.targets), strict=True):
                np.take(array, chosen[block.columns], axis=1, out=out, mode="clip")  # needs no array in between
        self.iteration += 1
