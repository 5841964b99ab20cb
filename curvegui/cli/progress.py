"""The progress of a training without a window: one line on a terminal, ten in a log."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from curvegui.core.language.text import tr
from curvegui.core.learner.caption import short_cost
from curvegui.files.disk.progress_line import ProgressLine, duration

LOG_LINES = 10


class SparseLine:
    """A line about what is reached of a goal, on a terminal four times a second, elsewhere at each tenth of it.

    ``stream`` is ``sys.stderr`` unless given; ``clock`` returns seconds that never go backwards.
    """

    def __init__(
        self,
        goal: int,
        reached: int = 0,
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        stream = None if quiet else stream or sys.stderr  # None where a program has no console
        self._goal, self._tenths = goal, reached * LOG_LINES // goal
        self._line = ProgressLine(stream, clock) if stream else None
        self._is_terminal = bool(stream and stream.isatty())

    def show(self, reached: int, text: Callable[[], str]) -> None:
        """Show a text where it is time to, but not at the goal."""
        if self._line and reached < self._goal and self._is_due(self._line, reached):
            self._line.show(text())

    def _is_due(self, line: ProgressLine, reached: int) -> bool:
        tenths = reached * LOG_LINES // self._goal
        is_next, self._tenths = tenths > self._tenths, tenths
        return line.due() if self._is_terminal else is_next

    def finish(self, text: str) -> None:
        """Show what was reached in the end."""
        if self._line:
            self._line.finish(text)


class Progress:
    """Shows the progress of a run to its last iteration; the options are those of `SparseLine`."""

    def __init__(
        self, goal: int, quiet: bool = False, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._goal, self._line = goal, SparseLine(goal, quiet=quiet, stream=stream, clock=clock)

    def update(self, iteration: int, cost: float, seconds: float) -> None:
        """Tell it what is reached; it shows that where it is time to."""
        left = seconds / max(iteration, 1) * (self._goal - iteration)
        self._line.show(
            iteration,
            lambda: tr("{iteration}, {left} left", iteration=self._text(iteration, cost, seconds), left=duration(left)),
        )

    def finish(self, iteration: int, cost: float, seconds: float) -> None:
        """Show what was reached in the end."""
        self._line.finish(f"{self._text(iteration, cost, seconds)}, {duration(seconds)}")

    def _text(self, iteration: int, cost: float, seconds: float) -> str:
        rate = iteration / seconds if seconds else 0
        return tr(
            "{iteration:,} of {goal:,} iterations, cost {cost}, {rate:,.0f} it/s",
            iteration=iteration,
            goal=self._goal,
            cost=short_cost(cost),
            rate=rate,
        )
