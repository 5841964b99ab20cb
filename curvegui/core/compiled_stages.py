"""What goes into the compiled iterations and comes out of them, many hundreds at a time; it needs no Numba itself."""

from typing import TYPE_CHECKING

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.descent import Descent
from curvegui.core.noise import BLOCK_ITERATIONS, block_stream
from curvegui.core.noisy_factors import NoisyFactors
from curvegui.core.optimizers import Optimizer

if TYPE_CHECKING:
    from curvegui.core.compiled_library import Library


class Noise:
    """The noise of the Jacobians, drawn by the kernels where they can.

    Parameters
    ----------
    library : Library
    factors : NoisyFactors
        Which draws it where they cannot.
    """

    def __init__(self, library: "Library", factors: NoisyFactors) -> None:
        self._library, self._factors = library, factors

    def of_blocks(self, plain: FloatArray, block: int, count: int, descent: Descent) -> FloatArray:
        """Factors, shape (2 L,), in all iterations of some blocks, from one on, whose Jacobians the noise has scaled.

        Returns
        -------
        ndarray, shape (100 count, 2 L)
        """
        if self._library.fill_factors is None:
            blocks = range(block, block + count)
            return np.concatenate([self._factors.noisy(plain, each, descent.noise, descent.seed) for each in blocks])
        factors = np.empty((count * BLOCK_ITERATIONS, plain.size))
        key = np.uint64(descent.seed), np.uint64(block_stream(block))
        self._library.fill_factors(factors, plain, descent.noise, *key, BLOCK_ITERATIONS)
        return factors


def scales_of_blocks(block: int, count: int, descent: Descent) -> FloatArray:
    """What the schedule multiplies the learning rate by in all iterations of some blocks, shape (100 count,)."""
    scales = descent.rate_factors(block * BLOCK_ITERATIONS, count * BLOCK_ITERATIONS)
    return np.ones(count * BLOCK_ITERATIONS) if scales is None else scales


class Stages:
    """Room for what the network is after each of so many hundreds of iterations.

    Attributes
    ----------
    arrays : tuple of ndarray
        Parameters, whether they are finite, the curve, and what the optimiser remembers; a row of each for every stage.
    """

    def __init__(self, count: int, parameters: int, curve: tuple[int, ...], optimizer: Optimizer | None = None) -> None:
        numbers = 0 if optimizer is None or not optimizer.vectors else 2 + optimizer.vectors * parameters
        states = np.empty((count, numbers))
        states[:, :1] = 0 if optimizer is None else optimizer.code
        self.arrays = np.empty((count, parameters)), np.empty(count, np.bool_), np.empty((count, *curve)), states


NONE = Stages(0, 0, (0, 0))
