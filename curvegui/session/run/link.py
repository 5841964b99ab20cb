"""The line to the trainer's thread: commands go there by number, and what it has to say comes back here."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, Signal

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.operated_run import Surgery
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Mailbox
from curvegui.session.run.gate import Gate
from curvegui.session.run.worker import TrainingWorker

CLOSE_MS = 2_000  # a chunk takes milliseconds; a thread that is not back by then will not be
_late: list[tuple[QThread, TrainingWorker]] = []  # kept for good: Qt ends the process with a thread that still runs


class TrainerLink(QObject):
    """The thread, its worker, and the mailbox in between. What each command does, `TrainingWorker` says.

    Attributes
    ----------
    command : int
        The number of the last command that was sent.
    mailbox : Mailbox
    gate : Gate
    worker : TrainingWorker
        It lives in the other thread.

    Signals
    -------
    notified(), failed(str), captured(object, RunRecord or None), looked_back(int, Snapshot or None)
        The worker's own, emitted in this thread.
    asked(int, int)
        For whoever wants a moment of a run: its number and the iteration.
    """

    notified = Signal()
    failed = Signal(str)
    captured = Signal(object, object)
    looked_back = Signal(int, object)
    asked = Signal(int, int)

    _begin = Signal(int, object, int)
    _restore = Signal(int, object, int)
    _open = Signal(int, object, int)
    _operate = Signal(int, object, int)
    _set_parameters = Signal(int, object, int)
    _branch = Signal(int, int, int)
    _capture = Signal(object, int)
    _apply = Signal(int, object)
    _rewind = Signal(int, object)
    _resume = Signal(int)
    _pause = Signal(int)
    _step = Signal(int, int)
    _discard = Signal(object)
    _calculate_with = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command, self.mailbox, self.gate = 0, Mailbox(), Gate()
        self.worker = worker = TrainingWorker(self.mailbox, self.gate)
        self._thread = QThread()
        self._thread.setObjectName("trainer")
        worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._begin.connect(worker.begin, queued)
        self._restore.connect(worker.restore, queued)
        self._open.connect(worker.open, queued)
        self._operate.connect(worker.operate, queued)
        self._set_parameters.connect(worker.set_parameters, queued)
        self._branch.connect(worker.branch, queued)
        self._capture.connect(worker.capture, queued)
        self._apply.connect(worker.apply, queued)
        self._rewind.connect(worker.rewind, queued)
        self._resume.connect(worker.resume, queued)
        self._pause.connect(worker.pause, queued)
        self._step.connect(worker.step, queued)
        self._discard.connect(worker.discard, queued)
        self._calculate_with.connect(worker.calculate_with, queued)
        self.asked.connect(worker.look_back, queued)
        worker.notified.connect(self.notified, queued)
        worker.failed.connect(self.failed, queued)
        worker.captured.connect(self.captured, queued)
        worker.looked_back.connect(self.looked_back, queued)
        # emitted in the trainer's thread, where alone its timer may be stopped
        self._thread.finished.connect(worker.stop, Qt.ConnectionType.DirectConnection)
        self._thread.start()

    def _number(self) -> int:
        """The number of the next command."""
        self.command += 1
        return self.command

    # Another run

    def begin(self, config: TrainingConfig, run: int) -> None:
        """Begin a run."""
        self._begin.emit(self._number(), config, run)

    def restore(self, config: TrainingConfig, run: int) -> None:
        """Take up an earlier run where it stood."""
        self._restore.emit(self._number(), config, run)

    def open(self, record: RunRecord, run: int) -> None:
        """Take up a recorded run."""
        self._open.emit(self._number(), record, run)

    def branch(self, iteration: int, run: int) -> None:
        """Go on from an earlier iteration, as another run."""
        self._branch.emit(self._number(), iteration, run)

    def operate(self, surgery: Surgery, run: int) -> None:
        """Go on with an operated network, as another run."""
        self._operate.emit(self._number(), surgery, run)

    # The present run

    def set_parameters(self, places: Mapping[int, float], run: int) -> None:
        """Set parameters by hand, in the present run or in another one that begins with them."""
        self._set_parameters.emit(self._number(), places, run)

    def apply(self, config: TrainingConfig) -> None:
        """Go on with other settings."""
        self._apply.emit(self._number(), config)

    def rewind(self, snapshot: Snapshot) -> None:
        """Go back to an earlier iteration."""
        self._rewind.emit(self._number(), snapshot)

    def resume(self) -> None:
        """Learn on."""
        self._resume.emit(self._number())

    def pause(self) -> None:
        """Stop learning for now."""
        self._pause.emit(self._number())

    def step(self, count: int) -> None:
        """Make so many iterations, then pause."""
        self._step.emit(self._number(), count)

    # Without a number: nothing that is shown depends on them

    def capture(self, question: object, iteration: int) -> None:
        """Ask for a record of the run."""
        self._capture.emit(question, iteration)

    def calculate_with(self, arithmetic: Arithmetic) -> None:
        """Let something else compute, where it is prepared."""
        self._calculate_with.emit(arithmetic)

    def discard(self, kept: set[int]) -> None:
        """Let go of the runs that were set aside, except these."""
        self._discard.emit(kept)

    def close(self) -> bool:
        """End the thread, and drop what is still on its way here; return whether it ended in time."""
        self._thread.quit()
        ended = self._thread.wait(CLOSE_MS)
        if not ended:
            _late.append((self._thread, self.worker))
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        return ended
