"""Saving or copying a picture while the window stays alive: it is painted between frames, and written in a thread."""

from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.project.in_picture import embedded
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import Job

SLICE_S = 0.006  # of painting between two frames
SOON_S, TOLD_S = 0.5, 0.2  # until the progress of a copy is told for the first time, and then again
PAINTED = 0.9  # how far the progress is when the painting is done


def _write(rendering: PaintedFile, path: Path, project: Project | None) -> bool:
    """Encode a picture with the run and write it, in a thread of the pool; return whether the run is included."""
    data = rendering.encode()
    whole = embedded(data, project) if project else None
    write_bytes(path, whole or data)
    return whole is not None


class PictureJob(QObject):
    """A picture on its way to a file, or without a path to the clipboard, painted between the frames of the window. A
    PNG or SVG can contain the run in ``project``. If the job fails, an existing file is unchanged; if it is cancelled
    or deleted, a file that is being written is written to the end. The progress of a copy is emitted only if copying
    takes a while."""

    progressed = Signal(float)  # from 0 to 1
    failed = Signal(str)  # a sentence
    saved = Signal(str, bool)  # the path, and whether the picture contains the run
    copied = Signal()

    def __init__(
        self, rendering: PaintedFile, path: Path | None, parent: QObject | None = None, project: Project | None = None
    ) -> None:
        super().__init__(parent)
        self._rendering, self._path, self._project = rendering, path, project
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint)

    def start(self) -> None:
        self._tell_at = perf_counter() + SOON_S
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop painting; Qt finishes a dropped drawing in a thread that nobody waits for."""
        if self._timer.isActive():
            self._timer.stop()
            Job(self._rendering.drop).start_apart("drop")

    @Slot()
    def _paint(self) -> None:
        until, done = perf_counter() + SLICE_S, 1.0
        try:
            while not self._rendering.painted and perf_counter() < until:
                done = self._rendering.advance()
        except Exception as error:  # the person who waits must hear of any error
            self._timer.stop()
            self._finish(None, error)
            return
        if self._path is not None:
            self.progressed.emit(done * PAINTED)
        elif perf_counter() >= self._tell_at:
            self._tell_at = perf_counter() + TOLD_S
            self.progressed.emit(done)
        if not self._rendering.painted:
            return
        self._timer.stop()
        if self._path is None:
            QGuiApplication.clipboard().setImage(self._rendering.image)
            self.copied.emit()
        else:
            job = Job(partial(_write, self._rendering, self._path, self._project))
            job.ended.connect(self._finish)
            job.start()

    @Slot(object, object)
    def _finish(self, contains_run: bool | None, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(str(error) or type(error).__name__)
        else:
            self.progressed.emit(1.0)
            self.saved.emit(str(self._path), bool(contains_run))
