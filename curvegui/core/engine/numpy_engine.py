"""The hot loop: many iterations a call, with NumPy, and without allocating anything.

What makes it fast: all parameters are one vector, so that an update is two calls; the forward pass is shared
by all Jacobians; the calls are ready beforehand (see ``point_block``). Many points are passed in blocks
of columns, so that the arrays stay in the processor's cache, and those of large networks on all cores.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.arithmetic import PRECISIONS
from curvegui.core.engine.loop import Gradients, Optimized, descend_steeply
from curvegui.core.engine.mini_batch import MiniBatch
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.engine.point_share import FEWEST_NEURONS, FEWEST_OF_SINGLE, PointShare, share_borders
from curvegui.core.engine.threads import has_the_cores, together
from curvegui.core.network.activations import ACTIVATIONS, Call
from curvegui.core.network.network import Network
from curvegui.core.optimizers.descent import Descent


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
    state : ndarray
        What the optimiser remembers.
    """

    parameters: FloatArray
    curve: FloatArray
    cost: float
    is_finite: bool
    state: FloatArray


class Engine(Optimized):
    """Descent, plain and noisy or with an optimiser, on one network and one set of training points.

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
    store : ParameterStore
        How it lays out its vectors.
    stored : ndarray
        Its parameters in this layout: not a copy.
    moving : ndarray of bool, shape (P,)
        Which parameters are not frozen.
    stored_moving : ndarray or None
        0 where a stored number is frozen and 1 elsewhere, or nothing where none is.
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
        super().__init__(t)
        self._y, self._names = y, (activation, output_activation)
        self.store = ParameterStore(sizes, self._activations)
        self.stored = self.store.zeros(self._type)
        shares = self._split_points(sizes)
        self._blocks = [block for share in shares for block in share.blocks]
        self._total = shares[0].total if len(shares) == 1 else self.store.zeros(self._type)
        self._gradient_calls = self._gradient_pass(shares)
        self._frozen: tuple[int, ...] = ()
        self.moving = np.ones(self.store.count, np.bool_)
        self.stored_moving: NDArray[np.floating] | None = None
        self._factors = NoisyFactors(self.store, t.size)
        self._batch: MiniBatch | None = None

    def _split_points(self, sizes: Sequence[int]) -> list[PointShare]:
        targets = self._targets()
        given = self._activations, self.store, self.stored, self._t
        fewest = FEWEST_OF_SINGLE if self._type is np.float32 else FEWEST_NEURONS
        all_borders = share_borders(self._t.size, sum(sizes), fewest)
        return [PointShare(*given, targets=targets, borders=borders) for borders in all_borders]

    def _targets(self) -> FloatArray:
        """What f of the output layer should be, shape (2, N)."""
        output = self._activations[-1]
        found: FloatArray = (self._y - output.offset) / output.scale
        return found

    def _gradient_pass(self, shares: list[PointShare]) -> list[Call]:
        """The calls that leave the sums over all points in ``_total``, those of shares in their order."""
        if len(shares) == 1:
            return shares[0].calls
        sums: list[Call] = [share.add_up for share in shares]
        first = [partial(together, sums)] if has_the_cores() else sums
        adding = [partial(np.add, self._total, share.total, self._total) for share in shares]
        return [*first, partial(self._total.fill, 0.0), *adding]

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self.store.read(self.stored, 1.0 / self.store.units)

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self.store.store(values, self.stored)

    def freeze(self, frozen: tuple[int, ...]) -> None:
        """Leave these parameters, by their places in ``parameters``, as they are from now on, and no others."""
        if frozen == self._frozen:
            return
        self._frozen, self.moving, self.stored_moving = frozen, np.ones(self.store.count, np.bool_), None
        self.moving[list(frozen)] = False
        if frozen:
            self.stored_moving = self.store.zeros(self._type)
            self.store.store(self.moving.astype(np.float64), self.stored_moving, np.ones_like(self.store.units))

    def is_finite(self) -> bool:
        """Whether all parameters are numbers small enough to be squared, and the optimiser remembers only numbers."""
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.dot(self.stored, self.stored))) and self._optimization.is_finite()

    def run(self, first: int, count: int, learning_rate: float, noise: float, seed: int) -> None:
        """Make ``count`` iterations of plain descent, of which the first is number ``first``.

        Each Jacobian is multiplied by ``learning_rate * (1 + noise * N(0, 1))`` with a number of its own and
        subtracted. The numbers depend on ``seed`` and the iteration alone. What an optimiser remembers stays as it is.
        """
        with np.errstate(all="ignore"):  # a diverging run is diagnosed by the trainer, not warned about
            self.descend_steeply(first, count, Descent(learning_rate, noise, seed))

    def descend_steeply(self, first: int, count: int, descent: Descent) -> None:
        """The same of a plain descent as it is described, on a mini-batch or by a schedule: see ``Machine``."""
        descend_steeply(self, first, count, descent)

    def gradients(self, batch: int, seed: int, first: int) -> Gradients:
        """How the gradients of the iterations from number ``first`` on are come by: see ``Machine``."""
        if not 0 < batch < self.points:
            return Gradients(self._gradient_calls, self._total, self._factors)
        if self._batch is None or self._batch.key != (batch, seed):
            points = self._t, self._targets()
            self._batch = MiniBatch(self._activations, self.store, self.stored, *points, batch=batch, seed=seed)
        self._batch.iteration = first
        return Gradients(self._batch.calls, self._batch.sums, self._batch.factors)

    def network(self) -> Network:
        """The network as it stands, a copy."""
        return Network(self.store.sizes, self.parameters, *self._names)

    def training_points(self) -> tuple[FloatArray, FloatArray]:
        """Inputs, shape (1, N), and what they are to be answered with, shape (2, N); not copies."""
        return self._t, self._y

    def run_stages(self, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Stage]:
        """Make the iterations from number ``first`` up to each end, and say there what the network is.

        There is at least one end; they ascend. Whoever stops asking may find the engine further than that.
        """
        return stages_one_by_one(self, first, ends, descent)

    def descend_noting(self, first: int, ends: Sequence[int], descent: Descent) -> tuple[FloatArray, FloatArray]:
        """Make the same iterations at once, and note at each end what the network is.

        Returns
        -------
        parameters : ndarray, shape (ends, P)
        curves : ndarray, shape (ends, 2, N)
            What it drew.
        """
        return notes_one_by_one(self, first, ends, descent)

    def goes_beside_others(self, descent: Descent) -> bool:
        """Whether several engines at once, each in its thread, are faster than one after the other.

        These need the interpreter after each call.
        """
        return False

    def gradient(self) -> FloatArray:
        """dC/dparameter averaged over the points, shape (P,), in the order of ``parameters``."""
        with np.errstate(all="ignore"):
            for call in self._gradient_calls:
                call()
            return self.store.read(self._total, self.store.sum_units / self._t.size)

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


class Staged(Protocol):
    """What makes its iterations one stage after the other."""

    parameters: FloatArray
    state: FloatArray

    def descend(self, first: int, count: int, descent: Descent) -> None:
        """Make iterations."""
        ...

    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, and its cost."""
        ...

    def is_finite(self) -> bool:
        """Whether nothing has run away."""
        ...


def stages_one_by_one(engine: Staged, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Stage]:
    """See `Engine.run_stages`."""
    for start, end in pairwise((first, *ends)):
        engine.descend(start, end - start, descent)
        yield Stage(engine.parameters, *engine.evaluate(), engine.is_finite(), engine.state)


def notes_one_by_one(
    engine: Staged, first: int, ends: Sequence[int], descent: Descent
) -> tuple[FloatArray, FloatArray]:
    """See `Engine.descend_noting`."""
    stages = [(stage.parameters, stage.curve) for stage in stages_one_by_one(engine, first, ends, descent)]
    parameters, curves = zip(*stages, strict=True)
    return np.stack(parameters), np.stack(curves)
