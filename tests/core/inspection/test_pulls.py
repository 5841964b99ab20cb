"""The arrows on the curve, against the cost by finite differences and the engine."""

import numpy as np
import pytest

from curvegui.core.inspection import inspected_snapshot as inspected_module
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot, pulls
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


@pytest.mark.parametrize("settings", [{}, {"hidden": (3,), "activation": "tanh"}, {"train_one_in": 2}])
def test_the_gradient_is_what_the_cost_gains_by_moving_a_point(settings):
    inspected = InspectedSnapshot(Trainer(TrainingConfig(points=12, **settings)).snapshot())
    found = pulls(inspected)

    def cost(points):
        return np.sum((points - inspected.points) ** 2) / inspected.t.size

    for row, column in ((0, 0), (1, 3), (0, 5)):
        moved, h = found.points.copy(), 1e-6
        moved[row, column] += h
        higher = cost(moved)
        moved[row, column] -= 2 * h
        assert (higher - cost(moved)) / (2 * h) == pytest.approx(found.gradient[row, column], abs=1e-9)


@pytest.mark.parametrize("frozen", [(), (0, 5, 60)])
def test_the_moves_are_those_of_an_iteration_without_noise(frozen):
    trainer = Trainer(TrainingConfig(points=12, noise=0.0, frozen=frozen))
    trainer.advance(30)
    before = trainer.snapshot()
    found = pulls(InspectedSnapshot(before))
    trainer.advance(1)
    np.testing.assert_allclose(before.fit + found.moves, trainer.snapshot().fit, atol=1e-12)


def test_of_very_many_points_some_have_the_arrows_that_they_have_among_all(monkeypatch):
    inspected = InspectedSnapshot(Trainer(TrainingConfig(points=13)).snapshot())
    every = pulls(inspected)
    monkeypatch.setattr(inspected_module, "MOST_PULLED", 4)
    some = pulls(inspected)
    for name in ("points", "gradient", "moves"):
        np.testing.assert_allclose(getattr(some, name), getattr(every, name)[:, [0, 4, 8, 12]], atol=1e-15)
