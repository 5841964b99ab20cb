"""Saving a picture while the window stays alive: painted between frames, encoded and written in a thread."""

from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from curvegui.figure.painting import Painting
from curvegui.files.atomic import write_bytes
from curvegui.files.picture_data import embedded
from curvegui.files.project import Project

SLICE_S = 0.006  # of painting between two frames
PAINTED = 0.9  # how far the progress is when the painting is done


class _News(QObject):
    """Tells how the writing ended: nothing, or what went wrong; and whether the picture contains the run.

    It lives as long as the writer, unlike the job.
    """

    ended = Signal(str, bool)


class _Writer(QRunnable):
    """Encodes, puts the run in, and writes."""

    def __init__(self, rendering: Painting, path: Path, project: Project | None) -> None:
        super().__init__()
        self._rendering, self._path, self._project = rendering, path, project
        self.news = _News()

    def run(self) -> None:
        """Called in a thread of the pool."""
        try:
            data = self._rendering.encode()
            whole = embedded(data, self._project) if self._project else None
            write_bytes(self._path, whole or data)
        except Exception as error:  # whatever it is, the person who waits must hear of it
            self.news.ended.emit(str(error) or type(error).__name__, False)
        else:
            self.news.ended.emit("", whole is not None)


class PictureJob(QObject):
    """One picture on its way to a file; what is being written when the job is deleted is written to the end.

    Parameters
    ----------
    rendering : Painting
    path : Path
    project : Project, optional
        The run that the picture is to contain, a PNG or SVG then.

    Signals
    -------
    progressed(float)
        How much is done, from 0 to 1.
    saved(str, bool)
        The path, and whether the picture contains the run.
    failed(str)
        A sentence; any old file is unchanged.
    """

    progressed = Signal(float)
    saved = Signal(str, bool)
    failed = Signal(str)

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
            self._finish(str(error) or type(error).__name__, False)
            return
        self.progressed.emit(done * PAINTED)
        if self._rendering.painted:
            self._timer.stop()
            writer = _Writer(self._rendering, self._path, self._project)
            writer.news.ended.connect(self._finish)
            QThreadPool.globalInstance().start(writer)

    @Slot(str, bool)
    def _finish(self, error: str, contains_run: bool) -> None:
        if error:
            self.failed.emit(error)
        else:
            self.progressed.emit(1.0)
            self.saved.emit(str(self._path), contains_run)
