"""Randomness as a pure function of the seed and the iteration.

Nothing here has a state: pausing, seeking, branching and resuming cannot change a run, because the noise
of iteration i is the same whenever it is asked for. Philox, a counter-based generator, makes that cheap:
its key is (seed, stream), where stream 0 is for the initial parameters and stream 1 + b for the b-th
block of iterations; ``DATA_STREAM`` is for the training points; those from ``GROWTH_STREAM`` on are for
neurons that are added on the way, those from ``SHUFFLE_STREAM`` on for mini-batches.
"""

import threading

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import pieces

DATA_STREAM = 2**63  # beyond every block of iterations
GROWTH_STREAM = 2**62
SHUFFLE_STREAM = 2**63 + 2**62
GROWTH_LAYERS = 128  # streams an iteration
NOTHING_DRAWN = np.zeros(4, np.uint64)
BLOCK_ITERATIONS = 100  # drawing the noise of 100 iterations at once costs 1 % of their time


class _Source(threading.local):
    """A generator for each thread, reset to the beginning of a key; a new generator costs more than 100 iterations'
    noise."""

    def __init__(self) -> None:
        self._bits = np.random.Philox(0)
        self._generator = np.random.Generator(self._bits)

    def at(self, seed: int, stream: int) -> np.random.Generator:
        """The generator, at the beginning of a key."""
        self._bits.state = {
            "bit_generator": "Philox",
            "state": {"counter": NOTHING_DRAWN, "key": np.array([seed, stream], dtype=np.uint64)},
            "buffer": NOTHING_DRAWN,
            "buffer_pos": 4,  # nothing is left of what was drawn before
            "has_uint32": 0,
            "uinteger": 0,
        }
        return self._generator


_source = _Source()


def _normals(seed: int, stream: int, shape: tuple[int, ...]) -> FloatArray:
    generator, found = _source.at(seed, stream), np.empty(shape)
    numbers = found.reshape(-1)
    for piece in pieces(found.size):
        generator.standard_normal(out=numbers[piece])
    return found


def initial_normals(seed: int, count: int) -> FloatArray:
    """N(0, 1) numbers for a run's initial parameters, shape (count,)."""
    return _normals(seed, 0, (count,))


def data_normals(seed: int, shape: tuple[int, ...]) -> FloatArray:
    """N(0, 1) numbers for the noise of a run's training points."""
    return _normals(seed, DATA_STREAM, shape)


def growth_normals(seed: int, iteration: int, layer: int, shape: tuple[int, int]) -> FloatArray:
    """N(0, 1) numbers for the neurons that a layer is given at an iteration, one row each."""
    stream = GROWTH_STREAM + (iteration * GROWTH_LAYERS + layer) % GROWTH_STREAM
    return _normals(seed, stream, shape)


def noise_block(seed: int, block: int, width: int) -> FloatArray:
    """N(0, 1) numbers for one block of iterations, shape (BLOCK_ITERATIONS, width): one for every Jacobian."""
    return _normals(seed, block_stream(block), (BLOCK_ITERATIONS, width))


def block_stream(block: int) -> int:
    """The stream of a block of iterations."""
    return 1 + block


def shuffled(seed: int, block: int, rows: int, points: int) -> NDArray[np.intp]:
    """The numbers of all points in random orders, shape (rows, points), for one block of mini-batches."""
    orders = np.broadcast_to(np.arange(points), (rows, points))
    return _source.at(seed, SHUFFLE_STREAM + block).permuted(orders, axis=1)
