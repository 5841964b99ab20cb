"""A run that is adopted keeps its mathematics, and takes over what is seen."""

from dataclasses import replace

import numpy as np

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

OWN = TrainingConfig(hidden=(3,), points=9, iterations=20, speed=10, trail_every=7, stop_cost=1e-9, noise=0, seed=4)
PRESENT = TrainingConfig(hidden=(5,), points=20, iterations=50, speed=0, trail_every=3, stop_patience=9, seed=1)


def test_what_is_seen_is_that_of_the_present_run_and_the_mathematics_its_own():
    trainer = Trainer(OWN)
    trainer.advance(20)
    record = trainer.record().displayed_like(PRESENT)
    assert record.config == replace(
        OWN, iterations=50, speed=0, trail_every=3, stop_cost=0, stop_patience=9, stop_seconds=0
    )
    assert (record.iteration, record.goal) == (20, 50)
    assert np.array_equal(record.parameters, trainer.parameters)


def test_a_run_that_is_beyond_the_present_goal_has_reached_its_own():
    trainer = Trainer(OWN)
    trainer.advance(60)
    assert trainer.record().displayed_like(PRESENT).goal == 60
