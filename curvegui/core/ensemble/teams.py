"""How the networks of an ensemble are computed: by NumPy in batches, else with an engine each, on all cores."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from time import thread_time
from typing import Protocol

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.engine.loop import Descending, go_on
from curvegui.core.engine.threads import in_turns
from curvegui.core.ensemble.batch import Batch
from curvegui.core.ensemble.task import EnsembleTask
from curvegui.core.learner.engines import builder
from curvegui.core.learner.keyframes import NO_STATE
from curvegui.core.network.noise import BLOCK_ITERATIONS
from curvegui.core.settings.config import TrainingConfig

BATCH_NUMBERS = 25_600  # neurons times points, of all networks in a batch: its arrays stay in a nearer cache
FEWEST_TOGETHER = 2
NOTED_NUMBERS = 1_000_000  # of parameters and curves, computed before they are yielded


class Team(Protocol):
    """Some of the networks of an ensemble.

    ``before_each`` is called before every iteration, or before each group of iterations that are made at once, and may
    wait. ``parameters``, shape (B, P), is a copy; it may be set, and so may ``states``, what the optimiser of each
    remembers.
    """

    before_each: Callable[[], object]
    parameters: FloatArray
    states: Sequence[FloatArray]

    @property
    def paces(self) -> FloatArray:
        """How long an iteration of each has computed so far, in seconds, shape (B,); not a number before the first."""
        ...

    def run(self, first: int, count: int) -> None:
        """Make ``count`` iterations, of which the first is number ``first``."""
        ...

    def hundreds(self, first: int, count: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Make ``count`` times 100 iterations; yields the parameters, (B, P), and the costs, (B,), after each hundred.

        Whoever stops asking finds the team further than what was yielded.
        """
        ...

    def gradients(self) -> FloatArray:
        """dC/dparameter of each network averaged over the points, shape (B, P)."""
        ...


def teams_for(task: EnsembleTask, arithmetic: Arithmetic) -> list[Team]:
    """The networks divided into teams, in their order.

    NumPy computes plain descent with the same neurons in batches, as even as possible; networks so large that no two of
    them fit in one, and a single one, get an engine each.
    """
    first, count = task.configs[0], len(task.configs)
    numbers = sum(first.sizes) * task.t.size
    fitting = 2 * BATCH_NUMBERS // numbers  # two are worth a batch though it is a little too large
    is_plain = all(each.is_plain and each.activation == first.activation for each in task.configs)
    if arithmetic.engine != "numpy" or min(fitting, count) < FEWEST_TOGETHER or not is_plain:
        return [Soloists(task, arithmetic)]
    most = max(BATCH_NUMBERS // numbers, FEWEST_TOGETHER)
    borders = np.linspace(0, count, -(-count // most) + 1).round().astype(np.intp).tolist()
    return [Together(task.some(start, stop), arithmetic.precision) for start, stop in pairwise(borders)]


class Together:
    """Networks in a batch: see `Team`."""

    def __init__(self, task: EnsembleTask, precision: str) -> None:
        self._task = task
        self.before_each: Callable[[], object] = go_on
        self._batch = Batch(task.configs, task.t, task.y, precision)
        self._spent, self._made = 0.0, 0

    @property
    def paces(self) -> FloatArray:
        count = len(self._task.configs)
        return np.full(count, self._spent / count / self._made if self._made else np.nan)

    @property
    def parameters(self) -> FloatArray:
        return self._batch.parameters

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        self._batch.parameters = values

    @property
    def states(self) -> Sequence[FloatArray]:
        return [NO_STATE] * len(self._task.configs)

    @states.setter
    def states(self, values: Sequence[FloatArray]) -> None:
        """Plain descent remembers nothing."""

    def run(self, first: int, count: int) -> None:
        self._batch.before_each = self.before_each
        began = thread_time()
        self._batch.run(first, count)
        self._spent, self._made = self._spent + thread_time() - began, self._made + count

    def hundreds(self, first: int, count: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        for start in range(first, first + count * BLOCK_ITERATIONS, BLOCK_ITERATIONS):
            self.run(start, BLOCK_ITERATIONS)
            parameters = self.parameters
            yield parameters, self._task.costs(parameters)

    def gradients(self) -> FloatArray:
        return self._batch.gradients()


class Soloists:
    """Networks with an engine each: see `Team`.

    They are so large that a batch gains nothing, or have another optimiser, or an engine that releases the
    interpreter's lock: those run in several threads, and each core takes the next network that is not yet begun.
    """

    def __init__(self, task: EnsembleTask, arithmetic: Arithmetic) -> None:
        self._task = task
        self.before_each: Callable[[], object] = go_on
        build = builder(arithmetic)
        self._engines = [_engine(build, config, task.t, y) for config, y in _pairs(task)]
        self._ways = [config.descent for config in task.configs]
        pairs = zip(self._engines, self._ways, strict=True)
        self._is_parallel = all(engine.goes_beside_others(way) for engine, way in pairs)
        self._spent, self._made = np.zeros(len(self._engines)), 0

    @property
    def paces(self) -> FloatArray:
        return self._spent / self._made if self._made else np.full(len(self._engines), np.nan)

    @property
    def parameters(self) -> FloatArray:
        return np.stack([engine.parameters for engine in self._engines])

    @parameters.setter
    def parameters(self, values: FloatArray) -> None:
        for engine, row in zip(self._engines, values, strict=True):
            engine.parameters = row

    @property
    def states(self) -> Sequence[FloatArray]:
        return [engine.state for engine in self._engines]

    @states.setter
    def states(self, values: Sequence[FloatArray]) -> None:
        for engine, state in zip(self._engines, values, strict=True):
            engine.state = state

    def run(self, first: int, count: int) -> None:
        pairs = zip(self._engines, self._ways, strict=True)
        self._carry_out([partial(engine.descend, first, count, way) for engine, way in pairs], count)

    def _carry_out(self, calls: Sequence[Callable[[], object]], count: int) -> None:
        """Make a call for each engine, of so many iterations; what it computes is measured, not what it waits."""
        for engine in self._engines:
            engine.before_each = self.before_each

        def measure(place: int) -> None:
            began = thread_time()
            calls[place]()
            self._spent[place] += thread_time() - began

        measured = [partial(measure, place) for place in range(len(calls))]
        if self._is_parallel:
            in_turns(measured)
        else:
            for call in measured:
                call()
        self._made += count

    def hundreds(self, first: int, count: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        numbers = self._task.y.size + len(self._engines) * self._engines[0].parameters.size
        most = max(1, NOTED_NUMBERS // numbers)
        for start in range(0, count, most):
            yield from self._noted(first + start * BLOCK_ITERATIONS, min(most, count - start))

    def _noted(self, first: int, count: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """The same, each engine all of it at once."""
        notes: dict[int, tuple[FloatArray, FloatArray]] = {}
        ends = [first + stage * BLOCK_ITERATIONS for stage in range(1, count + 1)]

        def note(place: int) -> None:
            notes[place] = self._engines[place].descend_noting(first, ends, self._ways[place])

        self._carry_out([partial(note, place) for place in range(len(self._engines))], count * BLOCK_ITERATIONS)
        for stage in range(count):
            parameters, curves = (
                np.stack([notes[place][part][stage] for place in range(len(notes))]) for part in range(2)
            )
            yield parameters, self._task.costs(parameters, curves)

    def gradients(self) -> FloatArray:
        return np.stack([engine.gradient() for engine in self._engines])


def _pairs(task: EnsembleTask) -> Iterator[tuple[TrainingConfig, FloatArray]]:
    return zip(task.configs, task.y, strict=True)


def _engine(build: Callable[..., Descending], config: TrainingConfig, t: FloatArray, y: FloatArray) -> Descending:
    engine = build(config.sizes, config.activation, config.output_activation, t, y)
    engine.freeze(config.frozen)
    return engine
