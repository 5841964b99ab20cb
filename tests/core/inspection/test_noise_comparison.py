"""The same run with several amounts of noise: each is what a run with that noise would have been."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.inspection.noise_comparison import PIECES, compare
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def last(*args, **kwargs):
    return [moment for moment in compare(*args, **kwargs) if moment][-1]


def test_each_run_is_the_one_that_its_noise_would_have_made():
    config, noises = TrainingConfig(points=20, seed=3), (0.0, 1.0, 3.0)
    moment = last(config, noises, 350)
    assert (moment.made, moment.goal) == (350, 350)
    for noise, run in zip(noises, moment.runs, strict=True):
        trainer = Trainer(replace(config, noise=noise))
        trainer.advance(350)
        assert run.noise == noise
        assert run.cost == trainer.snapshot().cost
        np.testing.assert_array_equal(run.fit, trainer.snapshot().fit.astype(np.float32))
        assert run.costs[0].tolist() == [0, Trainer(config).snapshot().cost]


def test_from_a_moment_on_the_one_with_the_run_s_own_noise_goes_on_as_the_run_would():
    trainer = Trainer(TrainingConfig(points=20, seed=3))
    trainer.advance(130)
    moment = last(trainer.config, (0.0, 1.0), 90, parameters=trainer.parameters, first=130)
    trainer.advance(90)
    assert moment.runs[1].cost == trainer.snapshot().cost
    assert moment.runs[0].cost != trainer.snapshot().cost


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 3 * PIECES + 7))
def test_all_iterations_are_made_in_pieces_that_end_together(iterations):
    moments = [each for each in compare(TrainingConfig(hidden=(2,), points=3), (0.0, 2.0), iterations) if each]
    assert [each.made for each in moments] == sorted({each.made for each in moments})
    assert (moments[0].made, moments[-1].made) == (0, iterations)
    for each in moments:
        assert [run.costs[-1, 0] for run in each.runs] == [each.made, each.made]
    assert len(moments) <= 2 * PIECES + 1


def test_one_that_runs_away_stands_at_its_last_good_numbers_and_the_others_go_on():
    config = TrainingConfig(points=20, activation="relu", output_activation="linear", aggression=0.05, seed=1)
    moment = last(config, (0.0, 800.0), 400)
    calm, wild = moment.runs
    assert (calm.is_lost, wild.is_lost) == (False, True)
    assert np.isfinite(wild.fit).all() and np.isfinite(wild.costs).all()
    assert calm.costs[-1, 0] == 400 > wild.costs[-1, 0]


def test_work_is_cut_into_small_pieces():
    found = list(compare(TrainingConfig(points=10), (0.0, 1.0, 3.0), 10))
    assert sum(each is None for each in found) == 30


def test_what_is_told_is_nobody_s_to_change():
    run = last(TrainingConfig(points=10), (1.0,), 5).runs[0]
    with pytest.raises(ValueError, match="read-only"):
        run.fit[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        run.costs[0, 0] = 1


def test_a_noise_that_is_not_allowed_is_refused_with_a_reason():
    with pytest.raises(ValueError, match="Noise"):
        last(TrainingConfig(), (-1.0,), 5)
