"""Training points as the compiled kernels take them, in tiles of whole cache lines: all of them, or mini-batches."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import CACHE_LINE_BYTES, FloatArray, aligned_zeros
from curvegui.core.compiled.calls import NETWORK
from curvegui.core.engine.mini_batch import Dealer
from curvegui.core.engine.threads import together
from curvegui.core.network.activations import Call

if TYPE_CHECKING:
    from curvegui.core.compiled.library import Library

TILE_BYTES = 40_960  # activations and slopes of so many columns stay in the nearest cache
MAX_TILE_LINES = 31  # of the cache, a row; an odd number, so that rows do not compete for the same places in it

SHARES = 8
MUCH_WORK = 20_000_000  # multiplications up to the output: two milliseconds an iteration; threads cost a tenth of one
PER_NEURON = 8  # multiplications that an activation takes as long as

Plan = NDArray[np.intp]
"""A row a layer: see ``passes``."""


class TiledPoints:
    """Points, and arrays for what a tile of them makes of the network.

    ``t`` has shape (1, N), and ``targets``, shape (2, N), are what the output layer is to answer, in the kernels'
    units. ``points`` are what the kernels know of the points: the targets row by row, and how many columns a tile has.
    The last line of the cache is filled up with columns that are not live, 0 where others are 1. ``a`` has the
    activations with their rows of ones, ``slopes`` the slopes.
    """

    def __init__(self, t: FloatArray, targets: FloatArray, plan: Plan, kind: type[np.floating]) -> None:
        line = CACHE_LINE_BYTES // np.dtype(kind).itemsize
        self._count, rows = t.size, int(plan[-1, 4] + plan[-1, 0])
        lines = -(-self._count // line)
        self._t, live = aligned_zeros(lines * line, dtype=kind), aligned_zeros(lines * line, dtype=kind)
        self._targets = aligned_zeros(len(targets), lines * line, dtype=kind)
        live[: self._count] = 1.0
        room = TILE_BYTES // (2 * CACHE_LINE_BYTES * rows)
        most = min(MAX_TILE_LINES, max(room, 4)) // 4 * 4 + 1
        columns = line * -(-lines // -(-lines // most))
        self.points = self._t, live, self._targets.reshape(-1), columns
        self.fill(t, targets)
        a, slopes = (aligned_zeros(rows, columns, dtype=kind) for _ in range(2))
        a[plan[:, 4] - 1] = 1.0
        self.a, self.slopes = a.reshape(-1), slopes.reshape(-1)

    def fill(self, t: FloatArray, targets: FloatArray) -> None:
        """Take other points, as many."""
        self._t[: self._count], self._t[self._count :] = t[0], t[0, -1]  # no larger than what is there
        self._targets[:, : self._count] = targets


class BatchCalls:
    """The call that leaves the sums over one mini-batch, and over the next one the next time; see ``MiniBatch``.

    ``t`` and ``targets`` are all points, as in ``TiledPoints``; the tiles have room for a mini-batch. The call
    ``gradient`` leaves the sums over what is in the tiles.
    """

    def __init__(self, dealer: Dealer, t: FloatArray, targets: FloatArray, tiles: TiledPoints, gradient: Call) -> None:
        self.iteration, self._dealer, self._tiles, self._gradient = 0, dealer, tiles, gradient
        self._all = np.vstack([t, targets])

    def __call__(self) -> None:
        """One iteration's."""
        chosen = self._all[:, self._dealer(self.iteration)]
        self._tiles.fill(chosen[:1], chosen[1:])
        self._gradient()
        self.iteration += 1


def is_much_work(points: int, parameters: int, neurons: int) -> bool:
    """Whether it is shared among cores; that depends on the work alone, and so a run does not on their number."""
    return points * (parameters + PER_NEURON * neurons) >= MUCH_WORK


def shared_calls(
    library: "Library",
    network: tuple[NDArray[np.floating], NDArray[np.floating], Plan, NDArray[np.floating]],
    t: FloatArray,
    targets: FloatArray,
) -> list[Call]:
    """The calls that leave the sums over all points where they belong, from shares of the points on all cores.

    The library's kernel lets go of the interpreter's lock; ``network`` is what it takes before the points. ``t`` and
    ``targets`` have shape (1, N) and (2, N).
    """
    stored, sums, plan, shifts = network
    calls, totals = [], []
    for start, stop in pairwise(t.size * share // SHARES for share in range(SHARES + 1)):
        tiles = TiledPoints(t[:, start:stop], targets[:, start:stop], plan, stored.dtype.type)
        totals.append(np.zeros_like(sums))
        packed = library.pack(NETWORK, (stored, totals[-1], plan, shifts, tiles.points, tiles.a, tiles.slopes))
        calls.append(partial(library.gradient, packed))
    return [partial(together, calls), partial(sums.fill, 0.0), *(partial(np.add, sums, each, sums) for each in totals)]
