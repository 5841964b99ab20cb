"""A run of a sweep as an ordinary run: made again where that is possible, else what was kept of it."""

from collections.abc import Callable

import numpy as np

from curvegui.core.engine.arithmetic import USUAL
from curvegui.core.language.text import tr
from curvegui.core.learner.keyframes import KEYFRAME_EVERY
from curvegui.core.learner.recording import NO_TRAIL
from curvegui.core.network.network import initial_parameters
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import TaskResult

LONGEST_SECONDS = 30.0  # that a run took: one that took longer is not made again
CHUNK = 1_000  # iterations between two looks at whether it should stop


def record_of(task: SweepTask, result: TaskResult, should_stop: Callable[[], bool]) -> RunRecord | None:
    """The run that a result belongs to; None where ``should_stop``, which is asked now and then, says so.

    It is made again with what computed it; that gives its timeline and its trail. Where that engine is missing, or with
    NumPy on another kind of processor, the same settings lead elsewhere: then the record has
    what was kept, its end and some of its costs. Raises ``ValueError`` if the run cannot be made again and its
    parameters were not kept.
    """
    if result.cpu_seconds <= LONGEST_SECONDS:
        trainer = Trainer(task.config, result.arithmetic)
        end = task.config.iterations if result.diverged else result.iterations
        while trainer.iteration < end and not trainer.diverged:
            if should_stop():
                return None
            trainer.advance(min(CHUNK, end - trainer.iteration))
        if not result.parameters or np.array_equal(trainer.parameters, result.parameters):
            return trainer.record(task.config.iterations)
    return kept_record(task, result)


def kept_record(task: SweepTask, result: TaskResult) -> RunRecord:
    """The run as far as it was kept: its end, its beginning, and some of its costs."""
    if not result.parameters:
        raise ValueError(tr("Of this run, the costs alone were kept: its network is too large."))
    config, end = task.config, result.iterations
    frames = {0: initial_parameters(config.sizes, config.seed)} | {end: np.array(result.parameters)}
    costs = [row for row in result.costs if row[0] <= end]
    return RunRecord(
        config=config,
        iteration=end,
        parameters=np.array(result.parameters),
        goal=config.iterations,
        keyframe_iterations=np.array(list(frames), np.int64),
        keyframes=np.stack(list(frames.values())),
        changes=((0, config),),
        costs=np.array(costs, np.float64).reshape(-1, 2),
        trail=NO_TRAIL,  # the trainer draws it anew
        best=(result.best_iteration, result.best_cost),
        safe_iteration=end,
        keyframe_spacing=KEYFRAME_EVERY,
        diverged=result.diverged,
        arithmetics=() if result.arithmetic == USUAL else ((0, result.arithmetic),),
    )
