"""An ensemble against trainers: with each engine, every network is the same run to the last bit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.cli.result import Progress
from curvegui.cli.train import train
from curvegui.core.engine import threads as workers
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.ensemble import ensemble as ensembles
from curvegui.core.ensemble.ensemble import FIT_POINTS, Ensemble, WallSnapshot
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.sweep.plan import SweepTask, parsed_axis
from curvegui.core.sweep.task import run_task
from tests.core.runs import BOTH, IN_C, NEEDS_C, C, cases
from tests.session.engines import without_c

SMALL = TrainingConfig(hidden=(3, 4), points=20)
RUNAWAY = TrainingConfig(output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20)
KINDS: list[dict[str, Any]] = [
    *({"optimizer": name} for name in OPTIMIZERS),
    {"schedule": "cosine", "schedule_over": 150},
    {"batch": 4},
    {"data_noise": 0.1, "train_one_in": 2},
    {"activation": "sine", "output_activation": "linear", "aggression": 0.05, "noise": 0.0},
]


def _seeds(count: int, config: TrainingConfig = SMALL, **changes: Any) -> list[TrainingConfig]:
    return [replace(config, seed=seed).changed(**changes) for seed in range(count)]


@pytest.mark.parametrize("backend", cases([NUMPY, *IN_C]))
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_each_network_is_that_of_a_trainer_to_the_last_bit(kind: dict[str, Any], backend: Backend) -> None:
    configs = [replace(config, frozen=(0, 5)) if config.seed == 1 else config for config in _seeds(2, **kind)]
    together, trainers = Ensemble(configs, backend), [Trainer(config, backend) for config in configs]
    if backend.precision == NUMPY.precision:  # in which every run begins
        assert together.costs.tolist() == [trainer.record().costs[0, 1] for trainer in trainers]
    for count in (30, 90, 7) if OPTIMIZERS[configs[0].optimizer].solver else (30, 100, 7):
        together.advance(count)
        for member, trainer in enumerate(trainers):
            trainer.advance(count)
            now = trainer.snapshot()
            np.testing.assert_array_equal(together.parameters[member], now.parameters)
            np.testing.assert_array_equal(together.fits[member], now.fit)
            assert together.costs[member] == now.cost
            assert together.configs[member] == trainer.config
    assert together.backend == backend


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.example])
def test_no_setting_is_ignored(name: str) -> None:
    value = parsed_axis(f"{name}={SETTINGS[name].example}").listed()[-1]
    changes = {"aggression": 0.05} | {name: value}
    changes["aggression"] = min(changes["aggression"], 3.0)  # the example ends where numbers run away
    configs = _seeds(2, **changes)
    together = Ensemble(configs)
    together.advance(20)
    for member, config in enumerate(configs):
        alone = Trainer(config)
        alone.advance(20)
        np.testing.assert_array_equal(together.parameters[member], alone.parameters)


@pytest.mark.parametrize("backend", BOTH)
@settings(max_examples=5, deadline=None)
@given(lengths=st.lists(st.integers(0, 330), max_size=4), cores=st.sampled_from([1, 2, 3]))
def test_a_run_is_the_same_however_it_is_cut_and_on_any_number_of_cores(
    backend: Backend, lengths: list[int], cores: int
) -> None:
    whole, cut = Ensemble(_seeds(5), backend), Ensemble(_seeds(5), backend)
    whole.advance(sum(lengths))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "cores", lambda: cores)
        cut._most_stages = 2
        for length in lengths:
            cut.advance(length)
            WallSnapshot.of(cut), cut.record(1)  # looking changes nothing
    assert cut.iteration == whole.iteration == sum(lengths)
    assert cut.parameters.tobytes() == whole.parameters.tobytes()
    for mine, its in zip(cut.cost_history(20), whole.cost_history(20), strict=True):
        np.testing.assert_array_equal(mine, its)


@NEEDS_C
@pytest.mark.parametrize("optimizer", ["descent", "adam"])
def test_a_wall_the_command_line_and_a_sweep_make_the_same_run(optimizer: str) -> None:
    configs = [replace(config, iterations=650) for config in _seeds(3, optimizer=optimizer)]
    wall, alone = Ensemble(configs, C), Trainer(configs[2], C)
    wall.advance(650)
    train(alone, lambda: False, Progress(650, quiet=True))
    swept = run_task(SweepTask(0, {}, configs[2]), C)
    assert wall.parameters[2].tolist() == alone.parameters.tolist() == list(swept.parameters)
    assert wall.costs[2] == alone.snapshot().cost == swept.cost


@NEEDS_C
def test_networks_that_need_the_interpreter_seldom_learn_in_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(ensembles, "in_turns", lambda calls: given.append(len([call() for call in calls])))
    waited: list[int] = []
    Ensemble(_seeds(4), C).advance(350, lambda: waited.append(1))
    Ensemble(_seeds(3, optimizer="adam"), C).advance(350)
    assert given == [4, 3]
    assert not waited
    Ensemble(_seeds(4, optimizer="lbfgs"), C).advance(150)
    Ensemble(_seeds(4)).advance(150)
    assert given == [4, 3]


def test_where_an_engine_is_not_here_another_one_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    without_c(monkeypatch)
    together = Ensemble(_seeds(2), C)
    together.advance(150)
    assert together.backend == NUMPY
    assert together.record(0).backends == ()


def test_a_network_that_runs_away_does_not_disturb_the_others() -> None:
    calm = replace(RUNAWAY, aggression=0.01, noise=1)
    together = Ensemble([calm, RUNAWAY, replace(calm, seed=9)])
    together.advance(300)
    assert together.costs[1] == np.inf
    for member in (0, 2):
        alone = Trainer(together.configs[member])
        alone.advance(300)
        np.testing.assert_array_equal(together.parameters[member], alone.parameters)
        assert together.costs[member] == alone.snapshot().cost


def test_a_network_that_ran_away_goes_on_as_a_run_that_stands_at_its_last_good_note() -> None:
    together = Ensemble([RUNAWAY, replace(RUNAWAY, aggression=0.01, noise=1)])
    together.advance(50)
    for _ in range(2):  # before it counts as lost, and afterwards
        record = together.record(0)
        assert record.diverged
        assert record.iteration == 0
        taken_over = Trainer.going_on(record)
        np.testing.assert_array_equal(taken_over.parameters, Trainer(RUNAWAY).parameters)
        assert taken_over.snapshot().diverged
        together.advance(250)
    assert not together.record(1).diverged
    assert together.record(1).iteration == 550


def test_what_came_back_from_far_out_counts_as_lost_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    together = Ensemble(_seeds(2))
    together._limits[0] = 0.0  # as if its curve had been far out at the next note
    together.advance(100)
    together._limits[0] = 1.0
    together.advance(200)
    assert together.costs[0] == np.inf
    assert np.isfinite(together.costs[1])
    assert together.record(0).iteration == 0


@pytest.mark.parametrize("iterations", [0, 37, 100, 1_234])
def test_a_network_goes_on_as_an_ordinary_run(iterations: int) -> None:
    together = Ensemble(_seeds(4, data_noise=0.01, train_one_in=2))
    together.advance(iterations)
    taken_over = Trainer.going_on(together.record(2))
    now = taken_over.snapshot()

    assert taken_over.iteration == iterations
    assert taken_over.config == together.configs[2]
    np.testing.assert_array_equal(now.parameters, together.parameters[2])
    np.testing.assert_array_equal(now.fit, together.fits[2])
    assert now.cost == together.costs[2]
    np.testing.assert_array_equal(taken_over.target.points, together.targets[2].points)
    assert len(taken_over.trail) == iterations // 100 + 1
    assert taken_over.best[1] <= taken_over.costs.since(-1)[0, 1]

    together.advance(50)
    taken_over.advance(50)
    np.testing.assert_array_equal(taken_over.parameters, together.parameters[2])


def test_an_adopted_run_is_computed_anew_at_any_iteration() -> None:
    together = Ensemble(_seeds(3))
    together.advance(555)
    at_555 = together.parameters[1]
    again = Ensemble(_seeds(3))
    again.advance(333)
    taken_over = Trainer.going_on(together.record(1, goal=9_000))
    replayer = Replayer()

    np.testing.assert_array_equal(replayer.snapshot(taken_over, 333).parameters, again.parameters[1])
    np.testing.assert_array_equal(replayer.snapshot(taken_over, 555).parameters, at_555)
    assert taken_over.record(9_000).goal == together.record(1, goal=9_000).goal == 9_000
    assert together.record(1).goal == TrainingConfig().iterations


OPTIMIZERS_FROM_A_MOMENT = [{}, {"optimizer": "momentum"}, {"optimizer": "adam", "aggression": 0.05}]


@pytest.mark.parametrize("settings", OPTIMIZERS_FROM_A_MOMENT)
def test_networks_that_begin_at_a_moment_go_on_as_the_run_would(settings: dict[str, Any]) -> None:
    run = Trainer(TrainingConfig(points=20, seed=3, **settings))
    run.advance(130)
    now = run.snapshot()
    configs = [replace(now.config, noise=noise) for noise in (0.0, 1.0, 3.0)]
    together = Ensemble(configs, start=now)
    assert (together.first, together.iteration) == (130, 130)
    np.testing.assert_array_equal(together.parameters, [now.parameters] * 3)
    together.advance(140)
    run.advance(140)
    np.testing.assert_array_equal(together.parameters[1], run.parameters)
    assert together.iteration == 270
    assert together.cost_history(10)[0].tolist() == [130, 200, 270]
    assert np.ptp(together.costs) > 0


@pytest.mark.parametrize("settings", OPTIMIZERS_FROM_A_MOMENT)
def test_one_of_those_is_a_run_that_can_be_looked_back_to_from_there_on(settings: dict[str, Any]) -> None:
    run = Trainer(TrainingConfig(points=20, seed=3, **settings))
    run.advance(130)
    together = Ensemble([replace(run.config, noise=noise) for noise in (0.0, 1.0)], start=run.snapshot())
    together.advance(210)
    taken_over = Trainer.going_on(together.record(1))
    run.advance(250)
    taken_over.advance(40)
    assert taken_over.iteration == 380
    np.testing.assert_array_equal(taken_over.parameters, run.parameters)
    if not settings:
        found = Replayer().snapshot(taken_over, 130).parameters
        np.testing.assert_array_equal(found, together.record(1).keyframes[0])


def test_the_first_note_stays_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Trainer(TrainingConfig(points=20))
    run.advance(130)
    together = Ensemble([run.config] * 2, start=run.snapshot())
    monkeypatch.setattr(ensembles, "NOTES_BYTES", 4 * together.parameters.nbytes)
    together.advance(1_000)
    assert together.record(0).keyframe_iterations.tolist() == [130, 400, 800]


def test_notes_are_thinned_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    together = Ensemble(_seeds(2))
    monkeypatch.setattr(ensembles, "NOTES_BYTES", 6 * together.parameters.nbytes)
    together.advance(2_050)
    record = together.record(0)
    assert record.keyframe_spacing == 400
    assert record.keyframe_iterations.tolist() == [0, 400, 800, 1_200, 1_600, 2_000]
    assert record.iteration == 2_050
    taken_over = Trainer.going_on(record)
    taken_over.advance(1)
    assert taken_over.iteration == 2_051


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hidden": (6, 8)}, "Layers: "),
        ({"output_activation": "linear"}, "Output: "),
        ({"curve": "circle"}, "Curve: "),
        ({"points": 99}, "Points: "),
        ({"train_one_in": 2}, "Train on 1 point in: "),
    ],
)
def test_networks_that_differ_too_much_are_refused_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}networks that learn together must all have the same"):
        Ensemble([TrainingConfig(), TrainingConfig(seed=1, **changes)])


def test_no_network_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^There must be at least one network\.$"):
        Ensemble([])


def test_somebody_may_wait_before_each_iteration_of_each_network() -> None:
    calls: list[int] = []
    built = Ensemble(_seeds(3, points=10))
    built.advance(70, lambda: calls.append(1))
    built.advance(10)
    assert len(calls) == 70 * 3


def test_the_cost_history_is_that_of_the_notes_and_of_now() -> None:
    built = Ensemble(_seeds(3, points=10))
    iterations, costs = built.cost_history(10)
    assert iterations.tolist() == [0]
    assert (costs == built.costs).all()
    noted = [built.costs]
    for _ in range(4):
        built.advance(100)
        noted.append(built.costs)
    iterations, costs = built.cost_history(10)
    assert iterations.tolist() == [0, 100, 200, 300, 400]
    assert (costs == noted).all()
    built.advance(7)
    iterations, costs = built.cost_history(10)
    assert iterations.tolist() == [0, 100, 200, 300, 400, 407]
    assert (costs[-1] == built.costs).all()


@pytest.mark.slow
@pytest.mark.parametrize("most", [3, 8, 20])
def test_a_long_cost_history_is_thinned_evenly_in_the_logarithm(most: int) -> None:
    built = Ensemble(_seeds(2, points=4, hidden=(2,)))
    built.advance(10_050)
    iterations, costs = built.cost_history(most)
    assert len(iterations) <= most
    assert len(costs) == len(iterations)
    assert iterations[0] == 0
    assert iterations[-2:].tolist() == [10_000, 10_050]
    assert (np.diff(iterations) > 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("varied", ["optimizer", "activation"])
def test_whoever_races_learns_as_a_trainer_does_and_the_milestones_are_noted(varied: str) -> None:
    configs = WallPlan(varied=varied).configs(TrainingConfig(hidden=(3,), points=9, seed=4))
    race = Ensemble(configs)
    assert np.isnan(race.iteration_seconds).all() and not race.milestones
    race.advance(210)
    assert list(race.milestones) == [200]
    assert (race.iteration_seconds > 0).all()
    for config, fit, cost, noted in zip(configs, race.fits, race.costs, race.milestones[200], strict=True):
        alone = Trainer(config)
        alone.advance(200)
        assert noted == alone.snapshot().cost
        alone.advance(10)
        assert cost == alone.snapshot().cost
        np.testing.assert_array_equal(fit, alone.snapshot().fit)


def test_networks_with_an_optimiser_that_run_away_end_at_their_last_good_note() -> None:
    config = TrainingConfig(hidden=(3,), points=9, activation="relu", output_activation="linear", aggression=1e5)
    ensemble = Ensemble([replace(config, optimizer="momentum", seed=seed) for seed in (1, 2)])
    ensemble.advance(300)

    record = ensemble.record(0)
    assert record.diverged
    assert Trainer.going_on(record).iteration == record.iteration


# How a wall stands


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
    monkeypatch.setattr(ensembles, "MOST_ROWS", 30)
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
