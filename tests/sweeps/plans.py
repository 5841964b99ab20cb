"""A small sweep and what must come of it."""

from dataclasses import replace
from functools import cache

from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepPlan, parsed_axis
from curvegui.core.sweep.task import TaskResult, run_task
from curvegui.sweeps.results import KeptSweep

BASE = TrainingConfig(hidden=(4,), points=20, iterations=300)
PLAN = SweepPlan(BASE, (parsed_axis("noise=0,0.5,1"),), seeds=3)
TASKS = tuple(PLAN.tasks())
ENDLESS = SweepPlan(replace(BASE, iterations=10**9), seeds=4)


@cache
def first_result():
    return run_task(TASKS[0])


def kept(plan, *backends):
    """A sweep whose first runs were computed with these."""
    results = {n: replace(first_result(), number=n, backend=each) for n, each in enumerate(backends)}
    return KeptSweep(plan, tuple(plan.tasks()), results, 0)


def never():
    return False


def without_time(result):
    assert isinstance(result, TaskResult), str(result)
    return replace(result, cpu_seconds=0)


def expected():
    """The results in this process."""
    return [without_time(run_task(task)) for task in TASKS]


def in_order(outcomes):
    """The same, whatever the order in which they came."""
    return sorted(map(without_time, outcomes), key=lambda result: result.number)
