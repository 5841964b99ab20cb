"""Saving a film in a thread of the pool, while the window and the training go on."""

from collections.abc import Generator
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from curvegui.figure.film import carry_out

STEP = 0.002  # of the progress: more often, and the window would have nothing else to do


class _News(QObject):
    """Tells how it is going. It lives as long as the filming, unlike the job."""

    progressed = Signal(float)
    saved = Signal()
    failed = Signal(str)
    cancelled = Signal()


class _Filming(QRunnable):
    """Paints, encodes and writes, until it is told to stop."""

    def __init__(self, pieces: Generator[float, None, None], stop: Event) -> None:
        super().__init__()
        self._pieces, self._stop = pieces, stop
        self._told = 0.0
        self.news = _News()

    def run(self) -> None:
        """Called in a thread of the pool."""
        try:
            is_saved = carry_out(self._pieces, progress=self._tell, should_stop=self._stop.is_set)
        except Exception as error:  # whatever it is, the person who waits must hear of it
            self.news.failed.emit(str(error) or type(error).__name__)
        else:
            (self.news.saved if is_saved else self.news.cancelled).emit()

    def _tell(self, done: float) -> None:
        if done - self._told >= STEP:
            self._told = done
            self.news.progressed.emit(done)


class FilmJob(QObject):
    """One film on its way to a file.

    Parameters
    ----------
    pieces : generator
        Its `film_pieces`.
    path : Path
        Where they save it.

    Signals
    -------
    progressed(float)
        How much is done, from 0 to 1.
    saved(str)
        The path.
    failed(str)
        A sentence; any old file is unchanged.
    cancelled()
        Nothing is left of it; any old file is unchanged.
    """

    progressed = Signal(float)
    saved = Signal(str)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, pieces: Generator[float, None, None], path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces, self._path = pieces, path
        self._stop = Event()

    def start(self) -> None:
        """Begin; returns at once."""
        filming = _Filming(self._pieces, self._stop)
        filming.news.progressed.connect(self._pass_progress)
        filming.news.saved.connect(self._pass_saved)
        filming.news.failed.connect(self._pass_failure)
        filming.news.cancelled.connect(self._pass_cancelled)
        QThreadPool.globalInstance().start(filming)

    def cancel(self) -> None:
        """Stop after the piece of work that is under way; returns at once."""
        self._stop.set()

    @Slot(float)
    def _pass_progress(self, done: float) -> None:
        self.progressed.emit(done)

    @Slot()
    def _pass_saved(self) -> None:
        self.saved.emit(str(self._path))

    @Slot(str)
    def _pass_failure(self, reason: str) -> None:
        self.failed.emit(reason)

    @Slot()
    def _pass_cancelled(self) -> None:
        self.cancelled.emit()
