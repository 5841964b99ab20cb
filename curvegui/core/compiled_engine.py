"""The hot loop compiled by Numba, where that is installed (extra ``fast``): the same results as ``engine``, sooner.

Importing this module needs no Numba and takes no time; ``prepare`` compiles, or loads what was compiled before.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from math import isfinite
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from curvegui.core.activations import ACTIVATIONS
from curvegui.core.arithmetic import PRECISIONS
from curvegui.core.arrays import CACHE_LINE_BYTES, FloatArray, aligned_zeros
from curvegui.core.engine import Stage, go_on
from curvegui.core.noise import BLOCK_ITERATIONS
from curvegui.core.noisy_factors import NoisyFactors
from curvegui.core.parameter_store import ParameterStore

if TYPE_CHECKING:
    from curvegui.core.compiled_library import Library

TILE_BYTES = 40_960  # activations and slopes of so many columns stay in the nearest cache
MAX_TILE_LINES = 31  # of the cache, a row; an odd number, so that rows do not compete for the same places in it
INPUT_ROWS = 2  # t, and ones


def is_available() -> bool:
    """Whether Numba is installed. It may still fail to import."""
    return find_spec("numba") is not None


_libraries: dict[str, "Library"] = {}
_compiling = Lock()


def is_prepared(precision: str = "double") -> bool:
    """Whether an engine of this precision can be built at once."""
    return precision in _libraries


def prepare(precision: str = "double") -> "Library":
    """Compile the kernels for a precision, or load them; again, it takes no time. Any thread may call it.

    Raises
    ------
    ImportError
        Where Numba is not there or does not fit the NumPy that is.
    """
    with _compiling:
        if precision not in _libraries:
            _libraries[precision] = _compile(precision)
        return _libraries[precision]


def _compile(precision: str) -> "Library":
    from curvegui.core.compiled_library import Library

    library = Library()
    points = np.zeros((1, 2)), np.zeros((2, 2))
    first = CompiledEngine((1, 1, 2), "tanh", "tanh", *points, precision=precision, library=library)
    first.run(0, 1, 0.0, 0.0, 0)
    first.gradient()
    first.evaluate()
    library.close()
    return library


class CompiledEngine:
    """Noisy steepest descent on one network and one set of training points: see ``Engine``.

    Several engines may run in as many threads at the same time, each in one: the interpreter's lock is released.

    Parameters
    ----------
    sizes : sequence of int
        Neurons of every layer, input and output included.
    activation, output_activation : str
        Names in ``ACTIVATIONS``.
    t : ndarray, shape (1, N)
    y : ndarray, shape (2, N)
    precision : str
        What is computed with. Numbers come in and go out as float64 all the same.
    library : Library, optional
        The kernels; those of ``prepare``, which may take seconds, unless given.

    Attributes
    ----------
    before_each : callable
        Is called before every 100 iterations, where ``Engine`` calls it before each, and may wait.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str,
        output_activation: str,
        t: FloatArray,
        y: FloatArray,
        *,
        precision: str = "double",
        library: "Library | None" = None,
    ) -> None:
        names = [activation] * (len(sizes) - 2) + [output_activation]
        self._library = library = library or prepare(precision)
        self._type = PRECISIONS[precision]
        self._output = ACTIVATIONS[output_activation]
        self.before_each: Callable[[], object] = go_on
        self._t, self._y = t, y
        self._store = ParameterStore(sizes, [ACTIVATIONS[name] for name in names])
        self._factors = NoisyFactors(self._store, t.size)
        self._stored, self._sums = (self._store.zeros(self._type) for _ in range(2))
        self._plan = self._layer_plan(library.codes(names))
        self._shifts = np.array([ACTIVATIONS[name].offset / ACTIVATIONS[name].scale for name in names], self._type)
        self._points = self._tiled_points()
        self._network = self._stored, self._sums, self._plan, self._shifts, self._points, *self._buffers()
        self._drawn, self._drawn_slopes = (np.empty((len(y), len(self._points[0]))) for _ in range(2))
        self._no_stages = np.empty((0, self._stored.size), self._type), np.empty((0, *self._drawn.shape))
        self.freeze(())

    def _zeros(self, *shape: int) -> NDArray[np.floating]:
        """Zeros of this precision that start on a cache line."""
        return aligned_zeros(*shape, dtype=self._type)

    def _layer_plan(self, codes: Sequence[int]) -> NDArray[np.intp]:
        blocks = self._store.blocks(self._stored)
        widths = [block.shape[1] for block in blocks]
        rows = [0, INPUT_ROWS, *(INPUT_ROWS + np.cumsum(widths[1:]))]
        numbers = [0, *np.cumsum([block.size for block in blocks])]
        plan = [(len(block), widths[k], numbers[k], rows[k], rows[k + 1], codes[k]) for k, block in enumerate(blocks)]
        return np.array(plan, np.intp)

    def _tiled_points(self) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating], int]:
        """What the kernels know of the points: t, live, the targets row by row, and how many columns a tile has.

        The last line of the cache is filled up with columns that are not live, 0 where others are 1.
        """
        line = CACHE_LINE_BYTES // np.dtype(self._type).itemsize
        points = self._t.size
        lines = -(-points // line)
        columns = lines * line
        t, live, targets = self._zeros(columns), self._zeros(columns), self._zeros(len(self._y), columns)
        t[:points], t[points:] = self._t[0], self._t[0, -1]  # what fills up may not be larger than what is there
        live[:points] = 1.0
        targets[:, :points] = self._y / self._output.scale
        room = TILE_BYTES // (2 * CACHE_LINE_BYTES * self._rows())
        most = min(MAX_TILE_LINES, max(room, 4)) // 4 * 4 + 1
        tiles = -(-lines // most)
        return t, live, targets.reshape(-1), line * -(-lines // tiles)

    def _rows(self) -> int:
        return int(self._plan[-1, 4] + self._plan[-1, 0])

    def _buffers(self) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Activations with the rows of ones, and slopes."""
        stride = self._points[-1]
        a, slopes = self._zeros(self._rows(), stride), self._zeros(self._rows(), stride)
        a[self._plan[:, 4] - 1] = 1.0
        return a.reshape(-1), slopes.reshape(-1)

    @property
    def points(self) -> int:
        """How many points it trains on."""
        return self._t.size

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self._read(self._stored)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self._store.store(values, self._stored)

    def _read(self, stored: NDArray[np.floating]) -> FloatArray:
        return self._store.read(stored, 1.0 / self._store.units)

    def freeze(self, frozen: tuple[int, ...]) -> None:
        """Leave these parameters, by their places in ``parameters``, as they are from now on, and no others."""
        moving, stored = np.ones(self._store.count), self._store.zeros()
        moving[list(frozen)] = 0.0
        self._store.store(moving, stored)
        self._owner = np.where(stored != 0, self._store.owner, -1)

    def is_finite(self) -> bool:
        """Whether all parameters are numbers small enough to be squared."""
        return is_finite(self._stored)

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations, of which the first is number ``first``: see ``Engine.run``."""
        while count > 0:
            block, offset = divmod(first, BLOCK_ITERATIONS)
            rows = min(count, BLOCK_ITERATIONS - offset)
            factors = self._factors(block, learning_rate, noise, seed)[offset : offset + rows]
            self.before_each()
            self._descend(factors, *self._no_stages)
            first += rows
            count -= rows

    def _descend(self, factors: FloatArray, kept: NDArray[np.floating], curves: FloatArray) -> None:
        numbers = np.ascontiguousarray(factors, self._type)
        self._library.descend(*self._network, self._owner, numbers, kept, curves, self._drawn_slopes)

    def run_stages(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> Iterator[Stage]:
        """Make ``count`` times 100 iterations, all at once, and say after each hundred what the network is."""
        self.before_each()
        blocks = range(first // BLOCK_ITERATIONS, first // BLOCK_ITERATIONS + count)
        factors = np.concatenate([self._factors(block, learning_rate, noise, seed) for block in blocks])
        kept, curves = np.empty((count, self._stored.size), self._type), np.empty((count, *self._drawn.shape))
        self._descend(factors, kept, curves)
        self.before_each()  # what follows needs the interpreter
        # Small arrays one by one: a call for all of them would let go of the interpreter's lock, which another thread
        # is in no hurry to return
        for stored, drawn in zip(kept, curves, strict=True):
            yield Stage(self._read(stored), *self._evaluation(drawn), is_finite(stored))

    def gradient(self) -> FloatArray:
        """dC/dparameter averaged over the points, shape (P,), in the order of ``parameters``."""
        self._library.gradient(*self._network)
        return self._store.read(self._sums, self._store.sum_units / self._t.size)

    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, shape (2, N), as a copy, and its cost C = ||a_L - y||² / N."""
        self._look()
        return self._evaluation(self._drawn)

    def _evaluation(self, drawn: FloatArray) -> tuple[FloatArray, float]:
        with np.errstate(all="ignore"):
            curve: FloatArray = self._output.scale * drawn[:, : self.points]
            error = curve - self._y
            return curve, float(np.add.reduce(np.multiply(error, error), axis=None)) / self._t.size

    def output_slopes(self) -> FloatArray:
        """σ′ of the output neurons at every point, shape (2, N), as a copy."""
        self._look()
        return self._output.gain * self._output.scale * self._drawn_slopes[:, : self.points]

    def _look(self) -> None:
        """Draw what the output layer makes of all points, before it is scaled, and its slopes."""
        stored, _, *others = self._network
        self._library.look(stored, *others, self._drawn, self._drawn_slopes)


def is_finite(numbers: NDArray[np.floating]) -> bool:
    """Whether all are numbers small enough to be squared."""
    with np.errstate(all="ignore"):
        return isfinite(np.add.reduce(numbers * numbers))
