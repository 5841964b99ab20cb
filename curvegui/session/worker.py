"""The trainer's thread: makes iterations in short chunks and serves commands between them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from curvegui.core.config import FULL_SPEED, TrainingConfig
from curvegui.core.diagnosis import Diagnosis, diagnose
from curvegui.core.trainer import Snapshot, Trainer
from curvegui.session.delivery import Delivery, Mailbox
from curvegui.session.pace import Pace, RateMeter
from curvegui.session.phase import Phase

CHUNK_S = 0.004  # a command waits no longer than this, and the calls around a chunk cost under 1 %
PUBLISH_S = 0.008  # twice a 60 Hz frame: the window always finds a fresh snapshot
DIAGNOSE_S = 0.25  # a person is told within a second
DIAGNOSE_SHARE = 0.02  # of the time, for networks whose diagnosis takes long
FASTEST_TICK_MS = 4
LONGEST_TICK_MS = 3_600_000  # a timer takes no more than 24 days
FIRST_CHUNK = 1  # iterations: of a large network, one may take a second

logger = logging.getLogger(__name__)


@dataclass
class _Run:
    """A run, live or set aside.

    Attributes
    ----------
    number : int
    trainer : Trainer
    goal : int
        The iteration at which it will finish.
    spacing : int
        The trail's when it was last published.
    """

    number: int
    trainer: Trainer
    goal: int
    spacing: int = 1


class TrainingWorker(QObject):
    """Owns the live parameters. Lives in a thread of its own; everything reaches it by queued signals.

    Parameters
    ----------
    mailbox : Mailbox
        Where snapshots are left for the window.

    Signals
    -------
    poked()
        There is something in the mailbox; not repeated until it has been collected.
    failed(str)
        An exception stopped the run; its message.
    """

    poked = Signal()
    failed = Signal(str)

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._run: _Run | None = None
        self._shelf: dict[int, _Run] = {}
        self._command = 0
        self._phase = Phase.PAUSED
        self._steps_left = 0
        self._iterations_per_chunk = FIRST_CHUNK
        self._pace, self._meter = Pace(), RateMeter()
        self._diagnosis: Diagnosis | None = None
        self._diagnose_at = self._publish_at = 0.0
        self._timer = QTimer(self)  # a child, so that it moves to the thread with its parent
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    # Commands: each is numbered, so that the window knows which of them a snapshot has seen.

    @Slot(int, object, int)
    def begin(self, command: int, config: TrainingConfig, run: int) -> None:
        """Set the present run aside and begin a new one, learning on if it was learning."""
        self._serve(command, lambda: self._begin(config, run))

    @Slot(int, object, int)
    def restore(self, command: int, config: TrainingConfig, run: int) -> None:
        """Set the present run aside and take up an earlier one where it stood, with these settings."""
        self._serve(command, lambda: self._take_up(config, run))

    @Slot(int, object)
    def apply(self, command: int, config: TrainingConfig) -> None:
        """Go on with other settings."""
        self._serve(command, lambda: self._adjust(config))

    @Slot(int, object)
    def rewind(self, command: int, snapshot: Snapshot) -> None:
        """Go back to an earlier iteration of the present run, with the settings of that time."""
        self._serve(command, lambda: self._go_back(snapshot))

    @Slot(int)
    def resume(self, command: int) -> None:
        """Run to the goal; from the goal, run as many iterations again."""
        self._serve(command, self._go_on)

    @Slot(int)
    def pause(self, command: int) -> None:
        """Stop making iterations."""
        self._serve(command, self._hold)

    @Slot(int, int)
    def step(self, command: int, count: int) -> None:
        """Make so many iterations as fast as it goes, then pause; more steps add up."""
        self._serve(command, lambda: self._take_steps(count))

    @Slot(object)
    def discard(self, kept: set[int]) -> None:
        """Let go of the runs that were set aside, except these."""
        self._shelf = {number: run for number, run in self._shelf.items() if number in kept}

    @Slot()
    def stop(self) -> None:
        """Make no more iterations: the thread is about to end."""
        self._timer.stop()

    def _serve(self, command: int, action: Callable[[], None]) -> None:
        self._command = command
        try:
            action()
            self._settle()
            self._publish()
            self._schedule()
        except Exception as error:  # whatever it is, the window must hear of it and stay usable
            self._fail(error)

    # What the commands do.

    @property
    def _live(self) -> _Run:
        if self._run is None:
            raise RuntimeError("There is no run; reset to begin one.")
        return self._run

    def _begin(self, config: TrainingConfig, number: int) -> None:
        self._set_aside()
        self._run = _Run(number, Trainer(config), config.iterations)
        if self._phase is not Phase.PAUSED:
            self._phase = Phase.LEARNING

    def _take_up(self, config: TrainingConfig, number: int) -> None:
        self._set_aside()
        run = self._shelf.pop(number, None)
        self._run = run or _Run(number, Trainer(config), config.iterations)  # one that failed to begin is not there
        self._adjust(config)
        if self._phase is not Phase.LEARNING:
            self._phase = Phase.PAUSED

    def _set_aside(self) -> None:
        """Keep the present run for later, if there is one."""
        if self._run is not None:
            self._shelf[self._run.number], self._run = self._run, None
        if self._steps_left:
            self._phase, self._steps_left = Phase.PAUSED, 0
        self._iterations_per_chunk = FIRST_CHUNK
        self._restart_clocks()

    def _adjust(self, config: TrainingConfig) -> None:
        run, before = self._live, self._live.trainer.config
        run.trainer.apply(config)
        run.goal = max(run.goal + config.iterations - before.iterations, 0)
        if self._phase is Phase.DIVERGED and not run.trainer.diverged:
            self._phase = Phase.LEARNING
        if config.points != before.points:
            self._iterations_per_chunk = FIRST_CHUNK
        if config.speed != before.speed:
            self._restart_clocks()
        self._diagnose_at = 0.0

    def _go_back(self, snapshot: Snapshot) -> None:
        self._live.trainer.rewind(snapshot.iteration, snapshot.parameters)
        self._adjust(snapshot.config)
        if self._phase is Phase.DIVERGED:
            self._phase = Phase.LEARNING

    def _go_on(self) -> None:
        run = self._live
        if run.trainer.iteration >= run.goal:
            run.goal = run.trainer.iteration + run.trainer.config.iterations
        if self._phase is not Phase.FAILED:
            self._phase = Phase.LEARNING
        self._steps_left = 0
        self._restart_clocks()

    def _hold(self) -> None:
        if self._phase is Phase.LEARNING:
            self._phase = Phase.PAUSED
        self._steps_left = 0

    def _take_steps(self, count: int) -> None:
        if count <= 0 or self._phase is Phase.FAILED:
            return
        if self._phase is not Phase.LEARNING:
            self._restart_clocks()
        self._phase = Phase.LEARNING
        self._steps_left += count

    def _restart_clocks(self) -> None:
        self._pace.restart()
        self._meter.restart()
        self._diagnose_at = 0.0

    # The work.

    def _settle(self) -> None:
        """Stop where there is a reason to."""
        if self._phase is not Phase.LEARNING:
            return
        run = self._live
        if run.trainer.diverged:
            self._phase, self._steps_left = Phase.DIVERGED, 0
        elif not self._steps_left and run.trainer.iteration >= run.goal:
            self._phase = Phase.FINISHED

    def _schedule(self) -> None:
        if self._phase is not Phase.LEARNING:
            self._timer.stop()
            return
        interval = self._interval()
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    def _interval(self) -> int:
        """Milliseconds until there is something to do; rounded up, as a tick too early would be in vain."""
        speed = self._speed()
        if speed == FULL_SPEED:
            return 0
        return ceil(min(max(1000 * self._pace.wait(speed), FASTEST_TICK_MS), LONGEST_TICK_MS))

    def _speed(self) -> float:
        return FULL_SPEED if self._steps_left else self._live.trainer.config.speed

    @Slot()
    def _tick(self) -> None:
        try:
            self._advance()
        except Exception as error:  # whatever it is, the window must hear of it and stay usable
            self._fail(error)

    def _advance(self) -> None:
        trainer, start = self._live.trainer, perf_counter()
        before = trainer.iteration
        trainer.advance(self._chunk())
        made = max(trainer.iteration - before, 0)  # a run that diverged has gone back
        self._learn_chunk_size(made, perf_counter() - start)
        self._meter.count(made)
        if self._steps_left:
            self._steps_left = max(self._steps_left - made, 0)
            if not self._steps_left:
                self._phase = Phase.PAUSED
        self._settle()
        self._schedule()
        is_last_for_now = not self._timer.isActive() or self._timer.interval() > 1000 * PUBLISH_S
        if is_last_for_now or perf_counter() >= self._publish_at:
            self._publish()

    def _chunk(self) -> int:
        """How many iterations to make now."""
        if self._steps_left:
            return min(self._iterations_per_chunk, self._steps_left)
        run, speed = self._live, self._speed()
        most = min(self._iterations_per_chunk, run.goal - run.trainer.iteration)
        return most if speed == FULL_SPEED else self._pace.due(speed, most)

    def _learn_chunk_size(self, made: int, seconds: float) -> None:
        """Aim at chunks of ``CHUNK_S``, changing by a factor of two at most from one chunk to the next."""
        if made < self._iterations_per_chunk or seconds <= 0:
            return
        fitting = made * CHUNK_S / seconds
        size = self._iterations_per_chunk
        self._iterations_per_chunk = max(1, round(min(max(fitting, size / 2), size * 2)))

    def _publish(self) -> None:
        """Leave a snapshot and what was recorded since the last one that was collected."""
        run = self._live
        snapshot = run.trainer.snapshot()
        since = self._since(run, snapshot)
        delivery = Delivery(
            run=run.number,
            command=self._command,
            phase=self._phase,
            snapshot=snapshot,
            trail=run.trainer.trail.since(since),
            costs=run.trainer.costs.since(since),
            since=since,
            goal=run.goal,
            rate=self._meter.rate if self._phase is Phase.LEARNING else 0.0,
            diagnosis=self._diagnosed(run.trainer),
        )
        self._publish_at = perf_counter() + PUBLISH_S
        if self._mailbox.put(delivery):
            self.poked.emit()

    def _since(self, run: _Run, snapshot: Snapshot) -> int:
        """The iteration up to which the window has what was recorded; -1 where it needs all there is."""
        number, iteration = self._mailbox.collected()
        was_thinned = run.trainer.trail.spacing != run.spacing
        run.spacing = run.trainer.trail.spacing
        return -1 if was_thinned or number != run.number else min(iteration, snapshot.iteration)

    def _diagnosed(self, trainer: Trainer) -> Diagnosis | None:
        start = perf_counter()
        if start >= self._diagnose_at or self._phase is not Phase.LEARNING:  # a run that rests is not looked at again
            self._diagnosis = diagnose(trainer.evidence())
            took = perf_counter() - start
            self._diagnose_at = start + max(DIAGNOSE_S, took / DIAGNOSE_SHARE)
        return self._diagnosis

    def _fail(self, error: Exception) -> None:
        logger.exception("The run was stopped by an error")
        self._timer.stop()
        self._phase, self._steps_left = Phase.FAILED, 0
        self.failed.emit(f"{type(error).__name__}: {error}")
        if self._run is not None:
            self._publish_failure()

    def _publish_failure(self) -> None:
        """Show the phase; the run may be too broken for a snapshot."""
        try:
            self._publish()
        except Exception:
            logger.exception("No snapshot of the run that failed")
