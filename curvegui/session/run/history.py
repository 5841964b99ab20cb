"""Undo and redo: what was changed, and the settings and the run before each change, to get back to."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark
from curvegui.core.learner.learner import Learner, Snapshot
from curvegui.core.learner.morphing import Morph
from curvegui.core.learner.recording import CostHistory, Trail, bytes_after
from curvegui.core.network.network import parameter_count
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS, TrainingConfig, memory_gigabytes
from curvegui.core.settings.setting import Effect

MAX_CHANGES = 200
MAX_RUNS = 20
MAX_GB = 0.25  # of memory for runs and parameters that can come back; a run of a million iterations takes 0.014
MERGE_S = 1.0  # a slider on its way makes one change, not a hundred


@dataclass(frozen=True)
class UndoState:
    """The settings and the number of the run at one time, and the snapshot that Undo may have to go back to. ``noted``
    is how many bytes the run's trail and keyframes took by then; ``curves`` and ``position`` are the morph's."""

    config: TrainingConfig
    run: int
    snapshot: Snapshot | None = field(default=None, compare=False)
    noted: int = field(default=0, compare=False)
    curves: tuple[str | Curve, ...] = ()
    position: float = field(default=0.0, compare=False)

    @classmethod
    def of(cls, config: TrainingConfig, run: int, now: Snapshot | None, trail: Trail, morph: Morph) -> "UndoState":
        """The state of a run at present; its newest snapshot, if one has arrived, says how much the run has noted."""
        frame = now.parameters.nbytes + now.state.nbytes if now else 0
        noted = trail.nbytes + bytes_after(now.iteration, frame) if now else 0
        return cls(config, run, noted=noted, curves=morph.keyframes, position=morph.position)


def differ_live(one: TrainingConfig, other: TrainingConfig) -> bool:
    """Whether a setting differs that changes what the run computes from here on."""
    live = (name for name, setting in SETTINGS.items() if setting.effect is Effect.LIVE)
    return any(getattr(one, name) != getattr(other, name) for name in live)


@dataclass(frozen=True)
class Change:
    """A change that can be undone, with its ``label`` in the menu; ``in_trouble``: the run was in trouble before."""

    label: str
    before: UndoState
    after: UndoState
    in_trouble: bool = False

    def can_have_led(self, run: int) -> bool:
        is_new = self.before.run != run or differ_live(self.before.config, self.after.config)
        return self.after.run == run and is_new


def _states(changes: list[Change]) -> list[UndoState]:
    return [state for change in changes for state in (change.before, change.after)]


def _nbytes(changes: list[Change]) -> float:
    """About how much memory the runs, snapshots and curves of some changes take."""
    states = _states(changes)
    runs = {state.run: state.config for state in states}
    total = sum(1e9 * memory_gigabytes(parameter_count(config.sizes)) for config in runs.values())
    total += sum({state.run: state.noted for state in states}.values())
    snapshots = [state.snapshot for state in states if state.snapshot]
    total += sum(each.parameters.nbytes + each.state.nbytes + each.fit.nbytes for each in snapshots)
    curves = {curve for state in states for curve in (state.config.curve, *state.curves)}
    return total + sum(curve.nbytes for curve in curves if isinstance(curve, Curve))


class History:
    """The changes that were made, and those that were undone. ``clock``, in seconds, decides which changes join."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self.is_held = clock, False
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._joined_until = -inf  # a change until then may join the last one

    @property
    def undo_label(self) -> str | None:
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        return self._undone[-1].label if self._undone else None

    @property
    def undone(self) -> int:
        return len(self._undone)

    def push(self, change: Change) -> None:
        """Add a change. A change of the same setting of the same run, soon after, joins the change before."""
        now, last = self._clock(), self._done[-1] if self._done else change
        is_same = last.label == change.label and last.before.run == last.after.run == change.after.run
        if self._done and is_same and now < self._joined_until:
            self._done.pop()
            change = replace(last, after=change.after)
        self._joined_until = -inf  # a change that comes to nothing joins no other
        if change.before != change.after:
            self._done.append(change)
            self._joined_until = inf if self.is_held else now + MERGE_S
        self._undone.clear()
        while len(self._done) > 1 and (
            len(self._done) > MAX_CHANGES
            or len({state.run for state in _states(self._done)}) > MAX_RUNS
            or _nbytes(self._done) > 1e9 * MAX_GB
        ):
            self._done.pop(0)

    def joins_last(self, label: str, run: int) -> bool:
        """Whether a change of this run's parameters joins the last change; then the change after it may join, too."""
        now, last = self._clock(), self._done[-1] if self._done else None
        if last is None or now >= self._joined_until or (last.label, last.after.run) != (label, run):
            return False
        self._joined_until = inf if self.is_held else now + MERGE_S
        return True

    def hold(self) -> None:
        """A drag begins: all changes until `release` are one change, however long the pointer rests."""
        self.is_held, self._joined_until = True, -inf

    def release(self) -> None:
        """The drag has ended: the next change joins no other."""
        self.is_held, self._joined_until = False, -inf

    def clear(self) -> None:
        self._done, self._undone, self._joined_until = [], [], -inf

    @property
    def nbytes(self) -> float:
        """About how many bytes everything takes that Undo and Redo can bring back."""
        return _nbytes([*self._done, *self._undone])

    def steps_to(self, state: UndoState) -> int:
        """How many changes Undo takes back to come to a state; 0 where that is not possible, or not needed."""
        is_there = bool(self._done) and self._done[-1].after == state
        return 0 if is_there else self._steps(lambda change: change.before == state)

    def _steps(self, is_wanted: Callable[[Change], bool]) -> int:
        """How many changes Undo takes back to reach the newest wanted change; 0 where there is none."""
        return next((steps for steps, change in enumerate(reversed(self._done), 1) if is_wanted(change)), 0)

    def cause(self, run: int) -> Change | None:
        """The change that can have led a run into trouble: the newest one before the trouble began, else the newest."""
        newest, now = None, run
        for change in reversed(self._done):
            if change.can_have_led(now):
                newest = newest or change
                if not change.in_trouble:
                    return change
            if change.after.run == now:
                now = change.before.run  # what it replaced
        return newest

    def runs(self) -> set[int]:
        return {state.run for state in _states([*self._done, *self._undone])}

    def undo(self) -> UndoState | None:
        """Take the last change back; return the state before it, or None where there is no change."""
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        self._joined_until = -inf
        return change.before

    def undo_cause(self, run: int) -> UndoState | None:
        """Take back the `cause` of the trouble and the changes since; return the state before them, or None."""
        cause, state = self.cause(run), None
        for _ in range(self._steps(lambda change: change is cause)):
            state = self.undo()
        return state

    def redo(self, snapshot: Snapshot | None = None) -> UndoState | None:
        """Make the last undone change again; return the state after it. A later Undo may go back to ``snapshot``."""
        if not self._undone:
            return None
        change = self._undone.pop()
        self._done.append(replace(change, before=replace(change.before, snapshot=snapshot)))
        self._joined_until = -inf
        return change.after


BEFORE = mark("run before")


@dataclass(frozen=True)
class Predecessor:
    """The number of the run that a run goes on from, or begins again if it is a restart; None for a run of its own."""

    run: int | None
    is_restart: bool = False


@dataclass(frozen=True, eq=False)
class EarlierRun:
    """The costs and the fit, shape (2, N), of an earlier run; ``words`` name the run in a legend."""

    words: str
    cost: float
    fit: FloatArray = field(repr=False)
    costs: CostHistory = field(repr=False)

    @classmethod
    def of(cls, words: str, record: RunRecord) -> "EarlierRun":
        """The costs and the fit of a recorded run; computing them takes a few milliseconds."""
        fit, cost, _ = Learner(record.config).evaluate(record.parameters)
        return cls(words, cost, fit, CostHistory.of(record.costs))
