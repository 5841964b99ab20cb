"""One run of a sweep: the same as a trainer's, as plain values, and what is said where there is none."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep import task as sweep_task
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import COST_ROWS, belongs, result_of, run_task, run_text, task_text
from tests.core.runs import BACKENDS, C, cases
from tests.core.sweeps import SMALL, plans
from tests.session.engines import without_c

RUNAWAY = TrainingConfig(
    output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20, iterations=500
)


def task_of(config):
    return SweepTask(0, {"seed": config.seed}, config)


@pytest.mark.slow
def test_it_is_the_run_that_a_trainer_makes():
    config = replace(SMALL, iterations=2_345, train_one_in=2)
    trainer = Trainer(config)
    trainer.advance(2_345)
    snapshot, result = trainer.snapshot(), run_task(task_of(config))
    assert (result.cost, result.test_cost, result.iterations) == (snapshot.cost, snapshot.test_cost, 2_345)
    assert np.array_equal(result.parameters, snapshot.parameters)
    assert result.best_cost == min(trainer.best[1], snapshot.cost)
    assert result.costs[0] == (0, trainer.costs.costs[0])
    assert result.costs[-1] == (trainer.costs.iterations[-1], trainer.costs.costs[-1])
    assert len(result.costs) == COST_ROWS
    assert not result.diverged
    assert result.cpu_seconds > 0


@pytest.mark.slow
@pytest.mark.parametrize("backend", cases(BACKENDS))
def test_it_is_the_run_that_a_trainer_makes_that_computes_with_the_same(backend):
    config = replace(SMALL, iterations=1_234, optimizer="momentum", aggression=0.1)
    result = result_of(json.loads(run_text(task_text(task_of(config), backend))))
    trainer = Trainer(config, backend)
    trainer.advance(1_234)
    assert np.array_equal(result.parameters, trainer.snapshot().parameters)
    assert result.backend == trainer.backend == backend
    assert result_of(json.loads(json.dumps(result.as_values()))) == result


def test_a_worker_that_lacks_the_engine_computes_with_numpy_and_says_so(monkeypatch):
    without_c(monkeypatch)
    result = result_of(json.loads(run_text(task_text(task_of(SMALL), replace(C, precision="single")))))
    assert result.backend == Backend(precision="single")
    assert result_of(json.loads(run_text(task_text(task_of(SMALL), Backend("quantum"))))).backend == NUMPY


def test_results_and_tasks_that_do_not_say_what_computes_them_are_numpys():
    def ablated(values):
        return {name: value for name, value in values.items() if name not in {"engine", "precision", "version"}}

    assert result_of(ablated(GOOD)) == GOOD_RESULT
    task = ablated(json.loads(task_text(task_of(SMALL), C)))
    assert result_of(json.loads(run_text(json.dumps(task)))).backend == NUMPY


def test_a_run_whose_numbers_run_away():
    result = run_task(task_of(RUNAWAY))
    assert result.diverged
    assert result.iterations < 500
    assert result_of(json.loads(json.dumps(result.as_values(), allow_nan=False))) == result


def test_a_large_network_keeps_its_cost_alone(monkeypatch):
    monkeypatch.setattr(sweep_task, "MOST_PARAMETERS", 5)
    result = run_task(task_of(SMALL))
    assert result.parameters == ()
    assert belongs(result, task_of(SMALL))


@settings(max_examples=10)
@given(plans())
def test_a_worker_answers_what_the_task_gives(plan):
    first, *_, last = 2 * [*plan.tasks()]
    for task in (first, last):
        result = result_of(json.loads(run_text(task_text(task))))
        assert replace(result, cpu_seconds=0) == replace(run_task(task), cpu_seconds=0)
        assert belongs(result, task)


@pytest.mark.parametrize(
    ("error", "words"),
    [(MemoryError(), "not enough memory"), (ValueError("No."), "No."), (OverflowError(), "OverflowError")],
)
def test_a_worker_says_why_there_is_no_result(monkeypatch, error, words):
    def fail(*_):
        raise error

    monkeypatch.setattr(sweep_task, "run_task", fail)
    answer = json.loads(run_text(task_text(task_of(SMALL))))
    assert answer["number"] == 0
    assert words in answer["failed"]


GOOD_RESULT = run_task(task_of(SMALL))
GOOD = GOOD_RESULT.as_values()


@pytest.mark.parametrize(
    "change",
    [
        {"number": -1},
        {"number": 1.5},
        {"cost": None},
        {"cost": -1.0},
        {"cost": float("nan")},
        {"cost": float("inf")},
        {"cost": True},
        {"test_cost": "much"},
        {"parameters": [None]},
        {"parameters": 3},
        {"parameters": [0.5] * 20_001},
        {"costs": [[0]]},
        {"costs": [[0, 1.0]] * 61},
        {"engine": 1},
        {"precision": None},
        {"engine": "x" * 101},
    ],
)
def test_what_is_not_a_result_is_refused(change):
    with pytest.raises(ValueError, match="not a result"):
        result_of(GOOD | change)


def test_a_worker_needs_numpy_alone():
    ask = (
        "import sys, curvegui.core.sweep.task;"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'PIL', 'pyqtgraph', 'curvegui.files'))])"
    )
    assert subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout == "[]\n"
