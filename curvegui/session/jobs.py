"""Work for a thread of the pool, one piece after the other, each answered in the thread of who asked."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    """A piece of work, and who is told how it ended."""

    work: Callable[[], Any]
    then: Callable[[Any], object]
    otherwise: Callable[[str], object]


class _News(QObject):
    """Tells how a job ended; it lives as long as the thread that works, unlike who asked."""

    ended = Signal(object, object, str)  # the job, its result, what went wrong


class _Queue:
    """The jobs that wait, in the order in which they came."""

    def __init__(self) -> None:
        self.news = _News()
        self._lock, self._jobs, self._at_work = Lock(), deque[_Job](), False

    def add(self, job: _Job) -> bool:
        """Let a job wait; return whether somebody has to begin."""
        with self._lock:
            self._jobs.append(job)
            begins, self._at_work = not self._at_work, True
            return begins

    def next(self) -> _Job | None:
        """The job whose turn it is; None where there is none, and nobody is at work any more."""
        with self._lock:
            if self._jobs:
                return self._jobs.popleft()
            self._at_work = False
            return None


class _Worker(QRunnable):
    """Does the jobs of a queue until there are no more."""

    def __init__(self, queue: _Queue) -> None:
        super().__init__()
        self._queue = queue

    def run(self) -> None:
        """Called in a thread of the pool."""
        while (job := self._queue.next()) is not None:
            result, problem = None, ""
            try:
                result = job.work()
            except (OSError, ValueError) as error:
                problem = str(error) or type(error).__name__
            except Exception as error:  # whatever it is, the person who waits must hear of it
                logger.exception("A job in the background failed")
                problem = str(error) or type(error).__name__
            self._queue.news.ended.emit(job, result, problem)


class Jobs(QObject):
    """A line of jobs. Those that wait when it is deleted are done all the same, and nobody is told.

    The pool's own ``waitForDone`` waits for all of them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = _Queue()
        self._queue.news.ended.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def do(self, work: Callable[[], Any], then: Callable[[Any], object], otherwise: Callable[[str], object]) -> None:
        """Have work done in the background, after all that was asked for before.

        Parameters
        ----------
        work : callable
            Runs in another thread, so it must touch nothing that changes.
        then : callable
            Gets its result, in this thread.
        otherwise : callable
            Gets a sentence instead, where it failed.
        """
        if self._queue.add(_Job(work, then, otherwise)):
            QThreadPool.globalInstance().start(_Worker(self._queue))

    @Slot(object, object, str)
    def _report(self, job: _Job, result: Any, problem: str) -> None:
        if problem:
            job.otherwise(problem)
        else:
            job.then(result)
