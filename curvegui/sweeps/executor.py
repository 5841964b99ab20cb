"""What carries out the runs of a sweep, wherever they are computed, and a whole sweep from its file to its file."""

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.language.text import tr
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import TaskResult, belongs, result_of

if TYPE_CHECKING:  # the processes of the pool need no files
    from curvegui.sweeps.results import SweepFile

WAKE_SECONDS = 0.1  # how long a wish to stop may wait


class ExecutorError(Exception):
    """No run can be carried out, or no more of them; the message is a sentence for people."""


@dataclass(frozen=True)
class Failure:
    """A run that has no result, and why: a sentence."""

    task: SweepTask
    reason: str

    def __str__(self) -> str:
        return tr("The run with {name} failed. {reason}", name=self.task.name, reason=self.reason)


Outcome: TypeAlias = TaskResult | Failure


class Executor(Protocol):
    """Carries out runs in other processes, here or elsewhere."""

    def outcomes(
        self, tasks: Sequence[SweepTask], should_stop: Callable[[], bool], arithmetic: Arithmetic = USUAL
    ) -> Generator[Outcome, None, None]:
        """What becomes of each task, once, as it comes; fewer if ``should_stop`` says so.

        Whenever the iterator ends or is closed, all work on it has ended. A worker that does not have ``arithmetic``
        uses another engine; each result says what it was computed with. Raises ``ExecutorError``.
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
        return Failure(task, tr("What its worker answered is no result."))
    return result if belongs(result, task) else Failure(task, tr("What its worker answered is another run's result."))


def carry_out(
    file: "SweepFile",
    executor: Executor,
    should_stop: Callable[[], bool],
    tell: Callable[[Outcome], object],
    arithmetic: Arithmetic = USUAL,
) -> tuple[Failure, ...]:
    """Carry out the runs that a file lacks; return those that failed.

    Each outcome is passed to ``tell``, and each result is in the file before. ``should_stop`` is asked again and again;
    ``arithmetic`` is as in `Executor.outcomes`. Raises ``WriteError`` if a result cannot be kept, and
    ``ExecutorError``; runs that are under way end.
    """
    failures = []
    with closing(executor.outcomes(file.kept.missing, should_stop, arithmetic)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                file.add(outcome)
            tell(outcome)
    return tuple(failures)
