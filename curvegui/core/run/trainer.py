"""The trainer: one run, advanced a number of iterations at a time, and what it shows of itself.

Same config, same machine, same engine: the same run to the last bit, whatever the sizes in which it is
advanced.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.diagnosis.evidence import Evidence
from curvegui.core.diagnosis.vital_signs import beyond_reach, gentler_gain, passed_back, turns
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.engine.numpy_engine import Stage, go_on
from curvegui.core.learner.engines import ready_or_usual
from curvegui.core.learner.keyframes import KEYFRAME_EVERY, NO_STATE, Keyframe
from curvegui.core.learner.learner import Evaluation, Learner, Snapshot
from curvegui.core.learner.recording import cost_stride, thin_points
from curvegui.core.network.network import Network, initial_parameters
from curvegui.core.optimizers.stop_rules import StopWatch
from curvegui.core.run.notes import Notes
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS, TARGET_SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect

REBUILDING = TARGET_SETTINGS | {"activation", "output_activation"}  # what the engine is built for
COST_LIMIT = 1e6  # the target lies in the unit square: a curve a thousand squares away is not coming back
LARGEST_LIMIT = 1e200  # whatever the curve came from, it must be possible to draw it
MOST_STAGES = 50  # that an engine may make at a time
LATE_MOMENTS = 0.03, 0.06, 0.1, 0.15, 0.2  # of the run, ago: what holds at all of them is not the noise's doing


class Trainer:
    """A network learning a curve.

    Parameters
    ----------
    config : TrainingConfig
    arithmetic : Arithmetic
        What to compute with; where it is not here, or not prepared, NumPy takes its place.

    Attributes
    ----------
    config : TrainingConfig
    arithmetic : Arithmetic
        What computes the updates from here on.
    target : Target
    iteration : int
        How many updates have been made.
    trail : Trail
    costs, test_costs : CostHistory
        At the points that the network trains on, and at the others where there are any.
    changes : SettingChanges
        The settings along the run.
    arithmetics : Arithmetics
        What computed it.
    diverged : bool
        Set when the parameters left the finite numbers: the run then stands at its last good keyframe and
        does not advance until a setting changes.
    """

    def __init__(self, config: TrainingConfig, arithmetic: Arithmetic = USUAL) -> None:
        self.config, self.iteration, self.diverged = config, 0, False
        self.arithmetic, self._computing = ready_or_usual(arithmetic), USUAL
        self._build(initial_parameters(config.sizes, config.seed))
        self._take_notes_in(Notes(config, self._frame(), self._learner.evaluate()))

    @classmethod
    def going_on(cls, record: RunRecord, arithmetic: Arithmetic | None = None) -> "Trainer":
        """A trainer that goes on from a record, as the one it was taken from would, or computing in another way."""
        trainer, log = cls.__new__(cls), Notes.of(record)
        trainer.config, trainer.iteration, trainer.diverged = record.config, record.iteration, record.diverged
        trainer._computing = ready_or_usual(log.arithmetics.behind(record.iteration))
        trainer.arithmetic = ready_or_usual(arithmetic) if arithmetic else trainer._computing
        trainer._build(record.parameters, record.state, record.cost_limit)
        trainer._take_notes_in(log)
        if not len(trainer.trail):
            for frame in trainer._log.keyframes.all():
                trainer.trail.add(frame.iteration, thin_points(trainer._learner.evaluate(frame.parameters).fit))
        return trainer

    def _take_notes_in(self, log: Notes) -> None:
        self._log = log
        self.trail, self.costs, self.test_costs = log.trail, log.costs, log.test_costs
        self.changes, self.arithmetics = log.changes, log.arithmetics

    @property
    def best(self) -> tuple[int, float]:
        """The iteration with the lowest recorded cost since the target last changed, and that cost."""
        return self._log.best

    def record(self, goal: int | None = None) -> RunRecord:
        """The run as it stands, for a file; ``goal`` is the iteration at which it is to finish.

        Where it is out of bounds just now, it is the run up to its last keyframe.
        """
        now = self.snapshot()
        whole = self._log.record(
            config=self.config,
            iteration=self.iteration,
            parameters=now.parameters,
            goal=self.config.iterations if goal is None else goal,
            cost_limit=self._cost_limit,
            diverged=self.diverged,
            state=now.state,
        )
        return whole if now.iteration == self.iteration else whole.until(now)

    @property
    def record_begins(self) -> int:
        """The earliest iteration that can be computed anew."""
        return self._log.keyframes.first

    @property
    def last_edit(self) -> int | None:
        """The latest iteration at which parameters were set by hand."""
        return self._log.keyframes.last_edit

    def keyframe_before(self, iteration: int) -> Keyframe:
        """The latest keyframe that is not later than an iteration: see `replay.Recorded`."""
        return self._log.keyframe_before(iteration)

    def _build(self, parameters: FloatArray, state: FloatArray = NO_STATE, cost_limit: float | None = None) -> None:
        self._learner = Learner(self.config, self._computing)
        self.target, self._engine = self._learner.target, self._learner.engine
        self._start_from(parameters, state, cost_limit)

    def _start_from(self, parameters: FloatArray, state: FloatArray, cost_limit: float | None = None) -> None:
        self._engine.parameters, self._engine.state = parameters, state
        _, cost = self._engine.evaluate()  # large networks of ReLU start far out, and do come back
        self._cost_limit = cost_limit or min(COST_LIMIT * max(1.0, cost), LARGEST_LIMIT)

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self._engine.parameters

    @property
    def state(self) -> FloatArray:
        """What the optimiser remembers, a copy: see ``optimizers``."""
        return self._engine.state

    def _frame(self) -> Keyframe:
        """The run as it stands."""
        return Keyframe(self.iteration, read_only(self.parameters), read_only(self._engine.state))

    def apply(self, config: TrainingConfig) -> None:
        """Go on with other settings, from the present iteration and parameters.

        Raises
        ------
        ValueError
            If the layers differ: that needs a new Trainer.
        """
        if config.sizes != self.config.sizes:
            raise ValueError("Other layers need a new run.")
        changed = [name for name in SETTINGS if getattr(config, name) != getattr(self.config, name)]
        if any(SETTINGS[name].effect is not Effect.DISPLAY for name in changed):
            self.diverged = False
        self.config = config
        self.changes.set(self.iteration, config)
        self._engine.freeze(config.frozen)
        if not REBUILDING.isdisjoint(changed):
            self._build(self.parameters, self._engine.state)
        if not TARGET_SETTINGS.isdisjoint(changed):
            self._judge_anew()

    def calculate_with(self, arithmetic: Arithmetic) -> None:
        """Let something else compute from the present iteration on, where it is here and prepared.

        It takes over when the next iteration is made: until then the run is to the last bit what led there.
        """
        self.arithmetic = ready_or_usual(arithmetic)

    def _compute_with(self, arithmetic: Arithmetic) -> None:
        if arithmetic != self._computing:
            learner = Learner(self.config, arithmetic)  # first: if it fails, nothing has changed
            learner.engine.parameters, learner.engine.state = self.parameters, self._engine.state
            self._computing, self._learner, self._engine = arithmetic, learner, learner.engine

    def rewind(self, iteration: int, parameters: FloatArray, state: FloatArray = NO_STATE) -> None:
        """Go back to an earlier iteration, whose parameters are given, shape (P,), and what the optimiser remembered.

        Raises
        ------
        LookupError
            Where the run begins later. Nothing has changed then.
        """
        self._log.keyframes.before(iteration)
        self._log.last = Keyframe(iteration, read_only(parameters), read_only(state))
        self._take_back()
        self.diverged = False

    def set_parameters(self, values: Mapping[int, float]) -> None:
        """Give parameters, by their places in the flat vector, other values by hand; the run goes on from there.

        It can be computed anew on both sides of this iteration, and at the iteration itself as it is afterwards.
        """
        present, log = self.snapshot(), self._log
        self.iteration, parameters = present.iteration, present.parameters.copy()
        parameters[list(values)] = list(values.values())
        self._start_from(parameters, present.state)
        now = self._frame()  # as the engine has them: subnormal ones are rounded
        log.forget_after(self.iteration)
        log.mark_edit(now, self._learner.evaluate())
        if log.best[0] == self.iteration or log.best[0] < log.keyframes.first:
            self._judge_anew()
        self.diverged = False

    def advance(self, count: int, before_each: Callable[[], object] = go_on, watch: StopWatch | None = None) -> None:
        """Make ``count`` iterations, recording on the way what is due; fewer if the run diverges.

        ``before_each`` is called before every iteration, and may wait. Of a watch, ``reason`` says where it has ended
        the run; it looks at every cost that is recorded.
        """
        goal = self.iteration + count
        if count > 0 and not self.diverged:
            self._compute_with(self.arithmetic)
            self.arithmetics.set(self.iteration, self.arithmetic)
        self._engine.before_each = before_each
        while self.iteration < goal and not self.diverged:
            ends = () if watch is not None and watch.looks else self._due_until(goal)
            if ends:
                self._advance_by(ends)
                continue
            stop = min(goal, *(_next_multiple(self.iteration, every) for every in self._intervals()))
            self._engine.descend(self.iteration, stop - self.iteration, self.config.descent)
            self.iteration = stop
            if self._record() and watch is not None and watch.looks and self._is_enough(watch):
                break

    def _is_enough(self, watch: StopWatch) -> bool:
        return watch.look(self._log.comparable_costs(self.iteration, np.inf))

    def _due_until(self, goal: int) -> Sequence[int]:
        """The next iterations up to there at which something is due; not more than an engine should make at a time."""
        if self._learner.has_test:
            return ()
        now, intervals = self.iteration, self._intervals()
        last = min(goal, now + MOST_STAGES * min(intervals))
        return sorted({end for every in intervals for end in range(_next_multiple(now, every), last + 1, every)})

    def _advance_by(self, ends: Sequence[int]) -> None:
        """Make the iterations up to each end, noting there what is due; fewer if the run diverges."""
        stages = self._engine.run_stages(self.iteration, ends, self.config.descent)
        for end, stage in zip(ends, stages, strict=True):
            self.iteration = end
            self._note(stage)
            if self.diverged:
                break

    def _intervals(self) -> tuple[int, int, int]:
        return cost_stride(self.iteration + 1), self._trail_interval(), KEYFRAME_EVERY

    def _trail_interval(self) -> int:
        return self.config.trail_every * self.trail.spacing

    def _record(self) -> bool:
        """Keep what is due at this iteration, if anything is; whether a cost was kept."""
        now = self.iteration
        if all(now % every for every in (cost_stride(now), self._trail_interval(), KEYFRAME_EVERY)):
            return False
        fit, cost, test_cost = self._learner.evaluate()
        return self._note(Stage(self.parameters, fit, cost, self._engine.is_finite(), self.state), test_cost)

    def _note(self, stage: Stage, test_cost: float | None = None) -> bool:
        """Keep what is due at this iteration, or take the run back if it has diverged; whether a cost was kept."""
        now, log, cost = self.iteration, self._log, stage.cost
        cost_due = now % cost_stride(now) == 0
        trail_due = now % self._trail_interval() == 0
        keyframe_due = now % KEYFRAME_EVERY == 0
        if not (stage.is_finite and cost <= self._cost_limit):  # a cost of nan is not <= anything
            if cost_due or keyframe_due:  # never for the trail's sake: what is shown must not change the run
                self._take_back()
            return False
        if cost_due:
            log.add_costs(now, Evaluation(stage.curve, cost, test_cost))
        if trail_due:
            log.trail.add(now, thin_points(stage.curve))
        if keyframe_due:
            log.add_keyframe(_frame_of(now, stage))
        if cost < log.best[1] and (cost_due or keyframe_due):
            log.set_best(log.last if keyframe_due else _frame_of(now, stage), cost)
        return cost_due

    def _is_sane(self, cost: float) -> bool:
        return cost <= self._cost_limit and self._engine.is_finite()  # a cost of nan is not <= anything

    def _take_back(self) -> None:
        """Return to the last keyframe, whose parameters are finite wherever the chunks ended."""
        log = self._log
        self.iteration = log.last.iteration
        self._compute_with(ready_or_usual(self.arithmetics.behind(self.iteration)))
        self._engine.parameters, self._engine.state = log.last.parameters, log.last.state
        log.forget_after(self.iteration)
        log.changes.set(self.iteration, self.config)
        if log.best[0] > self.iteration:
            self._judge_anew()
        self.diverged = True

    def _judge_anew(self) -> None:
        now = self.snapshot()
        self._log.judge_anew(Keyframe(now.iteration, now.parameters, now.state), now.cost)

    def snapshot(self) -> Snapshot:
        """The run as it stands; where it is out of bounds just now, its last keyframe."""
        frame = Keyframe(self.iteration, self.parameters, self._engine.state)
        fit, cost, test_cost = self._learner.evaluate()
        if not self._is_sane(cost):
            frame = self._log.last
            fit, cost, test_cost = self._learner.evaluate(frame.parameters)
        return Snapshot(
            config=self.config,
            target=self.target,
            iteration=frame.iteration,
            cost=cost,
            fit=read_only(fit),
            parameters=read_only(frame.parameters),
            diverged=self.diverged,
            test_cost=test_cost,
            state=read_only(frame.state),
        )

    def evidence(self) -> Evidence:
        """What a diagnosis of the run needs to know."""
        now, config, target = self.snapshot(), self.config, self.target
        network = Network(config.sizes, now.parameters, config.activation, config.output_activation)
        return Evidence(
            config=config,
            iteration=self.iteration,
            costs=self._log.comparable_costs(now.iteration, now.cost),
            largest_output_slope=float(np.max(self._engine.output_slopes())),
            largest_jacobian=float(np.max(np.abs(self._engine.gradient()))),
            diverged=self.diverged,
            beyond_reach=beyond_reach(target.curve_points, config.output_activation),
            turns=turns(target.curve_points),
            passed_back=passed_back(network, target.t, target.points),
            gentler_gain=self._gentler_gain(now),
            set_by_hand=self.last_edit,
        )

    def _gentler_gain(self, now: Snapshot) -> float:
        """See `gentler_gain`; 0 for an optimiser that finds the length of its steps itself."""
        if not self.config.uses("aggression"):
            return 0.0
        return gentler_gain(self._engine, self.config.descent, self._late_moments(now))

    def _late_moments(self, now: Snapshot) -> Iterator[Keyframe]:
        """The run as it is, and as it was along the last fifth of it since a hand was at the weights."""
        first = self.record_begins if self.last_edit is None else max(self.record_begins, self.last_edit)
        span = self.iteration - (self.last_edit or 0)
        yield Keyframe(now.iteration, now.parameters, now.state)
        for ago in LATE_MOMENTS:
            yield self.keyframe_before(max(self.iteration - round(ago * span), first))


def _frame_of(iteration: int, stage: Stage) -> Keyframe:
    return Keyframe(iteration, read_only(stage.parameters), read_only(stage.state))


def _next_multiple(iteration: int, every: int) -> int:
    return (iteration // every + 1) * every
