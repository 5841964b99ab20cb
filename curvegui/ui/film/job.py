"""Saving a film in a thread of the pool, while the window and the training go on."""

from collections.abc import Generator
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.figure.film.film import carry_out
from curvegui.session.jobs.job import Job

STEP = 0.002  # of the progress: more often, and the window would have nothing else to do


class _Filming(Job):
    """Paints, encodes and writes, until it is told to stop; tells how much is done."""

    def __init__(self, pieces: Generator[float, None, None], stop: Event) -> None:
        super().__init__(self._film)
        self._pieces, self._stop = pieces, stop
        self._told = 0.0

    def _film(self) -> bool:
        """Called in a thread of the pool; whether the film is saved."""
        return carry_out(self._pieces, progress=self._tell_progress, should_stop=self._stop.is_set)

    def _tell_progress(self, done: float) -> None:
        if done - self._told >= STEP:
            self._told = done
            self.tell(done)


class FilmJob(QObject):
    """One film on its way to a file: ``pieces`` are those of `film_pieces`, which save it at ``path``."""

    progressed = Signal(float)  # from 0 to 1
    saved = Signal(str)  # the path
    failed = Signal(str)  # a sentence; any old file is unchanged
    cancelled = Signal()  # nothing is left of it; any old file is unchanged

    def __init__(self, pieces: Generator[float, None, None], path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces, self._path = pieces, path
        self._stop = Event()

    def start(self) -> None:
        """Begin; returns at once."""
        filming = _Filming(self._pieces, self._stop)
        filming.told.connect(self._pass_progress)
        filming.ended.connect(self._finish)
        filming.start()

    def cancel(self) -> None:
        """Stop after the piece of work that is under way; returns at once."""
        self._stop.set()

    @Slot(object)
    def _pass_progress(self, done: float) -> None:
        self.progressed.emit(done)

    @Slot(object, object)
    def _finish(self, is_saved: bool | None, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(str(error) or type(error).__name__)
        elif is_saved:
            self.saved.emit(str(self._path))
        else:
            self.cancelled.emit()
