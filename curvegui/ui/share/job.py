"""Files on their way to the disk while the window stays alive: painted between its frames, or made in a thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import Any, Protocol

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


class ShareJob(QObject):
    """A file on its way to the disk. If it fails or is cancelled, any old file is unchanged."""

    progressed = Signal(float)  # from 0 to 1
    saved = Signal(str, str)  # the path, and why the file does not contain the run that it was to contain, or nothing
    failed = Signal(str)  # a sentence
    cancelled = Signal()  # nothing is left of the file

    def start(self) -> None:
        raise NotImplementedError

    def cancel(self) -> None:
        """Stop as soon as possible; returns at once."""
        raise NotImplementedError

    def _fail(self, error: Exception) -> None:
        self.failed.emit(str(error) or type(error).__name__)

    @Slot(object, object)
    def _finish(self, result: Any, error: Exception | None) -> None:
        """Tell how the work in a thread has ended."""
        if error is not None:
            self._fail(error)
        else:
            self._have(result)

    def _have(self, result: Any) -> None:
        """Tell that work in a thread has been done."""


Work = Callable[[Callable[[float], None], Callable[[], bool]], bool]
"""Writes a file; gets a function that is told how much is done, and another one that says whether to stop."""


class WorkJob(ShareJob):
    """A file made in a thread by ``work``, which returns whether it is saved."""

    def __init__(self, work: Work, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._stop, self._told = path, Event(), 0.0
        self._job = Job(partial(work, self._tell, self._stop.is_set), is_long=True)
        self._job.reported.connect(self._pass_progress)
        self._job.ended.connect(self._finish)

    def start(self) -> None:
        self._job.start()

    def cancel(self) -> None:
        self._stop.set()

    def _tell(self, done: float) -> None:
        if done - self._told >= STEP:
            self._told = done
            self._job.report(done)

    @Slot(object)
    def _pass_progress(self, done: float) -> None:
        self.progressed.emit(done)

    def _have(self, result: bool) -> None:
        if result:
            self.saved.emit(str(self._path), "")
        else:
            self.cancelled.emit()


class InPieces(Protocol):
    """What is painted in pieces: a `PaintedFile`, or a page on a printer."""

    painted: bool

    def advance(self) -> float: ...
    def drop(self) -> None: ...


class PaintJob(ShareJob):
    """A painting between the frames of the window; ``done`` is emitted when all is painted. Qt finishes what is dropped
    in a thread that nobody waits for. The progress is told only if painting takes a while."""

    done = Signal()

    def __init__(self, painting: InPieces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint)

    def start(self) -> None:
        self._tell_at = perf_counter() + SOON_S
        self._timer.start(0)

    def cancel(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            Job(self._painting.drop).start_apart("drop")
            self.cancelled.emit()

    @Slot()
    def _paint(self) -> None:
        until, done = perf_counter() + SLICE_S, 1.0
        try:
            while not self._painting.painted and perf_counter() < until:
                done = self._painting.advance()
            self._tell(done)
            if self._painting.painted:
                self._timer.stop()
                self._end()
        except Exception as error:  # the person who waits must hear of any error
            self._timer.stop()
            self._fail(error)

    def _tell(self, done: float) -> None:
        if perf_counter() >= self._tell_at:
            self._tell_at = perf_counter() + TOLD_S
            self.progressed.emit(done)

    def _end(self) -> None:
        self.done.emit()


class PictureJob(PaintJob):
    """A picture on its way to the file ``path``. A PNG or SVG can contain the run in ``project``. A file that is being
    written is written to the end."""

    def __init__(
        self, picture: PaintedFile, path: Path, parent: QObject | None = None, project: Project | None = None
    ) -> None:
        super().__init__(picture, parent)
        self._picture, self._path, self._project = picture, path, project

    def _tell(self, done: float) -> None:
        self.progressed.emit(done * PAINTED)

    def _end(self) -> None:
        job = Job(partial(_write, self._picture, self._path, self._project))
        job.ended.connect(self._finish)
        job.start()

    def _have(self, result: bool) -> None:
        self.progressed.emit(1.0)
        self.saved.emit(str(self._path), tr(NO_ROOM) if self._project and not result else "")


def _write(picture: PaintedFile, path: Path, project: Project | None) -> bool:
    """Encode a picture with the run and write it, in a thread of the pool; return whether the run is included."""
    data = picture.encode()
    whole = embedded(data, project) if project else None
    write_bytes(path, whole or data)
    return whole is not None
