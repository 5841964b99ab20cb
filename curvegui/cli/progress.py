"""How far a training without a window has come: one line on a terminal, ten in a log."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from curvegui.core.learner.caption import short_cost
from curvegui.files.disk.progress_line import ProgressLine

LOG_LINES = 10


class Progress:
    """Shows the progress of a run, on a terminal four times a second, elsewhere at each tenth of the way.

    Parameters
    ----------
    goal : int
        How many iterations there will be.
    quiet : bool
        Show nothing.
    stream : text stream, optional
        Where to write; ``sys.stderr`` unless given.
    clock : callable, optional
        Returns seconds that never go backwards.
    """

    def __init__(
        self,
        goal: int,
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        stream = None if quiet else stream or sys.stderr  # None where a program has no console
        self._goal = goal
        self._line = ProgressLine(stream, clock) if stream else None
        self._is_terminal = bool(stream and stream.isatty())
        self._tenths = 0

    def update(self, iteration: int, cost: float, seconds: float) -> None:
        """Tell it what is reached; it shows that where it is time to."""
        if self._line and iteration < self._goal and self._is_due(iteration):
            left = seconds / max(iteration, 1) * (self._goal - iteration)
            self._line.show(f"{self._text(iteration, cost, seconds)}, {duration(left)} left")

    def finish(self, iteration: int, cost: float, seconds: float) -> None:
        """Show what was reached in the end."""
        if self._line:
            self._line.finish(f"{self._text(iteration, cost, seconds)}, {duration(seconds)}")

    def _is_due(self, iteration: int) -> bool:
        tenths = iteration * LOG_LINES // self._goal
        is_next = tenths > self._tenths
        self._tenths = tenths
        return bool(self._line and self._line.due()) if self._is_terminal else is_next

    def _text(self, iteration: int, cost: float, seconds: float) -> str:
        rate = iteration / seconds if seconds else 0
        return f"{iteration:,} of {self._goal:,} iterations, cost {short_cost(cost)}, {rate:,.0f} it/s"


def duration(seconds: float) -> str:
    """So many seconds in words: ``"0.8 s"``, ``"12 s"``, ``"3 min 20 s"``, ``"2 h 5 min"``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min" if hours else f"{minutes} min {rest} s"
