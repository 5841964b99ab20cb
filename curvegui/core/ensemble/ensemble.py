"""Many networks at once, each with its own engine: to the last bit, each is the run that a trainer would make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import thread_time
from typing import Self

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import BoolArray
from curvegui.core.engine.backend import NUMPY, Backend, Backends
from curvegui.core.engine.loop import Checkpoint, go_on
from curvegui.core.engine.threads import in_turns
from curvegui.core.language.text import tr
from curvegui.core.learner.engines import usable_backend
from curvegui.core.learner.learner import Learner, Snapshot
from curvegui.core.learner.recording import FEWEST, KEYFRAME_EVERY, LARGEST_FLOAT32, NO_STATE, NO_TRAIL
from curvegui.core.network.network import initial_parameters
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import COST_LIMIT, LARGEST_LIMIT
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect

MILESTONES = 200, 2_000, 20_000
"""The iterations after which a race is judged: multiples of the spacing at first."""
NOTES_BYTES = 64_000_000  # of 32 of the usual networks, 2,400 notes: 240,000 iterations before the first thinning


class EnsembleNotes:
    """Notes in ascending order, evenly thinned where there are too many; the first note always stays.

    ``spacing`` is the number of iterations between two notes that are kept: it doubles whenever there is no more room.
    The costs at the ``milestones`` are always kept.
    """

    def __init__(self) -> None:
        self.spacing, self.milestones = KEYFRAME_EVERY, dict[int, FloatArray]()
        self._notes: list[tuple[int, FloatArray, FloatArray]] = []  # iterations, parameters, costs

    def add(self, iteration: int, parameters: FloatArray, costs: FloatArray) -> None:
        """Keep parameters, shape (K, P), and costs, (K,), at the beginning and multiples of the spacing."""
        if iteration in MILESTONES:
            self.milestones[iteration] = read_only(costs)
        if not self._notes or iteration % self.spacing == 0:
            self._notes.append((iteration, read_only(parameters), read_only(costs)))
        while len(self._notes) > max(FEWEST, NOTES_BYTES // parameters.nbytes):
            self.spacing *= 2
            self._notes[1:] = [note for note in self._notes[1:] if note[0] % self.spacing == 0]

    def rows(self, most: int) -> tuple[NDArray[np.int64], FloatArray]:
        """Some iterations, shape (m,), and all networks' costs there, shape (m, K): at most ``most``, at least two. The
        iterations are evenly spaced in the logarithm of those since the first note; the last note is among them."""
        made = np.array([iteration for iteration, _, _ in self._notes], np.int64)
        logarithms = np.log(np.maximum(made - made[0], 1))
        wanted = np.linspace(logarithms[-1], logarithms[min(1, len(made) - 1)], max(most, 2) - 1)
        chosen = np.unique(np.append(0, np.searchsorted(logarithms, wanted - 1e-9)))
        return made[chosen], np.stack([self._notes[index][2] for index in chosen.tolist()])

    def of(self, member: int) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
        """One network's iterations, shape (m,), parameters and costs, up to the first cost that is not finite."""
        costs = np.array([costs[member] for _, _, costs in self._notes])
        good = np.logical_and.accumulate(np.isfinite(costs))
        iterations = np.array([iteration for iteration, _, _ in self._notes], np.int64)
        return iterations[good], np.stack([rows[member] for _, rows, _ in self._notes])[good], costs[good]


SHARED = [name for name, each in SETTINGS.items() if not each.one_each and each.effect is not Effect.DISPLAY]
"""What networks that learn together must have in common."""
NOTED_NUMBERS = 1_000_000  # of parameters and curves, computed before they are noted


class Ensemble:
    """K networks learning the same curve, computed with ``backend``, or another backend where that is missing.

    Seed, aggression, noise, data noise, optimiser, neurons, frozen parameters and the display may differ from config to
    config; raises ``ValueError`` if other settings do. Each network has a target of its own, as data noise moves the
    points of each in its own way. All begin at a ``start``, with its weights, its iteration and the memory of its
    optimiser, or each at its seed. They have come from iteration ``first`` to ``iteration``.
    """

    def __init__(
        self, configs: Sequence[TrainingConfig], backend: Backend = NUMPY, start: Snapshot | None = None
    ) -> None:
        check_alike(configs)
        self.configs, self.backend = tuple(configs), usable_backend(backend, configs[0].sizes)
        self.first = self.iteration = 0 if start is None else start.iteration
        self._learners = [Learner(config, self.backend) for config in self.configs]
        for config, learner in zip(self.configs, self._learners, strict=True):
            if start is None:
                learner.engine.parameters = initial_parameters(config.sizes, config.seed)
            else:
                learner.engine.parameters, learner.engine.state = start.parameters, start.state
        self.targets = tuple(learner.target for learner in self._learners)
        self._descents = [config.descent for config in self.configs]
        pairs = zip(self._learners, self._descents, strict=True)
        self._go_beside = all(learner.engine.goes_beside_others(descent) for learner, descent in pairs)
        self._spent = np.zeros(len(self.configs))
        self._lost: BoolArray = np.zeros(len(self.configs), np.bool_)
        self._seen: tuple[FloatArray, FloatArray, FloatArray] | None = None
        costs, fits, parameters = self._now()
        self._limits = np.minimum(COST_LIMIT * np.maximum(1.0, costs), LARGEST_LIMIT)
        self._most_stages = max(1, NOTED_NUMBERS // (parameters.size + fits.size))
        self._notes = EnsembleNotes()
        self._notes.add(self.first, parameters, costs)

    def advance(self, count: int, before_each: Callable[[], object] = go_on) -> None:
        """Make ``count`` iterations of each network; where engines need Python, ``before_each`` before each."""
        goal = self.iteration + count
        for learner in self._learners:
            learner.engine.before_each = go_on if self._go_beside else before_each
        while self.iteration < goal:
            stop = min(goal, self.iteration + self._most_stages * KEYFRAME_EVERY)
            ends = range(self.iteration // KEYFRAME_EVERY * KEYFRAME_EVERY + KEYFRAME_EVERY, stop + 1, KEYFRAME_EVERY)
            for end, stages in zip(ends, self._stages(ends, stop), strict=True):
                self.iteration = end
                costs = np.array([stage.cost if stage.is_finite else np.inf for stage in stages])
                self._lost = self._lost | ~(costs <= self._limits)  # networks that are far out, from here on
                self._notes.add(end, np.stack([stage.parameters for stage in stages]), self._judged(costs))
            self.iteration, self._seen = stop, None

    def _stages(self, ends: Sequence[int], stop: int) -> list[tuple[Checkpoint, ...]]:
        """Make the iterations up to ``stop``, and return all networks as they are at each end. Engines that do not need
        the interpreter run in threads: each core takes the first network that has not begun."""
        start, found = self.iteration, list[list[Checkpoint]]([] for _ in self._learners)
        noted = ends[-1] if ends else start

        def make(member: int) -> None:
            began = thread_time()  # what is computed is measured, not what is waited
            engine, descent = self._learners[member].engine, self._descents[member]
            if ends:
                found[member] = list(engine.run_to_checkpoints(start, ends, descent))
            engine.descend(noted, stop - noted, descent)
            self._spent[member] += thread_time() - began

        calls = [partial(make, member) for member in range(len(found))]
        if self._go_beside:
            in_turns(calls)
        else:
            for call in calls:
                call()
        return list(zip(*found, strict=True))

    def _judged(self, costs: FloatArray) -> FloatArray:
        return read_only(np.where(self._lost | ~np.isfinite(costs), np.inf, costs))

    def _now(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The costs, fits and parameters of all networks as they are, read-only."""
        if self._seen is None:
            seen = [learner.evaluate() for learner in self._learners]
            finite = [learner.engine.is_finite() for learner in self._learners]
            costs = np.where(finite, [evaluation.cost for evaluation in seen], np.inf)
            fits = np.stack([evaluation.fit for evaluation in seen])
            parameters = np.stack([learner.engine.parameters for learner in self._learners])
            self._seen = self._judged(costs), read_only(fits), read_only(parameters)
        return self._seen

    @property
    def costs(self) -> FloatArray:
        """All costs, shape (K,), at the points trained on, read-only; inf for networks whose numbers ran away."""
        return self._now()[0]

    @property
    def fits(self) -> FloatArray:
        """The curves of all networks, shape (K, 2, N), read-only; not finite, perhaps, where the numbers ran away."""
        return self._now()[1]

    @property
    def parameters(self) -> FloatArray:
        """The weights and biases of all networks, shape (K, P), read-only."""
        return self._now()[2]

    @property
    def iteration_seconds(self) -> FloatArray:
        """How many seconds an iteration of each network computes, shape (K,); nan before the first iteration."""
        made = self.iteration - self.first
        return self._spent / made if made else np.full(len(self.configs), np.nan)

    @property
    def milestones(self) -> dict[int, FloatArray]:
        """The costs of all networks, shape (K,), at those of `MILESTONES` that were passed."""
        return dict(self._notes.milestones)

    def cost_history(self, most: int) -> tuple[NDArray[np.int64], FloatArray]:
        """The costs so far, in at most ``most`` rows, evenly spaced in the logarithm of the iterations, the present row
        last: the iterations, shape (m,), and the costs of all networks there, shape (m, K)."""
        iterations, costs = self._notes.rows(most - 1)
        if iterations[-1] == self.iteration:
            return iterations, costs
        return np.append(iterations, self.iteration), np.vstack([costs, self.costs])

    def record(self, member: int, goal: int | None = None) -> RunRecord:
        """One network's run so far, as an ordinary run; where the numbers ran away, up to the last good note. With an
        optimiser that remembers something, the run can be replayed from this iteration on alone."""
        config, cost = self.configs[member], float(self.costs[member])
        iterations, frames, costs = self._notes.of(member)
        history, lowest = np.column_stack([iterations, costs]), int(np.argmin(costs))
        best, is_lost = (int(iterations[lowest]), float(costs[lowest])), not cost <= self._limits[member]
        iteration, parameters, state = self.iteration, self.parameters[member], self._learners[member].engine.state
        if is_lost:
            iteration, parameters, state, cost = int(iterations[-1]), frames[-1], NO_STATE, float(costs[-1])
        if config.optimizer != "descent":
            iterations, frames, best = np.array([iteration]), parameters[np.newaxis], (iteration, cost)
        backends = Backends()
        backends.set(self.first, self.backend)
        return RunRecord(
            config=config,
            iteration=iteration,
            parameters=parameters,
            goal=config.iterations if goal is None else goal,
            keyframe_iterations=iterations,
            keyframes=frames,
            changes=((0, config),),
            costs=history,
            trail=NO_TRAIL,  # the trainer draws it anew
            best=best,
            safe_iteration=int(iterations[-1]),
            keyframe_spacing=self._notes.spacing,
            cost_limit=float(self._limits[member]),
            diverged=is_lost,
            state=state,
            states=(state,) * len(iterations),
            backends=backends.all(),
        )


def check_alike(configs: Sequence[TrainingConfig]) -> None:
    """Refuse networks that cannot learn together: raises ``ValueError`` with a sentence for people."""
    if not configs:
        raise ValueError(tr("There must be at least one network."))
    for name in SHARED:
        if any(getattr(config, name) != getattr(configs[0], name) for config in configs):
            label = SETTINGS[name].label
            raise ValueError(tr("{label}: networks that learn together must all have the same.", label=label))


FIT_POINTS = 150  # of a curve: on a small canvas, more cannot be told apart
MOST_ROWS = 120


@dataclass(frozen=True, eq=False)
class WallSnapshot:
    """All networks of a wall at one iteration, counted from where they began; the arrays are read-only."""

    iteration: int
    costs: FloatArray  # shape (K,); inf where the numbers ran away
    fits: NDArray[np.float32]  # shape (K, 2, n), n at most ``FIT_POINTS``; may not be finite where the numbers ran away
    iterations: NDArray[np.int64]  # shape (m,)
    history: FloatArray  # shape (m, K): the costs at those iterations, from the start to now
    backend: Backend = NUMPY
    milestones: Mapping[int, FloatArray] = field(default_factory=dict)  # costs, shape (K,), at those of ``MILESTONES``
    iteration_seconds: FloatArray = field(default_factory=lambda: np.empty(0))  # an iteration of each, shape (K,)

    @classmethod
    def of(cls, ensemble: Ensemble) -> Self:
        iterations, history = ensemble.cost_history(MOST_ROWS)
        fits = np.clip(thinned(ensemble.fits), -LARGEST_FLOAT32, LARGEST_FLOAT32).astype(np.float32)
        arrays = ensemble.costs, read_only(fits), read_only(iterations - ensemble.first), read_only(history)
        more = ensemble.backend, ensemble.milestones, read_only(ensemble.iteration_seconds)
        return cls(ensemble.iteration - ensemble.first, *arrays, *more)


def thinned(curves: FloatArray, most: int = FIT_POINTS) -> FloatArray:
    """Curves, shape (..., N), with at most ``most`` of their points, the last point among them."""
    count = curves.shape[-1]
    return curves if count <= most else curves[..., np.linspace(0, count - 1, most).astype(np.intp)]
