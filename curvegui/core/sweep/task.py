"""One run of a sweep, from plain values to plain values: the work of a worker, who needs NumPy and ``core`` only."""

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import tr
from curvegui.core.learner.recording import KEYFRAME_EVERY, NO_TRAIL
from curvegui.core.network.network import initial_parameters, parameter_count
from curvegui.core.optimizers.stop_rules import StopWatch
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.as_json import config_of, plain_config
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.sweep.plan import SweepTask

MOST_PARAMETERS = 20_000  # that a result keeps, 400 KB as text; of larger networks it keeps the cost alone
COST_ROWS = 60  # of a run: what a small picture of it can show
LONGEST_NAME = 100  # of an engine
TIMED_CHUNK = 10  # iterations between two looks at the clock, where it may end the run
SELDOM = int(SETTINGS["trail_every"].high)  # nobody looks at the trail of a run of a sweep


@dataclass(frozen=True)
class TaskResult:
    """The result of one run; of a diverged run, at its last good iteration."""

    number: int
    cost: float
    best_cost: float  # the lowest recorded one, and when it was reached
    best_iteration: int
    test_cost: float | None  # at the points that it did not train on, where there are any
    diverged: bool
    iterations: int  # made
    cpu_seconds: float
    parameters: tuple[float, ...] = ()  # none where there are too many to keep
    costs: tuple[tuple[int, float], ...] = ()  # at some iterations, ascending
    backend: Backend = NUMPY

    def as_values(self) -> dict[str, Any]:
        values = asdict(self)
        backend: dict[str, Any] = values.pop("backend")
        return {**values, **backend}


def result_of(values: Mapping[str, Any]) -> TaskResult:
    """The result that `TaskResult.as_values` described; raises ``ValueError`` for other values."""
    try:
        result = TaskResult(
            number=_whole(values["number"]),
            cost=_number(values["cost"]),
            best_cost=_number(values["best_cost"]),
            best_iteration=_whole(values["best_iteration"]),
            test_cost=None if values["test_cost"] is None else _number(values["test_cost"]),
            diverged=values["diverged"] is True,
            iterations=_whole(values["iterations"]),
            cpu_seconds=_number(values["cpu_seconds"]),
            parameters=tuple(_number(value, low=-math.inf) for value in values["parameters"]),
            costs=tuple((_whole(iteration), _number(cost)) for iteration, cost in values["costs"]),
            backend=_backend(values),
        )
        if len(result.costs) > COST_ROWS or len(result.parameters) > MOST_PARAMETERS:
            raise ValueError
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(tr("This is not a result of a sweep.")) from error
    return result


def run_task(task: SweepTask, backend: Backend = NUMPY) -> TaskResult:
    """Carry out one run, until a stop rule ends it; another engine takes the place of a missing one."""
    before = time.thread_time()
    trainer = _trained(replace(task.config, trail_every=SELDOM), backend)
    snapshot, (best_iteration, best_cost) = trainer.snapshot(), trainer.best
    best_iteration, best_cost = min((best_cost, best_iteration), (snapshot.cost, snapshot.iteration))[::-1]
    last = len(trainer.costs.costs) - 1  # the history is even in log time, and so are some of its rows
    rows = sorted({round(row * last / (COST_ROWS - 1)) for row in range(COST_ROWS)})
    return TaskResult(
        number=task.number,
        cost=snapshot.cost,
        best_cost=best_cost,
        best_iteration=best_iteration,
        test_cost=snapshot.test_cost,
        diverged=snapshot.diverged,
        iterations=snapshot.iteration,
        cpu_seconds=time.thread_time() - before,
        parameters=tuple(snapshot.parameters.tolist()) if snapshot.parameters.size <= MOST_PARAMETERS else (),
        costs=tuple((trainer.costs.iterations[index], trainer.costs.costs[index]) for index in rows),
        backend=trainer.backend,
    )


def _trained(config: TrainingConfig, backend: Backend) -> Trainer:
    trainer, watch = Trainer(config, backend), StopWatch(config.stop_rules, 0, math.inf)
    chunk = TIMED_CHUNK if config.stop_seconds else config.iterations
    before = time.perf_counter()
    while trainer.iteration < config.iterations and not (trainer.diverged or watch.reason):
        trainer.advance(min(chunk, config.iterations - trainer.iteration), watch=watch)
        now = time.perf_counter()
        watch.spend(now - before)
        before = now
    return trainer


def task_text(task: SweepTask, backend: Backend = NUMPY) -> str:
    """A task and its backend, as a line of JSON for a worker."""
    values = {"number": task.number, "config": plain_config(task.config), **asdict(backend)}
    return json.dumps(values, allow_nan=False)


def run_text(text: str) -> str:
    """Carry out the task in a line from `task_text`; the result as JSON, or ``{"number", "failed"}`` with the
    reason."""
    values = json.loads(text)
    try:
        result = run_task(SweepTask(values["number"], {}, config_of(values["config"])), _backend(values))
        return json.dumps(result.as_values(), allow_nan=False, separators=(",", ":"))
    except MemoryError:
        reason = tr("There is not enough memory for this network.")
    except (ValueError, ArithmeticError) as error:
        reason = str(error) or type(error).__name__
    return json.dumps({"number": values["number"], "failed": reason})


def _backend(values: Mapping[str, Any]) -> Backend:
    """The backend in a task or a result; files and clients that name none know NumPy alone."""
    names = values.get("engine", NUMPY.engine), values.get("precision", NUMPY.precision)
    if not all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in names):
        raise ValueError
    return Backend(*names, _whole(values.get("version", NUMPY.version)))


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value


def _number(value: Any, low: float = 0.0) -> float:
    if type(value) not in {int, float} or not low <= value < math.inf:
        raise ValueError
    return float(value)


def belongs(result: TaskResult, task: SweepTask) -> bool:
    """Whether a result can be of this task."""
    count = parameter_count(task.config.sizes)
    return (
        result.number == task.number
        and len(result.parameters) in {0, count}
        and result.best_iteration <= result.iterations <= task.config.iterations
    )


LONGEST_SECONDS = 30.0  # that a run took: one that took longer is not made again
CHUNK = 1_000  # iterations between two looks at whether it should stop


def record_of(task: SweepTask, result: TaskResult, should_stop: Callable[[], bool]) -> RunRecord | None:
    """The run of a result, made again with the same engine for its timeline and trail; None if ``should_stop()``. If
    the run comes out differently, as without that engine, the record has the kept end and costs alone. Raises
    ``ValueError`` if no parameters were kept for this."""
    if result.cpu_seconds <= LONGEST_SECONDS:
        trainer = Trainer(task.config, result.backend)
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
        backends=() if result.backend == NUMPY else ((0, result.backend),),
    )
