"""What the experiments' runs come to: python -m tests.help.experiment_runs writes their pictures' curves anew."""

from pathlib import Path

import numpy as np

from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.run.operations import PlannedOperations, operations_between
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.experiments import EXPERIMENTS

PICTURES = Path(__file__).parents[2] / "resources" / "experiments.npz"
POINTS = 101
TRIED = {  # what their cards say to change
    "noise-helps": {"noise": 0.4},
    "grow-without-forgetting": {"hidden": (7, 7)},
    "too-small": {"hidden": (8,)},
}
SHOWN = {"saturated": 12, "learnt-by-heart": 2_000}  # iterations in the pictures, where it is not the usual number
FRAMES, USUAL = 12, 4_000


def begun(name):
    """The run as it is opened."""
    trainer = Trainer(EXPERIMENTS[name].config)
    trainer.advance(EXPERIMENTS[name].learnt)
    trainer.apply(trainer.config.changed(**EXPERIMENTS[name].change))
    return trainer


def tried(trainer, name):
    """The run with what the card says to change."""
    config = trainer.config.changed(**TRIED[name])
    if config.hidden == trainer.config.hidden:
        trainer.apply(config)
        return trainer
    operations = operations_between(trainer.config.hidden, config.hidden)
    return Trainer.going_on(PlannedOperations.planned(trainer.config, *operations).on(trainer.record()))


def wall(name, count=16):
    """The networks of a wall with the run's settings."""
    config = EXPERIMENTS[name].config
    return Ensemble(WallPlan(count=count).configs(config))


def race(name):
    """All optimisers side by side."""
    return Ensemble(WallPlan(varied="optimizer").configs(EXPERIMENTS[name].config))


def curves_of(name):
    """The fits in a picture, the last one in front, shape (m, 2, `POINTS`)."""
    if name == "only-luck":
        networks = wall(name)
        networks.advance(5_000)
        return thinned(networks.fits[np.argsort(-networks.costs)])
    if name == "race-of-optimisers":
        networks = race(name)
        networks.advance(200)
        return thinned(networks.fits)
    trainer, fits, count = begun(name), [], SHOWN.get(name, USUAL)
    for frame in range(FRAMES):
        fits.append(trainer.snapshot().fit)
        if frame == FRAMES // 2 and name in TRIED and name != "too-small":  # that one is to be seen as it is
            trainer = tried(trainer, name)
        trainer.advance(count // FRAMES)
    return thinned([*fits, trainer.snapshot().fit])


def thinned(fits):
    """Fits at fewer points, each as few bytes."""
    kept = [fit[:, np.linspace(0, fit.shape[1] - 1, min(POINTS, fit.shape[1])).astype(int)] for fit in fits]
    return np.array(kept, np.float16)


if __name__ == "__main__":
    np.savez_compressed(PICTURES, **{name: curves_of(name) for name in EXPERIMENTS})
