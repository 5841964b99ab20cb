"""What the window asks the trainer's thread: each question is one record, which finds its answer there."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.session.run.driver import Driver


class Question(ABC):
    """Something to find out, which changes nothing; the answer comes back together with the question."""

    is_numbered: ClassVar[bool] = False

    @abstractmethod
    def answer(self, driver: Driver) -> object:
        """Find it out, in the trainer's thread; None where it cannot be found."""


@dataclass(frozen=True, eq=False)
class Capture(Question):
    """The present run as a ``RunRecord``, up to an iteration or, at -1, as it stands. ``label`` comes back with it."""

    label: object
    iteration: int = -1

    def answer(self, driver: Driver) -> RunRecord | None:
        if not driver.runs.has_live:
            return None
        return driver.live.record() if self.iteration < 0 else driver.runs.record_until(self.iteration)


@dataclass(frozen=True)
class LookBack(Question):
    """An iteration of the run with this number, if it is the present one."""

    run: int
    iteration: int

    def answer(self, driver: Driver) -> Snapshot | None:
        if not driver.runs.has_live or driver.live.number != self.run:
            return None
        driver.expect_more()
        return driver.runs.snapshot_at(self.iteration)
