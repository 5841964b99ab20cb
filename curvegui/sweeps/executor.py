"""The runs of a sweep carried out by an executor, here or elsewhere: each result is saved before it is shown."""

import json
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import tr
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import TaskResult, belongs, result_of, run_text, task_text

if TYPE_CHECKING:  # the processes of the pool need no files
    from curvegui.sweeps.results import SweepFile

WAKE_SECONDS = 0.1  # how long a wish to stop may wait


class ExecutorError(Exception):
    """No run can be carried out, or no more of them; the message is a sentence for people."""


class RunLostError(Exception):
    """A run has no result, though the others go on; the message is a sentence for people."""


@dataclass(frozen=True)
class Failure:
    """A run that has no result, and why: a sentence."""

    task: SweepTask
    reason: str

    def __str__(self) -> str:
        return tr("The run with {name} failed. {reason}", name=self.task.name, reason=self.reason)


Outcome: TypeAlias = TaskResult | Failure


class Connection(NamedTuple):
    """An executor that takes ``at_once`` runs; ``is_lost`` says whether it has no workers any more."""

    executor: Executor
    at_once: int
    is_lost: Callable[[], bool] = lambda: False
    lost_words: str = ""  # what is said then


class Workers(Protocol):
    """What carries out runs in other processes, on this machine or elsewhere."""

    def open(self, should_stop: Callable[[], bool]) -> AbstractContextManager[Connection | None]:
        """An executor, whose work ends with the block; None if ``should_stop`` came first. Raises ``ExecutorError``."""
        ...


def outcomes(
    workers: Workers, tasks: Sequence[SweepTask], should_stop: Callable[[], bool], backend: Backend = NUMPY
) -> Generator[Outcome, None, None]:
    """The outcome of each task, in order of arrival; fewer if ``should_stop`` says so. Raises ``ExecutorError``. A
    worker without ``backend`` uses another engine; each result names its own."""
    if not tasks:
        return
    with workers.open(should_stop) as connection:
        if connection is None:
            return
        waiting, away = iter(tasks), dict[Future[str], SweepTask]()
        while not should_stop():
            for task in islice(waiting, connection.at_once - len(away)):
                away[connection.executor.submit(run_text, task_text(task, backend))] = task
            if not away:
                return
            done = wait(away, WAKE_SECONDS, FIRST_COMPLETED).done
            if not done and connection.is_lost():
                raise ExecutorError(connection.lost_words)
            for future in sorted(done, key=lambda each: each.cancelled() or each.exception() is not None):
                yield _outcome(future, away.pop(future), connection)


def _outcome(future: "Future[str]", task: SweepTask, connection: Connection) -> Outcome:
    try:
        return outcome_of(future.result(), task)
    except ExecutorError:
        raise
    except RunLostError as error:
        return Failure(task, str(error))
    except (CancelledError, OSError, TimeoutError) as error:  # all are cancelled when a connection breaks
        raise ExecutorError(connection.lost_words) from error
    except ModuleNotFoundError as error:
        words = tr("The workers cannot do this: {error}. Install CurveGUI and NumPy on them.", error=error)
        raise ExecutorError(words) from error
    except Exception as error:
        return Failure(task, tr("Its worker says: {words}", words=str(error).strip() or type(error).__name__))


def outcome_of(answer: str | bytes, task: SweepTask) -> Outcome:
    """The result or the failure that a worker's answer to a task contains."""
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
    workers: Workers,
    should_stop: Callable[[], bool],
    tell: Callable[[Outcome], object],
    backend: Backend = NUMPY,
) -> tuple[Failure, ...]:
    """Carry out the runs that a file lacks; return those that failed. Each result is in the file before ``tell`` gets
    it. Raises ``WriteError`` if a result cannot be written, and ``ExecutorError``; runs that are under way end."""
    failures = []
    with closing(outcomes(workers, file.kept.missing, should_stop, backend)) as found:
        for outcome in found:
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                file.add(outcome)
            tell(outcome)
    return tuple(failures)
