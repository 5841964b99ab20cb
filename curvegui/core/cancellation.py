"""Long work that can be cancelled: what takes longer than a moment calls `check_cancelled` several times a second.

So nothing has to be handed down to it. A single call of NumPy cannot be ended; what comes to more than `AT_ONCE` is
made in several.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import get_ident

AT_ONCE = 2_000_000_000  # multiplications of matrices: a tenth of a second
PIECE = 2_000_000  # numbers that are drawn, or looked up

_ends: dict[int, Callable[[], object]] = {}


def check_cancelled() -> None:
    """Do what was said to `cancelled_by` in this thread: raise, if the work is to end."""
    end = _ends.get(get_ident())
    if end is not None:
        end()


def pieces(count: int) -> Iterator[slice]:
    """Where so many numbers are cut, with a look before each piece whether it is still wanted."""
    for start in range(0, count, PIECE):
        check_cancelled()
        yield slice(start, min(start + PIECE, count))


def cancelled_by(end: Callable[[], object] | None) -> None:
    """Say what ends the work of this thread; None for nothing."""
    with suppress(KeyError):
        del _ends[get_ident()]
    if end is not None:
        _ends[get_ident()] = end


def cancelled_as_here(call: Callable[[], object]) -> Callable[[], object]:
    """The call for another thread, where it is ended by what ends the work of this one."""
    end = _ends.get(get_ident())
    if end is None:
        return call

    def called() -> None:
        cancelled_by(end)
        try:
            call()
        finally:
            cancelled_by(None)

    return called
