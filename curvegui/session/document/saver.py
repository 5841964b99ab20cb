"""Saves the run in the background. It is recorded at once; the files are written one after the other."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.session.document.file import ChangedOnDiskError, Locks, Stamp, Written, write_file
from curvegui.session.document.run_files import RunFile
from curvegui.session.document.state import Appearance
from curvegui.session.jobs.job import Job
from curvegui.session.run.session import Session


@dataclass(frozen=True, eq=False)
class Order:
    """A save: where, of what, how it looks, and whether to replace what another program has written there.

    ``acts`` is how many changes a person had made before, and ``number`` counts the saves.
    """

    path: Path
    run_file: RunFile
    appearance: Appearance
    may_replace: bool
    acts: int
    number: int


class ProjectSaver(QObject):
    """Carries out orders.

    ``conditions`` is asked right before an order is written: which locks there are, and what the file must be like to
    be replaced, None for anything.
    """

    written = Signal(object, object, object)  # Order, RunRecord, Written
    failed = Signal(str)  # a sentence; the file is as it was
    found_changed = Signal(str)  # the path of a file that was not replaced, since another program has changed it

    def __init__(
        self,
        session: Session,
        conditions: Callable[[Order], tuple[Locks, Stamp | None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._conditions = session, conditions
        self._orders: list[Order] = []
        self._waiting: deque[tuple[Order, RunRecord]] = deque()
        self._writing: tuple[Order, RunRecord] | None = None
        session.captured.connect(self._take_record)

    @property
    def is_busy(self) -> bool:
        """Whether an order has not been carried out yet."""
        return bool(self._orders)

    @property
    def last(self) -> Order | None:
        """The latest order that has not been carried out yet."""
        return self._orders[-1] if self._orders else None

    def start(self, order: Order) -> None:
        """Save the run as it stands now; returns at once."""
        self._orders.append(order)
        self._session.capture(order)

    @Slot(object, object)
    def _take_record(self, question: object, record: RunRecord | None) -> None:
        if not isinstance(question, Order):
            return
        if record is None:
            self._orders.remove(question)
            self.failed.emit(tr("There is no run to save. Press Reset to start one."))
            return
        self._waiting.append((question, record))
        self._write_next()

    def _write_next(self) -> None:
        if self._writing is not None or not self._waiting:
            return
        order, record = self._writing = self._waiting.popleft()
        locks, expected = self._conditions(order)
        job = Job(partial(_write, order, record, locks, expected))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, written: Written | None, error: Exception | None) -> None:
        if self._writing is None:
            return
        order, record = self._writing
        self._writing = None
        self._orders.remove(order)
        if written is not None:
            self.written.emit(order, record, written)
        elif isinstance(error, ChangedOnDiskError):
            self.found_changed.emit(str(order.path))
        else:
            name, reason = order.path.name, type(error).__name__
            self.failed.emit(str(error) or tr("“{name}” could not be saved: {reason}.", name=name, reason=reason))
        self._write_next()


def _write(order: Order, record: RunRecord, locks: Locks, expected: Stamp | None) -> Written:
    """Called in a thread of the pool."""
    return write_file(order.path, order.run_file.origin.project(record, order.appearance), locks, expected)
