"""Turns at being brought up to date: one part of the window after each of the canvas's frames, so that none is late."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, Slot

from curvegui.ui.canvas.refresh import RefreshClock

LITTLE_S = 0.001  # of work that leaves time for other work in the same frame


@dataclass
class Turn:
    """A part's work, which says whether there was any, and when it is due again."""

    work: Callable[[], bool]
    pace: RefreshClock

    @property
    def missed_at(self) -> float:
        """When it will have waited for as long again as it has to."""
        return self.pace.due_at + self.pace.least_s


class Turns(QObject):
    """Gives turns: of those that are due, first to the one that most soon has missed another.

    The window's thread has 16 ms for a frame. Parts with clocks of their own would at times all ring in the same one,
    and the next would be late.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns: list[Turn] = []

    def add(self, work: Callable[[], bool], least_s: float) -> None:
        """Let a part take turns.

        ``work``: brings it up to date, and returns whether there was anything to do. ``least_s``: seconds between two
        turns that it takes, at least.
        """
        self._turns.append(Turn(work, RefreshClock(least_s)))

    @Slot()
    def give_turn(self) -> None:
        """Let one part work, or several whose work is little."""
        started = perf_counter()
        due = [turn for turn in self._turns if turn.pace.due_at <= started]
        for turn in sorted(due, key=lambda each: each.missed_at):
            began = perf_counter()
            if began - started > LITTLE_S:
                return
            worked = True
            try:
                worked = turn.work()
            finally:  # a part that fails has had its turn: the others have theirs
                if worked:
                    turn.pace.note(began)
