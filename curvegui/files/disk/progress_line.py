"""One line that says how far a run has come: on a terminal, in a log, or under a Jupyter cell."""

import contextlib
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from curvegui.core.language.text import tr

UPDATE_SECONDS = 0.25  # four times a second: faster than that nobody reads
LOG_SECONDS = 10.0  # what is written into a log stays there


def cell_output() -> Callable[..., None] | None:
    """A function that shows a dict of an output below the running cell, over the last one; None outside Jupyter."""
    ipython = sys.modules.get("IPython")  # a kernel has imported it; nobody else needs it
    if ipython is None or getattr(ipython.get_ipython(), "kernel", None) is None:
        return None
    handle: Any = None

    def show(output: dict[str, str], **given: Any) -> None:
        nonlocal handle
        if handle is None:
            handle = ipython.display.display(output, raw=True, display_id=True, **given)
        else:
            handle.update(output, raw=True, **given)

    return show


def cell_number() -> int | None:
    """The number of the running cell, as in ``In [7]``; None outside of IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.execution_count if shell is not None else None


class ProgressLine:
    """Shows how far a run has come, at most four times a second; in a log, every ten seconds. It writes to ``stream``,
    or ``sys.stderr``; in a Jupyter kernel, below the running cell. A ``title`` stands above it from the beginning.
    ``clock`` returns seconds that never go backwards."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic, title: str = ""
    ) -> None:
        self._stream, self._title, self._clock = stream or sys.stderr, title, clock  # None where there is no console
        self._output, self._shown, self._seconds = None, 0, float("inf")
        if self._stream:
            self._output = cell_output()
            self._seconds = UPDATE_SECONDS if self._output or self._stream.isatty() else LOG_SECONDS
            if title and self._output:
                self._show_in_cell("")
            elif title:
                with contextlib.suppress(OSError, ValueError):
                    self._stream.write(title + "\n")
        self._due = clock() + self._seconds

    def due(self) -> bool:
        """Whether it is time to show the line again: cheap enough to ask in every iteration."""
        return self._clock() >= self._due

    def show(self, text: str) -> None:
        self._write(text, last=False)
        self._due = self._clock() + self._seconds

    def finish(self, text: str) -> None:
        self._write(text, last=True)

    def _write(self, text: str, last: bool) -> None:
        """Show the text in the cell, on a terminal over the text before, or else on a line of its own."""
        with contextlib.suppress(OSError, ValueError):  # a closed pipe is no reason to stop a run
            if self._output:
                self._show_in_cell(text)
            elif self._stream and self._stream.isatty():
                self._stream.write("\r" + text.ljust(self._shown) + ("\n" if last else ""))
                self._stream.flush()
                self._shown = len(text)
            elif self._stream:
                self._stream.write(text + "\n")
                self._stream.flush()

    def _show_in_cell(self, text: str) -> None:
        assert self._output is not None
        self._output({"text/plain": "\n".join(filter(None, (self._title, text)))})


def duration(seconds: float) -> str:
    """Seconds in words: ``"0.8 s"``, ``"12 s"``, ``"3 min 20 s"``, ``"2 h 5 min"``."""
    if seconds < 10:
        return tr("{seconds:.1f} s", seconds=seconds)
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return tr("{seconds} s", seconds=rest)
    hours, minutes = divmod(minutes, 60)
    if hours == 0:
        return tr("{minutes} min {rest} s", minutes=minutes, rest=rest)
    return tr("{hours:,} h {minutes} min", hours=hours, minutes=minutes)
