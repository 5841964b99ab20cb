"""Keeps the run every few seconds and before it is left, so that a crash takes little of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.core.run_record import RunRecord
from curvegui.session.autosave_folder import AutosaveFolder, light
from curvegui.session.background import Job
from curvegui.session.document import Document
from curvegui.session.document_state import Appearance, Baseline, Origin, marked
from curvegui.session.session import Session

EVERY_MS = 10_000
REST = 20  # times as long as the last one took: a slow disk or a very large network gets fewer
LEAVING_S = 2.0  # between two that are made because a run is left: somebody is leafing through seeds

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Request:
    """What to write around the run that is asked for."""

    origin: Origin
    appearance: Appearance
    path: Path | None


class Autosave(QObject):
    """Writes into a folder of the app's own, in the background.

    Parameters
    ----------
    session : Session
    document : Document
    folder : AutosaveFolder
    clock : callable
        Seconds, ever rising.

    Signals
    -------
    written()
    settled()
        What was under way has ended, well or not.
    failed(str)
        A sentence, once until it works again.
    """

    written = Signal()
    settled = Signal()
    failed = Signal(str)

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
        self._is_busy = self._is_used = self._has_told = False
        self._began_at = self._rests_until = -LEAVING_S
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._keep_changes)
        session.captured.connect(self._take_record)

    @property
    def is_begun(self) -> bool:
        """Whether it keeps the run."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Keep the run from now on."""
        self._timer.start(EVERY_MS)
        self._session.about_to_leave.connect(self._keep_what_is_left)

    @Slot()
    def _keep_changes(self) -> None:
        if self._document.is_changed and self._clock() >= self._rests_until:
            self.keep()

    @Slot()
    def _keep_what_is_left(self) -> None:
        snapshot = self._session.snapshot
        has_learned = snapshot is not None and snapshot.iteration > 0
        if has_learned and not self._document.is_in_file and self._clock() >= self._began_at + LEAVING_S:
            self.keep()

    def keep(self) -> bool:
        """Write the run as it stands, unless it is kept already; return whether something is under way."""
        document, session = self._document, self._session
        if self._is_busy:
            return True
        if self._kept and not self._kept.differs(session.config, session.snapshot, document.appearance):
            return False
        self._is_busy = self._is_used = True
        self._began_at = self._clock()
        session.capture(_Request(document.origin, document.appearance, document.path or document.suggestion))
        return True

    @Slot(object, object)
    def _take_record(self, request: object, record: RunRecord | None) -> None:
        if not isinstance(request, _Request):
            return
        if record is None:
            self._settle()
            return
        self._kept = Baseline.of(record, request.appearance)
        job = Job(partial(_write, self._folder, record, request))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, _: None, error: Exception | None) -> None:
        self._rests_until = self._clock() + REST * (self._clock() - self._began_at)
        if error is None:
            self._has_told = False
            self.written.emit()
        else:
            self._kept = None
            self._report(error)
        self._settle()

    def _report(self, error: Exception) -> None:
        logger.warning("The autosave could not be written: %s", error)
        if not self._has_told:
            self._has_told = True
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            self.failed.emit(f"What you do is not kept for the case of a crash. {reason}")

    def _settle(self) -> None:
        self._is_busy = False
        self.settled.emit()

    def end(self, keep: bool) -> None:
        """Write no more, and remove what was written unless it is kept for the next start."""
        self._timer.stop()
        if self._is_used:
            Job(partial(self._folder.close, keep)).start()


def _write(folder: AutosaveFolder, record: RunRecord, request: _Request) -> None:
    """Called in a thread of the pool."""
    project = request.origin.project(light(record), request.appearance)
    folder.write(marked(project, request.path))
