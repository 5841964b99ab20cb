"""A run in less room: from a later iteration on, or with fewer curves, costs and keyframes; its end stays exact."""

from bisect import bisect_right
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from curvegui.core.curve.curve import Curve
from curvegui.core.learner.recording import NO_TRAIL
from curvegui.core.run.record import RunRecord, best_of, target_since
from curvegui.core.settings.config import TrainingConfig

CURVES_SHARE = 0.5  # of a thinned record: the rest is needed for keyframes, from which iterations are computed anew
THIN_COSTS = 600  # rows, in a thinned record: more than a timeline has pixels to tell apart


def shortened(record: RunRecord, most_changes: int) -> RunRecord:
    """The run from the first keyframe after which its settings changed at most so often.

    Where there is no such keyframe, the present parameters become one. The best iteration is looked for among those
    that are left.
    """
    if len(record.changes) <= most_changes:
        return record
    return _from_frames(record, record.keyframe_iterations >= record.changes[-most_changes][0])


def from_edit(record: RunRecord, most_edits: int) -> RunRecord:
    """The run with at most ``most_edits`` edits, at least one, of its parameters: it begins at the oldest of these."""
    if len(record.edits) <= most_edits:
        return record
    return _from_frames(record, record.keyframe_iterations >= record.edits[-most_edits])


def thinned(record: RunRecord, most_bytes: int) -> RunRecord:
    """The run in about ``most_bytes``, without a trail; it may be larger where the parameters alone are."""
    light = _with_light_curves(record, int(CURVES_SHARE * most_bytes))
    room = most_bytes - sum(curve.nbytes for curve in light.curves)
    return _with_fewer_rows(from_edit(light, max(1, room // _frame_bytes(light) // 2)), room)


def _from_frames(record: RunRecord, chosen: NDArray[np.bool_]) -> RunRecord:
    """The run from the first of the chosen keyframes on, or from its end where none is chosen."""
    frames = np.flatnonzero(chosen)
    iterations, keyframes, states = (
        record.keyframe_iterations[frames],
        record.keyframes[frames],
        _states(record, frames),
    )
    if not len(iterations):
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


def _states(record: RunRecord, frames: NDArray[np.intp]) -> tuple[NDArray[np.float64], ...]:
    """What the optimiser remembered at some keyframes."""
    return tuple(record.states[index] for index in frames)


def _frame_bytes(record: RunRecord) -> int:
    """What a keyframe takes, at most."""
    return record.parameters.nbytes + max(state.nbytes for state in (record.state, *record.states))


def _with_light_curves(record: RunRecord, most_bytes: int) -> RunRecord:
    """The run with its curves in no more points than are trained on; the last curve alone if that is too much."""
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
    room = most_bytes - costs.nbytes - test_costs.nbytes - record.parameters.nbytes - record.state.nbytes
    some = _evenly(len(record.keyframe_iterations), max(1, room // _frame_bytes(record) - 2))
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
        states=_states(record, frames),
    )


def _evenly(count: int, most: int) -> NDArray[np.intp]:
    """Indices of at most ``most`` of ``count`` things, evenly spread, the first and the last among them."""
    if most == 1:
        return np.arange(min(count, 1))
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))
