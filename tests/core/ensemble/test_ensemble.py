"""An ensemble against trainers: every network is the same run to the last bit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.curve.curve import curve_through
from curvegui.core.ensemble import ensemble as ensemble_notes
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.learner.learner import Learner
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import parameter_count
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.sweep.plan import parsed_axis

OWN = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)
HIDDEN_ACTIVATIONS = [name for name in ACTIVATIONS if name != "linear"]
RUNAWAY = TrainingConfig(output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20)


def _member(common: dict[str, Any], own: dict[str, Any], frozen: list[float]) -> TrainingConfig:
    config = TrainingConfig(**common, **own)
    last = parameter_count(config.sizes) - 1
    return replace(config, frozen=tuple(round(place * last) for place in frozen))


def _mixed(common: dict[str, Any], members: list[tuple[dict[str, Any], list[float]]]) -> list[TrainingConfig]:
    return [_member(common, own, frozen) for own, frozen in members]


COMMON = st.fixed_dictionaries(
    {
        "hidden": st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple),
        "activation": st.sampled_from(HIDDEN_ACTIVATIONS),
        "output_activation": st.sampled_from(list(ACTIVATIONS)),
        "curve": st.sampled_from(["heart", OWN]),
        "points": st.integers(2, 120),
        "train_one_in": st.sampled_from([1, 1, 3, 200]),
    }
)
MEMBER = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**31 - 1),
        "aggression": st.floats(0.0, 0.05),
        "noise": st.sampled_from([0.0, 0.5, 1.0]),
        "data_noise": st.sampled_from([0.0, 0.05]),
    }
)
FROZEN = st.lists(st.floats(0, 1), max_size=3)
MIXED = st.builds(_mixed, COMMON, st.lists(st.tuples(MEMBER, FROZEN), min_size=1, max_size=6))


def _seeds(count: int, **changes: Any) -> list[TrainingConfig]:
    return [TrainingConfig(seed=seed, **changes) for seed in range(count)]


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(configs=MIXED)
def test_iterations_are_those_of_single_trainers(configs: list[TrainingConfig]) -> None:
    together = Ensemble(configs)
    together.advance(110)
    for member, config in enumerate(configs):
        alone = Trainer(config)
        alone.advance(110)
        now = alone.snapshot()
        assert not now.diverged
        np.testing.assert_array_equal(together.parameters[member], now.parameters)
        np.testing.assert_array_equal(together.fits[member], now.fit)
        assert together.costs[member] == now.cost


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.example])
def test_no_setting_is_ignored(name: str) -> None:
    value = parsed_axis(f"{name}={SETTINGS[name].example}").listed()[-1]
    changes = {"aggression": 0.05} | {name: value}
    changes["aggression"] = min(changes["aggression"], 3.0)  # the example ends where numbers run away
    configs = [TrainingConfig(seed=seed, points=30, hidden=(3, 2)).changed(**changes) for seed in range(2)]
    together = Ensemble(configs)
    together.advance(20)
    for member, config in enumerate(configs):
        alone = Trainer(config)
        alone.advance(20)
        np.testing.assert_array_equal(together.parameters[member], alone.parameters)


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(lengths=st.lists(st.integers(0, 130), max_size=5))
def test_a_run_is_the_same_to_the_last_bit_however_it_is_cut(lengths: list[int]) -> None:
    whole, mark_edit = Ensemble(_seeds(3)), Ensemble(_seeds(3))
    whole.advance(sum(lengths))
    for length in lengths:
        mark_edit.advance(length)
        mark_edit.snapshot(), mark_edit.record(1)  # looking changes nothing
    assert mark_edit.iteration == whole.iteration == sum(lengths)
    assert mark_edit.parameters.tobytes() == whole.parameters.tobytes()


def test_its_arrays_have_the_networks_in_the_order_of_their_settings() -> None:
    together = Ensemble(_seeds(5))
    assert together.costs.shape == (5,)
    assert together.fits.shape == (5, 2, 100)
    assert together.parameters.shape == (5, 77)
    for member, config in enumerate(together.configs):
        np.testing.assert_array_equal(together.parameters[member], Trainer(config).parameters)
        assert config.seed == member


def test_a_snapshot_is_kept_and_nobody_writes_to_it() -> None:
    together = Ensemble(_seeds(2))
    before = together.snapshot()
    copies = before.costs.copy(), before.fits.copy(), before.parameters.copy()
    together.advance(150)
    for array, copy in zip((before.costs, before.fits, before.parameters), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
        assert not array.flags.writeable
    assert (before.iteration, together.snapshot().iteration) == (0, 150)
    assert together.snapshot() is together.snapshot()


def test_frozen_parameters_stay_to_the_last_bit_while_others_learn() -> None:
    configs = [replace(config, frozen=(0, 60, 76)) if config.seed == 1 else config for config in _seeds(3)]
    together = Ensemble(configs)
    start = together.parameters
    together.advance(250)
    moved = together.parameters != start
    assert np.flatnonzero(~moved[1]).tolist() == [0, 60, 76]
    assert moved[[0, 2]].all()


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
    monkeypatch.setattr(ensemble_notes, "NOTES_BYTES", 4 * together.parameters.nbytes)
    together.advance(1_000)
    assert together.record(0).keyframe_iterations.tolist() == [130, 400, 800]


def test_notes_are_thinned_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    together = Ensemble(_seeds(2))
    monkeypatch.setattr(ensemble_notes, "NOTES_BYTES", 6 * together.parameters.nbytes)
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


def test_a_target_is_that_of_a_single_run() -> None:
    configs = _seeds(3, data_noise=0.1)
    for config, target in zip(configs, Ensemble(configs).targets, strict=True):
        np.testing.assert_array_equal(target.points, Learner(config).target.points)


def test_somebody_may_wait_before_each_iteration_of_each_network() -> None:
    calls: list[int] = []
    built = Ensemble(_seeds(3, points=10))
    built.advance(70, lambda: calls.append(1))
    built.advance(10)
    assert len(calls) == 70 * 3
    assert (built.parameters == _advanced(_seeds(3, points=10), 80).parameters).all()


def _advanced(configs: list[TrainingConfig], iterations: int) -> Ensemble:
    built = Ensemble(configs)
    built.advance(iterations)
    return built


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
    built = _advanced(_seeds(2, points=4, hidden=(2,)), 10_050)
    iterations, costs = built.cost_history(most)
    assert len(iterations) <= most
    assert len(costs) == len(iterations)
    assert iterations[0] == 0
    assert iterations[-2:].tolist() == [10_000, 10_050]
    assert (np.diff(iterations) > 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{"optimizer": "adam"}, {"schedule": "step", "schedule_over": 90}, {"batch": 4}])
def test_networks_with_an_optimiser_learn_as_trainers_do_and_go_on_as_runs(settings: dict[str, Any]) -> None:
    configs = [TrainingConfig(hidden=(3,), points=9, seed=seed).changed(**settings) for seed in (1, 2, 3)]
    ensemble, trainers = Ensemble(configs), [Trainer(config) for config in configs]
    ensemble.advance(250)
    for member, trainer in enumerate(trainers):
        trainer.advance(250)
        np.testing.assert_array_equal(ensemble.parameters[member], trainer.parameters)
        branch = Trainer.going_on(ensemble.record(member))
        for each in (branch, trainer):
            each.advance(70)
        np.testing.assert_array_equal(branch.parameters, trainer.parameters)


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


def test_networks_have_a_pace_once_they_have_learnt() -> None:
    together = Ensemble(_seeds(3, points=9))
    assert np.isnan(together.iteration_seconds).all()
    together.advance(2)
    assert (together.iteration_seconds > 0).all()


def test_networks_with_an_optimiser_that_run_away_end_at_their_last_good_note() -> None:
    config = TrainingConfig(hidden=(3,), points=9, activation="relu", output_activation="linear", aggression=1e5)
    ensemble = Ensemble([replace(config, optimizer="momentum", seed=seed) for seed in (1, 2)])
    ensemble.advance(300)

    record = ensemble.record(0)
    assert record.diverged
    assert Trainer.going_on(record).iteration == record.iteration
