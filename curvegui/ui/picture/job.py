"""Saving a picture while the window stays alive: painted between frames, encoded and written in a thread."""

from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.figure.picture.surfaces import Painting
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.project.in_picture import embedded
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import Job

SLICE_S = 0.006  # of painting between two frames
PAINTED = 0.9  # how far the progress is when the painting is done


def _write(rendering: Painting, path: Path, project: Project | None) -> bool:
    """Encode, put the run in, and write; whether it is in. Called in a thread of the pool."""
    data = rendering.encode()
    whole = embedded(data, project) if project else None
    write_bytes(path, whole or data)
    return whole is not None


class PictureJob(QObject):
    """One picture on its way to a file; what is being written when the job is deleted is written to the end.

    A PNG or SVG can contain the run that is in ``project``.
    """

    progressed = Signal(float)  # from 0 to 1
    saved = Signal(str, bool)  # the path, and whether the picture contains the run
    failed = Signal(str)  # a sentence; any old file is unchanged

    def __init__(
        self, rendering: Painting, path: Path, parent: QObject | None = None, project: Project | None = None
    ) -> None:
        super().__init__(parent)
        self._rendering, self._path, self._project = rendering, path, project
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint)

    def start(self) -> None:
        """Begin; returns at once."""
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop painting. What is being written already is written to the end."""
        self._timer.stop()

    @Slot()
    def _paint(self) -> None:
        until, done = perf_counter() + SLICE_S, 0.0
        try:
            while not self._rendering.painted and perf_counter() < until:
                done = self._rendering.advance()
        except Exception as error:  # whatever it is, the person who waits must hear of it
            self._timer.stop()
            self._finish(None, error)
            return
        self.progressed.emit(done * PAINTED)
        if self._rendering.painted:
            self._timer.stop()
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
