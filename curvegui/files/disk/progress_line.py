"""One line that says how far a run has come: on a terminal, in a log, or under a Jupyter cell."""

import contextlib
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol, TextIO

UPDATE_SECONDS = 0.25  # four times a second: faster than that nobody reads
LOG_SECONDS = 10.0  # what is written into a log stays there


class _Place(Protocol):
    """Where the line is shown, and after how many seconds again."""

    seconds: float

    def show(self, text: str, last: bool) -> None: ...


class _Terminal:
    """Writes over the same line again and again, and ends it when the run ends."""

    seconds = UPDATE_SECONDS

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = 0

    def show(self, text: str, last: bool) -> None:
        self._stream.write("\r" + text.ljust(self._shown) + ("\n" if last else ""))
        self._stream.flush()
        self._shown = len(text)


class _Log:
    """Writes a line of its own each time: a file or a pipe has no carriage to return."""

    seconds = LOG_SECONDS

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, text: str, last: bool) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


class _JupyterCell:
    """Replaces one output of the running cell."""

    seconds = UPDATE_SECONDS

    def __init__(self, display: Callable[..., Any]) -> None:
        self._display = display
        self._handle: Any = None

    def show(self, text: str, last: bool) -> None:
        output = {"text/plain": text}
        if self._handle is None:
            self._handle = self._display(output, raw=True, display_id=True)
        else:
            self._handle.update(output, raw=True)


def _place(stream: TextIO) -> _Place:
    ipython = sys.modules.get("IPython")  # a kernel has imported it; nobody else needs it
    shell = ipython.get_ipython() if ipython else None
    if ipython and getattr(shell, "kernel", None) is not None:
        return _JupyterCell(ipython.display.display)
    return _Terminal(stream) if stream.isatty() else _Log(stream)


class ProgressLine:
    """Shows how far a run has come, at most four times a second; in a log, every ten seconds.

    It writes to ``stream``, or ``sys.stderr``; in a Jupyter kernel, below the running cell. ``clock`` returns seconds
    that never go backwards.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        stream = stream or sys.stderr  # None where a program has no console
        self._place = _place(stream) if stream else None
        self._clock = clock
        self._seconds = self._place.seconds if self._place else float("inf")
        self._due = clock() + self._seconds

    def due(self) -> bool:
        """Whether it is time to show the line again: cheap enough to ask in every iteration."""
        return self._clock() >= self._due

    def show(self, text: str) -> None:
        """Show the line now, in place of the one before."""
        self._write(text, last=False)
        self._due = self._clock() + self._seconds

    def finish(self, text: str) -> None:
        """Show the line that stays when the run has ended."""
        self._write(text, last=True)

    def _write(self, text: str, last: bool) -> None:
        if self._place:
            with contextlib.suppress(OSError, ValueError):  # a closed pipe is no reason to stop a run
                self._place.show(text, last)
