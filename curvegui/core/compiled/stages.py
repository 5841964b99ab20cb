"""What goes into the compiled iterations and comes out of them, many hundreds at a time; it needs no Numba itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.compiled.calls import NOISE_ROOM, Packed
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.network.noise import BLOCK_ITERATIONS, block_stream
from curvegui.core.optimizers.all import Optimizer
from curvegui.core.optimizers.descent import Descent

if TYPE_CHECKING:
    from curvegui.core.compiled.library import Library


WORDS_DRAWN = 128  # at a time


class Noise:
    """The noise of the Jacobians, drawn by the kernels where they can, else by the factors."""

    def __init__(self, library: "Library", factors: NoisyFactors) -> None:
        self._library, self._factors = library, factors
        self._room: Packed | None = None

    def of_iterations(self, plain: FloatArray, first: int, count: int, descent: Descent) -> FloatArray:
        """Factors without noise, shape (2 L,), with the noise of some iterations, from one on; shape (count, 2 L)."""
        block, offset = divmod(first, BLOCK_ITERATIONS)
        blocks = -(-(offset + count) // BLOCK_ITERATIONS)
        if self._library.fill_factors is None:
            noisy = (self._factors.noisy(plain, block + each, descent.noise, descent.seed) for each in range(blocks))
            return np.concatenate([*noisy])[offset : offset + count]
        factors = np.empty((blocks * BLOCK_ITERATIONS, plain.size))
        key = np.uint64(descent.seed), np.uint64(block_stream(block))
        if self._room is None:
            rows = BLOCK_ITERATIONS * plain.size
            room = np.empty(WORDS_DRAWN, np.uint64), np.zeros(2, np.int64), np.zeros(rows)
            self._room = self._library.pack(NOISE_ROOM, room)
        self._library.fill_factors(factors, plain, descent.noise, *key, BLOCK_ITERATIONS, self._room)
        return factors[offset : offset + count]


def scales_of_iterations(first: int, count: int, descent: Descent) -> FloatArray:
    """What the schedule multiplies the learning rate by in some iterations, from one on, shape (count,)."""
    scales = descent.rate_factors(first, count)
    return np.ones(count) if scales is None else scales


class Stages:
    """Room for what the network is after some numbers of iterations, which are ascending: the ``ends``.

    ``arrays`` are the ends, and with a row for each of them: the parameters, whether they are finite, the curve, and
    the state of the optimiser, if there is one.
    """

    def __init__(
        self, ends: Sequence[int], parameters: int, curve: tuple[int, ...], optimizer: Optimizer | None = None
    ) -> None:
        numbers = 0 if optimizer is None or not optimizer.vectors else 2 + optimizer.vectors * parameters
        count, states = len(ends), np.empty((len(ends), numbers))
        states[:, :1] = 0 if optimizer is None else optimizer.code
        notes = np.empty((count, parameters)), np.empty(count, np.bool_), np.empty((count, *curve)), states
        self.arrays = np.array(ends, np.intp), *notes


NONE = Stages((), 0, (0, 0))
