"""Long work that can be cancelled: what takes longer than a moment calls `check_cancelled` several times a second.

A single call of NumPy cannot be ended; what comes to more than `AT_ONCE` is made in several.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import TypeVar

Result = TypeVar("Result")
AT_ONCE = 2_000_000_000  # multiplications of matrices: a tenth of a second
PIECE = 2_000_000  # numbers that are drawn, or looked up


class Cancelled(BaseException):
    """The work is not wanted any more. Nobody but the caller that began the work catches this exception."""


_ends: dict[int, Callable[[], object]] = {}


def check_cancelled() -> None:
    """Raise an exception where the work of this thread is to end: see `cancelled_by`."""
    end = _ends.get(get_ident())
    if end is not None:
        end()


def pieces(count: int) -> Iterator[slice]:
    """Slices of ``count`` numbers, with a call of `check_cancelled` before each."""
    for start in range(0, count, PIECE):
        check_cancelled()
        yield slice(start, min(start + PIECE, count))


@contextmanager
def cancelled_by(end: Callable[[], object]) -> Iterator[None]:
    """Within the block, `check_cancelled` calls ``end``, which may raise an exception to end this thread's work."""
    thread, before = get_ident(), _ends.get(get_ident())
    _ends[thread] = end
    try:
        yield
    finally:
        if before is None:
            del _ends[thread]
        else:
            _ends[thread] = before


def cancelled_as_here(call: Callable[[], Result]) -> Callable[[], Result]:
    """A call to make in another thread, cancelled by whatever cancels the work of this thread."""
    end = _ends.get(get_ident())
    if end is None:
        return call

    def called() -> Result:
        with cancelled_by(end):
            return call()

    return called
