"""The hot loop: many iterations a call, with NumPy, and without allocating anything.

What makes it fast: the features lie in rows and the points in columns; a row of ones below each layer's
activations carries its biases; all parameters are one vector and all activations one buffer, so that slopes
and updates are one call each; the forward pass is shared by all Jacobians. Many points are passed in blocks
of columns, so that the buffers stay in the processor's cache.

The parameters are kept times their layer's ``sign`` (see ``activations``): the weighted sums then come out
as the activation wants them. A negated layer negates what passes back through it, so each layer's Jacobian
comes out times a known sign too, which goes into the same factor as the learning rate.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from curvegui.core.activations import ACTIVATIONS, Activation, SlopeFunction
from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.network import layer_blocks, parameter_count
from curvegui.core.noise import BLOCK_ITERATIONS, noise_block

MAX_COLUMNS = 1_024  # a block of 64-neuron layers this wide still fits a second-level cache
SCALE_NUMBERS = 65_536  # the noisy factors are spread over the parameters for so many numbers at once


class _Pass:
    """Forward and backward over a block of points, in buffers of its own.

    Parameters
    ----------
    sizes : sequence of int
    activations : sequence of Activation, one for each layer after the input
    weights, sums : lists of ndarray, shape (n, m + 1)
        Views of the signed parameters, and where each layer's sum of delta · aᵀ goes.
    columns : int
        How many points.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activations: Sequence[Activation],
        weights: Sequence[FloatArray],
        sums: Sequence[FloatArray],
        columns: int,
    ) -> None:
        last = len(sizes) - 1
        rows = [size + 1 for size in sizes[:-1]] + [sizes[-1]]  # a row of ones under all but the output
        first = np.concatenate([[0], np.cumsum(rows)]).tolist()
        a, z, slope, delta = (aligned_zeros(first[-1], columns) for _ in range(4))

        def own(buffer: FloatArray, layer: int) -> FloatArray:
            return buffer[first[layer] : first[layer] + sizes[layer]]

        def whole(buffer: FloatArray, layer: int) -> FloatArray:
            return buffer[first[layer] : first[layer + 1]]

        for layer in range(last):
            a[first[layer] + sizes[layer]] = 1.0
        self.columns = columns
        self._t, self.output = own(a, 0), own(a, last)
        self._y = aligned_zeros(sizes[-1], columns)
        self._output_slope, self._output_delta = own(slope, last), own(delta, last)
        self._forward = [
            (weights[k - 1], whole(a, k - 1), own(z, k), own(a, k), activations[k - 1].function)
            for k in range(1, last + 1)
        ]
        self._slopes: list[tuple[SlopeFunction, FloatArray, FloatArray, FloatArray]] = []
        for start, stop in _alike(activations):
            span = slice(first[start + 1], first[stop + 1])
            self._slopes.append((activations[start].slope, z[span], a[span], slope[span]))
        self._backward = [
            (
                own(delta, k),
                whole(a, k - 1).T,
                sums[k - 1],
                weights[k - 1].T,
                whole(delta, k - 1),
                whole(slope, k - 1),
            )
            for k in range(last, 1, -1)
        ]
        self._first_layer = (own(delta, 1), whole(a, 0).T, sums[0])

    def load(self, t: FloatArray, y: FloatArray) -> None:
        """Set the points, shapes (1, columns) and (2, columns)."""
        np.copyto(self._t, t)
        np.copyto(self._y, y)

    def forward(self) -> None:
        """Fill the weighted sums and activations."""
        dot = np.dot
        for weights, before, z, a, function in self._forward:
            dot(weights, before, z)
            function(z, a)

    def backward(self) -> None:
        """Fill the sums of delta · aᵀ; delta is half of dC/dz times N, and times the sign of the layers above."""
        dot, multiply = np.dot, np.multiply
        for slope_function, z, a, slope in self._slopes:
            slope_function(z, a, slope)
        np.subtract(self.output, self._y, self._output_delta)
        multiply(self._output_delta, self._output_slope, self._output_delta)
        for delta, before, total, transposed, delta_before, slope_before in self._backward:
            dot(delta, before, total)
            dot(transposed, delta, delta_before)
            multiply(delta_before, slope_before, delta_before)
        delta, before, total = self._first_layer
        dot(delta, before, total)

    def squared_error(self) -> float:
        """Sum of (a_L - y)² over the points."""
        np.subtract(self.output, self._y, self._output_delta)
        flat = self._output_delta.ravel()
        return float(np.dot(flat, flat))

    def output_slopes(self) -> FloatArray:
        """σ′(z_L), shape (2, columns), of the last backward pass."""
        return self._output_slope


def _alike(activations: Sequence[Activation]) -> list[tuple[int, int]]:
    """Runs of layers with the same activation, as (start, stop): their rows lie together, so one call does."""
    starts = [k for k, entry in enumerate(activations) if k == 0 or entry is not activations[k - 1]]
    return list(zip(starts, [*starts[1:], len(activations)], strict=True))


class Engine:
    """Noisy steepest descent on one network and one set of training points.

    Parameters
    ----------
    sizes : sequence of int
        Neurons of every layer, input and output included.
    activation, output_activation : str
        Names in ``ACTIVATIONS``.
    t : ndarray, shape (1, N)
    y : ndarray, shape (2, N)
    """

    def __init__(
        self, sizes: Sequence[int], activation: str, output_activation: str, t: FloatArray, y: FloatArray
    ) -> None:
        names = [activation] * (len(sizes) - 2) + [output_activation]
        activations = [ACTIVATIONS[name] for name in names]
        layers = len(activations)
        count = parameter_count(sizes)
        self._sizes = tuple(sizes)
        self._t, self._y = t, y
        self._signed, self._sums, self._total = (aligned_zeros(count) for _ in range(3))
        self._layer_signs = np.array([entry.sign for entry in activations])
        above = np.concatenate([np.cumprod(self._layer_signs[:0:-1])[::-1], [1.0]])
        self._jacobian_signs = np.tile(self._layer_signs * above, 2)
        self._owner = self._jacobian_of_parameter(layers)
        self._signs = self._layer_signs[self._owner % layers]
        blocks = layer_blocks(sizes, self._signed), layer_blocks(sizes, self._sums)
        widths = {min(MAX_COLUMNS, t.size), t.size % MAX_COLUMNS} - {0}
        self._passes = {width: _Pass(sizes, activations, *blocks, width) for width in widths}
        self._only = self._passes[t.size] if len(widths) == 1 and t.size in widths else None
        if self._only:
            self._only.load(t, y)
        self._noise_key: tuple[int, int] | None = None
        self._noise: FloatArray = np.empty((0, 0))

    def _jacobian_of_parameter(self, layers: int) -> Any:
        """For each parameter, which Jacobian it belongs to: J_W1 ... J_WL are 0 ... L - 1, then J_b1 ... J_bL."""
        owner = np.empty(parameter_count(self._sizes), np.intp)
        start = 0
        for k, (before, after) in enumerate(zip(self._sizes, self._sizes[1:], strict=False)):
            stop = start + after * (before + 1)
            block = owner[start:stop].reshape(after, before + 1)
            block[:, :-1] = k
            block[:, -1] = layers + k
            start = stop
        return owner

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        values: FloatArray = self._signed * self._signs
        return values

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        np.multiply(values, self._signs, self._signed)

    def is_finite(self) -> bool:
        """Whether all parameters are numbers small enough to be squared."""
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.dot(self._signed, self._signed)))

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations, of which the first is number ``first``.

        Each Jacobian is multiplied by ``learning_rate * (1 + noise * N(0, 1))`` with a number of its own and
        subtracted. The numbers depend on ``seed`` and the iteration alone.
        """
        with np.errstate(all="ignore"):  # a diverging run is diagnosed by the trainer, not warned about
            while count > 0:
                block, offset = divmod(first, BLOCK_ITERATIONS)
                rows = min(count, BLOCK_ITERATIONS - offset, max(1, SCALE_NUMBERS // self._signed.size))
                factors = self._factors(block, learning_rate, noise, seed)[offset : offset + rows]
                self._descend(factors[:, self._owner])
                first += rows
                count -= rows

    def _factors(self, block: int, learning_rate: float, noise: float, seed: int) -> FloatArray:
        """What each Jacobian's sum is multiplied by in a block of iterations, shape (100, 2 L)."""
        width = self._jacobian_signs.size
        scale: FloatArray = self._jacobian_signs * (2.0 * learning_rate / self._t.size)
        if noise == 0:
            return np.broadcast_to(scale, (BLOCK_ITERATIONS, width))
        if self._noise_key != (seed, block):
            self._noise, self._noise_key = noise_block(seed, block, width), (seed, block)
        factors: FloatArray = scale * (1.0 + noise * self._noise)
        return factors

    def _descend(self, scales: FloatArray) -> None:
        """One iteration for each row of factors, shape (rows, P)."""
        multiply, subtract, signed = np.multiply, np.subtract, self._signed
        if self._only is None:
            for scale in scales:
                self._accumulate()
                multiply(self._total, scale, self._total)
                subtract(signed, self._total, signed)
            return
        forward, backward, sums = self._only.forward, self._only.backward, self._sums
        for scale in scales:
            forward()
            backward()
            multiply(sums, scale, sums)
            subtract(signed, sums, signed)

    def _accumulate(self) -> None:
        """Add up the sums of all blocks of points in ``_total``."""
        self._total.fill(0.0)
        for _, each in self._blocks():
            each.backward()
            np.add(self._total, self._sums, self._total)

    def _blocks(self) -> Any:
        """Pass all points forward, block by block; yields (columns, pass) after each."""
        points = self._t.size
        for start in range(0, points, MAX_COLUMNS):
            columns = slice(start, min(start + MAX_COLUMNS, points))
            each = self._passes[columns.stop - start]
            if each is not self._only:
                each.load(self._t[:, columns], self._y[:, columns])
            each.forward()
            yield columns, each

    def gradient(self) -> FloatArray:
        """dC/dparameter averaged over the points, shape (P,), in the order of ``parameters``."""
        with np.errstate(all="ignore"):
            self._accumulate()
            scale = self._jacobian_signs[self._owner] * (2.0 / self._t.size)
            gradient: FloatArray = self._total * self._signs * scale
            return gradient

    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, shape (2, N), as a copy, and its cost C = ||a_L - y||² / N."""
        curve = np.empty((self._sizes[-1], self._t.size))
        squares = 0.0
        with np.errstate(all="ignore"):
            for columns, each in self._blocks():
                curve[:, columns] = each.output
                squares += each.squared_error()
        return curve, squares / self._t.size

    def output_slopes(self) -> FloatArray:
        """σ′ of the output neurons at every point, shape (2, N), as a copy."""
        slopes = np.empty((self._sizes[-1], self._t.size))
        with np.errstate(all="ignore"):
            for columns, each in self._blocks():
                each.backward()
                slopes[:, columns] = each.output_slopes()
        return slopes
