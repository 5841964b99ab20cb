"""The trainer's thread: drives the run from its own event loop and serves commands between chunks."""

import logging
from collections.abc import Callable, Mapping
from math import ceil
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.operated_run import Surgery
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Replayer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Delivery, Mailbox
from curvegui.session.run.doctor import Doctor
from curvegui.session.run.driver import Driver, Run
from curvegui.session.run.gate import Gate
from curvegui.session.run.phase import Phase

PUBLISH_S = 0.012  # the window finds a fresh snapshot for nearly every 60 Hz frame
FASTEST_TICK_MS = 4
LONGEST_TICK_MS = 3_600_000  # a timer takes no more than 24 days

logger = logging.getLogger(__name__)


class TrainingWorker(QObject):
    """Owns the live parameters. Lives in a thread of its own; everything reaches it by queued signals.

    Parameters
    ----------
    mailbox : Mailbox
        Where snapshots are left for the window.
    gate : Gate
        Which the window shuts while it is at work.

    Signals
    -------
    notified()
        There is something in the mailbox; not repeated until it has been collected.
    failed(str)
        An exception stopped the run; its message.
    looked_back(int, Snapshot or None)
        A run's number, and a moment of it; None where it does not reach back so far.
    captured(object, RunRecord or None)
        What `capture` was asked with, and the run as it stands; None where there is none.
    """

    notified = Signal()
    failed = Signal(str)
    looked_back = Signal(int, object)
    captured = Signal(object, object)

    def __init__(self, mailbox: Mailbox, gate: Gate) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._driver = Driver(gate)
        self._doctor = Doctor()
        self._replayer = Replayer()
        self._command = 0
        self._publish_at = 0.0
        self._timer = QTimer(self)  # a child, so that it moves to the thread with its parent
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    # Commands: each is numbered, so that the window knows which of them a snapshot has seen.

    @Slot(int, object, int)
    def begin(self, command: int, config: TrainingConfig, run: int) -> None:
        """Set the present run aside and begin a new one, learning on if it was learning."""
        self._serve(command, lambda: self._driver.begin(config, run))

    @Slot(int, object, int)
    def restore(self, command: int, config: TrainingConfig, run: int) -> None:
        """Set the present run aside and take up an earlier one where it stood, with these settings."""
        self._serve(command, lambda: self._driver.take_up(config, run))

    @Slot(int, object, int)
    def open(self, command: int, record: RunRecord, run: int) -> None:
        """Set the present run aside and take up one from a file, paused."""
        self._serve(command, lambda: self._driver.open(record, run))

    @Slot(int, int, int)
    def branch(self, command: int, iteration: int, run: int) -> None:
        """Set the present run aside and go on from an earlier iteration of it, as another run."""
        self._serve(command, lambda: self._driver.branch(self._recorded_until(iteration), run))

    @Slot(int, object, int)
    def operate(self, command: int, surgery: Surgery, run: int) -> None:
        """Set the present run aside and go on with its network operated on, as another run."""
        self._serve(command, lambda: self._driver.operate(surgery, run))

    @Slot(int, object, int)
    def set_parameters(self, command: int, values: Mapping[int, float], run: int) -> None:
        """Set parameters of the present run by hand; where the number is another one, it is a copy that goes on."""
        self._serve(command, lambda: self._driver.set_parameters(values, run))

    @Slot(int, object)
    def apply(self, command: int, config: TrainingConfig) -> None:
        """Go on with other settings."""
        self._serve(command, lambda: self._driver.adjust(config))

    @Slot(int, object)
    def rewind(self, command: int, snapshot: Snapshot) -> None:
        """Go back to an earlier iteration of the present run, with the settings of that time."""
        self._serve(command, lambda: self._driver.go_back(snapshot))

    @Slot(int)
    def resume(self, command: int) -> None:
        """Run to the goal; from the goal, run as many iterations again."""
        self._serve(command, self._driver.go_on)

    @Slot(int)
    def pause(self, command: int) -> None:
        """Stop making iterations."""
        self._serve(command, self._driver.hold)

    @Slot(int, int)
    def step(self, command: int, count: int) -> None:
        """Make so many iterations as fast as it goes, then pause; more steps add up."""
        self._serve(command, lambda: self._driver.take_steps(count))

    @Slot(object)
    def discard(self, kept: set[int]) -> None:
        """Let go of the runs that were set aside, except these."""
        self._driver.discard(kept)

    @Slot(object)
    def calculate_with(self, arithmetic: Arithmetic) -> None:
        """Let something else compute from the next iteration on, where it is prepared."""
        try:
            self._driver.calculate_with(arithmetic)
            if self._driver.has_run:
                self._publish()
        except Exception as error:  # whatever it is, the window must hear of it and stay usable
            self._fail(error)

    # Questions: they change nothing, and are answered by a signal.

    @Slot(int, int)
    def look_back(self, run: int, iteration: int) -> None:
        """Compute an iteration of a run anew, where it is the present one."""
        moment = None
        try:
            if self._driver.has_run and self._driver.live.number == run:
                moment = self._moment(iteration)
        except Exception:
            logger.exception("Iteration %s could not be computed anew", iteration)
        self.looked_back.emit(run, moment)

    @Slot(object, int)
    def capture(self, question: object, iteration: int) -> None:
        """Record the present run, up to an iteration or, at -1, as it stands."""
        record = None
        try:
            if self._driver.has_run:
                record = self._recorded() if iteration < 0 else self._recorded_until(iteration)
        except Exception:
            logger.exception("The run could not be recorded")
        self.captured.emit(question, record)

    def _moment(self, iteration: int) -> Snapshot:
        trainer = self._driver.live.trainer
        first, last = trainer.record_begins, trainer.iteration
        return self._replayer.moment(trainer, min(max(iteration, first), last))

    def _recorded(self) -> RunRecord:
        return self._driver.live.trainer.record(self._driver.live.goal)

    def _recorded_until(self, iteration: int) -> RunRecord:
        return self._recorded().until(self._moment(iteration))

    @Slot()
    def stop(self) -> None:
        """Make no more iterations: the thread is about to end."""
        self._timer.stop()

    def _serve(self, command: int, action: Callable[[], None]) -> None:
        self._command = command
        try:
            action()
            self._driver.settle()
            self._publish()
            self._schedule()
        except Exception as error:  # whatever it is, the window must hear of it and stay usable
            self._fail(error)

    def _schedule(self) -> None:
        if self._driver.phase is not Phase.LEARNING:
            self._timer.stop()
            return
        # rounded up, as a tick too early would be in vain
        wait_ms = ceil(min(1000 * self._driver.wait(), LONGEST_TICK_MS))
        interval = max(wait_ms, FASTEST_TICK_MS) if wait_ms else 0
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    @Slot()
    def _tick(self) -> None:
        try:
            self._driver.advance()
            self._schedule()
            is_last_for_now = not self._timer.isActive() or self._timer.interval() > 1000 * PUBLISH_S
            if is_last_for_now or perf_counter() >= self._publish_at:
                self._publish()
        except Exception as error:  # whatever it is, the window must hear of it and stay usable
            self._fail(error)

    def _publish(self) -> None:
        """Leave a snapshot and what was recorded since the last one that was collected."""
        driver, run = self._driver, self._driver.live
        snapshot = run.trainer.snapshot()
        since = self._since(run, snapshot)
        delivery = Delivery(
            run=run.number,
            command=self._command,
            phase=driver.phase,
            snapshot=snapshot,
            trail=run.trainer.trail.since(since),
            trail_spacing=run.trainer.trail.spacing,
            costs=run.trainer.costs.since(since),
            test_costs=run.trainer.test_costs.since(since),
            since=since,
            goal=run.goal,
            rate=driver.rate,
            best=run.trainer.best,
            edit=run.trainer.last_edit,
            arithmetic=run.trainer.arithmetic,
            stopped_by=driver.stopped_by,
            diagnosis=self._doctor.look(run.trainer, at_once=driver.changed or driver.phase is not Phase.LEARNING),
        )
        driver.changed = False
        self._publish_at = perf_counter() + PUBLISH_S
        if self._mailbox.put(delivery):
            self.notified.emit()

    def _since(self, run: Run, snapshot: Snapshot) -> int:
        """The iteration up to which the window has what was recorded; -1 where it needs all there is."""
        number, iteration = self._mailbox.collected()
        if number != run.number:
            return -1
        since = min(iteration, snapshot.iteration)
        return since - 1 if since == run.trainer.last_edit else since  # the costs there are others since then

    def _fail(self, error: Exception) -> None:
        logger.exception("The run was stopped by an error")
        self._timer.stop()
        self._driver.fail()
        self.failed.emit(f"{type(error).__name__}: {error}")
        if self._driver.has_run:
            self._publish_failure()

    def _publish_failure(self) -> None:
        """Show the phase; the run may be too broken for a snapshot."""
        try:
            self._publish()
        except Exception:
            logger.exception("No snapshot of the run that failed")
