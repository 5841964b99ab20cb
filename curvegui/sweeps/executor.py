"""What carries out the runs of a sweep, wherever they are computed."""

import json
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import TaskResult, belongs, result_of

WAKE_SECONDS = 0.1  # how long a wish to stop may wait


class ExecutorError(Exception):
    """No run can be carried out, or no more of them; the message is a sentence for people."""


@dataclass(frozen=True)
class Failure:
    """A run that has no result, and why: a sentence."""

    task: SweepTask
    reason: str

    def __str__(self) -> str:
        return f"The run with {self.task.name} failed. {self.reason}"


Outcome: TypeAlias = TaskResult | Failure


class Executor(Protocol):
    """Carries out runs in other processes, here or elsewhere."""

    @property
    def workers(self) -> int:
        """How many it has; as many as there may be, if that is not known."""
        ...

    @property
    def is_here(self) -> bool:
        """Whether they are on this machine."""
        ...

    def outcomes(
        self, tasks: Sequence[SweepTask], should_stop: Callable[[], bool], arithmetic: Arithmetic = USUAL
    ) -> Generator[Outcome, None, None]:
        """What becomes of each task, once, as it comes; fewer if ``should_stop`` says so.

        Whenever the iterator ends or is closed, all work on it has ended. A worker that does not have ``arithmetic``
        uses NumPy; each result says what it was computed with. Raises ``ExecutorError``.
        """
        ...


def outcome_of(answer: str | bytes, task: SweepTask) -> Outcome:
    """What a worker's answer to a task says."""
    try:
        values = json.loads(answer)
        if "failed" in values:
            return Failure(task, str(values["failed"]))
        result = result_of(values)
    except (ValueError, TypeError):
        return Failure(task, "What its worker answered is no result.")
    return result if belongs(result, task) else Failure(task, "What its worker answered is another run's result.")
