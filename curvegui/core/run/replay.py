"""Any iteration of a run, computed anew from the keyframe before it, or all of it played: equal to the last bit."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Protocol

from curvegui.core.arrays import read_only
from curvegui.core.cancellation import check_cancelled
from curvegui.core.engine.backend import Backend, Backends
from curvegui.core.learner.engines import usable_backend
from curvegui.core.learner.learner import Evaluation, Learner, Snapshot
from curvegui.core.learner.recording import Keyframe
from curvegui.core.learner.target import Target
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import ENGINE_SETTINGS, TrainingConfig
from curvegui.core.settings.setting_changes import SettingChanges

LEARNERS_KEPT = 2  # on both sides of a change, as one goes to and fro over it


def last_snapshot(record: RunRecord) -> Snapshot:
    """A snapshot of a run where its record ends."""
    learner, frame = Learner(record.config), Keyframe(record.iteration, record.parameters, record.state)
    return snapshot_of(learner.target, record.config, frame, learner.evaluate(record.parameters), record.diverged)


def snapshot_of(
    target: Target, config: TrainingConfig, frame: Keyframe, evaluation: Evaluation, diverged: bool = False
) -> Snapshot:
    """A snapshot of a run at a keyframe, with the curve and the costs of its network there."""
    fit, cost, test_cost = evaluation
    parameters, state = read_only(frame.parameters), read_only(frame.state)
    fit = read_only(fit)
    return Snapshot(config, target, frame.iteration, cost, fit, parameters, diverged, test_cost, state)


class Recorded(Protocol):
    """The parts of a run that a replay needs: the settings along it, the backends, and the latest keyframes."""

    changes: SettingChanges
    backends: Backends

    def keyframe_before(self, iteration: int) -> Keyframe: ...  # or raises ``LookupError`` where there is none


class Replayer:
    """Computes iterations anew, with the engine that computed them first, or another where that engine is missing."""

    def __init__(self) -> None:
        self._learners: dict[object, Learner] = {}

    def snapshot(self, run: Recorded, iteration: int) -> Snapshot:
        """A run as it was at an iteration; raises ``LookupError`` for an iteration before the run's first keyframe."""
        frame = run.keyframe_before(iteration)
        parameters, state = frame.parameters, frame.state
        for first, last, config in run.changes.between(frame.iteration, iteration):
            for start, stop, backend in run.backends.between(first, last):
                engine = self._for(config, backend).engine
                engine.parameters, engine.state = parameters, state
                engine.freeze(config.frozen)
                engine.before_each = check_cancelled
                engine.descend(start, stop - start, config.descent)
                parameters, state = engine.parameters, engine.state
        config = run.changes.at(iteration)
        learner = self._for(config, run.backends.behind(iteration))
        return snapshot_of(learner.target, config, Keyframe(iteration, parameters, state), learner.evaluate(parameters))

    def _for(self, config: TrainingConfig, computed: Backend) -> Learner:
        backend = usable_backend(computed, config.sizes)
        key = backend, what_is_built(config)
        learner = self._learners.pop(key, None) or Learner(config, backend)
        self._learners[key] = learner  # the latest used comes last
        while len(self._learners) > LEARNERS_KEPT:
            del self._learners[next(iter(self._learners))]
        return learner


def what_is_built(config: TrainingConfig) -> tuple[object, ...]:
    """The settings that a learner is built from; the seed only where it moves the points."""
    values = tuple(getattr(config, name) for name in ENGINE_SETTINGS)
    return config.sizes, config.data_noise and config.seed, *values


PIECE_S = 0.003  # of computing at a time, where one iteration is not longer


class Playback:
    """Snapshots of a run, computed sooner when they are asked for in ascending order. ``snapshot`` is the latest from
    ``go_to``. ``clock`` returns seconds that never go backwards."""

    def __init__(self, run: Recorded, clock: Callable[[], float] = perf_counter) -> None:
        self._run, self._clock, self.changes, self.backends = run, clock, run.changes, run.backends
        self._replayer = Replayer()
        self._iterations = 1  # of the next piece
        self.snapshot: Snapshot | None = None

    def keyframe_before(self, iteration: int) -> Keyframe:
        """See `replay.Recorded`; the last snapshot counts as a keyframe."""
        frame = self._run.keyframe_before(iteration)
        if self.snapshot is None or not frame.iteration < self.snapshot.iteration <= iteration:
            return frame
        return Keyframe(self.snapshot.iteration, self.snapshot.parameters, self.snapshot.state)

    def go_to(self, iteration: int) -> Iterator[None]:
        """Compute the snapshot at an iteration, a piece of a few milliseconds at a time; errors as in `Replayer`."""
        start = self.keyframe_before(iteration).iteration
        while self.snapshot is None or self.snapshot.iteration != iteration:
            stop = min(start + self._iterations, iteration)
            began = self._clock()
            self.snapshot = self._replayer.snapshot(self, stop)
            seconds = max(self._clock() - began, 1e-9)
            self._iterations = max(1, int((stop - start) * min(2.0, PIECE_S / seconds)))
            start = stop
            yield
