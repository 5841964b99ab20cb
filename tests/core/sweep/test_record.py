"""A run of a sweep taken up: the very run where it can be made again, else its end as it was kept."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import kept_record, record_of, run_task
from tests.core.runs import BACKENDS, C, cases
from tests.core.sweeps import SMALL
from tests.session.engines import without_c

LONGER = replace(SMALL, iterations=2_345)
RUNAWAY = TrainingConfig(
    output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20, iterations=500
)


def task_of(config):
    return SweepTask(0, {"seed": config.seed}, config)


def never():
    return False


@pytest.mark.slow
@pytest.mark.parametrize("config", [LONGER, RUNAWAY, replace(SMALL, iterations=1)])
def test_the_run_is_made_again_with_its_whole_way(config):
    result = run_task(task_of(config))
    record, trainer = record_of(task_of(config), result, never), Trainer(config)
    trainer.advance(config.iterations)
    assert np.array_equal(record.parameters, trainer.parameters)
    assert len(record.costs) == len(trainer.costs.costs)
    assert (record.goal, record.diverged) == (config.iterations, result.diverged)


@pytest.mark.slow
@pytest.mark.parametrize("backend", cases(BACKENDS))
def test_it_is_made_again_with_what_computed_it(backend):
    result = run_task(task_of(LONGER), backend)
    record = record_of(task_of(LONGER), result, never)
    assert np.array_equal(record.parameters, result.parameters)
    assert len(record.keyframes) > 20
    assert {computed for _, computed in record.backends} <= {backend}
    assert Trainer.going_on(record).backend == backend
    assert Trainer.going_on(kept_record(task_of(LONGER), result)).backend == backend


@pytest.mark.slow
def test_where_what_computed_it_is_not_here_its_end_is_as_it_was_kept(monkeypatch):
    result = replace(run_task(task_of(LONGER)), backend=C)
    other = replace(result, parameters=tuple(value + 1e-9 for value in result.parameters))
    without_c(monkeypatch)
    record = record_of(task_of(LONGER), other, never)
    assert np.array_equal(record.parameters, other.parameters)
    assert record.backends == ((0, C),)
    assert record_of(task_of(LONGER), result, never).backends == ()  # it came out the same


@pytest.mark.parametrize("config", [LONGER, RUNAWAY])
def test_where_it_would_come_out_otherwise_its_end_is_as_it_was_kept(config):
    result = run_task(task_of(config))
    other = replace(result, parameters=tuple(value + 1e-9 for value in result.parameters))
    record = record_of(task_of(config), other, never)
    assert np.array_equal(record.parameters, other.parameters)
    going_on = Trainer.going_on(record)
    assert going_on.iteration == result.iterations
    assert going_on.best == (result.best_iteration, result.best_cost)
    going_on.apply(replace(config, aggression=0.01))
    going_on.advance(10)
    assert going_on.iteration == result.iterations + 10


def test_a_run_that_took_long_is_not_made_again():
    result = replace(run_task(task_of(LONGER)), cpu_seconds=1e6)
    assert len(record_of(task_of(LONGER), result, never).keyframes) == 2
    assert kept_record(task_of(LONGER), result).iteration == 2_345


def test_it_stops_when_it_should():
    assert record_of(task_of(LONGER), run_task(task_of(LONGER)), lambda: True) is None


def test_a_large_network_is_made_again_unless_that_takes_long():
    result = replace(run_task(task_of(LONGER)), parameters=())
    assert record_of(task_of(LONGER), result, never).iteration == 2_345
    with pytest.raises(ValueError, match="the costs alone were kept"):
        record_of(task_of(LONGER), replace(result, cpu_seconds=1e6), never)
