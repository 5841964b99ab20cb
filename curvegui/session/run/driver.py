"""Drives the live run in short chunks, at its speed, until there is a reason to stop."""

from math import inf
from time import perf_counter

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import ENGINES
from curvegui.core.optimizers.stop_rules import StopWatch
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.gate import Gate
from curvegui.session.run.phase import Phase
from curvegui.session.run.runs import NumberedRun, Runs
from curvegui.session.run.speed import ChunkSize, IterationClock, RateMeter

SHORT_S = 0.003  # of a chunk, while somebody looks back all the time
ASKING_S = 0.5  # after the last look back


class Driver:
    """Drives the live one of its ``runs``, and passes the gate before every iteration.

    The commands change its ``phase``, its ``steps_left`` and its runs. FAILED is set by the worker, who catches what is
    raised here. ``changed`` says that an earlier diagnosis is out of date; the worker clears it.
    """

    def __init__(self, gate: Gate, arithmetic: Arithmetic = USUAL) -> None:
        self.runs, self.phase = Runs(arithmetic), Phase.PAUSED
        self.steps_left = 0
        self.changed = False
        self._gate = gate
        self._watch: StopWatch | None = None
        self._learned_until: float | None = None  # waiting for the next iteration, at a low speed, is learning too
        self._chunk, self._clock, self._meter = ChunkSize(), IterationClock(), RateMeter()
        self._short_chunk, self._asked_until = ChunkSize(SHORT_S), 0.0

    @property
    def live(self) -> NumberedRun:
        """The run that is driven. Raises ``RuntimeError`` if none could be begun."""
        return self.runs.live

    def set_aside(self) -> None:
        """Keep the live run for later, if there is one; steps that were not made yet are forgotten."""
        self.runs.set_aside(self.phase is Phase.PAUSED)
        if self.steps_left:
            self.phase, self.steps_left = Phase.PAUSED, 0
        self.restart_chunk()
        self.restart_watch()

    def go_on_with(self, record: RunRecord, number: int) -> None:
        """Set the live run aside and go on from a record; where that fails, the live run stays."""
        run = self.runs.going_on(record, number)
        self.set_aside()
        self.runs.live = run

    def restart_chunk(self) -> None:
        """Begin with a chunk of one iteration: it may take another time from now on."""
        self._chunk.restart()
        self._short_chunk.restart()

    def expect_more(self) -> None:
        """Make short chunks for a while: who has looked back goes on looking, and waits for the end of each."""
        self._asked_until = perf_counter() + ASKING_S

    def restart_clocks(self) -> None:
        """Count the iterations that are due, and those a second, from now on."""
        self._learned_until = None
        self._clock.restart()
        self._meter.restart()
        self.changed = True

    def restart_watch(self) -> None:
        """Look anew whether the run is to stop: progress, and seconds, count from now on."""
        self._watch = None
        self.restart_clocks()

    def fail(self) -> None:
        """Make no more iterations: something is broken."""
        self.phase, self.steps_left = Phase.FAILED, 0

    @property
    def stopped_by(self) -> str:
        """Which rule has finished the run, in words, or nothing."""
        return self._watch.reason if self._watch is not None and self.phase is Phase.FINISHED else ""

    def _watched(self) -> StopWatch:
        """The watch that looks whether the run is to stop, from when it was set going."""
        run = self.live.trainer
        if self._watch is None or self._watch.rules != run.config.stop_rules:
            cost = run.costs.costs[-1] if run.costs.costs else inf
            self._watch = StopWatch(run.config.stop_rules, run.iteration, cost)
        return self._watch

    @property
    def rate(self) -> float:
        """Iterations a second at present; 0 where none are made."""
        return self._meter.rate if self.phase is Phase.LEARNING else 0.0

    def settle(self) -> None:
        """Stop where there is a reason to."""
        if self.phase is not Phase.LEARNING:
            return
        run = self.live
        if run.trainer.diverged:
            self.phase, self.steps_left = Phase.DIVERGED, 0
        elif not self.steps_left and (run.trainer.iteration >= run.goal or self._watched().reason):
            self.phase = Phase.FINISHED

    @property
    def fills_interpreter(self) -> bool:
        """Whether it computes in Python without a rest."""
        is_busy = self.phase is Phase.LEARNING and self._speed() == FULL_SPEED
        return is_busy and ENGINES[self.live.trainer.arithmetic.engine].holds_interpreter

    def wait(self) -> float:
        """Seconds until there is something to do."""
        speed = self._speed()
        return 0.0 if speed == FULL_SPEED else self._clock.wait(speed)

    def _speed(self) -> float:
        return FULL_SPEED if self.steps_left else self.live.trainer.config.speed

    def advance(self) -> None:
        """Make the iterations that are due, a chunk of them at most."""
        trainer, start = self.live.trainer, perf_counter()
        before, chunk = trainer.iteration, self._short_chunk if start < self._asked_until else self._chunk
        watch = None if self.steps_left else self._watched()
        trainer.advance(self._due(chunk), self._gate.pass_, watch)
        made = max(trainer.iteration - before, 0)  # a run that diverged has gone back
        now = perf_counter()
        chunk.learn(made, now - start)
        if watch is not None:
            watch.spend(now - (self._learned_until or start))
        self._meter.count(made)
        if self.steps_left:
            self.steps_left = max(self.steps_left - made, 0)
            if not self.steps_left:
                self.phase = Phase.PAUSED
        self.settle()
        self._learned_until = now if self.phase is Phase.LEARNING else None

    def _due(self, size: ChunkSize) -> int:
        """How many iterations to make now."""
        run, speed = self.live, self._speed()
        chunk = size.from_iteration(run.trainer.iteration)
        if self.steps_left:
            return min(chunk, self.steps_left)
        most = min(chunk, run.goal - run.trainer.iteration)
        return most if speed == FULL_SPEED else self._clock.due(speed, most)
