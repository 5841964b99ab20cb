"""What is noted of a run as it goes: its trail, its costs, its settings, its keyframes; all of it bounded."""

from math import isfinite
from typing import Any, Self

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.arithmetic import Arithmetics
from curvegui.core.learner.keyframes import Keyframe, Keyframes
from curvegui.core.learner.learner import Evaluation
from curvegui.core.learner.recording import CostHistory, Trail, thin_points
from curvegui.core.run.record import RunRecord, best_of, target_since
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting_changes import SettingChanges


class Notes:
    """The notes of one run; what is taken back is forgotten in all of them.

    Parameters
    ----------
    config : TrainingConfig
    start : Keyframe
        Where the run begins.
    evaluation : Evaluation
        What the network draws there.

    Attributes
    ----------
    trail : Trail
    costs : CostHistory
    test_costs : CostHistory
        At the same iterations, where there are points that the network does not train on.
    changes : SettingChanges
        The settings along the run.
    arithmetics : Arithmetics
        What computed it.
    keyframes : Keyframes
    last : Keyframe
        The newest one, whether or not it is kept: where a run that diverges is taken back to.
    best : (int, float)
        The iteration with the lowest recorded cost since the target last changed, and that cost.
    """

    def __init__(self, config: TrainingConfig, start: Keyframe, evaluation: Evaluation) -> None:
        self.trail, self.costs, self.test_costs = Trail(), CostHistory(), CostHistory()
        self.changes, self.arithmetics = SettingChanges([(start.iteration, config)]), Arithmetics()
        self.keyframes = Keyframes()
        self.add_keyframe(start)
        self.set_best(start, evaluation.cost)
        self.add_costs(start.iteration, evaluation)
        self.trail.add(start.iteration, thin_points(evaluation.fit))

    @classmethod
    def of(cls, record: RunRecord) -> Self:
        """The notes that a record was made of, to be gone on with."""
        log = cls.__new__(cls)
        rows = zip(record.keyframe_iterations.tolist(), record.keyframes, record.states, strict=True)
        frames = [Keyframe(*row) for row in rows]
        log.trail = Trail.of(record.trail, record.trail_spacing)
        log.costs, log.test_costs = CostHistory.of(record.costs), CostHistory.of(record.test_costs)
        log.changes, log.keyframes = (
            SettingChanges(record.changes),
            Keyframes.of(frames, record.keyframe_spacing, record.edits.tolist()),
        )
        log.arithmetics = Arithmetics(record.arithmetics)
        log.last, log.best = log.keyframes.before(record.safe_iteration), record.best
        log._lowest = log.keyframes.before(record.best[0])
        return log

    def record(self, **state: Any) -> RunRecord:
        """What has been noted as a record; the rest of it, the state of the run, is given."""
        kept = {frame.iteration: frame for frame in (*self.keyframes.all(), self._lowest, self.last)}
        iterations = sorted(kept)
        return RunRecord(
            **state,
            keyframe_iterations=np.array(iterations, np.int64),
            keyframes=np.stack([kept[iteration].parameters for iteration in iterations]),
            states=tuple(kept[iteration].state for iteration in iterations),
            changes=self.changes.all(),
            arithmetics=self.arithmetics.all(),
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
        """Note the cost, and the test cost where there is one that is a number."""
        self.costs.add(iteration, evaluation.cost)
        if evaluation.test_cost is not None and isfinite(evaluation.test_cost):
            self.test_costs.add(iteration, evaluation.test_cost)

    def add_keyframe(self, frame: Keyframe) -> None:
        """Note the run as it stands."""
        self.last = frame
        self.keyframes.add(frame)

    def mark_edit(self, now: Keyframe, evaluation: Evaluation) -> None:
        """Note that the parameters were set by hand at the latest iteration; the costs there are those after it."""
        self.costs.forget_after(now.iteration - 1)
        self.test_costs.forget_after(now.iteration - 1)
        if isfinite(evaluation.cost):
            self.add_costs(now.iteration, evaluation)
        self.last = now
        self.keyframes.mark_edit(now)

    def set_best(self, frame: Keyframe, cost: float) -> None:
        """Note which iteration is the best, from now on."""
        self._lowest, self.best = frame, (frame.iteration, cost)

    def keyframe_before(self, iteration: int) -> Keyframe:
        """The latest keyframe that is not later than an iteration: see `replay.Recorded`."""
        frames = [frame for frame in (self._lowest, self.last) if frame.iteration <= iteration]
        return max((self.keyframes.before(iteration), *frames), key=lambda frame: frame.iteration)

    def forget_after(self, iteration: int) -> None:
        """Drop what was noted at later iterations: it has been taken back."""
        for notes in (self.trail, self.costs, self.test_costs, self.keyframes, self.changes, self.arithmetics):
            notes.forget_after(iteration)

    def comparable_costs(self, now: int, cost: float) -> FloatArray:
        """The (iteration, cost) rows of the present target, and the cost as it is now; shape (m, 2).

        They begin where parameters were last set by hand: the costs before are those of another network. The row of
        the iteration at which the target changed may be of the one before.
        """
        mark_edit = self.keyframes.last_edit
        rows = self.costs.since(max(target_since(self.changes.all()), -1 if mark_edit is None else mark_edit - 1))
        return rows if len(rows) and rows[-1, 0] >= now else np.vstack([rows, [now, cost]])

    def judge_anew(self, now: Keyframe, cost: float) -> None:
        """Look for the best iteration among those that are left, or that the present target has seen."""
        first = self.keyframes.first
        found = best_of(self.costs.since(-1), max(first, target_since(self.changes.all())))
        if found is not None and found[1] <= cost:
            self._lowest, self.best = self.keyframes.before(found[0]), found
        else:
            self.set_best(now, cost)
