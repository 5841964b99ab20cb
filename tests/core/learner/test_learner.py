from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.learner.learner import Learner
from curvegui.core.network.network import initial_parameters
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

CONFIG = TrainingConfig(hidden=(3,), points=12)


def parameters_of(config: TrainingConfig) -> np.ndarray:
    return initial_parameters(config.sizes, config.seed)


def test_without_a_test_the_cost_is_the_engines_own() -> None:
    learner = Learner(CONFIG)
    learner.engine.parameters = parameters_of(CONFIG)
    fit, cost = learner.engine.evaluate()

    evaluation = learner.evaluate()

    assert np.array_equal(evaluation.fit, fit)
    assert (evaluation.cost, evaluation.test_cost) == (cost, None)


def test_both_costs_are_told_and_the_fit_is_at_all_points() -> None:
    config = replace(CONFIG, train_one_in=4, data_noise=0.1)
    learner = Learner(config)

    fit, cost, test_cost = learner.evaluate(parameters_of(config))

    distances = ((fit - learner.target.points) ** 2).sum(axis=0)
    trained = np.arange(12) % 4 == 0
    assert fit.shape == (2, 12)
    assert cost == pytest.approx(distances[trained].mean())
    assert test_cost == pytest.approx(distances[~trained].mean())


def test_to_look_at_other_parameters_changes_nothing() -> None:
    learner = Learner(replace(CONFIG, train_one_in=2))
    learner.engine.parameters = parameters_of(CONFIG)

    before = learner.engine.parameters
    learner.evaluate(2 * before)

    assert np.array_equal(learner.engine.parameters, before)


def test_the_network_trains_on_the_points_that_are_to_be_trained_on() -> None:
    config = replace(CONFIG, train_one_in=4)
    learner, same = Learner(config), Learner(replace(CONFIG, points=3))  # every fourth of twelve
    for each in (learner, same):
        each.engine.parameters = parameters_of(config)
        each.engine.run(0, 50, 7.0, 1.0, config.seed)

    assert np.allclose(learner.engine.parameters, same.engine.parameters, rtol=1e-12)


def test_the_smooth_fit_goes_through_the_fit() -> None:
    snapshot = Trainer(TrainingConfig(points=20)).snapshot()
    smooth = snapshot.smooth_fit(1 + 19 * 20)
    assert smooth.shape == (2, 381)
    np.testing.assert_allclose(smooth[:, ::20], snapshot.fit, atol=1e-12)


def test_many_points_and_very_large_networks_are_drawn_as_they_are() -> None:
    for config in (TrainingConfig(points=500), TrainingConfig(hidden=(200, 200, 100))):
        snapshot = Trainer(config).snapshot()
        assert snapshot.smooth_fit() is snapshot.fit
