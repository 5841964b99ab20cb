"""Long work that can be ended: whatever may compute for longer than a moment calls `breathe` several times a second.

So nothing has to be handed down to it. A single call of NumPy cannot be ended; what comes to more than `AT_ONCE` is
made in several.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import get_ident

AT_ONCE = 2_000_000_000  # multiplications of matrices: a tenth of a second
PIECE = 2_000_000  # numbers that are drawn, or looked up

_ends: dict[int, Callable[[], object]] = {}


def breathe() -> None:
    """Do what was said to `breathe_with` in this thread: raise, if the work is to end."""
    end = _ends.get(get_ident())
    if end is not None:
        end()


def pieces(count: int) -> Iterator[slice]:
    """Where so many numbers are cut, with a breath before each piece."""
    for start in range(0, count, PIECE):
        breathe()
        yield slice(start, min(start + PIECE, count))


def breathe_with(end: Callable[[], object] | None) -> None:
    """Say what ends the work of this thread; None for nothing."""
    with suppress(KeyError):
        del _ends[get_ident()]
    if end is not None:
        _ends[get_ident()] = end


def sharing_breath(call: Callable[[], object]) -> Callable[[], object]:
    """The call for another thread, where it is ended by what ends the work of this one."""
    end = _ends.get(get_ident())
    if end is None:
        return call

    def called() -> None:
        breathe_with(end)
        try:
            call()
        finally:
            breathe_with(None)

    return called
