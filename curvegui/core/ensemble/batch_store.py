"""How a batch stores the weights and biases of all its networks in one vector.

A block a layer: (neuron, network, weights and bias) in the first layer, which is one product for all, and
(network, neuron, weights and bias) in the others. The numbers are in the units of ``parameter_store``.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.network import layer_blocks


class BatchStore:
    """The layout of a stored vector, of B networks with these layer sizes, input and output included.

    ``one`` is the store of a single network. ``owner``, shape (B · P,), has for each stored number its network's number
    times 2 L plus the number of its Jacobian.
    """

    def __init__(self, sizes: Sequence[int], one: ParameterStore, networks: int) -> None:
        self._one, self._shapes = one, [(networks, after, before + 1) for before, after in pairwise(sizes)]
        self._jacobian = _jacobian_of_parameter(sizes, one.count)
        self._source = self._laid(np.arange(networks * one.count).reshape(networks, -1))
        self.owner = self._laid(one.units.size * np.arange(networks)[:, np.newaxis] + self._jacobian)

    def _laid(self, values: NDArray[np.intp]) -> NDArray[np.intp]:
        parts, start = [], 0
        for shape in self._shapes:
            stop = start + shape[1] * shape[2]
            block = values[:, start:stop].reshape(shape)
            parts.append((block if start else block.transpose(1, 0, 2)).ravel())
            start = stop
        return np.concatenate(parts)

    def zeros(self, dtype: type[np.floating] = np.float64) -> NDArray[Any]:
        """A new vector of this layout."""
        return aligned_zeros(self._source.size, dtype=dtype)

    def blocks(self, vector: NDArray[Any]) -> list[NDArray[Any]]:
        """A vector's views: the first layer's as (n, B, m + 1), the others' as (B, n, m + 1)."""
        (networks, neurons, columns), *others = self._shapes
        shapes = [(neurons, networks, columns), *others]
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        return [part.reshape(shape) for part, shape in zip(np.split(vector, ends[:-1]), shapes, strict=True)]

    def laid_out(self, values: FloatArray) -> FloatArray:
        """A number for each parameter of each network, shape (B, P), in this layout."""
        found: FloatArray = values.reshape(-1)[self._source]
        return found

    def store(self, parameters: FloatArray, vector: NDArray[np.floating]) -> None:
        """Write parameters, shape (B, P), into a vector of this layout, which may be of less precision."""
        with np.errstate(over="ignore"):
            vector[:] = self.laid_out(parameters * self._one.units[self._jacobian])

    def read(self, vector: NDArray[np.floating], factors: FloatArray) -> FloatArray:
        """The numbers of a vector, each times its Jacobian's factor, as parameters are ordered, shape (B, P)."""
        values = np.empty(self._source.size)
        values[self._source] = vector
        with np.errstate(all="ignore"):  # the cost shows numbers that run away
            found: FloatArray = values.reshape(-1, self._one.count) * factors[self._jacobian]
        return found


def _jacobian_of_parameter(sizes: Sequence[int], count: int) -> NDArray[np.intp]:
    """For each of a network's parameters, which Jacobian it belongs to: J_W1 ... J_WL, then J_b1 ... J_bL."""
    owner = np.empty(count)
    blocks = layer_blocks(sizes, owner)
    for layer, block in enumerate(blocks):
        block[:, :-1], block[:, -1] = layer, len(blocks) + layer
    return owner.astype(np.intp)
