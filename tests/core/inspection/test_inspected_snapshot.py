"""What a snapshot's mathematics says, against the network and the engine."""

import numpy as np
import pytest

from curvegui.core.inspection.chain_rule import finite_difference
from curvegui.core.inspection.inspected_snapshot import BLOCK_POINTS, InspectedSnapshot
from curvegui.core.network.parts import Parameter
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


@pytest.mark.parametrize("iteration", [0, 57, 199])
@pytest.mark.parametrize(
    "settings", [{}, {"noise": 0.0}, {"hidden": (3, 2, 4), "activation": "tanh"}, {"train_one_in": 3}]
)
def test_the_next_parameters_are_those_that_the_engine_makes(iteration, settings):
    trainer = Trainer(TrainingConfig(points=20, **settings))
    trainer.advance(iteration)
    inspected = InspectedSnapshot(trainer.snapshot())
    trainer.advance(1)
    np.testing.assert_allclose(inspected.next_parameters, trainer.parameters, rtol=1e-11, atol=1e-13)


def test_it_is_about_the_points_that_are_trained_on():
    inspected = InspectedSnapshot(Trainer(TrainingConfig(points=20, train_one_in=4)).snapshot())
    assert inspected.t.shape == (1, 5) and inspected.points.shape == (2, 5)
    assert [a.shape for _, a in inspected.passed] == [(1, 5), (6, 5), (7, 5), (2, 5)]
    np.testing.assert_array_equal(inspected.gradient, inspected.network.gradient(inspected.t, inspected.points))


def test_many_points_are_taken_in_blocks_and_give_the_same_numbers():
    inspected = InspectedSnapshot(Trainer(TrainingConfig(points=2 * BLOCK_POINTS + 5)).snapshot())
    weight, whole = Parameter(2, 3, 4), inspected.network.gradient(inspected.t, inspected.points)
    np.testing.assert_allclose(inspected.gradient, whole, rtol=1e-9, atol=1e-15)
    assert finite_difference(inspected, weight) == pytest.approx(whole[weight.index_in(inspected.sizes)], rel=1e-4)


def test_what_takes_long_can_be_computed_before_it_is_asked_for():
    few, many = (InspectedSnapshot(Trainer(TrainingConfig(points=points)).snapshot()) for points in (100, 10_000))
    assert (few.is_large, many.is_large) == (False, True)
    assert few.prepare() is few
    assert {"passed", "gradient"} <= vars(few).keys()
