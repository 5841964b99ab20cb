"""Saves a copy of the run every few seconds and before it is replaced, so that little is lost in a crash."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.core.run.record import RunRecord
from curvegui.session.document.autosave_folder import AutosaveFolder, light
from curvegui.session.document.document import Document
from curvegui.session.document.state import Appearance, Baseline, Origin, marked
from curvegui.session.jobs.job import Job
from curvegui.session.run.session import Session

EVERY_S = 10
REST = 20  # times as long as the last copy took, until the next one: a slow disk or a large network gets fewer
LEAVING_S = 2.0  # at least, between copies of runs that are replaced: somebody may be trying one seed after the other

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Request:
    """What to write around the run that is asked for."""

    origin: Origin
    appearance: Appearance
    path: Path | None


class Autosave(QObject):
    """Writes into a folder of the app's own, in the background. ``clock`` gives seconds."""

    written = Signal(object)  # Origin: of the document whose run has been saved
    settled = Signal()  # nothing is under way any more
    failed = Signal(str)  # a sentence; told once until it works again

    def __init__(
        self,
        session: Session,
        document: Document,
        folder: AutosaveFolder,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._session, self._document, self._folder, self._clock = session, document, folder, clock
        self._kept: Baseline | None = None
        self._asked, self._asked_at = 0, -LEAVING_S
        self._next: tuple[_Request, RunRecord] | None = None
        self._is_writing = self._is_used = self._is_stale = self._has_told = self._is_ended = False
        self._began_at = self._rests_until = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._keep_changes)
        session.captured.connect(self._take_record)
        session.about_to_leave.connect(self._keep_what_is_left)
        document.saved.connect(self._note_saved)

    @property
    def is_begun(self) -> bool:
        """Whether it saves copies of the run."""
        return self._timer.isActive()

    def begin(self, every_s: int = EVERY_S) -> None:
        """Save copies of the run from now on, every so many seconds; for 0, none."""
        if every_s > 0:
            self._timer.start(1_000 * every_s)
        else:
            self._timer.stop()

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._asked > 0 or self._next is not None or self._is_writing

    @Slot()
    def _keep_changes(self) -> None:
        if self._document.is_changed and not self.is_busy and self._clock() >= self._rests_until:
            self.keep()

    @Slot()
    def _keep_what_is_left(self) -> None:
        if not self.is_begun:
            return
        snapshot = self._session.snapshot
        has_learned = snapshot is not None and snapshot.iteration > 0
        if has_learned and not self._document.is_in_file and self._clock() >= self._asked_at + LEAVING_S:
            self.keep()

    def keep(self) -> bool:
        """Save a copy of the run as it stands, unless there is one already; return whether something is under way."""
        document, session = self._document, self._session
        snapshot = session.snapshot  # None: this run has not been seen yet
        is_same = self._kept and snapshot and not self._kept.differs(session.config, snapshot, document.appearance)
        if is_same and not self.is_busy:
            return False
        self._asked += 1
        self._asked_at = self._clock()
        session.capture(_Request(document.origin, document.appearance, document.path or document.suggestion))
        return True

    @Slot(object, object)
    def _take_record(self, request: object, record: RunRecord | None) -> None:
        if not isinstance(request, _Request):
            return
        self._asked -= 1
        if record is None or self._is_ended:
            self._settle()
            return
        self._kept = Baseline.of(record, request.appearance)
        self._next = request, record  # in place of one that the disk was too slow for
        self._write_next()

    def _write_next(self) -> None:
        if self._is_writing or self._next is None:
            return
        (request, record), self._next = self._next, None
        self._is_writing = self._is_used = True
        self._began_at = self._clock()
        job = Job(partial(_write, self._folder, record, request))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, origin: Origin | None, error: Exception | None) -> None:
        self._is_writing = False
        self._forget_stale()
        self._rests_until = self._clock() + REST * (self._clock() - self._began_at)
        if origin is not None:
            self._has_told = False
            self.written.emit(origin)
        elif error is not None:
            self._kept = None
            self._report(error)
        self._write_next()
        self._settle()

    @Slot(str)
    def _note_saved(self, path: str) -> None:
        """The copy is older than the file now, and must not be offered after a crash."""
        if self._document.path == Path(path):
            self._next = self._kept = None
            self._is_stale = True
            self._forget_stale()

    def _forget_stale(self) -> None:
        if self._is_writing or not self._is_stale:
            return
        self._is_stale = False
        if self._is_used:
            Job(partial(self._folder.forget, self._folder.count)).start()

    def _report(self, error: Exception) -> None:
        logger.warning("The autosave could not be written: %s", error)
        if not self._has_told:
            self._has_told = True
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            self.failed.emit(f"Autosave is not working: a crash would lose your changes. {reason}")

    def _settle(self) -> None:
        if not self.is_busy:
            self.settled.emit()

    def end(self, keep: bool) -> None:
        """Write no more, and remove what was written, unless it is kept for the next start."""
        self._timer.stop()
        self._is_ended = True
        if self._is_used:
            Job(partial(self._folder.close, keep)).start()


def _write(folder: AutosaveFolder, record: RunRecord, request: _Request) -> Origin:
    """Called in a thread of the pool."""
    project = request.origin.project(light(record), request.appearance)
    folder.write(marked(project, request.path))
    return request.origin
