"""The hot loop: many iterations a call, with NumPy, and without allocating anything.

What makes it fast: all parameters are one vector, so that an update is two calls; the forward pass is shared
by all Jacobians; the calls are ready beforehand (see ``point_block``). Many points are passed in blocks
of columns, so that the arrays stay in the processor's cache, and those of large networks on all cores.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curvegui.core.activations import ACTIVATIONS, Call
from curvegui.core.arithmetic import PRECISIONS
from curvegui.core.arrays import FloatArray
from curvegui.core.crew import together
from curvegui.core.noise import BLOCK_ITERATIONS
from curvegui.core.noisy_factors import NoisyFactors
from curvegui.core.parameter_store import ParameterStore
from curvegui.core.point_share import PointShare, share_borders

SCALE_NUMBERS = 65_536  # the noisy factors are spread over the parameters for so many numbers at once


def go_on() -> None:
    """Between two iterations: nothing."""


class Stage(NamedTuple):
    """A network as it is after some iterations.

    Attributes
    ----------
    parameters : ndarray, shape (P,)
    curve : ndarray, shape (2, N)
        What it draws.
    cost : float
    is_finite : bool
        Whether all parameters are numbers small enough to be squared.
    """

    parameters: FloatArray
    curve: FloatArray
    cost: float
    is_finite: bool


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
    precision : str
        A name in ``PRECISIONS``: what is computed with. Numbers come in and go out as float64 all the same.

    Attributes
    ----------
    before_each : callable
        Is called before every iteration, and may wait.
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
    ) -> None:
        self._type = PRECISIONS[precision]
        names = [activation] * (len(sizes) - 2) + [output_activation]
        self._activations = [ACTIVATIONS[name] for name in names]
        self.before_each: Callable[[], object] = go_on
        self._t, self._y = t, y
        self._store = ParameterStore(sizes, self._activations)
        self._stored = self._store.zeros(self._type)
        shares = self._split_points(sizes)
        self._blocks = [block for share in shares for block in share.blocks]
        self._total = shares[0].total if len(shares) == 1 else self._store.zeros(self._type)
        self._gradient_calls = self._gradient_pass(shares)
        self._frozen: tuple[int, ...] = ()
        self._moving: NDArray[np.floating] | None = None
        self._factors = NoisyFactors(self._store, t.size)

    def _split_points(self, sizes: Sequence[int]) -> list[PointShare]:
        output = self._activations[-1]
        targets = (self._y - output.offset) / output.scale
        given = self._activations, self._store, self._stored, self._t
        all_borders = share_borders(self._t.size, sum(sizes))
        return [PointShare(*given, targets=targets, borders=borders) for borders in all_borders]

    def _gradient_pass(self, shares: list[PointShare]) -> list[Call]:
        """The calls that leave the sums over all points in ``_total``, those of shares in their order."""
        if len(shares) == 1:
            return shares[0].calls
        first = partial(together, [share.add_up for share in shares])
        adding = [partial(np.add, self._total, share.total, self._total) for share in shares]
        return [first, partial(self._total.fill, 0.0), *adding]

    @property
    def points(self) -> int:
        """How many points it trains on."""
        return self._t.size

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self._store.read(self._stored, 1.0 / self._store.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self._store.store(values, self._stored)

    def freeze(self, frozen: tuple[int, ...]) -> None:
        """Leave these parameters, by their places in ``parameters``, as they are from now on, and no others."""
        if frozen == self._frozen:
            return
        self._frozen, self._moving = frozen, None
        if frozen:
            moving = np.ones(self._store.count)
            moving[list(frozen)] = 0.0
            self._moving = self._store.zeros(self._type)
            self._store.store(moving, self._moving)
            np.sign(self._moving, self._moving)

    def is_finite(self) -> bool:
        """Whether all parameters are numbers small enough to be squared."""
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.dot(self._stored, self._stored)))

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations, of which the first is number ``first``.

        Each Jacobian is multiplied by ``learning_rate * (1 + noise * N(0, 1))`` with a number of its own and
        subtracted. The numbers depend on ``seed`` and the iteration alone.
        """
        with np.errstate(all="ignore"):  # a diverging run is diagnosed by the trainer, not warned about
            while count > 0:
                block, offset = divmod(first, BLOCK_ITERATIONS)
                rows = min(count, BLOCK_ITERATIONS - offset, max(1, SCALE_NUMBERS // self._stored.size))
                factors = self._factors(block, learning_rate, noise, seed)[offset : offset + rows]
                spread = factors.astype(self._type, copy=False)[:, self._store.owner]
                self._descend(spread if self._moving is None else spread * self._moving)
                first += rows
                count -= rows

    def run_stages(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> Iterator[Stage]:
        """Make ``count`` times 100 iterations, and say after each hundred what the network is.

        The first is number ``first``, a multiple of 100. Whoever stops asking finds the engine further than that.
        """
        for start in range(first, first + count * BLOCK_ITERATIONS, BLOCK_ITERATIONS):
            self.run(start, BLOCK_ITERATIONS, learning_rate, noise, seed)
            yield Stage(self.parameters, *self.evaluate(), self.is_finite())

    def _descend(self, factors: NDArray[np.floating]) -> None:
        """One iteration for each row of factors, shape (rows, P)."""
        multiply, subtract, stored, total = np.multiply, np.subtract, self._stored, self._total
        calls = self._gradient_calls
        before_each = self.before_each
        for row in factors:
            before_each()
            for call in calls:
                call()
            multiply(total, row, total)
            subtract(stored, total, stored)

    def gradient(self) -> FloatArray:
        """dC/dparameter averaged over the points, shape (P,), in the order of ``parameters``."""
        with np.errstate(all="ignore"):
            for call in self._gradient_calls:
                call()
            return self._store.read(self._total, self._store.sum_units / self._t.size)

    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, shape (2, N), as a copy, and its cost C = ||a_L - y||² / N."""
        curve, output = np.empty_like(self._y), self._activations[-1]
        with np.errstate(all="ignore"):
            for block in self._blocks:
                for call in block.forward:
                    call()
                curve[:, block.columns] = block.workspace.output
            curve = output.scale * curve + output.offset
            error = curve - self._y
            return curve, float(np.vdot(error, error)) / self._t.size

    def output_slopes(self) -> FloatArray:
        """σ′ of the output neurons at every point, shape (2, N), as a copy."""
        slopes, output = np.empty_like(self._y), self._activations[-1]
        with np.errstate(all="ignore"):
            for block in self._blocks:
                for call in (*block.forward, *block.backward):
                    call()
                slopes[:, block.columns] = block.workspace.output_slope
        return output.gain * output.scale * slopes
