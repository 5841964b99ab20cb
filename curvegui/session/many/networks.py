"""The networks of a wall in the thread that they learn in: what is to be seen of them is left in a box."""

from contextlib import suppress
from threading import Event, Lock
from time import perf_counter

from curvegui.core.cancellation import Cancelled, cancelled_by
from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.wall_snapshot import WallSnapshot
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.driver import WHOLE, ChunkSize
from curvegui.session.run.gate import Gate

PUBLISH_S = 0.025  # between two snapshots: there is a fresh one for each of 30 pictures a second
CHUNK_S = PUBLISH_S  # longer than the run's: to begin with 64 networks takes some milliseconds
RACE_S = 0.1  # where optimisers differ, the slowest leaves the others so few iterations that to begin would cost most


class Box:
    """Room for one snapshot between two threads: the latest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: WallSnapshot | None = None

    @property
    def is_empty(self) -> bool:
        """Whether somebody has taken what was there."""
        return self._snapshot is None

    def put(self, snapshot: WallSnapshot) -> None:
        """Leave a snapshot in place of the one before."""
        with self._lock:
            self._snapshot = snapshot

    def take(self) -> WallSnapshot | None:
        """The latest one, which is no longer here then."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
            return snapshot


class Networks:
    """The networks of a wall. The window may use ``box`` and the two flags; the rest is for the jobs' thread.

    Once they are ``is_dismissed``, they leave nothing in the box. Once they are ``is_abandoned`` too, what is computed
    ends within tenths of a second, and nothing can be asked any more.
    """

    def __init__(
        self, configs: tuple[TrainingConfig, ...], gate: Gate, wanted: Arithmetic, start: Snapshot | None = None
    ) -> None:
        self.box, self.is_dismissed, self.is_abandoned = Box(), False, False
        self._configs, self._gate, self._wanted, self._start = configs, gate, wanted, start
        self._built: Ensemble | None = None
        is_race = len({config.optimizer for config in configs}) > 1
        self._chunk, self._publish_at = ChunkSize(RACE_S if is_race else CHUNK_S), 0.0

    @property
    def _ensemble(self) -> Ensemble:
        if self._built is None:
            self._built = Ensemble(self._configs, self._wanted, self._start)
        return self._built

    def learn(self, goal: int, stop: Event) -> bool:
        """Make iterations in short chunks until the goal or until told to stop; return whether it is the goal."""
        if self.is_dismissed:
            return False
        with suppress(Cancelled), cancelled_by(self._end_if_abandoned):
            return self._learn(goal, stop)
        return False

    def _end_if_abandoned(self) -> None:
        if self.is_abandoned:
            raise Cancelled

    def _learn(self, goal: int, stop: Event) -> bool:
        ensemble = self._ensemble
        goal += ensemble.first
        while ensemble.iteration < goal and not stop.is_set():
            started = perf_counter()
            count = min(self._count(ensemble.iteration), goal - ensemble.iteration)
            ensemble.advance(count, self._gate.wait)
            self._chunk.learn(count, perf_counter() - started)
            if perf_counter() >= self._publish_at and self.box.is_empty:
                self._publish()
        if not self.is_dismissed:
            self._publish()
        return ensemble.iteration >= goal

    def _count(self, iteration: int) -> int:
        """How many iterations the next chunk has: up to a whole hundred, where that is near."""
        fitting = self._chunk.iterations
        return fitting if fitting < WHOLE // 2 else fitting + -(iteration + fitting) % WHOLE

    def _publish(self) -> None:
        self.box.put(WallSnapshot.of(self._ensemble))
        self._publish_at = perf_counter() + PUBLISH_S

    def record(self, member: int) -> RunRecord:
        """A network as an ordinary run."""
        return self._ensemble.record(member)
