"""A run played from its beginning on, each iteration computed from the one before."""

from collections.abc import Callable, Iterator
from time import perf_counter

from curvegui.core.engine.arithmetic import Arithmetics
from curvegui.core.learner.keyframes import Keyframe
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.replay import Recorded, Replayer
from curvegui.core.settings.setting_changes import SettingChanges

PIECE_S = 0.003  # of computing at a time, where one iteration is not longer


class Playback:
    """Snapshots of a run, which come sooner when they are asked for in ascending order.

    ``snapshot`` is what the last call of ``go_to`` has come to. ``clock`` returns seconds that never go backwards.
    """

    def __init__(self, run: Recorded, clock: Callable[[], float] = perf_counter) -> None:
        self._run, self._clock = run, clock
        self._replayer = Replayer()
        self._iterations = 1  # of the next piece
        self.snapshot: Snapshot | None = None

    @property
    def changes(self) -> SettingChanges:
        """See `replay.Recorded`."""
        return self._run.changes

    @property
    def arithmetics(self) -> Arithmetics:
        """See `replay.Recorded`."""
        return self._run.arithmetics

    def keyframe_before(self, iteration: int) -> Keyframe:
        """See `replay.Recorded`; the last snapshot counts as a keyframe."""
        frame = self._run.keyframe_before(iteration)
        if self.snapshot is None or not frame.iteration < self.snapshot.iteration <= iteration:
            return frame
        return Keyframe(self.snapshot.iteration, self.snapshot.parameters, self.snapshot.state)

    def go_to(self, iteration: int) -> Iterator[None]:
        """Compute the snapshot at an iteration, a piece of a few milliseconds at a time.

        Raises ``LookupError`` where the run does not reach back to it.
        """
        start = self.keyframe_before(iteration).iteration
        while self.snapshot is None or self.snapshot.iteration != iteration:
            stop = min(start + self._iterations, iteration)
            began = self._clock()
            self.snapshot = self._replayer.snapshot(self, stop)
            seconds = max(self._clock() - began, 1e-9)
            self._iterations = max(1, int((stop - start) * min(2.0, PIECE_S / seconds)))
            start = stop
            yield
