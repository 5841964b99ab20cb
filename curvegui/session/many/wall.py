"""A wall of networks, alive: they learn in a thread of their own, and what is to be seen of them is left in a box.

The thread is one of the pool's. It works through a line of jobs, of which one is to learn on until somebody wants
something else; so whatever touches the networks is done there, one after the other.
"""

from collections.abc import Callable
from functools import partial
from threading import Event, Lock
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.ensemble.wall_snapshot import WallSnapshot
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.jobs.jobs import Jobs
from curvegui.session.run.gate import Gate
from curvegui.session.run.phase import Phase
from curvegui.session.run.speed import WHOLE, ChunkSize

PUBLISH_S = 0.025  # between two moments: there is a fresh one for each of 30 pictures a second
CHUNK_S = PUBLISH_S / 2  # longer than the run's: of many networks, too, hundreds of iterations are to fit in


class Wall(QObject):
    """Networks that learn at the same time; none of its calls waits for them.

    Parameters
    ----------
    gate : Gate
        They wait while it is shut.
    wanted : Arithmetic
        What they are to be computed with, as soon as it is prepared; NumPy computes meanwhile.
    parent : QObject, optional

    Attributes
    ----------
    plan : WallPlan
        The present one.
    configs : tuple of TrainingConfig
        What the networks are learning with; none before ``begin``.
    goal : int
        How many iterations they make before they stop.
    phase : Phase
        LEARNING, PAUSED, FINISHED or FAILED.

    Signals
    -------
    begun()
        Other networks have taken the place of those before.
    phase_changed(Phase)
    failed(str)
        They cannot go on: a sentence.
    """

    begun = Signal()
    phase_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, gate: Gate, wanted: Arithmetic = USUAL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan, self.configs = WallPlan(), tuple[TrainingConfig, ...]()
        self.goal, self.phase = 0, Phase.PAUSED
        self._gate, self._wanted, self._jobs = gate, wanted, Jobs(self)
        self._threads = _Networks((), gate, wanted)
        self._stop, self._is_closed = Event(), False

    def begin(self, plan: WallPlan, config: TrainingConfig, start: Snapshot | None = None) -> None:
        """Let other networks learn, from their seeds on, or all of them from one moment of a run.

        Parameters
        ----------
        plan : WallPlan
        config : TrainingConfig
            What they have in common.
        start : Snapshot, optional
            The moment; its layers are those of ``config``.

        Raises
        ------
        ValueError
            If they would be too much for a computer: a sentence for people. Nothing has changed then.
        """
        configs = plan.configs(config)
        self._stop.set()
        self.plan, self.configs, self.goal = plan, configs, plan.iterations
        self._threads = _Networks(configs, self._gate, self._wanted, start)
        self._learn()
        self.begun.emit()

    def go_on(self) -> None:
        """Learn on; at the goal, as many iterations again."""
        if not self.configs or self.phase in (Phase.LEARNING, Phase.FAILED):
            return
        if self.phase is Phase.FINISHED:
            self.goal += self.plan.iterations
        self._learn()

    def pause(self) -> None:
        """Make no more iterations for now."""
        if self.phase is Phase.LEARNING:
            self._stop.set()
            self._set_phase(Phase.PAUSED)

    def newest(self) -> WallSnapshot | None:
        """How they stand, if that has not been asked before."""
        return self._threads.box.take()

    def record(self, member: int, then: Callable[[RunRecord], object]) -> None:
        """Ask for a network as an ordinary run; ``then`` gets it, in this thread."""
        self._stop.set()
        self._jobs.do(partial(self._threads.record, member), then, self.failed.emit)
        if self.phase is Phase.LEARNING:
            self._learn()

    def close(self) -> None:
        """End, without waiting; the present chunk of iterations is the last one.

        What was asked before is answered still, and then this object deletes itself.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._stop.set()
        self._jobs.do(_nothing, self._retire, self.failed.emit)
        self._threads.is_dismissed = True
        self._threads, self.configs = _Networks((), self._gate, self._wanted), ()
        self._set_phase(Phase.PAUSED)

    def _retire(self, _: object) -> None:
        self.deleteLater()

    def _learn(self) -> None:
        threads, self._stop = self._threads, Event()
        work = partial(threads.learn, self.goal, self._stop)
        self._jobs.do(work, partial(self._note_end, threads), partial(self._note_failure, threads))
        self._set_phase(Phase.LEARNING)

    def _note_end(self, threads: "_Networks", is_done: bool) -> None:
        if is_done and threads is self._threads:
            self._set_phase(Phase.FINISHED)

    def _note_failure(self, threads: "_Networks", problem: str) -> None:
        if threads is self._threads:
            self._set_phase(Phase.FAILED)
            self.failed.emit(problem)

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)


def _nothing() -> None:
    """A job that waits for those before it."""


class _Box:
    """Room for one moment between two threads: the latest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._moment: WallSnapshot | None = None

    @property
    def is_empty(self) -> bool:
        """Whether somebody has taken what was there."""
        return self._moment is None

    def put(self, moment: WallSnapshot) -> None:
        with self._lock:
            self._moment = moment

    def take(self) -> WallSnapshot | None:
        with self._lock:
            moment, self._moment = self._moment, None
            return moment


class _Networks:
    """The networks themselves. All but the box and the flag is for the thread that works through the jobs."""

    def __init__(
        self, configs: tuple[TrainingConfig, ...], gate: Gate, wanted: Arithmetic, start: Snapshot | None = None
    ) -> None:
        self.box, self.is_dismissed = _Box(), False
        self._configs, self._gate, self._wanted, self._start = configs, gate, wanted, start
        self._built: Ensemble | None = None
        self._chunk, self._publish_at = ChunkSize(CHUNK_S), 0.0

    @property
    def _ensemble(self) -> Ensemble:
        if self._built is None:
            self._built = Ensemble(self._configs, self._wanted, self._start)
        return self._built

    def learn(self, goal: int, stop: Event) -> bool:
        """Make iterations in short chunks until the goal or until told to stop; return whether it is the goal."""
        if self.is_dismissed:
            return False
        ensemble = self._ensemble
        goal += ensemble.first
        while ensemble.iteration < goal and not stop.is_set():
            started = perf_counter()
            count = min(self._count(ensemble.iteration), goal - ensemble.iteration)
            ensemble.calculate_with(self._wanted)  # which may have been prepared by now
            ensemble.advance(count, self._gate.wait)
            self._chunk.learn(count, perf_counter() - started)
            if perf_counter() >= self._publish_at and self.box.is_empty:
                self._publish()
        if not self.is_dismissed:
            self._publish()
        return ensemble.iteration >= goal

    def _count(self, iteration: int) -> int:
        """How many iterations are the next chunk: to a whole hundred, where they are not far from one."""
        fitting = self._chunk.iterations
        return fitting if fitting < WHOLE // 2 else fitting + -(iteration + fitting) % WHOLE

    def _publish(self) -> None:
        self.box.put(WallSnapshot.of(self._ensemble))
        self._publish_at = perf_counter() + PUBLISH_S

    def record(self, member: int) -> RunRecord:
        """A network as an ordinary run."""
        return self._ensemble.record(member)
