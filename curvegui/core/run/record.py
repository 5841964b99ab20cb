"""A whole run as frozen values: what a file keeps of it, what a trainer goes on from, and the same in fewer bytes."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import Curve
from curvegui.core.engine.backend import Backend, Backends
from curvegui.core.engine.backend import Entry as Computed
from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import KEYFRAME_EVERY, NO_STATE, NO_TRAIL, TrailCurves, no_state
from curvegui.core.network.network import parameter_count
from curvegui.core.settings.config import TARGET_SETTINGS, TrainingConfig
from curvegui.core.settings.setting_changes import Entry, without_display

AT_ONCE = 1_000_000  # numbers that are checked together: it takes little memory


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A run at one iteration, and its way there; raises ``ValueError`` where the parts do not fit together."""

    config: TrainingConfig  # in force
    iteration: int  # how many updates have been made
    parameters: FloatArray  # shape (P,)
    goal: int  # the iteration at which the run finishes
    keyframe_iterations: NDArray[np.int64]  # shape (m,), m at least 1, ascending; a replay can begin at the first
    keyframes: FloatArray  # shape (m, P): the parameters at those iterations
    changes: tuple[Entry, ...]  # from which iteration on which settings held; the first not later than a keyframe
    costs: FloatArray  # shape (n, 2): (iteration, cost) rows, ascending
    trail: TrailCurves  # empty in a thinned record: its curves follow from the keyframes
    best: tuple[int, float]  # the iteration with the lowest cost since the target last changed, and that cost
    safe_iteration: int  # of the keyframe that the run is taken back to if it diverges
    keyframe_spacing: int = KEYFRAME_EVERY  # of `Keyframes`
    trail_spacing: int = 1  # of `Trail`
    cost_limit: float | None = None  # above it, the run counts as diverged; None where it is to be found anew
    diverged: bool = False
    test_costs: FloatArray = field(default_factory=lambda: np.empty((0, 2)))  # rows at iterations of ``costs``
    edits: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    """Iterations of keyframes whose parameters were edited by hand: those before do not lead to them."""
    backends: tuple[Computed, ...] = ()  # from which iteration on what computed it; before, the usual one
    state: FloatArray = field(default_factory=no_state)  # what the optimiser remembers: see ``optimizers``
    states: tuple[FloatArray, ...] = ()  # the same at each keyframe; empty where it remembered nothing at all of them

    def __post_init__(self) -> None:
        for name in ("parameters", "keyframe_iterations", "keyframes", "costs", "test_costs", "edits", "state"):
            object.__setattr__(self, name, _locked(getattr(self, name)))
        empty = (NO_STATE,) * len(self.keyframe_iterations)
        states = tuple(map(_locked, self.states)) if any(state.size for state in self.states) else empty
        object.__setattr__(self, "states", states)
        problem = next((words for holds, words in self._checks() if not holds), "")
        if problem:
            raise ValueError(tr("This is not a run: {problem}.", problem=problem))

    def _checks(self) -> Iterator[tuple[bool, str]]:
        """Pairs: whether a part of the record fits the other parts, and the problem in words where it does not."""
        count, frames = parameter_count(self.config.sizes), len(self.keyframe_iterations)
        layers = tr("its layers have {count:,} parameters, not {shape}", count=count, shape=self.parameters.shape)
        yield self.parameters.shape == (count,), layers
        yield self.keyframe_iterations.shape == (frames,) and frames > 0, tr("it has no keyframe")
        yield self.keyframes.shape == (frames, count), tr("its keyframes do not fit its layers")
        yield len(self.states) == frames, tr("what its optimiser remembers does not fit its keyframes")
        lists = all(each.ndim == 1 for each in (self.state, *self.states))
        yield lists, tr("what its optimiser remembers is no list")
        yield _are_pairs(self.costs), tr("its costs are not pairs")
        yield _are_pairs(self.test_costs), tr("its test costs are not pairs")
        times, curves = self.trail.iterations, self.trail.curves
        fit = times.ndim == 1 and curves.ndim == 3 and curves.shape[:2] == (len(times), 2)
        yield fit and (curves.shape[2] > 0 or not len(times)), tr("its trail does not consist of curves")
        yield self.edits.ndim == 1, tr("its cuts are not a list")
        yield bool(self.changes), tr("it has no settings")
        yield self.keyframe_spacing > 0 and self.trail_spacing > 0, tr("a spacing is not positive")
        noted, (_, present) = np.array([iteration for iteration, _ in self.changes]), self.changes[-1]
        computed = np.array([iteration for iteration, _ in self.backends])
        yield _ascends(self.keyframe_iterations, self.iteration), tr("its keyframes are out of order")
        yield _ascends(self.costs[:, 0], self.iteration), tr("its costs are out of order")
        yield _ascends(self.test_costs[:, 0], self.iteration), tr("its test costs are out of order")
        beside = _are_among(self.test_costs[:, 0], self.costs[:, 0])
        yield beside, tr("it has test costs where it has no costs")
        yield _ascends(self.trail.iterations, self.iteration), tr("its trail is out of order")
        yield _ascends(self.edits, self.iteration), tr("its cuts are out of order")
        yield _are_among(self.edits, self.keyframe_iterations), tr("it has cuts without keyframes")
        yield _ascends(noted, self.iteration), tr("its settings are out of order")
        yield _ascends(computed, self.iteration), tr("what computed it is out of order")
        yield bool(noted[0] <= self.keyframe_iterations[0]), tr("its first settings are missing")
        yield all(each.sizes == self.config.sizes for _, each in self.changes), tr("its layers change on the way")
        is_present = without_display(self.config, like=present) == present
        yield is_present, tr("its settings are not those it last changed to")
        is_inside = bool(self.keyframe_iterations[0] <= self.best[0] <= self.iteration)
        yield is_inside, tr("its best iteration is not in it")
        yield self.safe_iteration in self.keyframe_iterations, tr("its last keyframe is missing")
        yield _are_finite(self.parameters), tr("its parameters are not all numbers")
        yield _are_finite(self.keyframes), tr("its keyframes are not all numbers")
        yield all(map(_are_finite, (self.state, *self.states))), tr("its optimiser does not remember numbers")
        yield _are_finite(self.costs), tr("its costs are not all numbers")
        yield _are_finite(self.test_costs), tr("its test costs are not all numbers")
        yield bool((self.test_costs[:, 1] >= 0).all()), tr("a test cost is below zero")
        yield bool((self.costs[:, 1] >= 0).all() and self.best[1] >= 0), tr("a cost is below zero")
        yield _are_finite(self.trail.curves), tr("its trail is not all numbers")
        yield self.cost_limit is None or self.cost_limit > 0, tr("its cost limit is not positive")

    @property
    def curves(self) -> tuple[Curve, ...]:
        """A person's own curves that the run was trained on, each once, in order."""
        configs = (*(config for _, config in self.changes), self.config)
        return tuple(dict.fromkeys(config.curve for config in configs if isinstance(config.curve, Curve)))

    @property
    def is_only_its_end(self) -> bool:
        return self.iteration > 0 and self.keyframe_iterations.tolist() == [self.iteration]

    @property
    def last_backend(self) -> Backend | None:
        """The backend that computed the last update; None where that is unknown, as in old lines of text."""
        if self.is_only_its_end and not self.backends:
            return None
        return Backends(self.backends).behind(self.iteration)

    def until(self, snapshot: Snapshot) -> "RunRecord":
        """The run as it was at the earlier iteration of a snapshot."""
        iteration, since = snapshot.iteration, target_since(self.changes)
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
            parameters=snapshot.parameters,
            goal=max(self.goal, iteration),
            keyframe_iterations=self.keyframe_iterations[:frames],
            keyframes=self.keyframes[:frames],
            state=snapshot.state,
            states=self.states[:frames],
            changes=changes,
            costs=costs,
            test_costs=self.test_costs[self.test_costs[:, 0] <= iteration],
            trail=TrailCurves(self.trail.iterations[curves], self.trail.curves[curves]),
            best=best or (iteration, snapshot.cost),
            safe_iteration=int(self.keyframe_iterations[frames - 1]),
            cost_limit=None,
            diverged=False,
            edits=self.edits[self.edits <= iteration],
            backends=tuple(entry for entry in self.backends if entry[0] < iteration),
        )

    def stands_like(self, other: "RunRecord") -> bool:
        """Whether another run would go on in the same way: the same network, settings and iteration."""
        alike = self.config == other.config and (self.iteration, self.goal) == (other.iteration, other.goal)
        mine, others = (np.concatenate([each.parameters, each.state]) for each in (self, other))
        return alike and np.array_equal(mine, others)

    def displayed_like(self, present: TrainingConfig) -> "RunRecord":
        """The run with its display, and the iteration at which it finishes, as in the settings of the present run."""
        config = without_display(self.config, like=present)
        return replace(self, config=config, goal=max(config.iterations, self.iteration))


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """The array itself where nobody can write to it, else a copy that nobody can write to."""
    return read_only(array) if array.flags.writeable else array


def target_since(changes: tuple[Entry, ...]) -> int:
    """The iteration from which on the present target was in force; earlier costs cannot be compared."""
    since, last = changes[-1]
    for iteration, config in reversed(changes):
        if config.differs(last, TARGET_SETTINGS):
            break
        since = iteration
    return since


def best_of(costs: FloatArray, since: int) -> tuple[int, float] | None:
    """The (iteration, cost) row with the lowest cost after an iteration, or None where there is no row."""
    rows = costs[costs[:, 0] > since]
    if not len(rows):
        return None
    iteration, cost = rows[int(np.argmin(rows[:, 1]))].tolist()
    return int(iteration), cost


def _are_finite(array: NDArray[Any]) -> bool:
    """Whether all numbers are finite, checked in little memory however many there are."""
    flat = array.reshape(-1)
    parts = (flat[start : start + AT_ONCE] for start in range(0, flat.size, AT_ONCE))
    return all(bool(np.isfinite(part).all()) for part in parts)


def _are_pairs(rows: NDArray[Any]) -> bool:
    return rows.ndim == 2 and rows.shape[1] == 2


def _are_among(iterations: NDArray[Any], others: NDArray[Any]) -> bool:
    return bool(np.isin(iterations, others, assume_unique=True).all())


def _ascends(iterations: NDArray[np.int64] | FloatArray, last: int) -> bool:
    """Whether iterations are whole numbers that ascend from 0 or later to ``last`` or earlier."""
    if not len(iterations):
        return True
    whole, rising = np.all(np.floor(iterations) == iterations), np.all(iterations[1:] > iterations[:-1])
    return bool(whole and rising and iterations[0] >= 0 and iterations[-1] <= last)


CURVES_SHARE = 0.5  # of a thinned record: the rest is needed for keyframes, from which iterations are computed anew
THIN_COSTS = 600  # rows, in a thinned record: more than a timeline has pixels to tell apart


def shortened(record: RunRecord, most_changes: int) -> RunRecord:
    """The run from the first keyframe on after which its settings changed at most so often, or its end alone."""
    if len(record.changes) <= most_changes:
        return record
    return _from_frames(record, record.keyframe_iterations >= record.changes[-most_changes][0])


def from_edit(record: RunRecord, most_edits: int) -> RunRecord:
    """The run from the edit on after which its parameters were edited at most ``most_edits`` times, at least once."""
    if len(record.edits) <= most_edits:
        return record
    return _from_frames(record, record.keyframe_iterations >= record.edits[-most_edits])


def thinned(record: RunRecord, most_bytes: int) -> RunRecord:
    """The run in about ``most_bytes``, without a trail; larger where the parameters alone are."""
    light = _with_light_curves(record, int(CURVES_SHARE * most_bytes))
    left = most_bytes - sum(curve.nbytes for curve in light.curves)
    return _with_fewer_rows(from_edit(light, max(1, left // _frame_bytes(light) // 2)), left)


def _from_frames(record: RunRecord, chosen: NDArray[np.bool_]) -> RunRecord:
    """The run from the first of the chosen keyframes on, or its end alone where none is chosen."""
    frames = np.flatnonzero(chosen)
    iterations, keyframes = record.keyframe_iterations[frames], record.keyframes[frames]
    states = tuple(record.states[index] for index in frames)
    if not len(frames):
        iterations, keyframes = np.array([record.iteration]), record.parameters[np.newaxis]
        states = (record.state,)
    first = int(iterations[0])
    since = max(target_since(record.changes), first)
    found = best_of(record.costs, since) or (record.iteration, record.best[1])
    return replace(
        record,
        changes=record.changes[bisect_right(record.changes, first, key=lambda entry: entry[0]) - 1 :],
        keyframe_iterations=iterations,
        keyframes=keyframes,
        states=states,
        best=record.best if record.best[0] >= first else found,
        safe_iteration=max(record.safe_iteration, first),
        edits=record.edits[record.edits >= first],
    )


def _frame_bytes(record: RunRecord) -> int:
    """How many bytes a keyframe takes, at most."""
    return record.parameters.nbytes + max(state.nbytes for state in (record.state, *record.states))


def _with_light_curves(record: RunRecord, most_bytes: int) -> RunRecord:
    """The run with its curves in no more points than are trained on; with the last curve alone if all are too much."""
    record = replace(
        record,
        config=_lightened(record.config),
        changes=tuple((iteration, _lightened(config)) for iteration, config in record.changes),
    )
    if sum(curve.nbytes for curve in record.curves) <= most_bytes:
        return record
    curves = [config.curve for _, config in record.changes]
    same = next((index for index, curve in enumerate(reversed(curves)) if curve != curves[-1]), len(curves))
    return shortened(record, same)


def _lightened(config: TrainingConfig) -> TrainingConfig:
    curve, points = config.curve, config.points
    if not isinstance(curve, Curve) or curve.t.size <= points:
        return config
    return replace(config, curve=curve.sampled(points))


def _with_fewer_rows(record: RunRecord, most_bytes: int) -> RunRecord:
    costs = record.costs[_evenly(len(record.costs), THIN_COSTS)]
    test_costs = record.test_costs[np.isin(record.test_costs[:, 0], costs[:, 0])]
    left = most_bytes - costs.nbytes - test_costs.nbytes - record.parameters.nbytes - record.state.nbytes
    some = _evenly(len(record.keyframe_iterations), max(1, left // _frame_bytes(record) - 2))
    wanted = [record.safe_iteration, record.best[0], *record.edits]
    needed = np.searchsorted(record.keyframe_iterations, wanted, side="right") - 1
    frames = np.union1d(some, needed)
    return replace(
        record,
        costs=costs,
        test_costs=test_costs,
        trail=NO_TRAIL,
        keyframe_iterations=record.keyframe_iterations[frames],
        keyframes=record.keyframes[frames],
        states=tuple(record.states[index] for index in frames),
    )


def _evenly(count: int, most: int) -> NDArray[np.intp]:
    """Indices of at most ``most`` of ``count`` things, evenly spread, the first and the last among them."""
    if most == 1:
        return np.arange(min(count, 1))
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))
