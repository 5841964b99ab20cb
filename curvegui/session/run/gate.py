"""A gate that the trainer's thread passes before every iteration, and that the window shuts while it works.

Both threads run Python, and only one can at a time. Without a gate, they would take the interpreter from each other
some hundred times a frame, and each time costs both; so the trainer waits for the milliseconds of a frame.
"""

from contextlib import suppress
from threading import Lock

from curvegui.core.cancellation import Cancelled

ARRIVAL_S = 0.0005  # that the window waits for the trainer to come to the gate; most iterations take less
MOST_S = 0.1  # the longest that the trainer waits: the run goes on whatever the window does


class Gate:
    """Shut inside ``with``, which only the window's thread uses; it may be nested. Where the trainer computes in Python
    without a rest, the gate ``is_crowded``: the window takes time from the trainer."""

    def __init__(self) -> None:
        self.is_crowded = self._is_ended = False
        self._lock, self._arrival, self._depth = Lock(), Lock(), 0
        self._waited = False  # long enough since it was shut

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._arrival.acquire(blocking=False)
            self._lock.acquire()
            self._waited = False
            if self.is_crowded:  # else it would take the interpreter back at each call of NumPy, until it is there
                self._arrival.acquire(timeout=ARRIVAL_S)

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._lock.release()

    def wait(self) -> None:
        """Wait until the gate is open, but no longer than `MOST_S` since it was shut; for threads that compute."""
        if not self._lock.locked() or self._waited:
            return
        with suppress(RuntimeError):  # the window did not wait for that, or not so long
            self._arrival.release()
        if self._lock.acquire(timeout=MOST_S):
            self._lock.release()
        else:
            self._waited = True

    def pass_(self) -> None:
        """Wait, in the trainer's thread, until the gate is open; raises `Cancelled` once the gate has been ended."""
        self.check()
        self.wait()

    def check(self) -> None:
        """Raise `Cancelled` once the gate has been ended."""
        if self._is_ended:
            raise Cancelled

    def end(self) -> None:
        """Let the trainer's thread pass no more: its work ends in a moment."""
        self._is_ended = True
