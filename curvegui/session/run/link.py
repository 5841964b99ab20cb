"""The line to the trainer's thread: commands and questions go there, and what it has to say comes back here."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, Signal

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.session.run.commands import Command
from curvegui.session.run.delivery import Mailbox
from curvegui.session.run.gate import Gate
from curvegui.session.run.questions import Question
from curvegui.session.run.worker import TrainingWorker

CLOSE_MS = 2_000  # all work ends in tenths of a second; a thread that is not back by then will not be
_late: list[tuple[QThread, TrainingWorker]] = []  # kept for good: Qt ends the process with a thread that still runs


class TrainerLink(QObject):
    """The thread, its worker (which lives in the thread), and the mailbox in between."""

    notified = Signal()  # this and the next two are the worker's own, emitted in this thread
    failed = Signal(str)
    answered = Signal(object, object)
    _sent = Signal(int, object)

    def __init__(self, arithmetic: Arithmetic = USUAL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command = 0  # the number of the last numbered command that was sent
        self.mailbox, self.gate = Mailbox(), Gate()
        self.worker = worker = TrainingWorker(self.mailbox, self.gate, arithmetic)
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

    def send(self, wanted: Command | Question) -> None:
        """Have a command carried out, or a question answered, after all that was sent before; returns at once."""
        if wanted.is_numbered:
            self.command += 1
        self._sent.emit(self.command, wanted)

    def close(self) -> bool:
        """End the thread, and drop what is still on its way there or here; return whether it ended in time."""
        QCoreApplication.removePostedEvents(self.worker, QEvent.Type.MetaCall.value)  # else all of it would be done
        self.gate.end()
        self._thread.quit()
        ended = self._thread.wait(CLOSE_MS)
        if not ended:
            _late.append((self._thread, self.worker))
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        return ended
