"""A gate that the trainer's thread passes before every iteration, and that the window shuts while it is at work.

Both threads run Python, of which one at a time can. Left to themselves they take the interpreter from each other some
hundred times a frame, and each time costs both; so the trainer waits for the milliseconds that a frame takes.
"""

from threading import Lock
from types import TracebackType

MOST_S = 0.1  # that the trainer waits each time it is shut: whatever the window is at, the run goes on


class Gate:
    """Shut between ``with`` and its end, by the window's thread alone, which may do so again in between."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0
        self._waited = False  # long enough, since it was shut

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
        """Wait until it is open, or for `MOST_S` at most since it was shut: for the trainer's thread."""
        if not self._lock.locked() or self._waited:
            return
        if self._lock.acquire(timeout=MOST_S):
            self._lock.release()
        else:
            self._waited = True
