"""A network on some training points, as the library takes it, with the arrays that its structure points to."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import CACHE_LINE_BYTES, FloatArray, aligned_zeros
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.threads import together
from curvegui.core.engine.training_points import Dealer
from curvegui.core.native.library import CBatches, CNetwork, EngineCopy

TILE_BYTES = 700_000  # of activations and deltas: they stay in the second cache
FEWEST_COLUMNS = 136  # of a tile, however large its layers: their weights come from farther away, once for each tile
MOST_VECTORS = 63  # of a tile's row; always an odd number, so that rows do not compete for the same cache lines
PIECE_WORK = 100_000_000  # multiplications of a call: some ten milliseconds, then a look whether it is still wanted
PER_NEURON, PER_ITERATION = 8, 2_000  # multiplications that an activation, and a step, take as long as
SHARES = 8  # of the points at most, for threads: how many does not depend on the cores, and so a run does not either
MUCH_WORK = 20_000_000  # of an iteration: two milliseconds, of which threads cost a tenth of one


def address(array: NDArray[np.generic] | None) -> int | None:
    return None if array is None else array.ctypes.data


def work_of(points: int, sizes: Sequence[int], parameters: int) -> int:
    """How much work an iteration is, in multiplications of the forward pass."""
    return points * (parameters + PER_NEURON * sum(sizes)) + PER_ITERATION


class Layers:
    """The functions, sizes, codes of activations and parameters, shape (P,), that all networks of an engine share."""

    def __init__(
        self, functions: EngineCopy, sizes: Sequence[int], codes: Sequence[int], parameters: NDArray[np.floating]
    ) -> None:
        self.functions = functions
        self.sizes, self.codes = np.array(sizes, np.int64), np.array(codes, np.int64)
        self.parameters, self.rows = parameters, sum(sizes) + len(sizes)


class NetworkOnPoints:
    """A network on points t, shape (1, N), and y, shape (2, N); the sums of its calls are in ``sums``, shape (P,)."""

    def __init__(self, layers: Layers, t: FloatArray, y: FloatArray) -> None:
        kind = layers.parameters.dtype.type
        self._functions, self.points, self._layers = layers.functions, t.size, layers
        self.sums = aligned_zeros(layers.parameters.size, dtype=kind)
        lanes = CACHE_LINE_BYTES // np.dtype(kind).itemsize
        vectors = -(-t.size // lanes)
        most = min(max(TILE_BYTES // (2 * layers.rows * CACHE_LINE_BYTES), FEWEST_COLUMNS // lanes), MOST_VECTORS) | 1
        tiles = -(-vectors // most)
        wide = -(-vectors // tiles)
        stride = lanes * (wide if tiles == 1 else wide | 1)
        self._columns = vectors * lanes
        work = work_of(stride, layers.sizes.tolist(), layers.parameters.size)
        self._piece = stride * max(1, PIECE_WORK // work)
        self._t, self._y = aligned_zeros(self._columns, dtype=kind), aligned_zeros(len(y), self._columns, dtype=kind)
        self.fill(t, y)
        self._wanted = np.ascontiguousarray(y, np.float64)
        self._buffers = [aligned_zeros(layers.rows, stride, dtype=kind) for _ in range(2)]
        self._buffers[0][np.cumsum(layers.sizes + 1) - 1] = 1.0  # what a bias is multiplied by, below each layer
        numbers = len(layers.sizes) - 1, self.points, stride
        points = self._t, self._y, self._wanted
        arrays = layers.sizes, layers.codes, *points, layers.parameters, self.sums, *self._buffers
        self.c = CNetwork(*numbers, *map(address, arrays))

    def fill(self, t: FloatArray, y: FloatArray) -> None:
        """Take other points, as many as before, for the sums."""
        self._t[: self.points], self._y[:, : self.points] = t[0], y

    def _in_pieces(self, call: Callable[[int, int], object]) -> None:
        for start in range(0, self._columns, self._piece):
            check_cancelled()
            call(start, min(start + self._piece, self._columns))

    def add_up(self) -> None:
        """Leave the sums of delta · aᵀ over all points."""
        self.sums.fill(0.0)
        self._in_pieces(lambda start, end: self._functions.add_sums(self.c, start, end))

    def look(self) -> tuple[FloatArray, FloatArray, float]:
        """The curve that the network draws, its slopes, shape (2, N) each, and the sum of the squared errors."""
        curve, slopes = np.empty_like(self._wanted), np.empty_like(self._wanted)
        cost, buffers = 0.0, (address(curve), address(slopes))

        def look(start: int, end: int) -> None:
            nonlocal cost  # handed on, so that it is the same in however many pieces
            cost = self._functions.look(self.c, start, end, cost, *buffers)

        self._in_pieces(look)
        return curve, slopes, cost


class SharedNetwork:
    """A network whose points are cut into shares, which threads compute at once: for iterations of milliseconds."""

    def __init__(self, layers: Layers, t: FloatArray, y: FloatArray) -> None:
        self.points = t.size
        shares = min(SHARES, t.size // FEWEST_COLUMNS)
        borders = [t.size * share // shares for share in range(shares + 1)]
        self._slices = [slice(*ends) for ends in pairwise(borders)]
        self._shares = [NetworkOnPoints(layers, t[:, some], y[:, some]) for some in self._slices]
        self.sums = aligned_zeros(layers.parameters.size, dtype=layers.parameters.dtype.type)
        arrays = layers.sizes, layers.codes, None, None, None, layers.parameters, self.sums, None, None
        self.c = CNetwork(len(layers.sizes) - 1, self.points, 0, *map(address, arrays))

    def fill(self, t: FloatArray, y: FloatArray) -> None:
        for share, some in zip(self._shares, self._slices, strict=True):
            share.fill(t[:, some], y[:, some])

    def add_up(self) -> None:
        """Leave the sums of delta · aᵀ over all points: those of the shares, in their order."""
        together([share.add_up for share in self._shares])
        self.sums.fill(0.0)
        for share in self._shares:
            np.add(self.sums, share.sums, self.sums)

    def look(self) -> tuple[FloatArray, FloatArray, float]:
        curves, slopes, costs = zip(*together([share.look for share in self._shares]), strict=True)
        return np.concatenate(curves, axis=1), np.concatenate(slopes, axis=1), sum(costs)


def network_on(layers: Layers, t: FloatArray, y: FloatArray) -> NetworkOnPoints | SharedNetwork:
    """A network on points t, shape (1, N), and y, shape (2, N); in shares, where an iteration is much work."""
    work = work_of(t.size, layers.sizes.tolist(), layers.parameters.size)
    is_shared = work >= MUCH_WORK and t.size >= 2 * FEWEST_COLUMNS
    return (SharedNetwork if is_shared else NetworkOnPoints)(layers, t, y)


class Batch:
    """Mini-batches for the engine in C: a network on as many points as a batch has, and the dealer that chooses these
    points anew in each iteration, from all points ``t`` and ``y``."""

    def __init__(self, layers: Layers, t: FloatArray, y: FloatArray, size: int, seed: int) -> None:
        self.key, kind = (size, seed), layers.parameters.dtype
        self.network, self.dealer = network_on(layers, t[:, :size], y[:, :size]), Dealer(seed, t.size, size)
        self._all = tuple(np.ascontiguousarray(each, kind) for each in (t, y))
        self._order = np.empty(0, np.intp)

    def choose(self, first: int, count: int) -> CBatches:
        """The points that ``count`` iterations from ``first`` on train on; valid until ``choose`` is called again."""
        self._order = np.ascontiguousarray(self.dealer.rows(first, count), np.int64)
        return CBatches(*map(address, (self._order, *self._all)), self._all[0].size)
