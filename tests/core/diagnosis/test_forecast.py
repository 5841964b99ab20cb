"""What is made of an forecast: whether a run is stuck, which remedies are offered, and how long it holds."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.evidence import Evidence
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.forecast import HORIZON, Forecast, to_try
from curvegui.core.settings.config import TrainingConfig

STUCK = Forecast(10_000, present=0.1, ahead=0.099, distance=HORIZON)
TRIED = replace(STUCK, tried_for=2_000, as_it_is=0.1)


def evidence(forecast: Forecast | None = None, cost: float = 0.1, **changes: object) -> Evidence:
    """A run whose cost has not changed."""
    costs = np.column_stack([np.arange(0, 10_001, 100), np.full(101, cost)])
    usual = Evidence(TrainingConfig(), 10_000, costs, 0.2, 0.01, diverged=False, forecast=forecast)
    return replace(usual, **changes)


@pytest.mark.parametrize("ahead", [0.1, 0.095, 0.2, nan, inf])
def test_a_cost_that_hardly_falls_is_stuck(ahead: float) -> None:
    assert replace(STUCK, ahead=ahead).is_stuck(None)


def test_a_run_whose_cost_is_about_to_fall_is_not_in_trouble() -> None:
    assert diagnose(evidence()).condition is RunState.PLATEAU
    found = diagnose(evidence(replace(STUCK, ahead=0.05)))
    assert not found.is_trouble
    assert "0.0500" in found.detail


def test_a_run_that_is_about_to_be_stuck_is_told() -> None:
    costs = np.column_stack([np.arange(0, 10_001, 100), np.geomspace(1, 0.1, 101)])
    assert diagnose(evidence(costs=costs)).condition is RunState.LEARNING
    assert diagnose(evidence(STUCK, costs=costs)).condition is RunState.PLATEAU


def test_a_good_fit_is_left_in_peace() -> None:
    good = replace(STUCK, present=1e-4, ahead=1e-4)
    assert not diagnose(evidence(good, cost=1e-4)).is_trouble


def test_what_helped_is_offered_the_best_first_and_with_its_figure() -> None:
    forecast = replace(TRIED, tried={Remedy.LOWER_NOISE: 0.06, Remedy.NEW_SEED: 0.004, Remedy.RAISE_AGGRESSION: 0.09})
    found = diagnose(evidence(forecast))
    assert found.remedies == (Remedy.NEW_SEED, Remedy.LOWER_NOISE)
    assert "0.00400" in found.detail
    assert "2,000" in found.detail


def test_where_nothing_helps_nothing_is_promised() -> None:
    found = diagnose(evidence(replace(TRIED, tried={Remedy.LOWER_NOISE: 0.09})))
    assert found.condition is RunState.PLATEAU
    assert not found.remedies
    assert found.was_tried


@pytest.mark.parametrize(
    ("changes", "condition", "by_itself"),
    [
        ({"config": TrainingConfig(hidden=(6, 6, 6)), "passed_back": 1e-3}, RunState.VANISHING, Remedy.TANH_NEURONS),
        ({"config": TrainingConfig(hidden=(2,))}, RunState.TOO_SMALL, Remedy.MORE_NEURONS),
        ({"gentler_gain": 0.8}, RunState.OSCILLATING, Remedy.LOWER_AGGRESSION),
    ],
)
def test_a_cause_is_named_only_if_what_is_against_it_helps_most(
    changes: dict[str, object], condition: RunState, by_itself: Remedy
) -> None:
    def found(**tried: float) -> RunState:
        forecast = replace(TRIED, tried={Remedy[name]: cost for name, cost in tried.items()})
        return diagnose(evidence(forecast, **changes)).condition

    assert found(**{by_itself.name: 0.01}) is condition
    assert found(**{by_itself.name: 0.06, "NEW_SEED": 0.01}) is RunState.PLATEAU


def test_a_curve_far_outside_stays_out_of_reach_however_the_cost_falls() -> None:
    falling = replace(STUCK, ahead=0.05)
    assert diagnose(evidence(falling, beyond_reach=0.5)).condition is RunState.OUT_OF_REACH
    assert not diagnose(evidence(falling, beyond_reach=0.01)).is_trouble


def test_what_cannot_change_anything_is_not_tried() -> None:
    config = TrainingConfig(hidden=(8, 8), activation="tanh", output_activation="linear", optimizer="adam")
    tried = to_try(Diagnosis(RunState.PLATEAU, "", ""), config)
    useless = {Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS, Remedy.LINEAR_OUTPUTS, Remedy.ADAM, Remedy.MORE_NEURONS}
    assert useless.isdisjoint(tried)


@pytest.mark.parametrize(
    ("forecast", "iteration", "cost", "holds"),
    [
        (STUCK, 9_000, 0.1, False),
        (STUCK, 40_000, 0.1, True),
        (STUCK, 12_000, 0.05, False),
        (replace(STUCK, ahead=0.05), 12_000, 0.1, True),
        (replace(STUCK, ahead=0.05), 16_000, 0.1, False),
        (replace(STUCK, ahead=0.05), 16_000, 0.05, True),
    ],
    ids=["gone back", "still stuck", "got away", "not there yet", "did not fall", "fell"],
)
def test_it_holds_until_something_else_happens(forecast: Forecast, iteration: int, cost: float, holds: bool) -> None:
    assert forecast.holds(iteration, cost) is holds


@pytest.mark.parametrize(
    ("forecast", "iteration", "cost", "is_old"),
    [
        (STUCK, 12_000, 0.1, False),
        (STUCK, 16_000, 0.1, True),
        (replace(STUCK, ahead=0.05), 12_000, 0.08, False),
        (replace(STUCK, ahead=0.05), 12_000, 0.051, True),
    ],
    ids=["stuck", "stuck for long", "on its way", "there"],
)
def test_it_is_looked_ahead_anew_once_it_has_come_true(
    forecast: Forecast, iteration: int, cost: float, is_old: bool
) -> None:
    assert forecast.is_old(iteration, cost) is is_old


def test_a_run_that_makes_up_for_a_fall_is_no_trouble_but_may_go_back_to_its_best() -> None:
    costs = np.column_stack([np.arange(0, 10_001, 100), np.r_[np.full(30, 0.02), np.full(71, 0.1)]])
    assert diagnose(evidence(costs=costs)).condition is RunState.WORSE
    found = diagnose(evidence(replace(STUCK, ahead=0.05), costs=costs))
    assert not found.is_trouble
    assert Remedy.BACK_TO_BEST in found.remedies


@pytest.mark.parametrize(
    ("changes", "where"),
    [({"largest_output_slope": 0.0}, "output"), ({"hidden_slope": 0.0, "passed_back": 0.0}, "hidden")],
)
def test_it_is_said_which_neurons_no_longer_react(changes: dict[str, object], where: str) -> None:
    config = TrainingConfig(activation="relu", output_activation="relu")
    found = diagnose(evidence(config=config, **{"largest_jacobian": 0.0, **changes}))
    assert found.condition is RunState.DEAD
    assert where in found.headline
    assert (Remedy.LINEAR_OUTPUTS in found.remedies) is (where == "output")
