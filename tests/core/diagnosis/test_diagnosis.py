import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.evidence import SETTLING_ITERATIONS, Evidence, smoothed
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.remedies import effect_of
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import begun, quickest

DEAD_ENDS = {RunState.SATURATED, RunState.DEAD, RunState.NON_FINITE}
EVERY = 500  # iterations between two looks at a run


def _watched(iterations: int, **settings: Any) -> list[Diagnosis]:
    """What a real run is told, time and again: that it learns well only where that is true at the moment."""
    trainer, found = begun(**settings), []
    while trainer.iteration < iterations and not trainer.diverged:
        trainer.advance(EVERY)
        evidence = signs_of(trainer)
        found.append(diagnose(evidence))
        if "well" in found[-1].headline and evidence.span >= SETTLING_ITERATIONS:
            assert evidence.cost <= 2 * smoothed(evidence.costs[:, 1]).min()
    return found


def _evidence(**changes: Any) -> Evidence:
    """Of a run that learns well, but for the changes."""
    costs = np.column_stack([np.arange(0, 5001, 100), np.geomspace(0.2, 2e-3, 51)])
    healthy = Evidence(
        config=TrainingConfig(),
        iteration=5_000,
        costs=costs,
        largest_output_slope=0.2,
        largest_jacobian=1e-3,
        diverged=False,
    )
    return replace(healthy, **changes)


def _constant(cost: float, last: int = 5_000) -> np.ndarray:
    return np.column_stack([np.arange(0, last + 1, 10), np.full(last // 10 + 1, cost)])


def test_what_cannot_be_is_not_offered() -> None:
    too_small = {"hidden": (2, 2), "activation": "tanh", "iterations": 5_000}
    evidence = _evidence(config=TrainingConfig(**too_small), costs=_constant(0.02))
    many = TrainingConfig(**too_small, optimizer="levenberg-marquardt", points=100_000)

    assert Remedy.MORE_NEURONS in diagnose(evidence).remedies
    assert Remedy.MORE_NEURONS not in diagnose(replace(evidence, config=many)).remedies
    assert effect_of(Remedy.ADAM, TrainingConfig(hidden=(4_000, 4_000)), None) is None


# Real runs


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_fit_that_noise_has_just_thrown_away_is_not_learning_well(seed: int) -> None:
    found = _watched(12_000, noise=1.5, seed=seed)
    assert {"Learning well.", "The fit was thrown back by noise."} <= {each.headline for each in found}
    assert all(not each.is_trouble and "0." in each.detail for each in found if "thrown back" in each.headline)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("aggression", [70, 700])
def test_a_run_that_is_far_too_aggressive_saturates_within_4000_iterations(aggression: int, seed: int) -> None:
    last = _watched(4_000, aggression=aggression, noise=1, seed=seed)[-1]

    assert last.condition is RunState.SATURATED
    assert "too large" in last.detail
    assert "σ′ is" in last.detail
    assert "Undo" not in last.detail  # there need not be anything to undo
    assert {Remedy.UNDO, Remedy.RESET, Remedy.START_GENTLER} == set(last.remedies)
    assert last.is_dead_end


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_relu_neurons_that_are_pushed_too_hard_are_dead(seed: int) -> None:
    last = _watched(4_000, activation="relu", aggression=7, seed=seed)[-1]

    assert last.condition is RunState.DEAD
    assert "no longer react" in last.headline
    assert Remedy.NEW_SEED in last.remedies
    assert last.is_dead_end


def test_a_run_without_aggression_is_told_to_raise_it() -> None:
    for found in _watched(3_000, aggression=0, seed=1):
        assert found.condition is RunState.DEAD
        assert found.headline.endswith("the aggression is 0.")
        assert found.remedies == (Remedy.RAISE_AGGRESSION,)


@pytest.mark.slow
def test_a_run_that_is_far_too_timid_is_on_a_plateau() -> None:
    last = _watched(10_000, aggression=0.01, seed=1)[-1]

    assert last.condition is RunState.PLATEAU
    assert "since iteration 5,000" in last.detail
    assert Remedy.RAISE_AGGRESSION in last.remedies
    assert last.is_trouble
    assert not last.is_dead_end


def test_numbers_that_overflowed_are_said_to_have_been_taken_back() -> None:
    trainer = begun(seed=1, activation="relu", output_activation="linear", aggression=0.01)
    trainer.advance(1_250)
    trainer.apply(replace(trainer.config, aggression=7))
    trainer.advance(1_000)
    found = diagnose(signs_of(trainer))

    assert found.condition is RunState.NON_FINITE
    assert "aggression 7" in found.detail
    assert "to iteration 1,200" in found.detail
    assert found.remedies[0] is Remedy.LOWER_AGGRESSION
    assert found.is_dead_end


@pytest.mark.slow
def test_a_run_on_its_way_out_of_bounds_is_not_mistaken_for_one_that_stands_still() -> None:
    trainer = begun(seed=1, activation="relu", output_activation="linear", aggression=0.01)
    trainer.advance(11_001)  # costs are recorded every hundredth iteration now
    trainer.apply(replace(trainer.config, aggression=1_000))
    trainer.advance(98)
    evidence = signs_of(trainer)

    assert np.isnan(evidence.largest_jacobian)
    assert diagnose(evidence).condition not in DEAD_ENDS


@pytest.mark.slow
def test_a_run_that_learns_is_told_how_fast_its_cost_falls() -> None:
    trainer = begun(seed=1)
    trainer.advance(3_000)
    costs = trainer.costs.since(-1)
    smooth = [np.median(np.append(np.full(15, costs[0, 1]), costs[: k + 1, 1])[-15:]) for k in range(len(costs))]
    twice = costs[np.array(smooth) >= 2 * smooth[-1], 0]
    found = diagnose(signs_of(trainer))

    assert found.condition is RunState.LEARNING
    assert f"halved in the last {3_000 - int(twice[-1]):,} iterations" in found.detail


def _risen(best: float, last: float, when: int = 2_000, bottom: float = 0.04) -> np.ndarray:
    """Costs that fall until an iteration and rise since, up to iteration 10,000."""
    iterations = np.arange(0, 10_001, 10)
    return np.column_stack([iterations, np.interp(iterations, [0, best, when, 10_000], [0.2, bottom, last, last])])


def test_a_run_that_got_worse_is_told_where_it_was_best() -> None:
    found = diagnose(_evidence(iteration=10_000, costs=_risen(1_000, 0.23)))

    assert found.condition is RunState.WORSE
    assert re.search(r"\b0\.230\b.*\b1,000\b.*\b0\.04\d+\b", found.detail)
    assert found.remedies == (Remedy.BACK_TO_BEST, Remedy.LOWER_AGGRESSION, Remedy.SEE_BEST)
    assert found.is_trouble
    assert not found.is_dead_end


@pytest.mark.parametrize(
    "changes",
    [
        {"costs": _risen(1_000, 0.07)},
        {"costs": _risen(8_500, 0.23, when=8_600)},
        {"costs": _risen(1_000, 0.23, when=10_000)[:180], "iteration": 1_790},
        {"costs": _risen(1_000, 0.009, bottom=1e-3)},
        {"costs": np.vstack([_risen(1_000, 0.04), [10_001, 0.3]]), "iteration": 10_001},
    ],
    ids=["not by much", "of late", "early", "still good", "a spike"],
)
def test_only_a_clear_and_lasting_rise_is_worse(changes: dict[str, Any]) -> None:
    assert diagnose(_evidence(**{"iteration": 10_000, **changes})).condition is not RunState.WORSE


@pytest.mark.slow
def test_another_target_is_judged_by_its_own_costs_alone() -> None:
    trainer = begun(seed=1, noise=0)
    trainer.advance(10_050)
    trainer.apply(replace(trainer.config, curve="spiral"))
    evidence, now = signs_of(trainer), trainer.snapshot()

    assert evidence.costs.tolist() == [[10_050, now.cost]]
    assert diagnose(evidence).condition is RunState.STARTING

    trainer.advance(250)
    evidence = signs_of(trainer)
    assert evidence.costs[:, 0].tolist() == [10_100, 10_200, 10_300]
    assert evidence.cost == trainer.snapshot().cost


# The borders of each finding


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({"largest_output_slope": 1e-4, "costs": _constant(0.6)}, RunState.SATURATED),
        ({"largest_output_slope": 0.0, "costs": _constant(0.6)}, RunState.SATURATED),
        ({"largest_output_slope": 1e-2, "costs": _constant(0.6)}, RunState.PLATEAU),
        ({"largest_output_slope": 1e-4, "costs": _constant(5e-3)}, RunState.PLATEAU),
        ({"largest_output_slope": 1e-4, "costs": _constant(1e-4)}, RunState.LEARNING),
        ({"largest_jacobian": 1e-12, "largest_output_slope": 0.0, "costs": _constant(0.1)}, RunState.SATURATED),
        ({"largest_jacobian": 1e-12, "hidden_slope": 0.0, "costs": _constant(0.1)}, RunState.DEAD),
        ({"largest_jacobian": 1e-12, "costs": _constant(1e-4)}, RunState.LEARNING),
        ({"costs": _constant(0.1), "iteration": 1_999}, RunState.STARTING),
        ({"costs": _constant(0.1)}, RunState.PLATEAU),
        ({"diverged": True, "largest_output_slope": 0.0, "largest_jacobian": 0.0}, RunState.NON_FINITE),
    ],
    ids=lambda value: value.value if isinstance(value, RunState) else "",
)
def test_the_most_serious_finding_wins_and_a_good_fit_is_left_in_peace(
    changes: dict[str, Any], condition: RunState
) -> None:
    assert diagnose(_evidence(**changes)).condition is condition


@pytest.mark.parametrize(("first", "at_rest"), [(0, "Just started."), (1_500, "Too early to tell.")])
def test_a_run_whose_target_has_changed_late_is_not_said_to_have_just_started(first: int, at_rest: str) -> None:
    found = diagnose(_evidence(costs=np.array([[first, 0.1], [1_510, 0.1]]), iteration=1_510))

    assert found.condition is RunState.STARTING
    assert found.at_rest == at_rest
    assert ("since iteration 1,500" in found.detail) is bool(first)


def test_a_plateau_ends_only_when_it_is_left_behind() -> None:
    def falling(gain: float) -> np.ndarray:
        costs = _constant(0.1)
        costs[costs[:, 0] > 2_750, 1] *= 1 - gain
        return costs

    for gain, found, again in (
        (0.0, RunState.PLATEAU, RunState.PLATEAU),
        (0.03, RunState.SLOW, RunState.PLATEAU),
        (0.07, RunState.SLOW, RunState.SLOW),
    ):
        assert diagnose(_evidence(costs=falling(gain))).condition is found
        assert diagnose(_evidence(costs=falling(gain), before=RunState.PLATEAU)).condition is again


def test_a_fit_that_lacks_a_part_is_neither_praised_nor_in_trouble() -> None:
    halved = _constant(8e-4)
    halved[halved[:, 0] <= 1_000, 1] = 2e-3
    for costs, has_halved in ((halved, True), (_constant(8e-4), False)):
        diagnosis = diagnose(_evidence(costs=costs))
        assert diagnosis.condition is RunState.SLOW
        assert "0.0008" in diagnosis.detail
        assert ("3,930 iterations" in diagnosis.detail) == has_halved
        assert not diagnosis.is_trouble


@pytest.mark.parametrize("condition", RunState)
def test_a_dead_end_is_trouble_and_the_guide_explains_trouble(condition):
    found = Diagnosis(condition, "", "")
    assert found.is_trouble or not found.is_dead_end
    assert bool(found.section) == found.is_trouble


# Other optimisers


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["momentum", "adam", "lbfgs", "levenberg-marquardt"])
def test_a_heart_that_learns_with_another_optimiser_is_not_said_to_have_stopped(name: str, seed: int) -> None:
    trainer = Trainer(TrainingConfig(seed=seed, noise=0).changed(optimizer=name), quickest())
    for _ in range(4):
        trainer.advance(50 if OPTIMIZERS[name].solver else 300)  # a solver has learnt it by the last look
        assert diagnose(signs_of(trainer)).condition not in DEAD_ENDS


@pytest.mark.parametrize("name", ["lbfgs", "levenberg-marquardt"])
def test_nothing_is_offered_that_the_optimiser_does_not_know(name: str) -> None:
    config = TrainingConfig(optimizer=name, noise=8, aggression=100)
    costs = _constant(0.05)
    turned = {Remedy.LOWER_AGGRESSION, Remedy.RAISE_AGGRESSION, Remedy.LOWER_NOISE, Remedy.START_GENTLER}
    worse = np.column_stack([np.arange(0, 5001, 100), np.geomspace(1e-3, 0.5, 51)])
    for evidence in (
        _evidence(config=config, costs=costs),
        _evidence(config=config, costs=costs, largest_output_slope=1e-9, largest_jacobian=1e-20),
        _evidence(config=config, costs=costs, largest_jacobian=1e-20),
        _evidence(config=config, costs=worse),
    ):
        diagnosis = diagnose(evidence)
        assert not turned & set(diagnosis.remedies)
        assert "aggression" not in diagnosis.headline + diagnosis.detail
        assert "noise" not in diagnosis.headline + diagnosis.detail


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lbfgs", "levenberg-marquardt"])
def test_an_optimiser_that_has_come_to_the_bottom_is_not_said_to_have_dead_neurons(name: str) -> None:
    trainer = begun(optimizer=name, hidden=(1,))
    trainer.advance(200)
    diagnosis = diagnose(signs_of(trainer))

    assert "bottom" in diagnosis.headline
    assert diagnosis.remedies == (Remedy.MORE_NEURONS, Remedy.NEW_SEED)
    config = TrainingConfig(optimizer=name)
    large = diagnose(_evidence(config=config, costs=_constant(0.05), largest_jacobian=1e-20))
    assert large.remedies == (Remedy.NEW_SEED, Remedy.MORE_NEURONS)
    cut_off = diagnose(_evidence(config=config, costs=_constant(0.05), largest_jacobian=1e-20, hidden_slope=0.0))
    assert "no longer react" in cut_off.headline
