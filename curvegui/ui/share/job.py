"""Files on their way to the disk while the window stays alive: painted between its frames, or made in a thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.core.language.text import mark, tr
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.project.in_picture import embedded
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import Job

SLICE_S = 0.006  # of painting between two frames
SOON_S, TOLD_S = 0.5, 0.2  # until the progress of a copy is told for the first time, and then again
PAINTED = 0.9  # how far the progress is when the painting is done
STEP = 0.002  # of the progress of work in a thread: more often, and the window would have nothing else to do
NO_ROOM = mark("the network is too large for that.")


class InPieces(Protocol):
    """What is painted in pieces: a `PaintedFile`, or a page on a printer."""

    painted: bool

    def advance(self) -> float: ...
    def drop(self) -> None: ...


Work = Callable[[Callable[[float], None], Callable[[], bool]], str | None]
"""Writes a file; gets a function that is told how much is done, and another one that says whether to stop. Returns why
the file does not contain the run that it was to contain, or nothing; None if it has stopped."""


class ShareJob(QObject):
    """A painting between the frames of the window; or work in a thread, which writes to a path; or the one and then the
    other. If it fails or is cancelled, any old file is unchanged. Qt finishes what is dropped in a thread that nobody
    waits for. The progress of a painting alone is told only if it takes a while."""

    progressed = Signal(float)  # from 0 to 1
    done = Signal()  # all is painted, and there is no work
    saved = Signal(str, str)  # the path, and what the work has returned
    failed = Signal(str)  # a sentence
    cancelled = Signal()  # nothing is left of the file

    def __init__(
        self, parent: QObject | None, painting: InPieces | None = None, work: Work | None = None, path: str | Path = ""
    ) -> None:
        super().__init__(parent)
        self._painting, self._work, self._path, self._stop, self._told = painting, work, str(path), Event(), 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint)

    def start(self) -> None:
        self._tell_at = perf_counter() + SOON_S
        if self._painting is not None:
            self._timer.start(0)
        else:
            self._begin_work()

    def cancel(self) -> None:
        """Stop as soon as possible, but write to the end what has been painted; returns at once."""
        self._stop.set()
        if self._timer.isActive() and self._painting is not None:
            self._timer.stop()
            Job(self._painting.drop).start_apart("drop")
            self.cancelled.emit()

    @Slot()
    def _paint(self) -> None:
        painting, until, done = self._painting, perf_counter() + SLICE_S, 1.0
        assert painting is not None
        try:
            while not painting.painted and perf_counter() < until:
                done = painting.advance()
        except Exception as error:  # the person who waits must hear of any error
            self._timer.stop()
            self._fail(error)
            return
        if self._work is not None:
            self.progressed.emit(done * PAINTED)
        elif perf_counter() >= self._tell_at:
            self._tell_at = perf_counter() + TOLD_S
            self.progressed.emit(done)
        if painting.painted:
            self._timer.stop()
            if self._work is not None:
                self._begin_work()
            else:
                self.done.emit()

    def _begin_work(self) -> None:
        assert self._work is not None
        self._job = Job(partial(self._work, self._tell, self._stop.is_set), is_long=self._painting is None)
        self._job.reported.connect(self._pass_progress)
        self._job.ended.connect(self._finish)
        self._job.start()

    def _tell(self, done: float) -> None:
        if done - self._told >= STEP:
            self._told = done
            self._job.report(done)

    @Slot(object)
    def _pass_progress(self, done: float) -> None:
        self.progressed.emit(done)

    @Slot(object, object)
    def _finish(self, lacks: str | None, error: Exception | None) -> None:
        if error is not None:
            self._fail(error)
        elif lacks is None:
            self.cancelled.emit()
        else:
            self.progressed.emit(1.0)
            self.saved.emit(self._path, lacks)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(str(error) or type(error).__name__)


def picture_job(
    picture: PaintedFile, path: Path, parent: QObject | None, project: Project | None = None, lacks: str = ""
) -> ShareJob:
    """Saves a picture. A PNG or SVG can contain the run in ``project``; ``lacks`` says why there is none to contain."""
    return ShareJob(parent, picture, lambda *_: _write(picture, path, project) or lacks, path)


def _write(picture: PaintedFile, path: Path, project: Project | None) -> str:
    """Encode a picture with the run and write it, in a thread of the pool; return why the run is not included."""
    data = picture.encode()
    whole = embedded(data, project) if project else None
    write_bytes(path, whole or data)
    return tr(NO_ROOM) if project and whole is None else ""
