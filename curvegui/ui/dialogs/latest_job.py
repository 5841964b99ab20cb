"""Work in the background of which only the latest counts: what was asked for before is dropped."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from curvegui.session.jobs.job import Jobs


class Unwanted(Exception):  # noqa: N818  (no error)
    """Nobody waits for the work any more."""


class JobProgress:
    """A piece of work on its way: ``done`` goes from 0 to 1, and ``is_unwanted`` says that nobody waits now.

    The thread that works and the one that waits both look at it.
    """

    def __init__(self) -> None:
        self.done = 0.0
        self.is_unwanted = False

    def progress(self, done: float) -> None:
        """Take note of how far the work is, which calls this now and then; end the work if nobody waits for it."""
        if self.is_unwanted:
            raise Unwanted
        self.done = done


class LatestJob(QObject):
    """Has one piece of work done after the other, and answers the latest only: the ``present`` one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self.present: JobProgress | None = None

    def begin(
        self, work: Callable[[JobProgress], Any], then: Callable[[Any], object], otherwise: Callable[[str], object]
    ) -> None:
        """Have work done instead of what is on its way; its result, or a sentence, comes in this thread."""
        self.drop()
        self.present = job = JobProgress()
        self._jobs.do(
            partial(_done, work, job), partial(self._answer, job, then), partial(self._answer, job, otherwise)
        )

    def drop(self) -> None:
        if self.present is not None:
            self.present.is_unwanted = True
            self.present = None

    def _answer(self, job: JobProgress, call: Callable[[Any], object], what: Any) -> None:
        if job is self.present:
            self.present = None
            call(what)


def _done(work: Callable[[JobProgress], Any], job: JobProgress) -> Any:
    if job.is_unwanted:
        return None
    try:
        return work(job)
    except Exception:
        if job.is_unwanted:  # it was told to stop, and that is how it does
            return None
        raise
