"""How far a sweep has come: one line on a terminal, ten in a log."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from curvegui.cli.progress import LOG_LINES, duration
from curvegui.core.learner.caption import short_cost
from curvegui.core.sweep.task import TaskResult
from curvegui.files.disk.progress_line import ProgressLine


class SweepProgress:
    """Shows how many runs have ended, which cost is the lowest, and how long it takes yet.

    Parameters
    ----------
    count : int
        How many runs there are.
    results : iterable of TaskResult
        That were there before.
    quiet : bool
    stream : text stream, optional
        Where to write; ``sys.stderr`` unless given.
    clock : callable, optional
        Returns seconds that never go backwards.
    """

    def __init__(
        self,
        count: int,
        results: list[TaskResult],
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        stream = None if quiet else stream or sys.stderr
        self._count, self._clock, self._start = count, clock, clock()
        self._before = self._ended = len(results)
        self._best = min((result.cost for result in results if not result.diverged), default=None)
        self._line = ProgressLine(stream, clock) if stream else None
        self._is_terminal = bool(stream and stream.isatty())
        self._tenths = self._ended * LOG_LINES // count

    def update(self, outcome: object) -> None:
        """One more run has ended."""
        self._ended += 1
        if isinstance(outcome, TaskResult) and not outcome.diverged:
            self._best = outcome.cost if self._best is None else min(self._best, outcome.cost)
        if self._line and self._ended < self._count and self._is_due():
            left = self._seconds / max(1, self._ended - self._before) * (self._count - self._ended)
            self._line.show(f"{self._text()}, {duration(left)} left")

    def finish(self) -> None:
        """Show what was reached in the end."""
        if self._line:
            self._line.finish(f"{self._text()}, {duration(self._seconds)}")

    @property
    def _seconds(self) -> float:
        return self._clock() - self._start

    def _is_due(self) -> bool:
        tenths = self._ended * LOG_LINES // self._count
        is_next, self._tenths = tenths > self._tenths, tenths
        return bool(self._line and self._line.due()) if self._is_terminal else is_next

    def _text(self) -> str:
        best = "" if self._best is None else f", lowest cost {short_cost(self._best)}"
        return f"{self._ended:,} of {self._count:,} runs{best}"
