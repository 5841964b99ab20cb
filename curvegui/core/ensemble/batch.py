"""The hot loop of several networks at once: what ``engine`` computes for one, in as many NumPy calls for all.

A call on the few numbers of one small network costs more than its arithmetic. The arrays are (neuron, network,
point): a layer's rows lie together for all networks, so what is done neuron by neuron is one call on one long row,
and the products are `numpy.matmul` on views, (network, neuron, point). All networks take the same t, so the first
layer is one single product. A row of ones below each layer carries the next one's biases, and the neurons are f
alone, as in ``point_block``.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.engine.arithmetic import PRECISIONS
from curvegui.core.engine.first_order import descend_plainly, with_decay
from curvegui.core.engine.loop import go_on, stretches
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.ensemble.batch_store import BatchStore
from curvegui.core.network.activations import ACTIVATIONS, Call
from curvegui.core.network.network import initial_parameters
from curvegui.core.settings.config import TrainingConfig


class Batch:
    """Noisy steepest descent on B networks with the same layers, activations and t, from their seeds on.

    ``t`` has shape (1, N); ``y``, shape (B, 2, N), is what each network is to answer. It computes with a precision that
    is a name in ``PRECISIONS``; numbers come in and go out as float64 all the same. ``before_each`` is called before
    every iteration, and may wait.
    """

    def __init__(
        self, configs: Sequence[TrainingConfig], t: FloatArray, y: FloatArray, precision: str = "double"
    ) -> None:
        self._configs, first, self._type = configs, configs[0], PRECISIONS[precision]
        self.before_each: Callable[[], object] = go_on
        names = [first.activation] * len(first.hidden) + [first.output_activation]
        self._activations, self._neurons = [ACTIVATIONS[name] for name in names], first.sizes[1:]
        self._one, self._points = ParameterStore(first.sizes, self._activations), t.shape[1]
        self._store = BatchStore(first.sizes, self._one, len(configs))
        self._stored, self._sums = (self._store.zeros(self._type) for _ in range(2))
        self._weights, self._totals = self._store.blocks(self._stored), self._store.blocks(self._sums)
        self._inputs = np.concatenate([t, np.ones_like(t)]).astype(self._type, copy=False)
        self._make_room(len(configs))
        self._calls = [*self._forward(), *self._backward(y)]
        self._moving = self._movable()
        self._noises = [NoisyFactors(self._one, self._points) for _ in configs]
        pairs = zip(self._noises, configs, strict=True)
        decays = [noise.of_decay(config.descent.weight_decay) for noise, config in pairs]
        self._decay: FloatArray = np.concatenate(decays)[self._store.owner]
        self._factors, self._block = np.empty((0, 0)), -1
        self.parameters = np.stack([initial_parameters(config.sizes, config.seed) for config in configs])

    def _make_room(self, networks: int) -> None:
        """Arrays for all layers below each other; nobody needs z once the slopes are there: delta takes its place."""
        self._starts = [0, *np.cumsum([neurons + 1 for neurons in self._neurons]).tolist()]
        shape = self._starts[-1] - 1, networks, self._points  # no layer after the output needs ones
        room = partial(aligned_zeros, dtype=self._type)
        self._z, self._f = room(*shape), room(*shape)
        self._slope = room(max(self._neurons), networks, self._points)  # of one layer after the other
        self._a = room(*shape) if self._activations[0].offset and len(self._neurons) > 1 else self._f
        for above in self._starts[1:-1]:
            self._a[above - 1] = 1.0

    def _own(self, array: FloatArray, layer: int) -> FloatArray:
        """A layer's rows, without its ones, shape (n, B, N)."""
        return array[self._starts[layer] : self._starts[layer] + self._neurons[layer]]

    def _below(self, layer: int) -> FloatArray:
        """What a layer takes, with the ones, as matrices, shape (B, m + 1, N)."""
        return _matrices(self._a[self._starts[layer - 1] : self._starts[layer]])

    def _forward(self) -> list[Call]:
        """The calls that fill the weighted sums and f of every layer, and what the next one takes."""
        calls: list[Call] = []
        for layer, entry in enumerate(self._activations):
            z, f = self._own(self._z, layer), self._own(self._f, layer)
            if layer == 0:
                calls.append(partial(np.dot, _lines(self._weights[0]), self._inputs, _lines(z)))
            else:
                calls.append(partial(np.matmul, self._weights[layer], self._below(layer), _matrices(z)))
            calls.append(partial(entry.function, _flat(z), _flat(f)))
            if self._a is not self._f and layer + 1 < len(self._activations):
                shift = np.array(entry.offset / entry.scale, self._type)
                calls.append(partial(np.add, _flat(f), shift, _flat(self._own(self._a, layer))))
        return calls

    def _backward(self, y: FloatArray) -> list[Call]:
        """The calls that leave each network's sums of delta · aᵀ over its points in ``_sums``."""
        last, output = len(self._neurons) - 1, self._activations[-1]
        targets = np.ascontiguousarray(_matrices((y - output.offset) / output.scale), self._type)
        delta = self._own(self._z, last)
        calls: list[Call] = [
            *self._slopes(last),
            partial(np.subtract, _flat(self._own(self._f, last)), _flat(targets), _flat(delta)),
            self._times_slope(last),
        ]
        for layer in range(last, 0, -1):
            back, below = _turned(self._weights[layer][:, :, :-1]), self._own(self._z, layer - 1)
            calls += [
                partial(np.matmul, _matrices(delta), _turned(self._below(layer)), self._totals[layer]),
                *self._slopes(layer - 1),  # only now, when they are needed: they are still near then
                partial(np.matmul, back, _matrices(delta), _matrices(below)),
                self._times_slope(layer - 1),
            ]
            delta = below
        return [*calls, partial(np.dot, _lines(delta), self._inputs.T, _lines(self._totals[0]))]

    def _slopes(self, layer: int) -> tuple[Call, ...]:
        arrays = self._own(self._z, layer), self._own(self._f, layer), self._slope[: self._neurons[layer]]
        return self._activations[layer].slope(*map(_flat, arrays))

    def _times_slope(self, layer: int) -> Call:
        delta = _flat(self._own(self._z, layer))
        return partial(np.multiply, delta, _flat(self._slope[: self._neurons[layer]]), delta)

    def _movable(self) -> FloatArray | None:
        """0 where a stored number is frozen and 1 elsewhere, or nothing where none is."""
        moving = np.ones((len(self._configs), self._one.count))
        for row, config in zip(moving, self._configs, strict=True):
            row[list(config.frozen)] = 0.0
        return None if moving.all() else self._store.laid_out(moving).astype(self._type, copy=False)

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases of all, shape (B, P)."""
        return self._store.read(self._stored, 1.0 / self._one.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self._store.store(values, self._stored)

    def run(self, first: int, count: int) -> None:
        """Make ``count`` iterations, of which the first is number ``first``; see `Engine.run`."""
        calls = with_decay([self.before_each, *self._calls], self._sums, self._stored, self._decay)
        with np.errstate(all="ignore"):  # a network that runs away is told by its cost
            for block, rows, _ in stretches(first, count, self._stored.size):
                if block != self._block:
                    self._draw(block)
                spread = self._factors[rows][:, self._store.owner]
                moving = spread if self._moving is None else spread * self._moving
                descend_plainly(calls, self._sums, self._stored, moving)

    def _draw(self, block: int) -> None:
        """Fill in what each network's Jacobians are multiplied by in a block of iterations, shape (100, B · 2 L)."""
        pairs = zip(self._noises, self._configs, strict=True)
        factors = [each(block, config.aggression, config.noise, config.seed) for each, config in pairs]
        self._factors, self._block = np.concatenate(factors, axis=1).astype(self._type, copy=False), block

    def gradients(self) -> FloatArray:
        """dC/dparameter of each network averaged over the points, shape (B, P), in the order of ``parameters``."""
        with np.errstate(all="ignore"):
            for call in self._calls:
                call()
            return self._store.read(self._sums, self._one.sum_units / self._points)


def _matrices(rows: FloatArray) -> FloatArray:
    """(neuron, network, point) as a matrix a network, or back."""
    return rows.transpose(1, 0, 2)


def _turned(matrices: FloatArray) -> FloatArray:
    """The transpose of each."""
    return matrices.transpose(0, 2, 1)


def _lines(rows: FloatArray) -> FloatArray:
    """All rows of all networks below each other, as one matrix."""
    return rows.reshape(-1, rows.shape[-1])


def _flat(rows: FloatArray) -> FloatArray:
    """Whole rows as one long row."""
    return rows.reshape(-1)
