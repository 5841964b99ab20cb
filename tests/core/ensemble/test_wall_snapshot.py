"""How a wall stands: copies that nobody writes to, small enough to be sent often."""

import numpy as np

from curvegui.core.engine.arithmetic import USUAL
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.wall_snapshot import FIT_POINTS, MOST_ROWS, WallSnapshot, thinned
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def test_a_moment_is_of_now_and_stays_as_it_is() -> None:
    ensemble = Ensemble([TrainingConfig(seed=seed, points=20) for seed in range(4)])
    ensemble.advance(250)
    moment = WallSnapshot.of(ensemble)
    costs, fits = ensemble.costs.copy(), ensemble.fits.astype(np.float32)
    ensemble.advance(50)
    assert moment.iteration == 250
    assert moment.arithmetic == USUAL
    assert (moment.costs == costs).all()
    assert (moment.fits == fits).all()
    assert moment.iterations.tolist() == [0, 100, 200, 250]
    assert (moment.history[-1] == costs).all()
    for array in (moment.costs, moment.fits, moment.iterations, moment.history):
        assert not array.flags.writeable


def test_iterations_count_from_where_the_networks_began() -> None:
    run = Trainer(TrainingConfig(points=20))
    run.advance(130)
    ensemble = Ensemble([run.config] * 2, start=run.snapshot())
    ensemble.advance(100)
    moment = WallSnapshot.of(ensemble)
    assert moment.iteration == 100
    assert moment.iterations.tolist() == [0, 70, 100]


def test_many_points_and_many_costs_are_thinned() -> None:
    ensemble = Ensemble([TrainingConfig(seed=seed, points=400) for seed in range(2)])
    ensemble.advance(100 * MOST_ROWS)
    moment = WallSnapshot.of(ensemble)
    assert moment.fits.shape == (2, 2, FIT_POINTS)
    assert (moment.fits[..., -1] == ensemble.fits[..., -1].astype(np.float32)).all()
    assert len(moment.iterations) <= MOST_ROWS
    assert moment.history.shape == (len(moment.iterations), 2)


def test_what_is_beyond_single_precision_is_cut() -> None:
    runaway = TrainingConfig(output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20)
    ensemble = Ensemble([runaway] * 2)
    ensemble.advance(300)
    moment = WallSnapshot.of(ensemble)
    assert np.isinf(moment.costs).all()
    assert moment.fits.shape == (2, 2, 20)


def test_few_points_stay() -> None:
    curve = np.arange(10.0).reshape(2, 5)
    assert thinned(curve) is curve
    assert thinned(curve, 3).tolist() == [[0, 2, 4], [5, 7, 9]]
