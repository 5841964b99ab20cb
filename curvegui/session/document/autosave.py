"""Saves a copy of the run every few seconds and before it is replaced, so that little is lost in a crash."""

import logging
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from curvegui.core.language.text import tr, tr_n
from curvegui.core.run.record import RunRecord, thinned
from curvegui.session.document.document import Document
from curvegui.session.document.file import Appearance, Baseline, Origin, is_free, marked, process_lock
from curvegui.session.jobs.job import Job
from curvegui.session.run.session import Session

if TYPE_CHECKING:  # loaded when something is written
    from curvegui.files.project.project import Project

GENERATIONS = 3
MOST_BYTES = 64_000_000  # a larger record is thinned first
COPY = re.compile(r"(\d{6,})\.curvegui", re.ASCII)  # nothing else there is ours, as what a synchronising program adds

logger = logging.getLogger(__name__)


class AutosaveFolder:
    """A window's own folder for autosaves, in ``root``; methods wait for the disk. ``count`` copies have been
    written."""

    def __init__(self, root: Path) -> None:
        self.path = root / f"window-{os.urandom(6).hex()}"
        self._root = root
        self._lock = lock_of(self.path)
        self._mutex = Lock()  # one job at a time
        self.count, self._is_closed = 0, False

    def write(self, project: "Project") -> None:
        """Save a copy, whole or not at all, and remove the oldest. Raises ``OSError``; the other copies stay then."""
        from curvegui.files.project.project import save

        with self._mutex:
            if self._is_closed:
                return
            self._root.mkdir(parents=True, exist_ok=True)  # each time: somebody may clear up
            if self._lock.isLocked() and not Path(self._lock.fileName()).exists():  # it has been deleted since
                self._lock.unlock()
            if not self._lock.isLocked():
                is_free(self._lock)  # first, so that no other window takes the folder for one that was left behind
            self.path.mkdir(exist_ok=True)
            save(self.path / f"{self.count + 1:06}.curvegui", project)
            self.count += 1
            with suppress(OSError):
                _remove(copies(self.path)[:-GENERATIONS])

    @property
    def newest(self) -> Path:
        return self.path / f"{self.count:06}.curvegui"

    def forget(self, count: int) -> None:
        """Remove the first ``count`` copies: their run is safe in its file."""
        with self._mutex, suppress(OSError):
            _remove(each for each in copies(self.path) if int(each.stem) <= count)

    def close(self, keep: bool) -> None:
        with self._mutex:
            self._is_closed = True
            if not keep:
                remove_folder(self.path)
            self._lock.unlock()


def lock_of(folder: Path) -> QLockFile:
    """The lock of a window's folder: a file beside the folder, made before the folder and removed after it."""
    return process_lock(folder.with_suffix(".lock"))


def copies(folder: Path) -> list[Path]:
    """The copies in a window's folder, the newest last. Raises ``OSError`` if they cannot be looked at."""
    return sorted((each for each in folder.iterdir() if COPY.fullmatch(each.name)), key=lambda each: int(each.stem))


def _remove(paths: Iterable[Path]) -> None:
    for each in paths:
        with suppress(OSError):
            each.unlink()


def remove_folder(folder: Path) -> None:
    try:
        _remove(list(folder.iterdir()))
        folder.rmdir()
    except FileNotFoundError:
        pass
    except OSError as error:
        logger.warning("The autosaves in %s could not be removed: %s", folder, error)


def light(record: RunRecord) -> RunRecord:
    arrays = (record.parameters, record.keyframes, record.costs, record.test_costs, record.trail.curves)
    return thinned(record, MOST_BYTES) if sum(array.nbytes for array in arrays) > MOST_BYTES else record


EVERY_S = 10
EARLIER = 0.6  # of the time after which a copy must be there, it is begun: it may take as long as the rest
QUIET_S = 60.0  # between two times that the same trouble is reported
LEAVING_S = 2.0  # at least, between copies of runs that are replaced: somebody may be trying one seed after the other


@dataclass(frozen=True, eq=False)
class _Request:
    """A request for a record of the run, with all that its copy needs; ``saves`` of the file came before."""

    origin: Origin
    appearance: Appearance
    path: Path | None
    asked_at: float
    saves: int


class Autosave(QObject):
    """Saves copies of the run in the background, so often that a crash loses no more than was wanted. Where the disk is
    too slow for that, ``failed`` says how much a crash would lose. ``clock`` gives seconds."""

    written = Signal(object)  # Origin: of the document whose run has been saved
    became_idle = Signal()  # nothing is under way any more
    failed = Signal(str)  # a sentence; repeated once a minute until it works again

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
        self._latest: tuple[_Request, Baseline] | None = None
        self._copies: list[tuple[_Request, int]] = []  # with their numbers in the folder
        self._asked, self._asked_at = 0, -LEAVING_S
        self._next: tuple[_Request, RunRecord] | None = None
        self._writing: _Request | None = None
        self._is_used = self._is_ended = False
        self._every_s = float(EVERY_S)
        self._safe_at = clock()  # of what is on the disk
        self._reported_at = -QUIET_S
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._keep_changes)
        session.captured.connect(self._take_record)
        session.about_to_leave.connect(self._keep_what_is_left)
        document.saved.connect(self._note_saved)

    @property
    def is_begun(self) -> bool:
        return self._timer.isActive()

    def begin(self, every_s: int = EVERY_S) -> None:
        """Save copies of the run from now on, so that a crash loses at most ``every_s`` seconds; at 0, save none."""
        self._safe_at = self._clock()
        if every_s > 0 and not self._is_ended:
            self._every_s = float(every_s)
            self._timer.start(round(1_000 * EARLIER * every_s))
        else:
            self._timer.stop()

    @property
    def is_busy(self) -> bool:
        return self._asked > 0 or self._next is not None or self._writing is not None

    @Slot()
    def _keep_changes(self) -> None:
        now = self._clock()
        if not self.is_busy and (not self._document.is_changed or self._has_copy()):
            self._safe_at = now
        elif not self.is_busy:
            self.keep()
        elif now - self._safe_at > self._every_s:
            self._report(
                tr_n(
                    "Autosave is slow: a crash now would lose the last second of your changes. "
                    "Save the run to be safe.",
                    "Autosave is slow: a crash now would lose the last {n:,} seconds of your changes. "
                    "Save the run to be safe.",
                    round(now - self._safe_at),
                )
            )

    @property
    def copy(self) -> Path | None:
        return self._folder.newest if self._has_copy() else None

    def _has_copy(self) -> bool:
        latest, snapshot = self._latest, self._session.snapshot  # None: this run has not been seen yet
        looks = self._document.appearance
        return bool(latest and snapshot and not latest[1].differs(self._session.config, snapshot, looks))

    @Slot()
    def _keep_what_is_left(self) -> None:
        if not self.is_begun:
            return
        snapshot = self._session.snapshot
        has_learned = snapshot is not None and snapshot.iteration > 0
        if has_learned and not self._document.is_in_file and self._clock() >= self._asked_at + LEAVING_S:
            self.keep()

    def keep(self) -> bool:
        """Save a copy of the run as it stands, unless there is such a copy; return whether a copy is being saved."""
        if not self.is_busy and self._has_copy():
            return False
        document, now = self._document, self._clock()
        path = document.path or document.run_file.suggestion
        self._asked += 1
        self._asked_at = now
        self._session.capture(_Request(document.run_file.origin, document.appearance, path, now, document.orders))
        return True

    @Slot(object, object)
    def _take_record(self, request: object, record: RunRecord | None) -> None:
        if not isinstance(request, _Request):
            return
        self._asked -= 1
        if record is None or self._is_ended:
            self._emit_if_idle()
            return
        self._latest = request, Baseline.of(record, request.appearance)
        self._next = request, record  # in place of one that the disk was too slow for
        self._write_next()

    def _write_next(self) -> None:
        if self._writing is not None or self._next is None:
            return
        (request, record), self._next = self._next, None
        self._writing, self._is_used = request, True
        job = Job(partial(_write, self._folder, record, request))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, origin: Origin | None, error: Exception | None) -> None:
        assert self._writing is not None
        request, self._writing = self._writing, None
        if origin is not None:
            self._copies.append((request, self._folder.count))
            self._forget(self._document.safe)
            if self._clock() - self._safe_at <= self._every_s:
                self._reported_at = -QUIET_S
            self._safe_at = max(self._safe_at, request.asked_at)
            self.written.emit(origin)
        elif error is not None:
            self._latest = None
            logger.warning("The autosave could not be written: %s", error)
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            self._report(tr("Autosave is not working: a crash would lose your changes. {reason}", reason=reason))
        self._write_next()
        self._emit_if_idle()

    @Slot()
    def _note_saved(self) -> None:
        document = self._document  # a copy that was asked for after that save may have what was changed meanwhile
        self._forget(document.orders + 1 if document.is_in_file else document.safe)

    def _forget(self, safe: int) -> None:
        """Remove the copies that are older than the file now: after a crash, they must not be offered."""
        if self._next is not None and self._next[0].saves < safe:
            self._next = None
        if self._latest is not None and self._latest[0].saves < safe:
            self._latest = None
        old = [number for request, number in self._copies if request.saves < safe]
        if old:
            Job(partial(self._folder.forget, old[-1])).start()
        self._copies = [each for each in self._copies if each[0].saves >= safe][-GENERATIONS:]

    def _report(self, sentence: str) -> None:
        if self._clock() >= self._reported_at + QUIET_S:
            self._reported_at = self._clock()
            self.failed.emit(sentence)

    def _emit_if_idle(self) -> None:
        if not self.is_busy:
            self.became_idle.emit()

    def end(self, keep: bool) -> None:
        """Write no more copies; remove all copies, unless they are to be kept for the next start, which offers them."""
        self._timer.stop()
        self._is_ended = True
        if self._is_used:
            Job(partial(self._folder.close, keep)).start()


def _write(folder: AutosaveFolder, record: RunRecord, request: _Request) -> Origin:
    project = request.origin.project(light(record), request.appearance)
    folder.write(marked(project, request.path))
    return request.origin
