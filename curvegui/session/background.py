"""Work that may take a while, done in a thread of the pool: the window never waits for a disk."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

logger = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work. What has been started is done to its end, whoever waits for it.

    Parameters
    ----------
    work : callable
        Takes nothing, and touches nothing that another thread may change.

    Signals
    -------
    ended(object, Exception or None)
        What the work returned, or what it raised.
    """

    ended = Signal(object, object)

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work

    def start(self) -> None:
        """Begin; returns at once. Connect ``ended`` before."""
        QThreadPool.globalInstance().start(_Runner(self))

    def do(self) -> None:
        """Called in a thread of the pool."""
        try:
            result, error = self._work(), None
        except Exception as raised:  # whatever it is, the one who waits must hear of it
            logger.info("A job failed", exc_info=True)
            result, error = None, raised
        self.ended.emit(result, error)


class _Runner(QRunnable):
    """Keeps a job as long as the pool needs it."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        """Called in a thread of the pool."""
        self._job.do()
