"""How a wall stands: copies that nobody writes to, small enough to be sent often."""

import numpy as np
import pytest

from curvegui.core.engine.backend import NUMPY
from curvegui.core.ensemble import ensemble as wall_snapshot
from curvegui.core.ensemble.ensemble import FIT_POINTS, Ensemble, WallSnapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def test_a_snapshot_is_of_now_and_stays_as_it_is() -> None:
    ensemble = Ensemble([TrainingConfig(seed=seed, points=20) for seed in range(4)])
    ensemble.advance(250)
    snapshot = WallSnapshot.of(ensemble)
    costs, fits = ensemble.costs.copy(), ensemble.fits.astype(np.float32)
    ensemble.advance(50)
    assert snapshot.iteration == 250
    assert snapshot.backend == NUMPY
    assert (snapshot.costs == costs).all()
    assert (snapshot.fits == fits).all()
    assert snapshot.iterations.tolist() == [0, 100, 200, 250]
    assert (snapshot.history[-1] == costs).all()
    for array in (snapshot.costs, snapshot.fits, snapshot.iterations, snapshot.history):
        assert not array.flags.writeable


def test_iterations_count_from_where_the_networks_began() -> None:
    run = Trainer(TrainingConfig(points=20))
    run.advance(130)
    ensemble = Ensemble([run.config] * 2, start=run.snapshot())
    ensemble.advance(100)
    moment = WallSnapshot.of(ensemble)
    assert moment.iteration == 100
    assert moment.iterations.tolist() == [0, 70, 100]


@pytest.mark.slow
def test_many_points_and_many_costs_are_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_snapshot, "MOST_ROWS", 30)
    ensemble = Ensemble([TrainingConfig(seed=seed, points=400) for seed in range(2)])
    ensemble.advance(1_000)
    snapshot = WallSnapshot.of(ensemble)
    assert snapshot.fits.shape == (2, 2, FIT_POINTS)
    assert (snapshot.fits[..., -1] == ensemble.fits[..., -1].astype(np.float32)).all()
    assert len(snapshot.iterations) <= 30
    assert snapshot.history.shape == (len(snapshot.iterations), 2)


def test_what_is_beyond_single_precision_is_cut() -> None:
    runaway = TrainingConfig(output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20)
    ensemble = Ensemble([runaway] * 2)
    ensemble.advance(300)
    snapshot = WallSnapshot.of(ensemble)
    assert np.isinf(snapshot.costs).all()
    assert snapshot.fits.shape == (2, 2, 20)
