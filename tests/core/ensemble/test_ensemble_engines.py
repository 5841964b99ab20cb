"""An ensemble with the engine in C: the runs of trainers that compute with the same one, on any number of cores."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.cli.result import Progress
from curvegui.cli.train import train
from curvegui.core.engine import threads as workers
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.ensemble import ensemble as ensembles
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sweep.plan import SweepTask
from curvegui.core.sweep.task import run_task
from tests.core.runs import IN_C, NEEDS_C, C, cases
from tests.session.engines import without_c

SMALL = TrainingConfig(hidden=(3, 4), points=20)
WAYS: list[dict[str, Any]] = [
    *({"optimizer": name} for name in OPTIMIZERS),
    {"schedule": "cosine", "schedule_over": 150},
    {"batch": 4},
    {"data_noise": 0.1, "train_one_in": 2},
    {"activation": "sine", "output_activation": "linear", "aggression": 0.05, "noise": 0.0},
]


def _seeds(count: int, config: TrainingConfig = SMALL, **changes: Any) -> list[TrainingConfig]:
    return [replace(config, seed=seed).changed(**changes) for seed in range(count)]


@pytest.mark.parametrize("backend", cases(IN_C))
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_each_network_is_that_of_a_trainer_to_the_last_bit(way: dict[str, Any], backend: Backend) -> None:
    configs = [replace(config, frozen=(0, 5)) if config.seed == 1 else config for config in _seeds(2, **way)]
    together, trainers = Ensemble(configs, backend), [Trainer(config, backend) for config in configs]
    if backend.precision == NUMPY.precision:  # in which every run begins
        assert together.costs.tolist() == [trainer.record().costs[0, 1] for trainer in trainers]
    for count in (30, 90, 7) if OPTIMIZERS[configs[0].optimizer].solver else (30, 100, 7):
        together.advance(count)
        for member, trainer in enumerate(trainers):
            trainer.advance(count)
            np.testing.assert_array_equal(together.parameters[member], trainer.parameters)
            assert together.costs[member] == trainer.snapshot().cost
    assert together.backend == backend


@NEEDS_C
@pytest.mark.parametrize("optimizer", ["descent", "adam"])
def test_a_wall_the_command_line_and_a_sweep_make_the_same_run(optimizer: str) -> None:
    configs = [replace(config, iterations=650) for config in _seeds(3, optimizer=optimizer)]
    wall, alone = Ensemble(configs, C), Trainer(configs[2], C)
    wall.advance(650)
    train(alone, lambda: False, Progress(650, quiet=True))
    swept = run_task(SweepTask(0, {}, configs[2]), C)
    assert wall.parameters[2].tolist() == alone.parameters.tolist() == list(swept.parameters)
    assert wall.costs[2] == alone.snapshot().cost == swept.cost


@NEEDS_C
@settings(max_examples=5, deadline=None)
@given(lengths=st.lists(st.integers(0, 330), max_size=4), cores=st.sampled_from([1, 2, 3]))
def test_a_run_is_the_same_however_it_is_cut_and_on_any_number_of_cores(lengths: list[int], cores: int) -> None:
    whole, cut = Ensemble(_seeds(5), C), Ensemble(_seeds(5), C)
    whole.advance(sum(lengths))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "cores", lambda: cores)
        cut._most_stages = 2
        for length in lengths:
            cut.advance(length)
            cut.snapshot(), cut.record(1)  # looking changes nothing
    assert cut.parameters.tobytes() == whole.parameters.tobytes()
    for mine, its in zip(cut.cost_history(20), whole.cost_history(20), strict=True):
        np.testing.assert_array_equal(mine, its)


@NEEDS_C
def test_networks_that_need_the_interpreter_seldom_learn_in_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(ensembles, "in_turns", lambda calls: given.append(len([call() for call in calls])))
    waited: list[int] = []
    Ensemble(_seeds(4), C).advance(350, lambda: waited.append(1))
    Ensemble(_seeds(3, optimizer="adam"), C).advance(350)
    assert given == [4, 3]
    assert not waited
    Ensemble(_seeds(4, optimizer="lbfgs"), C).advance(150)
    Ensemble(_seeds(4)).advance(150)
    assert given == [4, 3]


def test_where_an_engine_is_not_here_another_one_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    without_c(monkeypatch)
    together = Ensemble(_seeds(2), C)
    together.advance(150)
    assert together.backend == NUMPY
    assert together.record(0).backends == ()
