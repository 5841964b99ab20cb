"""Work for a thread of the pool, one piece after the other; the answers come in the thread that asked."""

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from curvegui.session.jobs.job import Job, Line

Answers = tuple[Callable[[Any], object], Callable[[str], object]]


class Jobs(QObject):
    """A line of jobs. If it is deleted, those that wait are still done, but nobody is told.

    The pool's own ``waitForDone`` waits for all of them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line, self._answers = Line(), deque[Answers]()

    @property
    def waiting(self) -> int:
        """How many have not been answered, the one at work included."""
        return len(self._answers)

    def do(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[str], object],
        *,
        is_long: bool = False,
        is_only_seen: bool = False,
    ) -> None:
        """Have work done in the background, after all that was asked for before.

        ``work`` runs in another thread, so it must touch nothing that changes. ``then`` gets its result, or
        ``otherwise`` a sentence if it failed; both are called in this thread. `Job` says what ``is_long`` or
        ``is_only_seen``.
        """
        job = Job(work, is_long=is_long, is_only_seen=is_only_seen)
        job.ended.connect(self._answer)
        self._answers.append((then, otherwise))  # they end in the order in which they began
        job.start(self._line)

    def after_all(self, then: Callable[[], object]) -> None:
        """Call ``then``, in this thread, after all that was asked for before."""
        self.do(_nothing, lambda _: then(), lambda _: None)

    @Slot(object, object)
    def _answer(self, result: Any, error: Exception | None) -> None:
        then, otherwise = self._answers.popleft()
        if error is not None:
            otherwise(str(error) or type(error).__name__)
        else:
            then(result)


def _nothing() -> None:
    """Work that only waits for what was asked for before."""
