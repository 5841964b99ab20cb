"""Runs carried out by processes of this machine, one on each core. If one is killed, only its time is lost."""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.language.text import tr
from curvegui.core.sweep.plan import SweepTask
from curvegui.sweeps.executor import WAKE_SECONDS, ExecutorError, Failure, Outcome, outcome_of
from curvegui.sweeps.worker_process import READY, News, WorkerProcess

MOST_WORKERS = 256
FALSE_STARTS = 3  # in a row: somebody may kill one by chance, but not one after the other


def usable_cores() -> int:
    """How many cores this process may use."""
    with suppress(AttributeError):  # not on every system
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


class LocalPool:
    """An executor of processes of this machine, as many as usable cores unless given; ``pids`` are their numbers.

    A run whose process ends is done once more; if that one ends too, it has failed.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = min(workers or usable_cores(), MOST_WORKERS)
        self.pids: list[int] = []

    def outcomes(
        self, tasks: Sequence[SweepTask], should_stop: Callable[[], bool], arithmetic: Arithmetic = USUAL
    ) -> Generator[Outcome, None, None]:
        """See `Executor.outcomes`."""
        processes = _Processes(tasks, arithmetic)
        try:
            for _ in range(min(self.workers, len(tasks))):
                processes.start_one()
            while processes.has_work and not should_stop():
                self.pids = processes.pids
                yield from processes.next_outcomes()
        finally:
            processes.end_all()
            self.pids = []


class _Processes:
    """Processes, and the runs that wait for them."""

    def __init__(self, tasks: Sequence[SweepTask], arithmetic: Arithmetic) -> None:
        self._waiting, self._arithmetic = deque(tasks), arithmetic
        self._lost_once: set[int] = set()
        self._workers: list[WorkerProcess] = []
        self._false_starts = 0
        self._news: News = SimpleQueue()

    @property
    def pids(self) -> list[int]:
        return [worker.pid for worker in self._workers]

    @property
    def has_work(self) -> bool:
        return bool(self._waiting) or any(worker.task for worker in self._workers)

    def start_one(self) -> None:
        """Start one more process."""
        self._workers.append(WorkerProcess(self._news))

    def next_outcomes(self) -> Generator[Outcome, None, None]:
        """The outcome in the next news, if any; waits a moment for it."""
        try:
            worker, line = self._news.get(timeout=WAKE_SECONDS)
        except Empty:
            return
        if line is None:
            yield from self._after_end(worker)
            return
        task, worker.task = worker.task, None
        if line == READY:
            worker.is_ready, self._false_starts = True, 0
        self._give_work(worker)
        if task:
            yield outcome_of(line, task)

    def _give_work(self, worker: WorkerProcess) -> None:
        if self._waiting:
            worker.give(self._waiting.popleft(), self._arithmetic)

    def _after_end(self, worker: WorkerProcess) -> Generator[Outcome, None, None]:
        self._workers.remove(worker)
        how, task, words = worker.ending(), worker.task, worker.last_words()
        worker.clear()
        self._false_starts += not worker.is_ready
        if self._false_starts > FALSE_STARTS:
            raise ExecutorError(
                tr("The processes that would run the sweep do not start ({how}). {words}", how=how, words=words).strip()
            )
        if task and task.number in self._lost_once:
            yield Failure(task, tr("Its process ended twice, the second time with {how}.", how=how))
        elif task:
            self._lost_once.add(task.number)
            self._waiting.appendleft(task)
        if self._waiting or not worker.is_ready:
            self.start_one()

    def end_all(self) -> None:
        """End all processes, and wait until they have ended."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.clear()
