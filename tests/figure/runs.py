"""Recorded runs to film."""

from functools import cache

from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def recorded(iterations: int, **settings: object) -> RunRecord:
    """A run of so many iterations."""
    trainer = Trainer(TrainingConfig(**{"seed": 3, "trail_every": 20, **settings}))
    trainer.advance(iterations)
    return trainer.record()


@cache
def short_run() -> RunRecord:
    """A run of 600 iterations with 31 trail curves."""
    return recorded(600)


@cache
def changed_run() -> RunRecord:
    """A run on whose way the aggression changed, and then the number of its target's points."""
    trainer = Trainer(TrainingConfig(seed=3, trail_every=20))
    trainer.advance(150)
    trainer.apply(TrainingConfig(seed=3, trail_every=20, aggression=123.456, output_activation="linear"))
    trainer.advance(100)
    trainer.apply(TrainingConfig(seed=3, trail_every=20, aggression=2, points=5))
    trainer.advance(150)
    return trainer.record()
