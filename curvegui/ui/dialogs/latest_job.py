"""Work in the background of which only the latest counts: a new piece of work replaces the one before."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from curvegui.session.jobs.job import Jobs


class Unwanted(Exception):  # noqa: N818  (no error)
    """Ends a piece of work whose result nobody waits for any more."""


class JobProgress:
    """A piece of work, as both its thread and the waiting one see it: ``done`` goes from 0 to 1, and ``is_unwanted``
    says that nobody waits for the result any more."""

    def __init__(self) -> None:
        self.done = 0.0
        self.is_unwanted = False

    def progress(self, done: float) -> None:
        """Take note of how far the work is, which calls this; end the work if nobody waits for it any more."""
        if self.is_unwanted:
            raise Unwanted
        self.done = done


class LatestJob(QObject):
    """Has one piece of work done after the other; only the result of the latest, the ``present`` one, is handed on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self.present: JobProgress | None = None

    def begin(
        self, work: Callable[[JobProgress], Any], then: Callable[[Any], object], otherwise: Callable[[str], object]
    ) -> None:
        """Begin work instead of the present; ``then`` gets the result, ``otherwise`` an error, a sentence."""
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
        if job.is_unwanted:  # the work has ended because it was told to
            return None
        raise
