"""One block of training points, and the NumPy calls that pass it through the network and back.

The features lie in rows and the points in columns. A row of ones below each layer's activations carries the
next layer's biases. The layers lie below each other in one array, so that neurons which are alike get their
slopes together. All arrays are there before the first iteration: a call is a function with its arguments
already in place, and an iteration does nothing but call one after the other.

The neurons are f alone (see ``activations``); ``engine`` knows what that does to weights and Jacobians.
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
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Activation, Call


class Workspace:
    """The arrays that blocks with the same number of columns share, one block after the other.

    There is one activation for each layer after the input. ``weights`` are each layer's weights and biases in the
    layout of ``ParameterStore``; ``sums`` are where its sum of delta · aᵀ over the points goes. ``output`` and
    ``output_slope``, shape (n_L, columns), are f and f′ of the output layer.
    """

    def __init__(
        self,
        activations: Sequence[Activation],
        weights: Sequence[FloatArray],
        sums: Sequence[FloatArray],
        columns: int,
    ) -> None:
        self._activations, self._weights, self._sums = activations, weights, sums
        self.dtype = dtype = sums[0].dtype.type
        self._sizes = [len(block) for block in weights]
        rows = [block.shape[1] for block in weights[1:]] + self._sizes[-1:]  # no layer after the output needs ones
        self._first = np.concatenate([[0], np.cumsum(rows)]).tolist()
        self._z, self._a, self._slope = (aligned_zeros(self._first[-1], columns, dtype=dtype) for _ in range(3))
        self._delta = self._z  # nobody needs z once the slopes are there, and less memory stays in nearer caches
        shifted = any(entry.offset for entry in activations)
        self._f = aligned_zeros(self._first[-1], columns, dtype=dtype) if shifted else self._a
        for layer in range(len(rows) - 1):
            self._a[self._first[layer + 1] - 1] = 1.0
        last = len(rows) - 1
        self.output = self._own(self._outputs(last), last)
        self.output_slope = self._own(self._slope, last)
        self._output_delta = self._own(self._delta, last)
        self._upward, self._slopes, self._downward = self._upward_calls(), self._slope_calls(), self._downward_calls()

    def _own(self, array: FloatArray, layer: int) -> FloatArray:
        """A layer's rows, without its ones."""
        return array[self._first[layer] : self._first[layer] + self._sizes[layer]]

    def _whole(self, array: FloatArray, layer: int) -> FloatArray:
        """A layer's rows and its ones."""
        return array[self._first[layer] : self._first[layer + 1]]

    def _outputs(self, layer: int) -> FloatArray:
        """Where a layer writes f: where nothing is added to it, that is what the next layer takes."""
        return self._f if self._activations[layer].offset else self._a

    def forward(self, inputs: FloatArray) -> list[Call]:
        """The calls that fill the weighted sums and f of every layer, from inputs with a row of ones below."""
        first: Call = partial(self._weights[0].dot, inputs, self._own(self._z, 0))
        return self._cancellable([first, *self._upward])

    def backward(self, inputs: FloatArray, targets: FloatArray) -> list[Call]:
        """The calls that fill the sums, after those of ``forward``; delta is, but for a factor, dC/dz."""
        error = partial(np.subtract, _flat(self.output), _flat(targets), _flat(self._output_delta))
        first = partial(self._own(self._delta, 0).dot, inputs.T, self._sums[0])
        return self._cancellable([*self._slopes, error, *self._downward, first])

    def _cancellable(self, calls: list[Call]) -> list[Call]:
        """The calls of a large network, which each take long, with a look after each whether they are still wanted."""
        multiplications = self._z.shape[1] * sum(weights.size for weights in self._weights)
        return [each for call in calls for each in (call, check_cancelled)] if multiplications > AT_ONCE / 10 else calls

    def _upward_calls(self) -> list[Call]:
        """From the first layer's weighted sums to the output."""
        calls: list[Call] = []
        last = len(self._sizes) - 1
        for layer, entry in enumerate(self._activations):
            z, f = self._own(self._z, layer), self._own(self._outputs(layer), layer)
            if layer > 0:
                calls.append(partial(self._weights[layer].dot, self._whole(self._a, layer - 1), z))
            calls.append(partial(entry.function, _flat(z), _flat(f)))
            if entry.offset and layer < last:
                shift = np.array(entry.offset / entry.scale, self.dtype)
                calls.append(partial(np.add, _flat(f), shift, _flat(self._own(self._a, layer))))
        return calls

    def _downward_calls(self) -> list[Call]:
        """From the output's error to the delta of the first layer, with the sums of all others."""
        delta = self._output_delta
        calls: list[Call] = [partial(np.multiply, _flat(delta), _flat(self.output_slope), _flat(delta))]
        for layer in range(len(self._sizes) - 1, 0, -1):
            below, slope = self._whole(self._delta, layer - 1), self._whole(self._slope, layer - 1)
            calls.append(partial(delta.dot, self._whole(self._a, layer - 1).T, self._sums[layer]))
            calls.append(partial(self._weights[layer].T.dot, delta, below))
            calls.append(partial(np.multiply, _flat(below), _flat(slope), _flat(below)))
            delta = self._own(self._delta, layer - 1)
        return calls

    def _slope_calls(self) -> list[Call]:
        """Slopes: together for each run of layers with the same activation."""
        calls: list[Call] = []
        starts = [k for k, entry in enumerate(self._activations) if k == 0 or entry is not self._activations[k - 1]]
        for start, stop in zip(starts, [*starts[1:], len(self._sizes)], strict=True):
            rows = slice(self._first[start], self._first[stop])
            arrays = (self._z[rows], self._outputs(start)[rows], self._slope[rows])
            calls += self._activations[start].slope(*map(_flat, arrays))
        return calls


class PointBlock:
    """Some of the training points, which ``columns`` chooses from all; the workspace is for as many.

    ``t`` has shape (1, columns), and ``targets``, shape (2, columns), are what f of the output layer should be. The
    calls in ``forward`` are made before those in ``backward``. ``inputs``, shape (1, columns), is a view of where they
    find t, and ``targets`` is where they find these.
    """

    def __init__(self, workspace: Workspace, columns: slice, t: FloatArray, targets: FloatArray) -> None:
        self.workspace, self.columns = workspace, columns
        inputs = aligned_zeros(len(t) + 1, t.shape[1], dtype=workspace.dtype)
        inputs[:-1], inputs[-1] = t, 1.0
        self.inputs = inputs[:-1]
        self.targets = np.ascontiguousarray(targets, workspace.dtype)
        self.forward = workspace.forward(inputs)
        self.backward = workspace.backward(inputs, self.targets)


def _flat(rows: FloatArray) -> FloatArray:
    """Whole rows as one long row: NumPy finds its way through that sooner."""
    return rows.reshape(-1)


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
