"""What a record ends with is what the run showed when it was recorded."""

import numpy as np

from curvegui.core.config import TrainingConfig
from curvegui.core.replay import last_moment
from curvegui.core.trainer import Trainer


def test_a_records_last_moment_is_the_runs_snapshot() -> None:
    trainer = Trainer(TrainingConfig(hidden=(3, 4), activation="tanh", points=30))
    trainer.advance(234)
    shown, found = trainer.snapshot(), last_moment(trainer.record())

    assert (found.config, found.iteration, found.cost) == (shown.config, 234, shown.cost)
    assert np.array_equal(found.fit, shown.fit)
    assert np.array_equal(found.parameters, shown.parameters)
    assert np.array_equal(found.target.points, shown.target.points)
    assert not found.fit.flags.writeable


def test_a_records_last_moment_tells_that_the_run_diverged() -> None:
    trainer = Trainer(TrainingConfig(aggression=1e5, activation="relu", output_activation="linear"))
    trainer.advance(500)

    assert trainer.diverged
    assert last_moment(trainer.record()).diverged
