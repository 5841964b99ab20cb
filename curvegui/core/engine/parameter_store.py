"""How the engine of NumPy stores weights and biases, and how that scales its Jacobians.

Its layers compute f where a neuron's activation is a = offset + scale · f(gain · z). The constants move into the
stored numbers: W is stored times its own layer's gain and the scale of the layer before, b times its own layer's
gain. They are powers of two, so nothing is rounded on the way in and out.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, aligned_zeros
from curvegui.core.cancellation import check_cancelled, pieces
from curvegui.core.network.activations import Activation

Number = TypeVar("Number", bound=np.generic)

WIDTH_STEP = 4  # matrix products take four numbers at a time; a few zeros more are faster than a remainder


class ParameterStore:
    """The layout of a stored vector: a block a layer with the weights, zeros, and the biases as the last column.

    ``sizes`` are the neurons of every layer, input and output included, and ``activations`` one for each layer after
    the input; ``shapes`` are those of the blocks. ``indices``, shape (P,), says where each parameter is stored.

    A stored number is the parameter times its unit: ``units``, shape (2 L,), for W of every layer, then b. The sum of
    delta · aᵀ times ``sum_units``, shape (2 L,), is N · J, for J_W of every layer, then J_b. ``owner`` says for each
    stored number which Jacobian it belongs to: J_W1 ... J_WL are 0 ... L - 1, then J_b1 ... J_bL.
    """

    def __init__(self, sizes: Sequence[int], activations: Sequence[Activation]) -> None:
        self.activations = tuple(activations)
        self.shapes = [(after, before + 1) for before, after in pairwise(sizes)]
        self.shapes[1:] = [(after, -(-width // WIDTH_STEP) * WIDTH_STEP) for after, width in self.shapes[1:]]
        gains = np.array([entry.gain for entry in activations])
        scales = np.array([1.0] + [entry.scale for entry in activations])
        self.units = np.concatenate([gains * scales[:-1], gains])
        # delta of the output layer is (a - y) f′ / scale, that is N · dC/dz / (2 · gain · scale²); that of any
        # layer k is N · dC/dz / (2 · gain_k · scale_L²), since a layer's own scale cancels on the way through it
        per_delta = 2.0 * scales[-1] ** 2 * gains
        self.sum_units = np.concatenate([per_delta * scales[:-1], per_delta])
        self.owner = self.zeros().astype(np.intp)
        indices = []
        all_indices = self.blocks(np.arange(self.owner.size))
        for layer, (block, own, before) in enumerate(zip(self.blocks(self.owner), all_indices, sizes, strict=False)):
            check_cancelled()
            block[:, :-1], block[:, -1] = layer, len(self.shapes) + layer
            indices.append(np.hstack([own[:, :before], own[:, -1:]]).reshape(-1))
        self.indices = np.concatenate(indices)
        check_cancelled()
        self._owners = self.owner[self.indices]

    def zeros(self, dtype: type[np.floating] = np.float64) -> NDArray[Any]:
        """A new stored vector, of zeros."""
        return aligned_zeros(sum(rows * columns for rows, columns in self.shapes), dtype=dtype)

    def blocks(self, vector: NDArray[Number]) -> list[NDArray[Number]]:
        """A vector's views, one a layer."""
        ends = np.cumsum([rows * columns for rows, columns in self.shapes])
        return [part.reshape(shape) for part, shape in zip(np.split(vector, ends[:-1]), self.shapes, strict=True)]

    def store(self, parameters: FloatArray, vector: NDArray[np.floating], units: FloatArray) -> None:
        """Write parameters, shape (P,), or other numbers like them, into a vector, which may be of less precision."""
        vector.fill(0.0)
        with np.errstate(over="ignore"):
            for piece in pieces(self.indices.size):
                vector[self.indices[piece]] = parameters[piece] * units[self._owners[piece]]

    def read(self, vector: NDArray[np.floating], factors: FloatArray) -> FloatArray:
        """The numbers of a vector, each times its Jacobian's factor, in the order of parameters, shape (P,)."""
        values = np.empty(self.indices.size)
        with np.errstate(all="ignore"):  # numbers that run away are diagnosed, not warned about
            for piece in pieces(self.indices.size):
                np.multiply(vector[self.indices[piece]], factors[self._owners[piece]], out=values[piece])
        return values
