"""The hot loop compiled by Numba, where that is installed (extra ``fast``): the same results as NumPy's, sooner."""

from collections.abc import Iterator, Sequence
from functools import partial
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.compiled.calls import CODES, HELD, NETWORK, READING, RULES, STAGES, Packed
from curvegui.core.compiled.points import BatchCalls, TiledPoints, is_much_work, shared_calls
from curvegui.core.compiled.preparing import prepare
from curvegui.core.compiled.stages import NONE, Noise, Stages, scales_of_iterations
from curvegui.core.engine.first_order import FirstOrder, Gradients
from curvegui.core.engine.loop import Stage, stretches
from curvegui.core.engine.mini_batch import Dealer
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.stored import PLAIN, StoredDescending
from curvegui.core.network.activations import Call
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import WHOLE, Descent

INPUT_ROWS = 2  # t, and ones


class CompiledEngine(StoredDescending):
    """Descent on one network and one set of training points: see `Descending`.

    The kernels make the iterations of first order; those of second order take the gradient from the kernels.
    ``before_each`` is called before every 100 iterations; of much work, before each.
    Several engines may run in as many threads at the same time, each in one: the interpreter's lock is released.
    """

    def _begin_own(self, precision: str) -> None:
        super()._begin_own(precision)
        self._library = prepare(precision)
        entries, self._output = self._activations, self._activations[-1]
        self._noise = Noise(self._library, self._factors)
        self._sums = self.store.zeros(self._type)
        self._plan = self._layer_plan([CODES[entry.kernel] for entry in entries])
        self._shifts = np.array([entry.offset / entry.scale for entry in entries], self._type)
        self._tiles = TiledPoints(self._t, self._targets(), self._plan, self._type)
        self._network = self._arguments(self._tiles)
        self._is_shared = is_much_work(self._t.size, self.store.count, sum(self.store.sizes))
        self._gradient_calls = self._calls_for_all_points()
        self._drawn, self._drawn_slopes = (np.empty((len(self._y), len(self._tiles.points[0]))) for _ in range(2))
        self._batch: BatchCalls | None = None
        self._batch_key = WHOLE, 0
        units = self.store.of_parameters(1.0 / self.store.units)
        reading = self.store.places, units, self._output.scale, self._drawn_slopes
        self._reading = self._library.pack(READING, reading)
        self._owner = self._moving_owner()
        self._held: dict[float, Packed] = {}
        self._nothing = self._library.pack(STAGES, NONE.arrays)

    def _targets(self) -> FloatArray:
        """What the output layer is to answer, in the kernels' units, shape (2, N)."""
        found: FloatArray = self._y / self._output.scale
        return found

    def _calls_for_all_points(self) -> list[Call]:
        """The calls that leave the sums over all points in ``_sums``."""
        if not self._is_shared:
            return [partial(self._library.gradient, self._network)]
        network = self.stored, self._sums, self._plan, self._shifts
        return shared_calls(self._library, network, self._t, self._targets())

    def _makes_hundreds(self, batch: int) -> bool:
        """Whether the kernels make many iterations a call: of all points, in one thread."""
        return not (self._is_shared or 0 < batch < self.points)

    def _layer_plan(self, codes: Sequence[int]) -> NDArray[np.intp]:
        blocks = self.store.blocks(self.stored)
        widths = [block.shape[1] for block in blocks]
        rows = [0, INPUT_ROWS, *(INPUT_ROWS + np.cumsum(widths[1:]))]
        numbers = [0, *np.cumsum([block.size for block in blocks])]
        plan = [(len(block), widths[k], numbers[k], rows[k], rows[k + 1], codes[k]) for k, block in enumerate(blocks)]
        return np.array(plan, np.intp)

    def _take_frozen(self) -> None:
        super()._take_frozen()
        self._owner, self._held = self._moving_owner(), {}

    def _moving_owner(self) -> NDArray[np.intp]:
        """For each stored number, which Jacobian it belongs to, or -1 where it stays as it is."""
        moving = self.store.zeros()
        self.store.store(self.moving.astype(np.float64), moving, np.ones_like(self.store.units))
        return np.where(moving != 0, self.store.owner, -1)

    def is_finite(self) -> bool:
        """See `Descending`."""
        return is_finite(self.stored) and self._memory.is_finite()

    def _iterate_by(self, first: int, count: int, descent: Descent, working: FirstOrder | None) -> None:
        """Make iterations of first order: many a call, where the kernels can."""
        if self._makes_hundreds(descent.batch):
            self._make_all(first, count, descent, working)
        else:
            super()._iterate_by(first, count, descent, working)

    def step_by(self, factors: FloatArray) -> None:
        """See `Descending`; many a call, where the kernels can."""
        if not self._makes_hundreds(WHOLE):
            super().step_by(factors)
            return
        self.before_each()
        with np.errstate(all="ignore"):
            numbers = np.require(factors * self._factors.plain(1.0), self._type)
        self._library.descend(self._network, self._held_by(PLAIN), numbers, self._reading, self._nothing)

    def _make_all(self, first: int, count: int, descent: Descent, working: FirstOrder | None) -> None:
        for _, rows, start in stretches(first, count):
            self.before_each()
            self._make(start, rows.stop - rows.start, descent, working, NONE)

    def _make(self, first: int, count: int, descent: Descent, working: FirstOrder | None, stages: Stages) -> None:
        """Make iterations in one call; those of plain descent are nobody's work."""
        plain = self._factors.plain(descent.learning_rate) if working is None else self._factors.of_plain_gradient()
        factors = self._noise.of_iterations(plain, first, count, descent)
        scales = scales_of_iterations(first, count, descent)
        noted = self._nothing if stages is NONE else stages.arrays
        if working is None:
            numbers = np.require(factors * scales[:, np.newaxis], self._type)
            self._library.descend(self._network, self._held_by(descent), numbers, self._reading, noted)
            return
        factors = np.require(factors, requirements="W")  # the kernels are compiled for arrays of this kind
        moving = np.ones(self.stored.size) if self.stored_moving is None else self.stored_moving.astype(np.float64)
        settings = descent.momentum, descent.memory, working.remembered[0], working.remembered[-1]
        rates = self._decay(descent), moving, self._rate_of_each(descent), scales
        optimizer = *rates, RULES[descent.optimizer], working.iterations, settings
        self._library.roll(self._network, self.store.owner, factors, optimizer, self._reading, noted)
        working.iterations += len(factors)

    def _decay(self, descent: Descent) -> NDArray[np.floating]:
        """By how much each stored number decays; empty where none does."""
        decays = self._factors.of_decay(descent.weight_decay)[self.store.owner] if descent.weight_decay else ()
        return np.array(decays, self._type)

    def _held_by(self, descent: Descent) -> Packed:
        """What holds the stored numbers back in plain descent: which Jacobian is theirs, if any, and their decay."""
        if descent.weight_decay not in self._held:
            self._held = {descent.weight_decay: self._library.pack(HELD, (self._owner, self._decay(descent)))}
        return self._held[descent.weight_decay]

    def gradients(self, descent: Descent, first: int) -> Gradients:
        """See `Descending`."""
        batch, seed = descent.batch, descent.seed
        if not 0 < batch < self.points:
            return Gradients(self._gradient_calls, self._sums, self._factors)
        if self._batch is None or self._batch_key != (batch, seed):
            self._batch, self._batch_key = self._batch_calls(batch, seed), (batch, seed)
        self._batch.iteration = first
        return Gradients([self._batch], self._sums, NoisyFactors(self.store, batch))

    def _batch_calls(self, batch: int, seed: int) -> BatchCalls:
        t, targets = self._t, self._targets()
        tiles = TiledPoints(t[:, :batch], targets[:, :batch], self._plan, self._type)
        dealer, gradient = Dealer(seed, self.points, batch), partial(self._library.gradient, self._arguments(tiles))
        return BatchCalls(dealer, t, targets, tiles, gradient)

    def _arguments(self, tiles: TiledPoints) -> Packed:
        network = self.stored, self._sums, self._plan, self._shifts, tiles.points, tiles.a, tiles.slopes
        return self._library.pack(NETWORK, network)

    def run_stages(self, first: int, ends: Sequence[int], descent: Descent) -> Iterator[Stage]:
        """See `Descending`; iterations of first order are made at once."""
        if not self._notes_many(descent):
            yield from super().run_stages(first, ends, descent)
            return
        _, *notes = self._make_noting(first, ends, descent).arrays
        self.before_each()  # what follows needs the interpreter
        # Small arrays one by one: a call for all of them would let go of the interpreter's lock, which another thread
        # is in no hurry to return
        for parameters, finite, drawn, state in zip(*notes, strict=True):
            curve = drawn[:, : self.points]
            yield Stage(parameters, curve, self._cost(curve), bool(finite), state)

    def descend_noting(self, first: int, ends: Sequence[int], descent: Descent) -> tuple[FloatArray, FloatArray]:
        """See `Descending`."""
        if not self._notes_many(descent):
            return super().descend_noting(first, ends, descent)
        _, parameters, _, drawn, _ = self._make_noting(first, ends, descent).arrays
        return parameters, drawn[..., : self.points]

    def goes_beside_others(self, descent: Descent) -> bool:
        """Not where they need the interpreter after each iteration, nor where each uses all cores by itself."""
        return self._notes_many(descent)

    def _notes_many(self, descent: Descent) -> bool:
        """Whether the kernels make many iterations a call, and note what is asked for."""
        return OPTIMIZERS[descent.optimizer].solver is None and self._makes_hundreds(descent.batch)

    def _make_noting(self, first: int, ends: Sequence[int], descent: Descent) -> Stages:
        """All of them in one call."""
        self.before_each()
        optimizer = OPTIMIZERS[descent.optimizer]
        working = self._memory.begin(optimizer)
        stages = Stages([end - first for end in ends], self.store.count, self._drawn.shape, optimizer)
        self._make(first, ends[-1] - first, descent, working, stages)
        return stages

    def gradient(self) -> FloatArray:
        """See `Descending`."""
        check_cancelled()
        with np.errstate(all="ignore"):
            for call in self._gradient_calls:
                call()
        return self.store.read(self._sums, self.store.sum_units / self._t.size)

    def evaluate(self) -> tuple[FloatArray, float]:
        """See `Descending`."""
        self._look()
        with np.errstate(all="ignore"):
            curve: FloatArray = self._output.scale * self._drawn[:, : self.points]
        return curve, self._cost(curve)

    def _cost(self, curve: FloatArray) -> float:
        with np.errstate(all="ignore"):
            error = curve - self._y
            return float(np.add.reduce(np.multiply(error, error), axis=None)) / self._t.size

    def output_slopes(self) -> FloatArray:
        """See `Descending`."""
        self._look()
        return self._output.gain * self._output.scale * self._drawn_slopes[:, : self.points]

    def _look(self) -> None:
        """Draw what the output layer makes of all points, before it is scaled, and its slopes."""
        check_cancelled()
        self._library.look(self._network, self._drawn, self._drawn_slopes)


def is_finite(numbers: NDArray[np.floating]) -> bool:
    """Whether all are numbers small enough to be squared."""
    with np.errstate(all="ignore"):
        return isfinite(np.add.reduce(numbers * numbers))
