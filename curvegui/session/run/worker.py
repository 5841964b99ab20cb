"""The trainer's thread: drives the run from its own event loop, carries out commands, and has the run diagnosed."""

import logging
from contextlib import suppress
from math import ceil
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QTimer, Signal, Slot

from curvegui.core.cancellation import Cancelled, cancelled_by
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.session.run.commands import Command, Query
from curvegui.session.run.delivery import Delivery, Mailbox, Phase
from curvegui.session.run.diagnoser import Diagnoser
from curvegui.session.run.driver import Driver
from curvegui.session.run.gate import Gate

PUBLISH_S = 0.012  # the window finds a fresh snapshot for nearly every 60 Hz frame
CROWDED_S = 0.03  # the same while both want the interpreter all the time: every second frame
FASTEST_TICK_MS = 4
LONGEST_TICK_MS = 3_600_000  # a timer takes no more than 24 days

logger = logging.getLogger(__name__)


class TrainingWorker(QObject):
    """Owns the live parameters, in a thread of its own that queued signals reach; it rests while the gate is shut."""

    notified = Signal()  # there is something in the mailbox; not repeated until it has been collected
    failed = Signal(str)  # an exception stopped the run: its message
    answered = Signal(object, object)  # a Query, and what it was answered

    def __init__(self, mailbox: Mailbox, gate: Gate, backend: Backend) -> None:
        super().__init__()
        self._mailbox, self._gate, self.driver = mailbox, gate, Driver(gate, backend)
        self._diagnoser, self._command, self._publish_at = Diagnoser(), 0, 0.0
        self._timer = QTimer(self)  # a child, so that it moves to the thread with its parent
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @Slot(int, object)
    def serve(self, number: int, wanted: Command | Query) -> None:
        """Carry out a command, or answer a question; ``number`` is that of the last numbered command."""
        self._command = number
        with suppress(Cancelled), cancelled_by(self._gate.check):
            self._gate.check()  # what was ended may have left no run
            if isinstance(wanted, Query):
                answer = None
                try:
                    answer = wanted.answer(self.driver)
                except Exception:
                    logger.exception("%s could not be answered", wanted)
                self.answered.emit(wanted, answer)
            else:
                self._carry_out(wanted)

    def _carry_out(self, command: Command) -> None:
        try:
            command.carry_out(self.driver)
            if command.is_numbered and (self.driver.has_live or command.needs_run):
                self.driver.note_end()
                self._publish()
                self._schedule()
        except Exception as error:  # whatever it is, the window must hear of it and stay usable
            self._fail(error)

    @Slot()
    def stop(self) -> None:
        self._timer.stop()

    def _schedule(self) -> None:
        is_looking_ahead, interval = self._diagnoser.is_looking_ahead, FASTEST_TICK_MS
        if self.driver.phase is Phase.LEARNING:
            longest = FASTEST_TICK_MS if is_looking_ahead else LONGEST_TICK_MS
            wait_ms = ceil(min(1000 * self.driver.wait(), longest))  # up, as a tick too early would be in vain
            interval = max(wait_ms, FASTEST_TICK_MS) if wait_ms else 0
        elif not is_looking_ahead:
            self._timer.stop()
            return
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    @Slot()
    def _tick(self) -> None:
        with suppress(Cancelled), cancelled_by(self._gate.check):
            self._gate.check()
            try:
                is_learning = self.driver.phase is Phase.LEARNING
                if is_learning:
                    self.driver.advance()
                is_news = self._diagnoser.look_ahead(self._gate.pass_)
                self._schedule()
                is_last_for_now = not self._timer.isActive() or self._timer.interval() > 1000 * PUBLISH_S
                if is_news or (is_learning and (is_last_for_now or perf_counter() >= self._publish_at)):
                    self._publish()
                    self._schedule()  # there may be something to look ahead for now
            except Exception as error:  # whatever it is, the window must hear of it and stay usable
                self._fail(error)

    def _publish(self) -> None:
        driver, run = self.driver, self.driver.live
        snapshot = run.trainer.snapshot()
        number, collected = self._mailbox.collected()
        since = min(collected, snapshot.iteration) if number == run.number else -1  # up to which the window has it all
        if since >= 0 and since == run.trainer.keyframes.last_edit:  # setting parameters has changed the costs there
            since -= 1
        trainer, at_once = run.trainer, driver.changed or driver.phase is not Phase.LEARNING
        delivery = Delivery(
            run=run.number,
            command=self._command,
            phase=driver.phase,
            snapshot=snapshot,
            trail=trainer.trail.since(since),
            trail_spacing=trainer.trail.spacing,
            costs=trainer.costs.since(since),
            test_costs=trainer.test_costs.since(since),
            since=since,
            goal=run.goal,
            rate=driver.rate,
            best=trainer.best,
            edit=trainer.keyframes.last_edit,
            backend=trainer.backend,
            stopped_by=driver.stopped_by,
            diagnosis=self._diagnoser.look(trainer, at_once),
        )
        driver.changed = False
        self._gate.is_crowded = driver.fills_interpreter
        self._publish_at = perf_counter() + (CROWDED_S if self._gate.is_crowded else PUBLISH_S)
        if self._mailbox.put(delivery):
            self.notified.emit()

    def _fail(self, error: Exception) -> None:
        logger.exception("The run was stopped by an error")
        self._timer.stop()
        self.driver.fail()
        self._gate.is_crowded = False
        self.failed.emit(f"{type(error).__name__}: {error}")
        if self.driver.has_live:
            try:
                self._publish()
            except Exception:  # the run may be too broken for a snapshot
                logger.exception("No snapshot of the run that failed")


CLOSE_MS = 2_000  # all work ends in tenths of a second; a thread that is not back by then will not be
_late: list[tuple[QThread, TrainingWorker]] = []  # kept for good: Qt ends the process with a thread that still runs


class TrainerLink(QObject):
    """The trainer's thread, its worker (which lives in the thread), and the mailbox in between."""

    notified = Signal()  # this and the next two are the worker's own, emitted in this thread
    failed = Signal(str)
    answered = Signal(object, object)
    _sent = Signal(int, object)

    def __init__(self, backend: Backend = NUMPY, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command = 0  # the number of the last numbered command that was sent
        self.mailbox, self.gate = Mailbox(), Gate()
        self.worker = worker = TrainingWorker(self.mailbox, self.gate, backend)
        self._thread = QThread()
        self._thread.setObjectName("trainer")
        worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._sent.connect(worker.serve, queued)
        worker.notified.connect(self.notified, queued)
        worker.failed.connect(self.failed, queued)
        worker.answered.connect(self.answered, queued)
        # emitted in the trainer's thread, where alone its timer may be stopped
        self._thread.finished.connect(worker.stop, Qt.ConnectionType.DirectConnection)
        self._thread.start()

    def send(self, wanted: Command | Query) -> None:
        """Have a command carried out, or a question answered, after all that were sent before; returns at once."""
        if wanted.is_numbered:
            self.command += 1
        self._sent.emit(self.command, wanted)

    def close(self) -> bool:
        """End the thread, and drop all messages to and from it; return whether the thread ended in time."""
        QCoreApplication.removePostedEvents(self.worker, QEvent.Type.MetaCall.value)  # else all of it would be done
        self.gate.end()
        self._thread.quit()
        ended = self._thread.wait(CLOSE_MS)
        if not ended:
            _late.append((self._thread, self.worker))
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        return ended
