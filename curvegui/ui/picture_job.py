"""Saving a picture while the window stays alive: painted between frames, encoded and written in a thread."""

from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from curvegui.figure.painting import Painting
from curvegui.files.atomic import write_bytes

SLICE_S = 0.006  # of painting between two frames
PAINTED = 0.9  # how far the progress is when the painting is done


class _News(QObject):
    """Tells how the writing ended: nothing, or what went wrong. It lives as long as the writer, unlike the job."""

    ended = Signal(str)


class _Writer(QRunnable):
    """Encodes and writes."""

    def __init__(self, rendering: Painting, path: Path) -> None:
        super().__init__()
        self._rendering, self._path = rendering, path
        self.news = _News()

    def run(self) -> None:
        """Called in a thread of the pool."""
        try:
            write_bytes(self._path, self._rendering.encode())
        except Exception as error:  # whatever it is, the person who waits must hear of it
            self.news.ended.emit(str(error) or type(error).__name__)
        else:
            self.news.ended.emit("")


class PictureJob(QObject):
    """One picture on its way to a file; what is being written when the job is deleted is written to the end.

    Parameters
    ----------
    rendering : Painting
    path : Path

    Signals
    -------
    progressed(float)
        How much is done, from 0 to 1.
    saved(str)
        The path.
    failed(str)
        A sentence; any old file is unchanged.
    """

    progressed = Signal(float)
    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, rendering: Painting, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rendering, self._path = rendering, path
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
            self._finish(str(error) or type(error).__name__)
            return
        self.progressed.emit(done * PAINTED)
        if self._rendering.painted:
            self._timer.stop()
            writer = _Writer(self._rendering, self._path)
            writer.news.ended.connect(self._finish)
            QThreadPool.globalInstance().start(writer)

    @Slot(str)
    def _finish(self, error: str) -> None:
        if error:
            self.failed.emit(error)
        else:
            self.progressed.emit(1.0)
            self.saved.emit(str(self._path))
