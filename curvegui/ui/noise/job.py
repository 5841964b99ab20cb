"""Comparing amounts of noise in a thread of the pool, while the window and the training go on."""

from collections.abc import Callable, Iterator
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.inspection.noise_comparison import ComparisonSnapshot
from curvegui.session.jobs.job import Job

Pieces = Callable[[], Iterator[ComparisonSnapshot | None]]


class _Comparing(Job):
    """Lets the runs learn until it is told to stop; tells how they stand."""

    def __init__(self, begin: Pieces, stop: Event) -> None:
        super().__init__(self._compare)
        self._begin, self._stop = begin, stop

    def _compare(self) -> bool:
        """Called in a thread of the pool; whether it came to its end."""
        for moment in self._begin():
            if self._stop.is_set():
                return False
            if moment is not None:
                self.tell(moment)
        return True


class NoiseJob(QObject):
    """One comparison on its way.

    Parameters
    ----------
    begin : callable
        Returns the pieces of `noise_comparison.compare`.

    Signals
    -------
    told(ComparisonSnapshot)
    ended(str)
        It is over, as it should be or because it was stopped; or a sentence that says what went wrong.
    """

    told = Signal(object)
    ended = Signal(str)

    def __init__(self, begin: Pieces, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._begin, self._stop = begin, Event()

    def start(self) -> None:
        """Begin; returns at once."""
        job = _Comparing(self._begin, self._stop)
        job.told.connect(self._pass_on)
        job.ended.connect(self._finish)
        job.start()

    def stop(self) -> None:
        """Stop after the piece of work that is under way; returns at once. Nothing is told any more."""
        self._stop.set()

    @Slot(object)
    def _pass_on(self, moment: ComparisonSnapshot) -> None:
        if not self._stop.is_set():
            self.told.emit(moment)

    @Slot(object, object)
    def _finish(self, is_done: bool | None, error: Exception | None) -> None:
        self.ended.emit("" if error is None else str(error) or type(error).__name__)
