"""Drives the live run in short chunks, at its speed, until there is a reason to stop."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import perf_counter

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.engines import ENGINES
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import KEYFRAME_EVERY
from curvegui.core.optimizers.stop_rules import StopWatch
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.session.run.gate import Gate

LARGEST_DEBT_S = 0.1  # after a longer interruption, the run does not race to catch up
CHUNK_S = 0.012  # a command waits no longer than this; the calls around a chunk cost under 1 %
FIRST_CHUNK = 1  # iteration: that of a large network may take a second
WHOLE = KEYFRAME_EVERY  # iterations
RATE_WINDOW_S = 0.5  # iterations a second are averaged over about this long


class IterationClock:
    """Turns the time that passes into iterations that are due. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock, self._last, self._owed = clock, clock(), 0.0

    def restart(self) -> None:
        """Count from now on, with one iteration due at once."""
        self._last, self._owed = self._clock(), 1.0

    def due(self, speed: float, most: int) -> int:
        """Whole iterations that are due at ``speed`` iterations a second; more than ``most`` wait for the next call."""
        now = self._clock()
        largest_debt = 1.0 + LARGEST_DEBT_S * speed  # an iteration that is almost due is no debt yet
        self._owed = min(self._owed + (now - self._last) * speed, largest_debt)
        self._last = now
        whole = min(int(self._owed), most)
        self._owed -= whole
        return whole

    def wait(self, speed: float) -> float:
        """Seconds from the last call of ``due`` until an iteration is due."""
        return max(1.0 - self._owed, 0.0) / speed


class RateMeter:
    """Iterations a second, smoothed. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        self._start: float | None = None
        self._counted, self.rate = 0, 0.0

    def count(self, iterations: int) -> None:
        """Add iterations that were just made. The first iterations only start the clock for the others."""
        now = self._clock()
        if self._start is None:
            self._start = now
            return
        self._counted += iterations
        elapsed = now - self._start
        if elapsed >= RATE_WINDOW_S or (self.rate == 0.0 and elapsed > 0.05):
            self.rate = self._counted / elapsed
            self._start, self._counted = now, 0


class ChunkSize:
    """How many iterations take about so many seconds."""

    def __init__(self, seconds: float = CHUNK_S) -> None:
        self._seconds, self.iterations = seconds, FIRST_CHUNK

    def from_iteration(self, iteration: int) -> int:
        """How many iterations to make from an iteration on; a chunk of hundreds ends at a multiple of a hundred."""
        if self.iterations <= 2 * WHOLE:
            return self.iterations
        return self.iterations - (iteration + self.iterations) % WHOLE

    def restart(self) -> None:
        self.iterations = FIRST_CHUNK

    def learn(self, made: int, seconds: float) -> None:
        """Note how long a chunk took; the size changes by a factor of two at most."""
        least = self.iterations if self.iterations <= 2 * WHOLE else self.iterations - WHOLE
        if made < least or seconds <= 0:
            return
        fitting = made * self._seconds / seconds
        self.iterations = max(1, round(min(max(fitting, self.iterations / 2), self.iterations * 2)))


@dataclass
class NumberedRun:
    """A run, and the iteration at which it will finish; ``was_paused`` when it was set aside."""

    number: int
    trainer: Trainer
    goal: int
    was_paused: bool = False

    def record(self) -> RunRecord:
        return self.trainer.record(self.goal)


PLAY_S = 60.0  # after a person has changed something, the run goes on for so long, past its goal if need be
MOST_GOALS = 10  # but never past so many times its goal
SHORT_S = 0.003  # of a chunk, while somebody looks back all the time
ASKING_S = 0.5  # after the last look back


class Driver:
    """Drives one of its runs, the live one, has the others by number, and passes the gate before every iteration. The
    commands change its ``phase``, its ``steps_left`` and its runs; where a command raises an error, the worker calls
    `fail`. ``changed`` says that an earlier diagnosis is out of date; the worker clears it."""

    def __init__(self, gate: Gate, backend: Backend = NUMPY, clock: Callable[[], float] = perf_counter) -> None:
        self.phase, self._backend = Phase.PAUSED, backend
        self._seconds, self._played_until = clock, -inf
        self.pause_at: int | None = None  # the iteration at which the live run pauses, once
        self._live: NumberedRun | None = None
        self._others: dict[int, NumberedRun] = {}
        self._replayer = Replayer()
        self.steps_left, self.changed, self._gate = 0, False, gate
        self._watch: StopWatch | None = None
        self._learned_until: float | None = None  # waiting for the next iteration, at a low speed, is learning too
        self._chunk, self._clock, self._meter = ChunkSize(), IterationClock(), RateMeter()
        self._short_chunk, self._asked_until = ChunkSize(SHORT_S), 0.0

    # Its runs

    @property
    def has_live(self) -> bool:
        """Whether there is a live run; there is none where the run could not be begun."""
        return self._live is not None

    @property
    def live(self) -> NumberedRun:
        """The run that learns. Raises ``RuntimeError`` if there is none."""
        if self._live is None:
            raise RuntimeError("There is no run. Press Reset to start one.")
        return self._live

    def set_aside(self) -> None:
        """Keep the live run for later, if there is one; steps that were not made yet are forgotten."""
        if self._live is not None:
            self._live.was_paused = self.phase is Phase.PAUSED
            self._others[self._live.number], self._live = self._live, None
        if self.steps_left:
            self.phase, self.steps_left = Phase.PAUSED, 0
        self._played_until = -inf
        self.restart_chunk()
        self.restart_watch()

    def begin(self, config: TrainingConfig, number: int, learned: int = 0) -> None:
        self._live = NumberedRun(number, Trainer(config, self._backend), config.iterations)
        if learned:
            self._live.trainer.advance(learned)

    def go_on_with(self, record: RunRecord, number: int) -> None:
        """Set the live run aside and go on from a record; where that fails, the live run stays."""
        run = NumberedRun(number, Trainer.going_on(record, self._backend), record.goal)
        self.set_aside()
        self._live = run

    def restore(self, number: int, config: TrainingConfig) -> None:
        """Make a run that was set aside live, where it stood; a run that failed to begin is begun again."""
        run = self._others.pop(number, None)
        if run is None:
            self.begin(config, number)
            return
        run.trainer.calculate_with(self._backend)
        self._live = run

    def discard(self, numbers: frozenset[int]) -> None:
        self._others = {number: run for number, run in self._others.items() if number in numbers}

    def calculate_with(self, backend: Backend) -> None:
        self._backend = backend
        if self._live is not None:
            self._live.trainer.calculate_with(backend)

    def snapshot_at(self, iteration: int) -> Snapshot:
        """A snapshot at an iteration of the live run, computed anew; at the nearest one that its record reaches."""
        trainer = self.live.trainer
        return self._replayer.snapshot(trainer, min(max(iteration, trainer.keyframes.first), trainer.iteration))

    def record_until(self, iteration: int) -> RunRecord:
        return self.live.record().until(self.snapshot_at(iteration))

    # Driving

    def restart_chunk(self) -> None:
        """Begin with a chunk of one iteration, as an iteration may take another time from now on."""
        self._chunk.restart()
        self._short_chunk.restart()

    def expect_more(self) -> None:
        """Make short chunks for a while: who has looked back will do so again, and waits for the end of each chunk."""
        self._asked_until = perf_counter() + ASKING_S

    def restart_clocks(self) -> None:
        """Count anew which iterations are due, and how many are made a second."""
        self._learned_until = None
        self._clock.restart()
        self._meter.restart()
        self.changed = True

    def restart_watch(self) -> None:
        """Watch the stop rules anew: progress and seconds count from now on."""
        self._watch = None
        self.restart_clocks()

    def play(self, *, resumes: bool) -> None:
        """Let the run go on past its goal for a while, as a person plays with it; with ``resumes``, a run that rests at
        its goal learns again."""
        self._played_until = self._seconds() + PLAY_S
        if resumes and self.phase is Phase.FINISHED and self.live.trainer.iteration < self._end:
            self.phase = Phase.LEARNING
            self.restart_watch()

    def play_no_more(self) -> None:
        self._played_until = -inf

    @property
    def _end(self) -> int:
        """The iteration at which the run rests, as things stand."""
        return self.live.goal * (MOST_GOALS if self._seconds() < self._played_until else 1)

    def fail(self) -> None:
        self.phase, self.steps_left = Phase.FAILED, 0

    @property
    def stopped_by(self) -> str:
        return self._watch.reason if self._watch is not None and self.phase is Phase.FINISHED else ""

    def _watched(self) -> StopWatch:
        """The watch that says when the rules of the settings end the run."""
        run = self.live.trainer
        if self._watch is None or self._watch.rules != run.config.stop_rules:
            cost = run.costs.costs[-1] if run.costs.costs else inf
            self._watch = StopWatch(run.config.stop_rules, run.iteration, cost)
        return self._watch

    @property
    def rate(self) -> float:
        return self._meter.rate if self.phase is Phase.LEARNING else 0.0

    def note_end(self) -> None:
        if self.phase is not Phase.LEARNING:
            return
        run = self.live
        if run.trainer.diverged:
            self.phase, self.steps_left = Phase.DIVERGED, 0
        elif not self.steps_left and (run.trainer.iteration >= self._end or self._watched().reason):
            self.phase = Phase.FINISHED

    @property
    def fills_interpreter(self) -> bool:
        is_busy = self.phase is Phase.LEARNING and self._speed() == FULL_SPEED
        return is_busy and ENGINES[self.live.trainer.backend.engine].holds_interpreter

    def wait(self) -> float:
        speed = self._speed()
        return 0.0 if speed == FULL_SPEED else self._clock.wait(speed)

    def _speed(self) -> float:
        return FULL_SPEED if self.steps_left else self.live.trainer.config.speed

    def advance(self) -> None:
        """Make the iterations that are due, a chunk of them at most."""
        trainer, start = self.live.trainer, perf_counter()
        before, chunk = trainer.iteration, self._short_chunk if start < self._asked_until else self._chunk
        watch = None if self.steps_left else self._watched()
        count, speed = chunk.from_iteration(before), self._speed()
        if self.steps_left:
            count = min(count, self.steps_left)
        else:
            ends = [self._end, *([self.pause_at] if self.pause_at is not None and self.pause_at > before else [])]
            count = min(count, max(min(ends) - before, 0))
            count = count if speed == FULL_SPEED else self._clock.due(speed, count)
        trainer.advance(count, self._gate.pass_, watch)
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
        if before < (self.pause_at or 0) <= trainer.iteration and self.phase is Phase.LEARNING and watch is not None:
            self.phase = Phase.PAUSED
        self.note_end()
        self._learned_until = now if self.phase is Phase.LEARNING else None
