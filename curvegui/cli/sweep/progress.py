"""The progress of a sweep: one line on a terminal, ten in a log."""

import time
from collections.abc import Callable
from typing import TextIO

from curvegui.cli.progress import SparseLine, duration
from curvegui.core.learner.caption import short_cost
from curvegui.core.sweep.task import TaskResult


class SweepProgress:
    """Shows how many runs have ended, which cost is the lowest, and how long it still takes.

    ``results`` were there before; the other options are those of `SparseLine`.
    """

    def __init__(
        self,
        count: int,
        results: list[TaskResult],
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._count, self._clock, self._start = count, clock, clock()
        self._before = self._ended = len(results)
        self._best = min((result.cost for result in results if not result.diverged), default=None)
        self._line = SparseLine(count, self._ended, quiet, stream, clock)

    def update(self, outcome: object) -> None:
        """One more run has ended."""
        self._ended += 1
        if isinstance(outcome, TaskResult) and not outcome.diverged:
            self._best = outcome.cost if self._best is None else min(self._best, outcome.cost)
        left = self._seconds / max(1, self._ended - self._before) * (self._count - self._ended)
        self._line.show(self._ended, lambda: f"{self._text()}, {duration(left)} left")

    def finish(self) -> None:
        """Show what was reached in the end."""
        self._line.finish(f"{self._text()}, {duration(self._seconds)}")

    @property
    def _seconds(self) -> float:
        return self._clock() - self._start

    def _text(self) -> str:
        best = "" if self._best is None else f", lowest cost {short_cost(self._best)}"
        return f"{self._ended:,} of {self._count:,} runs{best}"
