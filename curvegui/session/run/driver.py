"""One run at a time, driven in short chunks: what the commands do, and when a run stops by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from time import perf_counter

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.optimizers.stop_rules import StopWatch
from curvegui.core.run.operated_run import Surgery
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run.gate import Gate
from curvegui.session.run.phase import Phase
from curvegui.session.run.speed import ChunkSize, IterationClock, RateMeter

SPEED_SETTINGS = "points", "train_one_in", "optimizer", "batch"  # an iteration takes another time with others


@dataclass
class Run:
    """A run, live or set aside.

    Attributes
    ----------
    number : int
    trainer : Trainer
    goal : int
        The iteration at which it will finish.
    was_paused : bool
        When it was set aside.
    """

    number: int
    trainer: Trainer
    goal: int
    was_paused: bool = False


class Driver:
    """Drives the live run and keeps those that were set aside.

    Parameters
    ----------
    gate : Gate
        Which it passes before every iteration.

    Attributes
    ----------
    phase : Phase
        FAILED is for the owner to set, who catches what is raised here.
    changed : bool
        Set where something was done that makes an earlier diagnosis stale; for the owner to clear.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate, self.phase = gate, Phase.PAUSED
        self.changed = False
        self._arithmetic = USUAL
        self._run: Run | None = None
        self._shelf: dict[int, Run] = {}
        self._steps_left = 0
        self._watch: StopWatch | None = None
        self._learnt_until: float | None = None  # waiting for the next iteration, at a low speed, is learning too
        self._chunk, self._pace, self._meter = ChunkSize(), IterationClock(), RateMeter()

    @property
    def live(self) -> Run:
        """The run that is driven.

        Raises
        ------
        RuntimeError
            If none could be begun.
        """
        if self._run is None:
            raise RuntimeError("There is no run; reset to begin one.")
        return self._run

    def calculate_with(self, arithmetic: Arithmetic) -> None:
        """Let something else compute all runs, each from where it is."""
        self._arithmetic = arithmetic
        if self._run is not None:
            self._run.trainer.calculate_with(arithmetic)

    def begin(self, config: TrainingConfig, number: int) -> None:
        """Set the present run aside and begin a new one, learning on if it was learning."""
        self._set_aside()
        self._run = Run(number, Trainer(config, self._arithmetic), config.iterations)
        if self.phase is not Phase.PAUSED:
            self.phase = Phase.LEARNING

    def open(self, record: RunRecord, number: int) -> None:
        """Set the present run aside and take up one that was recorded, paused."""
        trainer = self._going_on(record)  # first, so that a failure leaves the present run where it is
        self._set_aside()
        self._run = Run(number, trainer, record.goal)
        self.phase = Phase.DIVERGED if record.diverged else Phase.PAUSED

    def branch(self, record: RunRecord, number: int) -> None:
        """Set the present run aside and go on learning from an earlier moment of it."""
        self.open(record, number)
        self.go_on()

    def operate(self, surgery: Surgery, number: int) -> None:
        """Set the present run aside and go on with its network operated on, learning on if it was learning."""
        if self._run is None:  # it failed to begin
            self.begin(surgery.config, number)
            return
        self._go_on_with(surgery.on(self._run.trainer.record(self._run.goal)), number)

    def set_parameters(self, values: Mapping[int, float], number: int) -> None:
        """Set parameters, by their places; of another run than the present one, in a copy with that number."""
        if number != self.live.number:
            self._go_on_with(self.live.trainer.record(self.live.goal), number)
        self.live.trainer.set_parameters(values)
        if self.phase is Phase.DIVERGED:
            self.phase = Phase.LEARNING
        self.changed = True

    def _going_on(self, record: RunRecord) -> Trainer:
        return Trainer.going_on(record, self._arithmetic)

    def _go_on_with(self, record: RunRecord, number: int) -> None:
        trainer = self._going_on(record)  # first, so that a failure leaves the present run where it is
        self._set_aside()
        self._run = Run(number, trainer, record.goal)
        if self.phase in (Phase.DIVERGED, Phase.FAILED):
            self.phase = Phase.LEARNING
        self.changed = True

    def take_up(self, config: TrainingConfig, number: int) -> None:
        """Set the present run aside and take up an earlier one where it stood, with these settings.

        It learns on if the present run was learning, and itself was when it was set aside.
        """
        self._set_aside()
        run = self._shelf.pop(number, None)
        if run is None:  # it failed to begin
            run = Run(number, Trainer(config, self._arithmetic), config.iterations)
        run.trainer.calculate_with(self._arithmetic)
        self._run = run
        self.adjust(config)
        if self.phase is not Phase.LEARNING or self._run.was_paused:
            self.phase = Phase.PAUSED

    def _set_aside(self) -> None:
        """Keep the present run for later, if there is one."""
        if self._run is not None:
            self._run.was_paused = self.phase is Phase.PAUSED
            self._shelf[self._run.number], self._run = self._run, None
        if self._steps_left:
            self.phase, self._steps_left = Phase.PAUSED, 0
        self._watch = None
        self._chunk.restart()
        self._restart_clocks()

    def adjust(self, config: TrainingConfig) -> None:
        """Go on with other settings."""
        run, before = self.live, self.live.trainer.config
        run.trainer.apply(config)
        run.goal = max(run.goal + config.iterations - before.iterations, 0)
        if self.phase is Phase.DIVERGED and not run.trainer.diverged:
            self.phase = Phase.LEARNING
        elif self.phase is Phase.FINISHED and run.trainer.iteration < run.goal:
            self.phase = Phase.PAUSED
        if any(getattr(config, name) != getattr(before, name) for name in SPEED_SETTINGS):
            self._chunk.restart()
        if config.speed != before.speed:
            self._restart_clocks()
        self.changed = True

    def go_back(self, snapshot: Snapshot) -> None:
        """Go back to an earlier iteration of the present run, with the settings of that time."""
        self.live.trainer.rewind(snapshot.iteration, snapshot.parameters, snapshot.state)
        self.adjust(snapshot.config)

    def go_on(self) -> None:
        """Run to the goal; from the goal, run as many iterations again."""
        run = self.live
        if run.trainer.iteration >= run.goal:
            run.goal = run.trainer.iteration + run.trainer.config.iterations
        if self.phase is not Phase.FAILED:
            self.phase = Phase.LEARNING
        self._steps_left, self._watch = 0, None
        self._restart_clocks()

    def hold(self) -> None:
        """Stop making iterations."""
        if self.phase is Phase.LEARNING:
            self.phase = Phase.PAUSED
        self._steps_left = 0

    def take_steps(self, count: int) -> None:
        """Make so many iterations as fast as it goes, then pause; more steps add up."""
        if count <= 0 or self.phase is Phase.FAILED:
            return
        if self.phase is not Phase.LEARNING:
            self._restart_clocks()
        self.phase = Phase.LEARNING
        self._steps_left += count

    def discard(self, kept: set[int]) -> None:
        """Let go of the runs that were set aside, except these."""
        self._shelf = {number: run for number, run in self._shelf.items() if number in kept}

    def fail(self) -> None:
        """Make no more iterations: something is broken."""
        self.phase, self._steps_left = Phase.FAILED, 0

    @property
    def stopped_by(self) -> str:
        """Which rule has finished the run, in words, or nothing."""
        return self._watch.reason if self._watch is not None and self.phase is Phase.FINISHED else ""

    def _watched(self) -> StopWatch:
        """What looks whether the run is to stop, from the moment on at which it was set going."""
        run = self.live.trainer
        if self._watch is None or self._watch.rules != run.config.stop_rules:
            cost = run.costs.costs[-1] if run.costs.costs else inf
            self._watch = StopWatch(run.config.stop_rules, run.iteration, cost)
        return self._watch

    def _restart_clocks(self) -> None:
        self._learnt_until = None
        self._pace.restart()
        self._meter.restart()
        self.changed = True

    # The work

    @property
    def has_run(self) -> bool:
        """Whether there is a run to show."""
        return self._run is not None

    @property
    def rate(self) -> float:
        """Iterations a second of late; 0 where none are made."""
        return self._meter.rate if self.phase is Phase.LEARNING else 0.0

    def settle(self) -> None:
        """Stop where there is a reason to."""
        if self.phase is not Phase.LEARNING:
            return
        run = self.live
        if run.trainer.diverged:
            self.phase, self._steps_left = Phase.DIVERGED, 0
        elif not self._steps_left and (run.trainer.iteration >= run.goal or self._watched().reason):
            self.phase = Phase.FINISHED

    def wait(self) -> float:
        """Seconds until there is something to do."""
        speed = self._speed()
        return 0.0 if speed == FULL_SPEED else self._pace.wait(speed)

    def _speed(self) -> float:
        return FULL_SPEED if self._steps_left else self.live.trainer.config.speed

    def advance(self) -> None:
        """Make the iterations that are due, a chunk of them at most."""
        trainer, start = self.live.trainer, perf_counter()
        before = trainer.iteration
        watch = None if self._steps_left else self._watched()
        trainer.advance(self._due(), self._gate.wait, watch)
        made = max(trainer.iteration - before, 0)  # a run that diverged has gone back
        now = perf_counter()
        self._chunk.learn(made, now - start)
        if watch is not None:
            watch.spend(now - (self._learnt_until or start))
        self._meter.count(made)
        if self._steps_left:
            self._steps_left = max(self._steps_left - made, 0)
            if not self._steps_left:
                self.phase = Phase.PAUSED
        self.settle()
        self._learnt_until = now if self.phase is Phase.LEARNING else None

    def _due(self) -> int:
        """How many iterations to make now."""
        run, speed = self.live, self._speed()
        chunk = self._chunk.from_iteration(run.trainer.iteration)
        if self._steps_left:
            return min(chunk, self._steps_left)
        most = min(chunk, run.goal - run.trainer.iteration)
        return most if speed == FULL_SPEED else self._pace.due(speed, most)
