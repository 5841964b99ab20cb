"""A run, whole, as frozen values: what a file keeps of it, and what a trainer goes on from."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import Curve
from curvegui.core.engine.arithmetic import Entry as Computed
from curvegui.core.learner.keyframes import KEYFRAME_EVERY, NO_STATE, no_state
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import NO_TRAIL, TrailCurves
from curvegui.core.network.network import parameter_count
from curvegui.core.settings.config import TARGET_SETTINGS, TrainingConfig
from curvegui.core.settings.setting_changes import Entry, without_display

AT_ONCE = 1_000_000  # numbers to be looked at
CURVES_SHARE = 0.5  # of a thinned record: keyframes are what the way is computed anew from
THIN_COSTS = 600  # rows, in a thinned record: more than a timeline has pixels to tell apart


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A run at one iteration, and how it got there.

    Attributes
    ----------
    config : TrainingConfig
        The settings in force.
    iteration : int
        How many updates have been made.
    parameters : ndarray, shape (P,), float64, made read-only
    goal : int
        The iteration at which the run finishes.
    keyframe_iterations : ndarray of int64, shape (m,), made read-only
        Ascending; the first is where the run can be looked back to, and m is at least 1.
    keyframes : ndarray of float64, shape (m, P), made read-only
        The parameters after so many iterations.
    changes : tuple of (int, TrainingConfig)
        From which iteration on which settings held; ascending, the first not later than the first keyframe.
    costs : ndarray, shape (n, 2), made read-only
        (iteration, cost) rows, ascending.
    trail : TrailCurves
        Empty in a thinned record: its curves follow from the keyframes.
    best : (int, float)
        The iteration with the lowest cost since the target last changed, and that cost.
    safe_iteration : int
        Of the keyframe that the run is taken back to if it diverges.
    keyframe_spacing, trail_spacing : int
        Of `Keyframes` and `Trail`.
    cost_limit : float or None
        Above which the run counts as diverged; None where it is to be found anew.
    diverged : bool
    test_costs : ndarray, shape (k, 2), made read-only
        (iteration, test cost) rows, at iterations of ``costs``.
    cuts : ndarray of int64, shape (c,), made read-only
        Iterations of keyframes whose parameters were set by hand: those before do not lead to them.
    arithmetics : tuple of (int, Arithmetic)
        From which iteration on what computed it, ascending; the usual arithmetic before the first.

    state : ndarray, made read-only
        What the optimiser remembers: see ``optimizers``.
    states : tuple of ndarray, made read-only
        What it remembered at each keyframe; none are nothing at all of them.

    Raises
    ------
    ValueError
        If the parts do not fit together.
    """

    config: TrainingConfig
    iteration: int
    parameters: FloatArray
    goal: int
    keyframe_iterations: NDArray[np.int64]
    keyframes: FloatArray
    changes: tuple[Entry, ...]
    costs: FloatArray
    trail: TrailCurves
    best: tuple[int, float]
    safe_iteration: int
    keyframe_spacing: int = KEYFRAME_EVERY
    trail_spacing: int = 1
    cost_limit: float | None = None
    diverged: bool = False
    test_costs: FloatArray = field(default_factory=lambda: np.empty((0, 2)))
    edits: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    arithmetics: tuple[Computed, ...] = ()
    state: FloatArray = field(default_factory=no_state)
    states: tuple[FloatArray, ...] = ()

    def __post_init__(self) -> None:
        for name in ("parameters", "keyframe_iterations", "keyframes", "costs", "test_costs", "edits", "state"):
            object.__setattr__(self, name, _locked(getattr(self, name)))
        empty = (NO_STATE,) * len(self.keyframe_iterations)
        states = tuple(map(_locked, self.states)) if any(state.size for state in self.states) else empty
        object.__setattr__(self, "states", states)
        problem = self._problem()
        if problem:
            raise ValueError(f"This is not a run: {problem}.")

    def _problem(self) -> str:
        """What does not fit, or nothing."""
        count, frames = parameter_count(self.config.sizes), len(self.keyframe_iterations)
        checks = [
            (self.parameters.shape == (count,), f"its layers have {count:,} parameters, not {self.parameters.shape}"),
            (self.keyframe_iterations.shape == (frames,) and frames > 0, "it has no keyframe"),
            (self.keyframes.shape == (frames, count), "its keyframes do not fit its layers"),
            (len(self.states) == frames, "what its optimiser remembers does not fit its keyframes"),
            (all(each.ndim == 1 for each in (self.state, *self.states)), "what its optimiser remembers is no list"),
            (_are_pairs(self.costs), "its costs are not pairs"),
            (_are_pairs(self.test_costs), "its test costs are not pairs"),
            (_are_curves(self.trail), "its trail does not consist of curves"),
            (self.edits.ndim == 1, "its cuts are not a list"),
            (bool(self.changes), "it has no settings"),
            (self.keyframe_spacing > 0 and self.trail_spacing > 0, "a spacing is not positive"),
        ]
        return next((words for holds, words in checks if not holds), "") or self._disorder()

    def _disorder(self) -> str:
        """What is out of order, or nothing."""
        noted, (_, present) = [iteration for iteration, _ in self.changes], self.changes[-1]
        computed = [iteration for iteration, _ in self.arithmetics]
        checks = [
            (_ascends(self.keyframe_iterations, self.iteration), "its keyframes are out of order"),
            (_ascends(self.costs[:, 0], self.iteration), "its costs are out of order"),
            (_ascends(self.test_costs[:, 0], self.iteration), "its test costs are out of order"),
            (_are_among(self.test_costs[:, 0], self.costs[:, 0]), "it has test costs where it has no costs"),
            (_ascends(self.trail.iterations, self.iteration), "its trail is out of order"),
            (_ascends(self.edits, self.iteration), "its cuts are out of order"),
            (_are_among(self.edits, self.keyframe_iterations), "it has cuts without keyframes"),
            (_ascends(np.array(noted), self.iteration), "its settings are out of order"),
            (_ascends(np.array(computed), self.iteration), "what computed it is out of order"),
            (noted[0] <= self.keyframe_iterations[0], "its first settings are missing"),
            (all(each.sizes == self.config.sizes for _, each in self.changes), "its layers change on the way"),
            (without_display(self.config, like=present) == present, "its settings are not those it last changed to"),
            (self.keyframe_iterations[0] <= self.best[0] <= self.iteration, "its best iteration is not in it"),
            (self.safe_iteration in self.keyframe_iterations, "its last keyframe is missing"),
            (_are_finite(self.parameters), "its parameters are not all numbers"),
            (_are_finite(self.keyframes), "its keyframes are not all numbers"),
            (all(map(_are_finite, (self.state, *self.states))), "its optimiser does not remember numbers"),
            (_are_finite(self.costs), "its costs are not all numbers"),
            (_are_finite(self.test_costs), "its test costs are not all numbers"),
            (bool((self.test_costs[:, 1] >= 0).all()), "a test cost is below zero"),
            (bool((self.costs[:, 1] >= 0).all() and self.best[1] >= 0), "a cost is below zero"),
            (_are_finite(self.trail.curves), "its trail is not all numbers"),
            (self.cost_limit is None or self.cost_limit > 0, "its cost limit is not positive"),
        ]
        return next((words for holds, words in checks if not holds), "")

    @property
    def curves(self) -> tuple[Curve, ...]:
        """The curves of one's own that were learnt, each once, in the order in which they were."""
        configs = (*(config for _, config in self.changes), self.config)
        return tuple(dict.fromkeys(config.curve for config in configs if isinstance(config.curve, Curve)))

    def until(self, moment: Snapshot) -> "RunRecord":
        """The run as it was at an earlier moment of it."""
        iteration, since = moment.iteration, target_since(self.changes)
        frames = int(np.searchsorted(self.keyframe_iterations, iteration, side="right"))
        changes = tuple(entry for entry in self.changes if entry[0] <= iteration)
        costs = self.costs[self.costs[:, 0] <= iteration]
        curves = self.trail.iterations <= iteration
        first = max(target_since(changes), int(self.keyframe_iterations[0]))
        best = self.best if since <= self.best[0] <= iteration else best_of(costs, first)
        return replace(
            self,
            config=without_display(changes[-1][1], like=self.config),
            iteration=iteration,
            parameters=moment.parameters,
            goal=max(self.goal, iteration),
            keyframe_iterations=self.keyframe_iterations[:frames],
            keyframes=self.keyframes[:frames],
            state=moment.state,
            states=self.states[:frames],
            changes=changes,
            costs=costs,
            test_costs=self.test_costs[self.test_costs[:, 0] <= iteration],
            trail=TrailCurves(self.trail.iterations[curves], self.trail.curves[curves]),
            best=best or (iteration, moment.cost),
            safe_iteration=int(self.keyframe_iterations[frames - 1]),
            cost_limit=None,
            diverged=False,
            edits=self.edits[self.edits <= iteration],
            arithmetics=tuple(entry for entry in self.arithmetics if entry[0] < iteration),
        )

    def shortened(self, most_changes: int) -> "RunRecord":
        """The run from a keyframe on since which its settings changed at most so often; its end stays exact.

        Where there is no such keyframe, the present parameters become one. The best iteration is looked for
        among those that are left.
        """
        if len(self.changes) <= most_changes:
            return self
        return self._from_frames(self.keyframe_iterations >= self.changes[-most_changes][0])

    def _from_frames(self, frames: NDArray[np.bool_]) -> "RunRecord":
        """The run from the first of some keyframes on, or from its end where there are none."""
        iterations, keyframes, states = self.keyframe_iterations[frames], self.keyframes[frames], self._states(frames)
        if not len(iterations):
            iterations, keyframes = np.array([self.iteration]), self.parameters[np.newaxis]
            states = (self.state,)
        first = int(iterations[0])
        since = max(target_since(self.changes), first)
        best = self.best if self.best[0] >= first else best_of(self.costs, since) or (self.iteration, self.best[1])
        return replace(
            self,
            changes=_from(self.changes, first),
            keyframe_iterations=iterations,
            keyframes=keyframes,
            states=states,
            best=best,
            safe_iteration=max(self.safe_iteration, first),
            edits=self.edits[self.edits >= first],
        )

    def _states(self, frames: NDArray[Any]) -> tuple[FloatArray, ...]:
        """What the optimiser remembered at some keyframes."""
        return tuple(self.states[index] for index in np.arange(len(self.states))[frames])

    def from_edit(self, most_edits: int) -> "RunRecord":
        """The run with at most so many cuts, at least one: it begins at the oldest of these."""
        if len(self.edits) <= most_edits:
            return self
        return self._from_frames(self.keyframe_iterations >= self.edits[-most_edits])

    def thinned(self, most_bytes: int) -> "RunRecord":
        """The same run in about so many bytes: no trail, fewer costs, fewer keyframes; its end stays exact.

        Returns
        -------
        RunRecord
            May be larger all the same, where the parameters alone are.
        """
        light = self._with_light_curves(int(CURVES_SHARE * most_bytes))
        room = most_bytes - sum(curve.nbytes for curve in light.curves)
        return light.from_edit(max(1, room // light._frame_bytes // 2))._with_fewer_rows(room)

    @property
    def _frame_bytes(self) -> int:
        """What a keyframe takes, at most."""
        return self.parameters.nbytes + max(state.nbytes for state in (self.state, *self.states))

    def _with_light_curves(self, most_bytes: int) -> "RunRecord":
        """The same with its curves in as few points as were learnt, and the last curve alone if they are still many."""
        record = replace(
            self,
            config=_lightened(self.config),
            changes=tuple((iteration, _lightened(config)) for iteration, config in self.changes),
        )
        if sum(curve.nbytes for curve in record.curves) <= most_bytes:
            return record
        curves = [config.curve for _, config in record.changes]
        same = next((index for index, curve in enumerate(reversed(curves)) if curve != curves[-1]), len(curves))
        return record.shortened(same)

    def _with_fewer_rows(self, most_bytes: int) -> "RunRecord":
        costs = self.costs[_evenly(len(self.costs), THIN_COSTS)]
        test_costs = self.test_costs[np.isin(self.test_costs[:, 0], costs[:, 0])]
        room = most_bytes - costs.nbytes - test_costs.nbytes - self.parameters.nbytes - self.state.nbytes
        some = _evenly(len(self.keyframe_iterations), max(1, room // self._frame_bytes - 2))
        wanted = [self.safe_iteration, self.best[0], *self.edits]
        needed = np.searchsorted(self.keyframe_iterations, wanted, side="right") - 1
        frames = np.union1d(some, needed)
        return replace(
            self,
            costs=costs,
            test_costs=test_costs,
            trail=NO_TRAIL,
            keyframe_iterations=self.keyframe_iterations[frames],
            keyframes=self.keyframes[frames],
            states=self._states(frames),
        )


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """An array that nobody can write to: itself, or a copy."""
    return read_only(array) if array.flags.writeable else array


def target_since(changes: tuple[Entry, ...]) -> int:
    """The iteration from which on the present target was learnt: costs before it cannot be compared."""
    since, last = changes[-1]
    for iteration, config in reversed(changes):
        if any(getattr(config, name) != getattr(last, name) for name in TARGET_SETTINGS):
            break
        since = iteration
    return since


def best_of(costs: FloatArray, since: int) -> tuple[int, float] | None:
    """The (iteration, cost) row with the lowest cost after an iteration, or None where there is no row.

    The row of that iteration itself may be the cost of the target before.
    """
    rows = costs[costs[:, 0] > since]
    if not len(rows):
        return None
    iteration, cost = rows[int(np.argmin(rows[:, 1]))].tolist()
    return int(iteration), cost


def _lightened(config: TrainingConfig) -> TrainingConfig:
    """The settings with a curve of one's own in no more points than are learnt."""
    curve, points = config.curve, config.points
    if not isinstance(curve, Curve) or curve.t.size <= points:
        return config
    return replace(config, curve=curve.sampled(points))


def _are_finite(array: NDArray[Any]) -> bool:
    """Whether all are numbers, in little memory however many they are."""
    flat = array.reshape(-1)
    parts = (flat[start : start + AT_ONCE] for start in range(0, flat.size, AT_ONCE))
    return all(bool(np.isfinite(part).all()) for part in parts)


def _are_pairs(rows: NDArray[Any]) -> bool:
    return rows.ndim == 2 and rows.shape[1] == 2


def _are_among(iterations: NDArray[Any], others: NDArray[Any]) -> bool:
    """Whether each of some iterations is one of the others."""
    return bool(np.isin(iterations, others, assume_unique=True).all())


def _are_curves(trail: TrailCurves) -> bool:
    count, shape = len(trail.iterations), trail.curves.shape
    points = shape[2] if len(shape) == 3 else -1
    return trail.iterations.ndim == 1 and shape == (count, 2, points) and (points > 0 or count == 0)


def _from(changes: tuple[Entry, ...], iteration: int) -> tuple[Entry, ...]:
    """The settings in force at an iteration, and those that follow."""
    return changes[bisect_right(changes, iteration, key=lambda entry: entry[0]) - 1 :]


def _ascends(iterations: NDArray[np.int64] | FloatArray, last: int) -> bool:
    """Whether iterations are whole numbers that ascend from 0 on and end by the last one."""
    if not len(iterations):
        return True
    whole, rising = np.all(np.floor(iterations) == iterations), np.all(iterations[1:] > iterations[:-1])
    return bool(whole and rising and iterations[0] >= 0 and iterations[-1] <= last)


def _evenly(count: int, most: int) -> NDArray[np.intp]:
    """Indices of at most so many of ``count`` things, evenly spread, the first and the last among them."""
    if most == 1:
        return np.arange(min(count, 1))
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))


def taken_over(record: RunRecord, present: TrainingConfig) -> RunRecord:
    """The record with what is seen, and when it finishes, as it is set at present; its mathematics is its own.

    Parameters
    ----------
    record : RunRecord
    present : TrainingConfig
        The settings of the run whose place it takes.
    """
    config = without_display(record.config, like=present)
    return replace(record, config=config, goal=max(config.iterations, record.iteration))
