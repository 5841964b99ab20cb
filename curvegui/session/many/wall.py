"""A wall of networks that learn in a thread of the pool, one job after the other; the window never waits for it."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from threading import Event
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from curvegui.core.cancellation import Cancelled, cancelled_by
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.ensemble.ensemble import Ensemble, WallSnapshot
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.jobs.job import Jobs
from curvegui.session.run.delivery import Phase
from curvegui.session.run.driver import WHOLE, ChunkSize
from curvegui.session.run.gate import Gate

PUBLISH_S = 0.025  # between two snapshots: there is a fresh one for each of 30 pictures a second
CHUNK_S = PUBLISH_S  # longer than the run's: to begin with 64 networks takes some milliseconds
RACE_S = 0.1  # where optimisers differ, the slowest leaves the others so few iterations that to begin would cost most


class Networks:
    """The networks of a wall. The window may use ``newest`` and the two flags; the rest is for the jobs' thread.
    Dismissed networks leave no snapshot. If they are abandoned too, their computation ends within tenths of a
    second."""

    def __init__(
        self, configs: tuple[TrainingConfig, ...], gate: Gate, wanted: Backend, start: Snapshot | None = None
    ) -> None:
        self.is_dismissed = self.is_abandoned = False
        self._newest = deque[WallSnapshot](maxlen=1)  # whose two ends two threads may use at once
        self._configs, self._gate, self._wanted, self._start = configs, gate, wanted, start
        is_race = len({config.optimizer for config in configs}) > 1
        self._chunk, self._publish_at = ChunkSize(RACE_S if is_race else CHUNK_S), 0.0

    @cached_property
    def _ensemble(self) -> Ensemble:
        return Ensemble(self._configs, self._wanted, self._start)

    def learn(self, goal: int, stop: Event) -> bool:
        """Make iterations in short chunks until the goal or until ``stop``; return whether the goal is reached."""
        if self.is_dismissed:
            return False
        with suppress(Cancelled), cancelled_by(self._end_if_abandoned):
            ensemble = self._ensemble
            goal += ensemble.first
            while ensemble.iteration < goal and not stop.is_set():
                started, count = perf_counter(), self._chunk.iterations
                if count >= WHOLE // 2:  # up to a whole hundred, which is near
                    count += -(ensemble.iteration + count) % WHOLE
                count = min(count, goal - ensemble.iteration)
                ensemble.advance(count, self._gate.wait)
                self._chunk.learn(count, perf_counter() - started)
                if perf_counter() >= self._publish_at and not self._newest:
                    self._publish()
            if not self.is_dismissed:
                self._publish()
            return ensemble.iteration >= goal
        return False

    def _end_if_abandoned(self) -> None:
        if self.is_abandoned:
            raise Cancelled

    def _publish(self) -> None:
        self._newest.append(WallSnapshot.of(self._ensemble))
        self._publish_at = perf_counter() + PUBLISH_S

    def newest(self) -> WallSnapshot | None:
        """The latest snapshot, if it has not been taken before."""
        return self._newest.pop() if self._newest else None

    def record(self, member: int) -> RunRecord:
        return self._ensemble.record(member)


class Wall(QObject):
    """Networks that learn at the same time, computed by the ``wanted`` engine where that is possible. ``configs`` are
    their settings: none before `begin`. At the iteration ``goal`` they stop; ``phase`` is LEARNING, PAUSED, FINISHED or
    FAILED. With NumPy, they wait while the gate is shut."""

    begun = Signal()  # other networks have replaced those before
    phase_changed = Signal(object)  # Phase
    failed = Signal(str)  # they cannot go on: a sentence

    def __init__(self, gate: Gate, wanted: Backend = NUMPY, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan, self.configs = WallPlan(), tuple[TrainingConfig, ...]()
        self.goal, self.phase = 0, Phase.PAUSED
        self._gate, self._wanted, self._jobs = gate, wanted, Jobs(self)
        self._networks = Networks((), gate, wanted)
        self._stop, self._is_closed = Event(), False

    def begin(self, plan: WallPlan, config: TrainingConfig, start: Snapshot | None = None) -> None:
        """Let other networks learn, from their seeds on, or all of them from a snapshot of a run with the same layers.
        They have ``config`` in common. Raises ``ValueError``, a sentence for people, if they are too much for a
        computer."""
        plan = plan.fitted(config)
        configs = plan.configs(config)
        self._stop.set()
        self.plan, self.configs, self.goal = plan, configs, plan.iterations
        self._networks = Networks(configs, self._gate, self._wanted, start)
        self._learn()
        self.begun.emit()

    def go_on(self) -> None:
        if not self.configs or self.phase in (Phase.LEARNING, Phase.FAILED):
            return
        if self.phase is Phase.FINISHED:
            self.goal += self.plan.iterations
        self._learn()

    def pause(self) -> None:
        if self.phase is Phase.LEARNING:
            self._stop.set()
            self._set_phase(Phase.PAUSED)

    def newest(self) -> WallSnapshot | None:
        """The latest snapshot of the networks, if it has not been taken before."""
        return self._networks.newest()

    def record(self, member: int, then: Callable[[RunRecord], object]) -> None:
        """Ask for a network as an ordinary run; ``then`` gets the network's record, in this thread."""
        self._stop.set()
        self._jobs.do(partial(self._networks.record, member), then, self.failed.emit)
        if self.phase is Phase.LEARNING:
            self._learn()

    def close(self) -> None:
        """End without waiting: what was asked for before is still answered, and then this object deletes itself."""
        if self._is_closed:
            return
        self._is_closed = True
        self._stop.set()
        self._networks.is_dismissed, self._networks.is_abandoned = True, self._jobs.waiting <= 1
        self._jobs.after_all(self.deleteLater)
        self._networks, self.configs = Networks((), self._gate, self._wanted), ()
        self._set_phase(Phase.PAUSED)

    def _learn(self) -> None:
        networks, self._stop = self._networks, Event()
        work = partial(networks.learn, self.goal, self._stop)
        then, otherwise = partial(self._note_end, networks), partial(self._note_failure, networks)
        self._jobs.do(work, then, otherwise, is_long=True)
        self._set_phase(Phase.LEARNING)

    def _note_end(self, networks: Networks, is_done: bool) -> None:
        if is_done and networks is self._networks:
            self._set_phase(Phase.FINISHED)

    def _note_failure(self, networks: Networks, problem: str) -> None:
        if networks is self._networks:
            self._set_phase(Phase.FAILED)
            self.failed.emit(problem)

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)
