"""Undo and redo: which settings and which run were there before."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic

from curvegui.core.curve.curve import Curve
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.network import parameter_count
from curvegui.core.settings.config import TrainingConfig, memory_gigabytes

MAX_CHANGES = 200
MAX_RUNS = 20  # a run that can come back keeps its trail: up to 32 MB
MAX_GB = 1.0  # of memory for runs and parameters that can come back; a run as usual takes 0.00001
MERGE_S = 1.0  # a slider on its way makes one change, not a hundred


@dataclass(frozen=True)
class UndoState:
    """The settings and the run at one time.

    Attributes
    ----------
    config : TrainingConfig
    run : int
        The run's number.
    snapshot : Snapshot or None
        How far it was, where one may have to go back to that.
    """

    config: TrainingConfig
    run: int
    snapshot: Snapshot | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Change:
    """One thing that can be undone.

    Attributes
    ----------
    label : str
        What was changed, in words, for the menu: "Aggression".
    before, after : Moment
    """

    label: str
    before: UndoState
    after: UndoState


class History:
    """The changes made, and those undone.

    Parameters
    ----------
    clock : callable
        Seconds, ever rising; decides which changes of one setting belong together.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._joined_until = -inf  # by a change that goes on with the last one
        self._is_held = False

    @property
    def undo_label(self) -> str | None:
        """What Undo would take back, or None."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What Redo would bring back, or None."""
        return self._undone[-1].label if self._undone else None

    @property
    def undone(self) -> int:
        """How many changes Redo could bring back."""
        return len(self._undone)

    def push(self, change: Change) -> None:
        """Add a change. One that goes on turning the same setting joins the change before."""
        now = self._clock()
        last = self._done[-1] if self._done else None
        joins = (
            last is not None
            and now < self._joined_until
            and last.label == change.label
            and last.before.run == last.after.run == change.after.run
        )
        if joins and last is not None:
            self._done.pop()
            change = Change(change.label, last.before, change.after)
        self._joined_until = -inf  # a change that comes to nothing joins no other
        if change.before != change.after:
            self._done.append(change)
            self._joined_until = inf if self._is_held else now + MERGE_S
        self._undone.clear()
        self._trim()

    def goes_on(self, label: str, run: int) -> bool:
        """Whether a change of this run's parameters would join the last one, which began the run; it then does."""
        now, last = self._clock(), self._done[-1] if self._done else None
        if last is None or now >= self._joined_until or (last.label, last.after.run) != (label, run):
            return False
        self._joined_until = inf if self._is_held else now + MERGE_S
        return True

    def hold(self) -> None:
        """A hand takes hold of something: what it turns until `release` is one change, however long it rests."""
        self._is_held, self._joined_until = True, -inf

    def release(self) -> None:
        """The hand has let go: what is turned next is another change."""
        self._is_held, self._joined_until = False, -inf

    def clear(self) -> None:
        """Forget every change."""
        self._done.clear()
        self._undone.clear()
        self._joined_until = -inf

    def _trim(self) -> None:
        while len(self._done) > MAX_CHANGES or (len(self._done) > 1 and self._is_too_large()):
            self._done.pop(0)

    def _is_too_large(self) -> bool:
        moments = [moment for change in self._done for moment in (change.before, change.after)]
        runs = {moment.run: moment.config for moment in moments}
        kept = sum(memory_gigabytes(parameter_count(config.sizes)) for config in runs.values())
        kept += sum(moment.snapshot.parameters.nbytes for moment in moments if moment.snapshot) / 1e9
        kept += sum(curve.nbytes for curve in {m.config.curve for m in moments} if isinstance(curve, Curve)) / 1e9
        return len(runs) > MAX_RUNS or kept > MAX_GB

    def steps_to(self, is_wanted: Callable[[Change], bool]) -> int:
        """How many changes Undo has to take back for the newest such one; 0 where there is none."""
        for steps, change in enumerate(reversed(self._done), 1):
            if is_wanted(change):
                return steps
        return 0

    def runs(self) -> set[int]:
        """The runs that Undo or Redo can bring back."""
        return {moment.run for change in (*self._done, *self._undone) for moment in (change.before, change.after)}

    def undo(self) -> UndoState | None:
        """Take the last change back; return what to go back to, or None."""
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        self._joined_until = -inf
        return change.before

    def redo(self, snapshot: Snapshot | None = None) -> UndoState | None:
        """Bring the last undone change back; return what to go to, or None.

        Parameters
        ----------
        snapshot : Snapshot, optional
            How far the run is: what an Undo of this change has to go back to from now on.
        """
        if not self._undone:
            return None
        change = self._undone.pop()
        change = replace(change, before=replace(change.before, snapshot=snapshot))
        self._done.append(change)
        self._joined_until = -inf
        return change.after
