"""The network: one flat vector of parameters, feed forward, the cost, and the Jacobians. ``engine`` is its fast
form."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.network.activations import ACTIVATIONS, Activation
from curvegui.core.network.noise import initial_normals

INPUTS = 1  # t
OUTPUTS = 2  # x and y


def parameter_count(sizes: Sequence[int]) -> int:
    """How many weights and biases a network of these layer sizes has."""
    return sum(after * (before + 1) for before, after in pairwise(sizes))


@dataclass(frozen=True)
class Layer:
    """One layer after the input: views into the network's flat vector."""

    block: FloatArray  # shape (n, m + 1): the weights, and the biases as the last column
    activation: Activation

    @property
    def weights(self) -> FloatArray:
        """W, shape (n, m): a view, so writing to it changes the network."""
        return self.block[:, :-1]

    @property
    def biases(self) -> FloatArray:
        """b, shape (n, 1): a view, so writing to it changes the network."""
        return self.block[:, -1:]


def layer_blocks(sizes: Sequence[int], vector: FloatArray) -> list[FloatArray]:
    """Views of a flat vector, shape (P,), as one (n, m + 1) block a layer, biases last."""
    blocks, start = [], 0
    for before, after in pairwise(sizes):
        stop = start + after * (before + 1)
        blocks.append(vector[start:stop].reshape(after, before + 1))
        start = stop
    return blocks


def named_parameters(sizes: Sequence[int], vector: FloatArray) -> dict[str, FloatArray]:
    """Views of a flat vector by the exercise's names: W1, W2, ... of shape (n, m), then b1, b2, ... of shape (n, 1)."""
    blocks = list(enumerate(layer_blocks(sizes, vector), start=1))
    weights = {f"W{layer}": block[:, :-1] for layer, block in blocks}
    return weights | {f"b{layer}": block[:, -1:] for layer, block in blocks}


class Network:
    """A network from t to (x, y) with neurons in layers of these ``sizes``: ``(1, 6, 7, 2)``; its ``layers`` are views
    of the ``parameters``, shape (P,). Activations are names in ``ACTIVATIONS``. Raises ``ValueError`` for a vector of a
    wrong size."""

    def __init__(
        self,
        sizes: Sequence[int],
        parameters: FloatArray,
        activation: str = "logistic",
        output_activation: str = "logistic",
    ) -> None:
        needed = parameter_count(sizes)
        if parameters.shape != (needed,):
            raise ValueError(f"Layers {tuple(sizes)} need {needed} parameters, got shape {parameters.shape}.")
        self.sizes = tuple(sizes)
        self.parameters = parameters
        names = [activation] * (len(sizes) - 2) + [output_activation]
        blocks = layer_blocks(sizes, parameters)
        self.layers = [Layer(block, ACTIVATIONS[name]) for block, name in zip(blocks, names, strict=True)]

    def feed_forward(self, t: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
        """The pair z and a, weighted sums and activations, of each layer, shape (n, N); first t, shape (1, N),
        twice."""
        passed = [(t, t)]
        for layer in self.layers:
            check_cancelled()
            with np.errstate(all="ignore"):  # a diverged network is diagnosed, not warned about
                z = layer.weights @ passed[-1][1] + layer.biases
            passed.append((z, layer.activation(z)))
        return passed

    def draw(self, t: FloatArray) -> FloatArray:
        """The curve that the network draws: a_L, shape (2, N)."""
        return self.feed_forward(t)[-1][1]

    def cost(self, t: FloatArray, y: FloatArray) -> float:
        """C = ||a_L - y||² / N, the mean squared distance from y, shape (2, N), at t, shape (1, N)."""
        with np.errstate(all="ignore"):
            return float(np.sum((self.draw(t) - y) ** 2) / t.size)

    def jacobians(self, t: FloatArray, y: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
        """J_W and J_b of every layer after the input, averaged over the points.

        The chain rule, read from the output back: dC/da_L = 2 (a_L - y); through each neuron, times
        σ′(z); to a layer's weights, times the activations before it; to its biases, times 1; and on to
        the layer before, times the weights.

        ``t`` has shape (1, N). ``y`` has shape (2, N). Returns shapes (n, m) and (n, 1), as the layer's weights and
        biases.
        """
        passed = self.feed_forward(t)
        found: list[tuple[FloatArray, FloatArray]] = []
        with np.errstate(all="ignore"):
            dc_da = 2 * (passed[-1][1] - y)
            for index in range(len(self.layers) - 1, -1, -1):
                layer, (z, a), before = self.layers[index], passed[index + 1], passed[index][1]
                dc_dz = dc_da * layer.activation.slope_at(z, a)
                found.append((dc_dz @ before.T / t.size, np.sum(dc_dz, axis=1, keepdims=True) / t.size))
                dc_da = layer.weights.T @ dc_dz
        return found[::-1]

    def gradient(self, t: FloatArray, y: FloatArray) -> FloatArray:
        """The Jacobians as one flat vector, shape (P,), in the order of ``parameters``."""
        joined = [np.hstack(pair).ravel() for pair in self.jacobians(t, y)]
        return np.concatenate(joined)


def initial_parameters(sizes: Sequence[int], seed: int) -> FloatArray:
    """The parameters that a run starts from, shape (P,): N(0, 1) / 2, first all weights, then all biases."""
    parameters = np.empty(parameter_count(sizes))
    normals = initial_normals(seed, parameters.size) / 2
    blocks = layer_blocks(sizes, parameters)
    start = 0
    for part in [block[:, :-1] for block in blocks] + [block[:, -1:] for block in blocks]:
        check_cancelled()
        part[...] = normals[start : start + part.size].reshape(part.shape)
        start += part.size
    return parameters
