"""Backpropagation, as calls of NumPy: how points pass through a network and back.

    z = W · a + b       in each layer, from the activations of the layer below, and then a = σ(z)
    δ = (a - y) · σ′    in the output layer
    δ = Wᵀ · δ · σ′     in each layer below, W and δ being those of the layer above
    J_W = δ · aᵀ        added up over the points, a being those of the layer below; J_b is the sum of δ

The neurons lie in rows and the points in columns. A row of ones below each layer's activations carries the next
layer's biases: b is a column of W, and J_b one of J_W. A call is a function with its arguments already in place; all
arrays are there before the first iteration, which does nothing but make one call after the other.

A neuron computes f alone (see ``activations``); ``parameter_store`` says what that does to weights and Jacobians.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.cancellation import AT_ONCE, check_cancelled
from curvegui.core.network.activations import Activation, Call


class Workspace:
    """The arrays that blocks with the same number of columns share, one block after the other.

    There is one activation for each layer after the input. ``weights`` are each layer's weights and biases in the
    layout of ``ParameterStore``; ``sums`` are where its sum of δ · aᵀ over the points goes. ``output`` and
    ``output_slope``, shape (n_L, columns), are f and f′ of the output layer.
    """

    def __init__(
        self, activations: Sequence[Activation], weights: Sequence[FloatArray], sums: Sequence[FloatArray], columns: int
    ) -> None:
        self._activations, self._weights, self._sums = activations, weights, sums
        self.dtype = dtype = sums[0].dtype.type
        rows = [block.shape[1] for block in weights[1:]] + [len(weights[-1])]  # no layer after the output needs ones
        borders = np.concatenate([[0], np.cumsum(rows)]).tolist()
        self._whole = [slice(start, stop) for start, stop in pairwise(borders)]  # with the ones
        self._own = [slice(start, start + len(block)) for start, block in zip(borders, weights, strict=False)]
        # all layers lie below each other in one array, so that neurons which are alike get their slopes together
        self._z, self._a, self._slope = (aligned_zeros(borders[-1], columns, dtype=dtype) for _ in range(3))
        self._delta = self._z  # nobody needs z once the slopes are there, and less memory stays in nearer caches
        self._f = self._a  # a layer whose activations are not shifted writes f where the layer above it takes a
        if any(entry.offset for entry in activations):
            self._f = aligned_zeros(borders[-1], columns, dtype=dtype)
        for layer in self._whole[:-1]:
            self._a[layer.stop - 1] = 1.0
        self.output, self.output_slope = self._outputs(-1)[self._own[-1]], self._slope[self._own[-1]]

    def _outputs(self, layer: int) -> FloatArray:
        """The array that a layer writes f into: the next layer's input, where nothing is added to f."""
        return self._f if self._activations[layer].offset else self._a

    def forward(self, inputs: FloatArray) -> list[Call]:
        """The calls that fill z, f and a of every layer, from inputs with a row of ones below."""
        calls: list[Call] = []
        below, last = inputs, len(self._own) - 1
        for layer, activation in enumerate(self._activations):
            z, f, a = (each[self._own[layer]] for each in (self._z, self._outputs(layer), self._a))
            calls += [partial(self._weights[layer].dot, below, z), partial(activation.function, _flat(z), _flat(f))]
            if activation.offset and layer < last:
                shift = np.array(activation.offset / activation.scale, self.dtype)
                calls.append(partial(np.add, _flat(f), shift, _flat(a)))
            below = self._a[self._whole[layer]]
        return self._cancellable(calls)

    def backward(self, inputs: FloatArray, targets: FloatArray) -> list[Call]:
        """The calls that fill the sums, after those of ``forward``; their δ is, but for a factor, dC/dz."""
        calls = self._slope_calls()
        delta = self._delta[self._own[-1]]
        calls.append(partial(np.subtract, _flat(self.output), _flat(targets), _flat(delta)))
        calls.append(partial(np.multiply, _flat(delta), _flat(self.output_slope), _flat(delta)))
        for layer in range(len(self._own) - 1, 0, -1):
            whole = self._whole[layer - 1]
            below, slope = self._delta[whole], self._slope[whole]
            calls.append(partial(delta.dot, self._a[whole].T, self._sums[layer]))
            calls.append(partial(self._weights[layer].T.dot, delta, below))
            calls.append(partial(np.multiply, _flat(below), _flat(slope), _flat(below)))
            delta = self._delta[self._own[layer - 1]]
        calls.append(partial(delta.dot, inputs.T, self._sums[0]))
        return self._cancellable(calls)

    def _slope_calls(self) -> list[Call]:
        """The calls that fill f′: one for each run of layers with the same activation."""
        calls: list[Call] = []
        starts = [k for k, entry in enumerate(self._activations) if k == 0 or entry is not self._activations[k - 1]]
        for start, stop in pairwise([*starts, len(self._own)]):
            rows = slice(self._whole[start].start, self._whole[stop - 1].stop)
            arrays = self._z[rows], self._outputs(start)[rows], self._slope[rows]
            calls += self._activations[start].slope(*map(_flat, arrays))
        return calls

    def _cancellable(self, calls: list[Call]) -> list[Call]:
        """The calls of a large network, which each take long, with a look after each whether they are still wanted."""
        multiplications = self._z.shape[1] * sum(weights.size for weights in self._weights)
        return [each for call in calls for each in (call, check_cancelled)] if multiplications > AT_ONCE / 10 else calls


def _flat(rows: FloatArray) -> FloatArray:
    """Whole rows as one long row, which NumPy passes through faster."""
    return rows.reshape(-1)
