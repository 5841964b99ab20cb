"""A share of the training points, in blocks that take turns in the same arrays; shares know nothing of each other.

How the points are divided depends on the network and on how many there are, and never on the machine: the sums are
added up in the same order whatever number of threads makes them.
"""

import math
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.engine.point_block import PointBlock, Workspace
from curvegui.core.network.activations import Activation, Call

MAX_COLUMNS = 1_024  # a wider block of points gains nothing
MIN_COLUMNS = 120  # in a narrower one, calls cost more than the cache gains
BLOCK_NUMBERS = 20_480  # neurons times points: the four arrays of a block, 640 kB, stay in a nearer cache
HUGE, HUGE_COLUMNS = 400, 384  # neurons whose weights are rearranged for every product, and columns that are worth it
SHARES = 8
FEWEST_BLOCKS = 32  # in fewer, threads would mostly wait for each other
FEWEST_NEURONS = 128  # with fewer, calls are so short that threads fight for the interpreter's lock
FEWEST_OF_SINGLE = 256  # the same for single precision, whose calls are half as long


class PointShare:
    """Some of the training points, in blocks from border to border.

    ``stored`` are the weights and biases. ``t``, shape (1, N), and ``targets``, shape (2, N), are all points and what f
    of the output layer should be there. ``calls`` leave the sums over its own points in ``total``.
    """

    def __init__(
        self,
        activations: Sequence[Activation],
        store: ParameterStore,
        stored: NDArray[Any],
        t: FloatArray,
        *,
        targets: FloatArray,
        borders: Sequence[int],
    ) -> None:
        kind = stored.dtype.type
        sums = store.zeros(kind)
        workspaces: dict[int, Workspace] = {}
        self.blocks = []
        for start, stop in pairwise(borders):
            check_cancelled()
            width = stop - start
            if width not in workspaces:
                workspaces[width] = Workspace(activations, store.blocks(stored), store.blocks(sums), width)
            columns = slice(start, stop)
            self.blocks.append(PointBlock(workspaces[width], columns, t[:, columns], targets[:, columns]))
        self.total = sums if len(self.blocks) == 1 else store.zeros(kind)
        self.calls = self._all_calls(sums)

    def _all_calls(self, sums: NDArray[np.floating]) -> list[Call]:
        if len(self.blocks) == 1:
            return [*self.blocks[0].forward, *self.blocks[0].backward]
        calls: list[Call] = [partial(self.total.fill, 0.0)]
        add = partial(np.add, self.total, sums, self.total)
        for block in self.blocks:
            calls += [check_cancelled, *block.forward, *block.backward, add]
        return calls

    def add_up(self) -> None:
        """Make all calls, in a thread of its own, where NumPy has to be told again what to ignore."""
        with np.errstate(all="ignore"):
            for call in self.calls:
                call()


def share_borders(points: int, neurons: int, fewest: int = FEWEST_NEURONS) -> list[list[int]]:
    """Where the points are cut into shares, and these into blocks: as ``PointShare`` takes them.

    With fewer neurons than the fewest, there is one share.
    """
    borders = block_borders(points, neurons)
    blocks = len(borders) - 1
    if blocks < FEWEST_BLOCKS or neurons < fewest:
        return [borders]
    firsts = [blocks * share // SHARES for share in range(SHARES + 1)]
    return [borders[start : stop + 1] for start, stop in pairwise(firsts)]


def block_borders(points: int, neurons: int) -> list[int]:
    """Where the points are cut into blocks: nearly even ones, so that no block costs its calls for few points.

    Their width is an odd number of cache lines. At 1,024 columns all rows would compete for the same places of
    the cache; blocks of different widths would not share their arrays.
    """
    fewest = HUGE_COLUMNS if neurons >= HUGE else MIN_COLUMNS
    width = min(MAX_COLUMNS, max(fewest, BLOCK_NUMBERS // neurons))
    blocks = max(1, round(points / width))
    step = math.ceil((points / blocks - 8) / 16) * 16 + 8
    return [*range(0, points, step), points]
