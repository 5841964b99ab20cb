"""A gate that the trainer's thread passes before every iteration, and that the window shuts while it works.

Both threads run Python, and only one can at a time. If nothing were done, they would take the interpreter from each
other some hundred times a frame, and each time costs both; so the trainer waits for the milliseconds of a frame.
"""

from threading import Lock
from types import TracebackType

from curvegui.core.cancellation import Cancelled

MOST_S = 0.1  # the longest that the trainer waits: the run goes on whatever the window does


class Gate:
    """Shut inside ``with``, which only the window's thread uses; it may be nested."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0
        self._waited = False  # long enough since it was shut
        self._is_ended = False

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._lock.acquire()
            self._waited = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if not self._depth:
            self._lock.release()

    def wait(self) -> None:
        """Wait until it is open, but no longer than `MOST_S` since it was shut. For threads that compute."""
        if not self._lock.locked() or self._waited:
            return
        if self._lock.acquire(timeout=MOST_S):
            self._lock.release()
        else:
            self._waited = True

    def pass_(self) -> None:
        """Wait, for the trainer's thread; raises `Cancelled` once it has been ended."""
        self.check()
        self.wait()

    def check(self) -> None:
        """Raise `Cancelled` once it has been ended."""
        if self._is_ended:
            raise Cancelled

    def end(self) -> None:
        """Let the trainer's thread pass no more: what it is at ends in a moment."""
        self._is_ended = True
