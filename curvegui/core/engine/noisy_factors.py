"""What each Jacobian is multiplied by in each iteration: the learning rate, and the noise."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block


class NoisyFactors:
    """Factors of the sums over the points, in a store's units, a block of iterations at a time; it keeps the last."""

    def __init__(self, store: ParameterStore, points: int) -> None:
        self._units, self._sum_units, self._points = store.units, store.sum_units, points
        self._drawn: tuple[int, int] | None = None
        self._asked: tuple[int, float, float, int] | None = None
        self._noise: FloatArray = np.empty((0, 0))
        self._factors: FloatArray = np.empty((0, 0))

    def __call__(self, block: int, learning_rate: float, noise: float, seed: int) -> FloatArray:
        """Those of a block of iterations, shape (100, 2 L), to be read only."""
        asked = block, learning_rate, noise, seed
        if self._asked != asked:
            self._factors, self._asked = self.noisy(self.plain(learning_rate), block, noise, seed), asked
        return self._factors

    def plain(self, learning_rate: float) -> FloatArray:
        """Those without noise, shape (2 L,): of every iteration."""
        found: FloatArray = learning_rate / self._points * self._units * self._sum_units
        return found

    def of_decay(self, weight_decay: float) -> FloatArray:
        """By what a stored weight is multiplied to be added to the sums as its decay, shape (2 L,); 0 for a bias."""
        found: FloatArray = weight_decay * self._points / (self._units * self._sum_units)
        found[found.size // 2 :] = 0.0
        return found

    def of_gradient(self, block: int, noise: float, seed: int) -> FloatArray:
        """Those by which the sums become the gradient, shape (100, 2 L), whose Jacobians the noise has scaled."""
        return self.noisy(self.of_plain_gradient(), block, noise, seed)

    def of_plain_gradient(self) -> FloatArray:
        """Those without noise, shape (2 L,)."""
        found: FloatArray = self._sum_units / self._points
        return found

    def noisy(self, plain: FloatArray, block: int, noise: float, seed: int) -> FloatArray:
        """Others with the noise of a block of iterations, shape (100, 2 L)."""
        if noise == 0:
            return np.broadcast_to(plain, (BLOCK_ITERATIONS, plain.size))
        if self._drawn != (seed, block):
            self._noise, self._drawn = noise_block(seed, block, plain.size), (seed, block)
        noisy: FloatArray = plain * (1.0 + noise * self._noise)
        return noisy
