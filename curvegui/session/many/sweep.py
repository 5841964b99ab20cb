"""A sweep in the background, or the run of one of its results: the window hears of results as they come."""

from pathlib import Path
from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import tr
from curvegui.core.sweep.plan import SweepPlan, SweepTask
from curvegui.core.sweep.task import TaskResult, record_of
from curvegui.files.disk.atomic import WriteError
from curvegui.session.jobs.job import Job
from curvegui.sweeps.executor import Outcome, Workers, carry_out
from curvegui.sweeps.results import KeptSweep, SweepFile, chosen_for, read_sweep

REPORT_SECONDS = 0.1  # between two times that results are told: a short run takes a hundredth of that


class _Sweeping(Job):
    """Computes the missing runs of a sweep's file; reports first the file's content, and then lists of outcomes."""

    def __init__(self, path: Path, plan: SweepPlan, workers: Workers, stop: Event, wanted: Backend) -> None:
        super().__init__(self._sweep, is_long=True)
        self._path, self._plan, self._workers, self._stop, self._wanted = path, plan, workers, stop, wanted
        self._outcomes: list[Outcome] = []
        self._reported_at = monotonic()

    def _sweep(self) -> None:
        """Compute and report the missing runs, in a thread of the pool."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            values = {"folder": self._path.parent, "reason": error.strerror}
            words = tr("The folder {folder} cannot be created: {reason}.", **values)
            raise WriteError(error.errno, words) from error
        with SweepFile(self._path, self._plan) as file:
            self.report(file.kept)
            try:
                chosen = chosen_for(file.kept, self._wanted)
                carry_out(file, self._workers, self._stop.is_set, self._take, chosen)
            finally:
                self._report_outcomes()

    def _take(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        if monotonic() - self._reported_at >= REPORT_SECONDS:
            self._report_outcomes()

    def _report_outcomes(self) -> None:
        if self._outcomes:
            self.report(self._outcomes)
        self._outcomes, self._reported_at = [], monotonic()


class SweepRun(QObject):
    """A sweep that is carried out or read, or one run of a sweep; each can be stopped at any time."""

    opened = Signal(object)  # KeptSweep: what the file keeps so far
    arrived = Signal(object)  # list of TaskResult or Failure
    taken_up = Signal(object)  # RunRecord
    ended = Signal(str)  # it is over, or was stopped; or a sentence that says what went wrong

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def carry_out(self, path: Path, plan: SweepPlan, workers: Workers, wanted: Backend = NUMPY) -> None:
        """Compute the missing runs of a sweep's file, with the ``wanted`` engine unless another one has begun it."""
        self._start(_Sweeping(path, plan, workers, self._stop, wanted))

    def read(self, path: Path) -> None:
        self._start(Job(lambda: read_sweep(path)))

    def take_up(self, task: SweepTask, result: TaskResult) -> None:
        self._start(Job(lambda: record_of(task, result, self._stop.is_set), is_long=True))

    def _start(self, job: Job) -> None:
        job.reported.connect(self._pass_on)
        job.ended.connect(self._finish)
        job.start()

    def stop(self) -> None:
        self._stop.set()

    @Slot(object)
    def _pass_on(self, news: object) -> None:
        if isinstance(news, KeptSweep):
            self.opened.emit(news)
        elif isinstance(news, list):
            self.arrived.emit(news)  # also after a stop: they are in the file

    @Slot(object, object)
    def _finish(self, found: object, error: Exception | None) -> None:
        if isinstance(found, KeptSweep):
            self.opened.emit(found)
        elif found is not None and not self._stop.is_set():
            self.taken_up.emit(found)
        self.ended.emit("" if error is None else str(error) or type(error).__name__)
