"""What is noted of a run on its way: its trail, costs, settings and keyframes; all of it bounded."""

from math import isfinite
from typing import Any, NamedTuple, Self

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.backend import Backends
from curvegui.core.engine.loop import Checkpoint
from curvegui.core.learner.learner import Evaluation
from curvegui.core.learner.recording import (
    KEYFRAME_EVERY,
    CostHistory,
    Keyframe,
    Keyframes,
    Trail,
    cost_stride,
    thin_points,
)
from curvegui.core.run.record import RunRecord, best_of, target_since
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting_changes import SettingChanges


class Due(NamedTuple):
    """Whether a cost, a curve of the trail and a keyframe are to be noted at an iteration."""

    cost: bool
    trail: bool
    keyframe: bool


class Notes:
    """The notes of one run. ``test_costs`` are at iterations of ``costs``, where there are points not trained on.

    ``last`` is the newest keyframe, kept or not, to which a run that diverges is taken back. ``best`` is the iteration
    with the lowest noted cost since the target last changed, and that cost.
    """

    def __init__(self, config: TrainingConfig, start: Keyframe, evaluation: Evaluation) -> None:
        self.trail, self.costs, self.test_costs = Trail(), CostHistory(), CostHistory()
        self.changes, self.backends = SettingChanges([(start.iteration, config)]), Backends()
        self.keyframes = Keyframes()
        self.add_keyframe(start)
        self.set_best(start, evaluation.cost)
        self.add_costs(start.iteration, evaluation)
        self.trail.add(start.iteration, thin_points(evaluation.fit))

    @classmethod
    def of(cls, record: RunRecord) -> Self:
        """The notes in a record, with which the recorded run can go on."""
        notes = cls.__new__(cls)
        rows = zip(record.keyframe_iterations.tolist(), record.keyframes, record.states, strict=True)
        frames = [Keyframe(*row) for row in rows]
        notes.trail = Trail.of(record.trail, record.trail_spacing)
        notes.costs, notes.test_costs = CostHistory.of(record.costs), CostHistory.of(record.test_costs)
        notes.changes = SettingChanges(record.changes)
        notes.keyframes = Keyframes.of(frames, record.keyframe_spacing, record.edits.tolist())
        notes.backends = Backends(record.backends)
        notes.last, notes.best = notes.keyframes.before(record.safe_iteration), record.best
        notes._lowest = notes.keyframes.before(record.best[0])
        return notes

    def record(self, **state: Any) -> RunRecord:
        """The notes as a record; ``state`` has the other fields of the record, as the run stands."""
        frames = {frame.iteration: frame for frame in (*self.keyframes.all(), self._lowest, self.last)}
        iterations = sorted(frames)
        return RunRecord(
            **state,
            keyframe_iterations=np.array(iterations, np.int64),
            keyframes=np.stack([frames[iteration].parameters for iteration in iterations]),
            states=tuple(frames[iteration].state for iteration in iterations),
            changes=self.changes.all(),
            backends=self.backends.all(),
            costs=self.costs.since(-1),
            test_costs=self.test_costs.since(-1),
            trail=self.trail.since(-1),
            best=self.best,
            safe_iteration=self.last.iteration,
            keyframe_spacing=self.keyframes.spacing,
            trail_spacing=self.trail.spacing,
            edits=np.array(self.keyframes.edits(), np.int64),
        )

    def add_costs(self, iteration: int, evaluation: Evaluation) -> None:
        """Note the cost, and the test cost if it is finite."""
        self.costs.add(iteration, evaluation.cost)
        if evaluation.test_cost is not None and isfinite(evaluation.test_cost):
            self.test_costs.add(iteration, evaluation.test_cost)

    def due_at(self, iteration: int, trail_every: int) -> Due:
        """The notes due at an iteration; the trail gets a curve every ``trail_every``, or fewer after thinning."""
        every = self._intervals(iteration, trail_every)
        return Due(*(iteration % interval == 0 for interval in every))

    def all_due(self, iteration: int, goal: int, trail_every: int, most: int) -> list[int]:
        """The iterations after this one, up to a goal, at which a note is due: about ``most`` of them at most."""
        intervals = self._intervals(iteration + 1, trail_every)
        last = min(goal, iteration + most * min(intervals)) + 1
        return sorted({end for every in intervals for end in range((iteration // every + 1) * every, last, every)})

    def _intervals(self, iteration: int, trail_every: int) -> tuple[int, int, int]:
        return cost_stride(iteration), trail_every * self.trail.spacing, KEYFRAME_EVERY

    def note(self, iteration: int, stage: Checkpoint, test_cost: float | None, due: Due) -> None:
        if due.cost:
            self.add_costs(iteration, Evaluation(stage.curve, stage.cost, test_cost))
        if due.trail:
            self.trail.add(iteration, thin_points(stage.curve))
        if due.keyframe:
            self.add_keyframe(_frame_of(iteration, stage))
        if stage.cost < self.best[1] and (due.cost or due.keyframe):
            self.set_best(self.last if due.keyframe else _frame_of(iteration, stage), stage.cost)

    def add_keyframe(self, frame: Keyframe) -> None:
        self.last = frame
        self.keyframes.add(frame)

    def mark_edit(self, now: Keyframe, evaluation: Evaluation) -> None:
        """Note an edit of parameters by hand at the latest iteration, whose costs are those after the edit."""
        self.costs.forget_after(now.iteration - 1)
        self.test_costs.forget_after(now.iteration - 1)
        if isfinite(evaluation.cost):
            self.add_costs(now.iteration, evaluation)
        self.last = now
        self.keyframes.mark_edit(now)

    def set_best(self, frame: Keyframe, cost: float) -> None:
        self._lowest, self.best = frame, (frame.iteration, cost)

    def keyframe_before(self, iteration: int) -> Keyframe:
        """The latest keyframe up to an iteration: see `replay.Recorded`."""
        frames = [frame for frame in (self._lowest, self.last) if frame.iteration <= iteration]
        return max((self.keyframes.before(iteration), *frames), key=lambda frame: frame.iteration)

    def forget_after(self, iteration: int) -> None:
        """Drop the notes at later iterations: the run has been taken back."""
        for notes in (self.trail, self.costs, self.test_costs, self.keyframes, self.changes, self.backends):
            notes.forget_after(iteration)

    def comparable_costs(self, now: int, cost: float) -> FloatArray:
        """The (iteration, cost) rows since the target changed or parameters were edited, and the cost now."""
        edit = self.keyframes.last_edit
        rows = self.costs.since(max(target_since(self.changes.all()), -1 if edit is None else edit - 1))
        return rows if len(rows) and rows[-1, 0] >= now else np.vstack([rows, [now, cost]])

    def judge_anew(self, now: Keyframe, cost: float) -> None:
        """Find the best of the iterations noted since the target last changed."""
        first = self.keyframes.first
        found = best_of(self.costs.since(-1), max(first, target_since(self.changes.all())))
        if found is not None and found[1] <= cost:
            self._lowest, self.best = self.keyframes.before(found[0]), found
        else:
            self.set_best(now, cost)


def _frame_of(iteration: int, stage: Checkpoint) -> Keyframe:
    return Keyframe(iteration, read_only(stage.parameters), read_only(stage.state))
