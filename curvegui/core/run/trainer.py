"""The trainer: one run, advanced a number of iterations at a time, and what it shows of itself.

Same config, same engine: the same run to the last bit, however many iterations are made at a time.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.engine.loop import Checkpoint, go_on
from curvegui.core.language.text import tr
from curvegui.core.learner.engines import usable_backend
from curvegui.core.learner.learner import Learner, Snapshot
from curvegui.core.learner.recording import NO_STATE, Keyframe, thin_points
from curvegui.core.network.network import initial_parameters
from curvegui.core.optimizers.stop_rules import StopWatch
from curvegui.core.run.notes import Notes
from curvegui.core.run.record import RunRecord, shortened
from curvegui.core.run.replay import snapshot_of
from curvegui.core.settings.config import ENGINE_SETTINGS, SETTINGS, TARGET_SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import MOST_CHANGES

COST_LIMIT = 1e6  # the target lies in the unit square: a curve a thousand squares away is not coming back
LARGEST_LIMIT = 1e200  # whatever the curve came from, it must be possible to draw it
MOST_STAGES = 50  # that an engine may make at a time


class Trainer:
    """A network learning a curve, computed with ``backend``, or with the faster engine where that backend is missing.

    ``iteration`` counts the updates that were made. ``diverged`` is set when the parameters left the finite numbers:
    the run then stands at its last good keyframe and does not advance until a setting changes.
    """

    def __init__(self, config: TrainingConfig, backend: Backend = NUMPY) -> None:
        self.config, self.iteration, self.diverged = config, 0, False
        self.backend = usable_backend(backend, config.sizes)
        self._computing = replace(self.backend, precision=NUMPY.precision)  # until the first iteration
        self._build(initial_parameters(config.sizes, config.seed))
        self._set_notes(Notes(config, self._frame(), self._learner.evaluate()))

    @classmethod
    def going_on(cls, record: RunRecord, backend: Backend | None = None) -> "Trainer":
        """A trainer that goes on from a record as the recorded trainer would, or with another backend."""
        trainer, notes = cls.__new__(cls), Notes.of(record)
        trainer.config, trainer.iteration, trainer.diverged = record.config, record.iteration, record.diverged
        trainer._computing = usable_backend(notes.backends.behind(record.iteration), record.config.sizes)
        trainer.backend = usable_backend(backend, record.config.sizes) if backend else trainer._computing
        trainer._build(record.parameters, record.state, record.cost_limit)
        trainer._set_notes(notes)
        if not len(trainer.trail):
            for frame in notes.keyframes.all():
                trainer.trail.add(frame.iteration, thin_points(trainer._learner.evaluate(frame.parameters).fit))
        return trainer

    def _set_notes(self, notes: Notes) -> None:
        self.notes = notes
        self.trail, self.costs, self.test_costs = notes.trail, notes.costs, notes.test_costs
        self.changes, self.backends, self.keyframes = notes.changes, notes.backends, notes.keyframes
        self.keyframe_before = notes.keyframe_before

    @property
    def best(self) -> tuple[int, float]:
        """The iteration with the lowest recorded cost since the target last changed, and that cost."""
        return self.notes.best

    def record(self, goal: int | None = None) -> RunRecord:
        """The run at present, to finish at ``goal``; of a run that is out of bounds, up to its last keyframe."""
        now = self.snapshot()
        whole = self.notes.record(
            config=self.config,
            iteration=self.iteration,
            parameters=now.parameters,
            goal=self.config.iterations if goal is None else goal,
            cost_limit=self._cost_limit,
            diverged=self.diverged,
            state=now.state,
        )
        return whole if now.iteration == self.iteration else whole.until(now)

    def _build(self, parameters: FloatArray, state: FloatArray = NO_STATE, cost_limit: float | None = None) -> None:
        self._learner = Learner(self.config, self._computing)
        self.target, self.engine = self._learner.target, self._learner.engine
        self._start_from(parameters, state, cost_limit)

    def _start_from(self, parameters: FloatArray, state: FloatArray, cost_limit: float | None = None) -> None:
        self.engine.parameters, self.engine.state = parameters, state
        _, cost = self.engine.evaluate()  # large networks of ReLU start far out, and do come back
        self._cost_limit = cost_limit or min(COST_LIMIT * max(1.0, cost), LARGEST_LIMIT)

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self.engine.parameters

    @property
    def state(self) -> FloatArray:
        """A copy of the optimiser's memory: see ``optimizers``."""
        return self.engine.state

    def _frame(self) -> Keyframe:
        return Keyframe(self.iteration, read_only(self.parameters), read_only(self.state))

    def apply(self, config: TrainingConfig) -> None:
        """Go on with other settings; raises ``ValueError`` if the layers differ, which needs a new Trainer."""
        if config.sizes != self.config.sizes:
            raise ValueError(tr("Other layers need a new run."))
        changed = {name for name in SETTINGS if getattr(config, name) != getattr(self.config, name)}
        is_built_anew = not changed.isdisjoint(ENGINE_SETTINGS)
        if is_built_anew and not self._is_within_bounds(self._learner.evaluate().cost, self.engine.is_finite()):
            self._take_back()  # or the new bounds would be those of a run that is on its way out of the old ones
        if any(SETTINGS[name].effect is not Effect.DISPLAY for name in changed):
            self.diverged = False
        self.config = config
        self.changes.set(self.iteration, config)
        self.engine.freeze(config.frozen)
        if is_built_anew:
            self._build(self.parameters, self.state)
        if not changed.isdisjoint(TARGET_SETTINGS):
            self._judge_anew()
        if len(self.changes) > MOST_CHANGES:
            record = self.record()
            if record.iteration == self.iteration:  # else it is out of bounds just now
                self._set_notes(Notes.of(shortened(record, MOST_CHANGES // 2)))

    def calculate_with(self, backend: Backend) -> None:
        """Compute with another engine from the next iteration on, where that is possible on this computer."""
        self.backend = usable_backend(backend, self.config.sizes)

    def _compute_with(self, backend: Backend) -> None:
        if backend != self._computing:
            learner = Learner(self.config, backend)  # first: if it fails, nothing has changed
            learner.engine.parameters, learner.engine.state = self.parameters, self.state
            self._computing, self._learner, self.engine = backend, learner, learner.engine  # of the same target

    def rewind(self, iteration: int, parameters: FloatArray, state: FloatArray = NO_STATE) -> None:
        """Go back to an earlier iteration, with the parameters, shape (P,), and the optimiser's state at it. Raises
        ``LookupError`` where the run begins later; nothing has changed then."""
        self.keyframes.before(iteration)
        self.notes.last = Keyframe(iteration, read_only(parameters), read_only(state))
        self._take_back()
        self.diverged = False

    def set_parameters(self, values: Mapping[int, float]) -> None:
        """Edit parameters, by their indices in the flat vector; the run goes on from there. Iterations can be replayed
        on both sides of the edit; the edited iteration itself is replayed as it is afterwards."""
        present, notes = self.snapshot(), self.notes
        self.iteration, parameters = present.iteration, present.parameters.copy()
        parameters[list(values)] = list(values.values())
        self._start_from(parameters, present.state)
        now = self._frame()  # as the engine has them: subnormal ones are rounded
        notes.forget_after(self.iteration)
        notes.mark_edit(now, self._learner.evaluate())
        if notes.best[0] == self.iteration or notes.best[0] < self.keyframes.first:
            self._judge_anew()
        self.diverged = False

    def advance(self, count: int, before_each: Callable[[], object] = go_on, watch: StopWatch | None = None) -> None:
        """Make ``count`` iterations and note on the way what is due; fewer if the run diverges or the watch ends it.

        ``before_each`` is called before every iteration, and may wait. A watch looks at every cost that is noted; its
        ``reason`` says why the run was ended.
        """
        goal, notes, rules = self.iteration + count, self.notes, watch if watch is not None and watch.looks else None
        if count > 0 and not self.diverged:
            self._compute_with(self.backend)
            self.backends.set(self.iteration, self.backend)
        self.engine.before_each = before_each
        is_looked_at = rules is not None or self._learner.has_test  # at every iteration at which something is due
        while self.iteration < goal and not self.diverged:
            most = 1 if is_looked_at else MOST_STAGES
            ends = notes.all_due(self.iteration, goal, self.config.trail_every, most)
            if ends and not is_looked_at:
                stages = self.engine.run_to_checkpoints(self.iteration, ends, self.config.descent)
                for end, stage in zip(ends, stages, strict=True):
                    self.iteration = end
                    self._note(stage)
                    if self.diverged:
                        break
                continue
            stop = ends[0] if ends else goal
            self.engine.descend(self.iteration, stop - self.iteration, self.config.descent)
            self.iteration = stop
            if ends:
                fit, cost, test_cost = self._learner.evaluate()
                now = Checkpoint(self.parameters, fit, cost, self.engine.is_finite(), self.state)
                is_noted = self._note(now, test_cost)
                if is_noted and rules is not None and rules.look(notes.comparable_costs(stop, np.inf)):
                    break

    def _note(self, stage: Checkpoint, test_cost: float | None = None) -> bool:
        """Note what is due at this iteration, or take a diverged run back; whether a cost was noted."""
        due = self.notes.due_at(self.iteration, self.config.trail_every)
        if not self._is_within_bounds(stage.cost, stage.is_finite):
            if due.cost or due.keyframe:  # never for the trail's sake: what is shown must not change the run
                self._take_back()
            return False
        self.notes.note(self.iteration, stage, test_cost, due)
        return due.cost

    def _take_back(self) -> None:
        """Return to the last keyframe, whose parameters are finite wherever the chunks ended."""
        notes = self.notes
        self.iteration = notes.last.iteration
        self._compute_with(usable_backend(self.backends.behind(self.iteration), self.config.sizes))
        self.engine.parameters, self.engine.state = notes.last.parameters, notes.last.state
        notes.forget_after(self.iteration)
        notes.changes.set(self.iteration, self.config)
        if notes.best[0] > self.iteration:
            self._judge_anew()
        self.diverged = True

    def _judge_anew(self) -> None:
        now = self.snapshot()
        self.notes.judge_anew(Keyframe(now.iteration, now.parameters, now.state), now.cost)

    def _is_within_bounds(self, cost: float, is_finite: bool) -> bool:
        return is_finite and cost <= self._cost_limit  # a cost of nan is not <= anything

    def snapshot(self) -> Snapshot:
        """A snapshot of the run at present; of a run that is out of bounds, at its last keyframe."""
        frame, evaluation = self._frame(), self._learner.evaluate()
        if not self._is_within_bounds(evaluation.cost, self.engine.is_finite()):
            frame = self.notes.last
            evaluation = self._learner.evaluate(frame.parameters)
        return snapshot_of(self.target, self.config, frame, evaluation, self.diverged)
