"""What is named as the cause is the cause: dead neurons, a decay, depth, too few points, or noise."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.evidence import Evidence
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.findings import pulls_too_far
from curvegui.core.diagnosis.forecast import Forecast
from curvegui.core.diagnosis.remedies import Start, effect_of
from curvegui.core.run.look_ahead import evidence_of, signs_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import begun

THROWN = np.column_stack([np.arange(0, 10_001, 100), np.r_[np.geomspace(0.2, 2e-3, 100), 0.009]])


def found_after(iterations: int, **settings: Any) -> tuple[Trainer, Diagnosis]:
    """A run, and what is said of it as it stands."""
    trainer = begun(**settings)
    trainer.advance(iterations)
    return trainer, diagnose(signs_of(trainer))


@pytest.mark.parametrize(
    ("iterations", "settings"),
    [
        (600, {"weight_decay": 0.05}),
        (1_500, {"weight_decay": 0.01, "noise": 0}),
        pytest.param(5_000, {"weight_decay": 0.001}, marks=pytest.mark.slow),
        pytest.param(5_000, {"weight_decay": 0.01, "optimizer": "adam", "aggression": 0.1}, marks=pytest.mark.slow),
        (60, {"weight_decay": 0.01, "optimizer": "lbfgs"}),
        (60, {"weight_decay": 0.01, "optimizer": "levenberg-marquardt"}),
    ],
)
def test_a_decay_that_has_emptied_the_weights_is_named_and_no_neuron_is_called_dead(
    iterations: int, settings: dict[str, Any]
) -> None:
    _, found = found_after(iterations, **settings)
    assert found.condition is RunState.DECAYED
    assert f"weight decay {settings['weight_decay']:g}" in found.detail
    assert found.remedies[0] is Remedy.START_LESS_DECAY
    assert found.is_dead_end


@pytest.mark.slow
@pytest.mark.parametrize("decay", [0.005, 0.02, 0.05])
def test_less_decay_is_tried_beforehand_and_offered_first(decay: float) -> None:
    trainer, _ = found_after(3_000, weight_decay=decay)
    found = diagnose(evidence_of(trainer))
    assert found.condition is RunState.DECAYED
    assert found.was_tried and found.remedies[0] is Remedy.START_LESS_DECAY


def test_less_decay_begins_anew_or_goes_on_here_and_is_not_offered_without_one() -> None:
    strong = TrainingConfig(weight_decay=0.01)
    anew, here = (effect_of(each, strong, None) for each in (Remedy.START_LESS_DECAY, Remedy.LESS_DECAY))
    assert anew and here and (anew.start, here.start) == (Start.AGAIN, Start.HERE)
    assert anew.changes == here.changes
    assert 0 < anew.changes["weight_decay"] <= 1e-5
    mild = effect_of(Remedy.LESS_DECAY, TrainingConfig(weight_decay=1e-5), None)
    assert mild and mild.changes["weight_decay"] == pytest.approx(1e-6)


def evidence(**changes: Any) -> Evidence:
    """A run that stands still, but for the changes."""
    costs = np.column_stack([np.arange(0, 10_001, 100), np.full(101, 0.1)])
    return replace(Evidence(TrainingConfig(), 10_000, costs, 0.2, 0.01, diverged=False), **changes)


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({"largest_weight": 0.1}, RunState.PLATEAU),
        ({"largest_weight": 1e-6}, RunState.DECAYED),
        ({"largest_weight": 0.1, "config": TrainingConfig(weight_decay=0.01)}, RunState.DECAYED),
        ({"largest_weight": 1.0, "config": TrainingConfig(weight_decay=0.01)}, RunState.PLATEAU),
        ({"largest_weight": 1e-6, "hidden_slope": 0.0, "largest_jacobian": 0.0}, RunState.DEAD),
    ],
    ids=["small without a decay", "all next to 0", "held there", "large", "dead neurons"],
)
def test_small_weights_are_a_finding_only_where_nothing_else_holds_them(
    changes: dict[str, Any], condition: RunState
) -> None:
    found = diagnose(evidence(**changes))
    assert found.condition is condition
    assert ("decay" in found.headline) == (condition is RunState.DECAYED and "config" in changes)


@pytest.mark.parametrize(
    "settings",
    [
        {"weight_decay": 1_000, "aggression": 0.07},
        {"weight_decay": 1, "aggression": 3, "output_activation": "linear"},
        {"weight_decay": 10, "aggression": 1, "optimizer": "momentum", "output_activation": "relu"},
    ],
)
def test_a_decay_that_drives_the_weights_out_of_bounds_is_named(settings: dict[str, Any]) -> None:
    trainer, found = found_after(500, **settings)
    assert trainer.diverged and found.condition is RunState.NON_FINITE
    assert "weight decay" in found.detail
    assert found.remedies[0] is Remedy.LESS_DECAY


def test_where_less_decay_keeps_the_numbers_in_bounds_it_is_what_was_tried() -> None:
    trainer, _ = found_after(500, weight_decay=1_000, aggression=0.07)
    found = diagnose(evidence_of(trainer))
    assert found.remedies[0] is Remedy.LESS_DECAY and found.was_tried
    assert "inf" not in found.detail


def test_a_gradient_of_which_nothing_is_left_vanishes_whatever_would_help() -> None:
    stuck = Forecast(10_000, present=0.1, ahead=0.1, distance=2_000, tried_for=2_000, as_it_is=0.1)
    deep = {"config": TrainingConfig(hidden=(4,) * 16), "largest_jacobian": 1e-13, "passed_back": 1e-12}
    for tried, helped in (({Remedy.ADAM: 0.01}, True), ({Remedy.ADAM: 0.1}, False)):
        found = diagnose(evidence(**deep, forecast=replace(stuck, tried=tried)))
        assert found.condition is RunState.VANISHING
        assert (found.remedies[:1] == (Remedy.ADAM,)) is helped


@pytest.mark.parametrize("optimizer", ["lbfgs", "levenberg-marquardt"])
def test_an_optimiser_of_second_order_that_gets_nowhere_is_told_so_within_200_iterations(optimizer: str) -> None:
    trainer = begun(optimizer=optimizer, hidden=(2,))
    trainer.advance(200)
    found = diagnose(signs_of(trainer))
    assert found.condition is RunState.TOO_SMALL
    told = diagnose(replace(signs_of(trainer), forecast=Forecast(200, 0.02, 0.02, 500), config=trainer.config))
    assert "5,000" not in told.detail


@pytest.mark.parametrize(
    ("settings", "iterations"), [({"points": 2}, 50), ({"points": 5}, 200), ({"points": 2, "hidden": (1,)}, 200)]
)
def test_few_points_that_are_met_are_no_curve(settings: dict[str, Any], iterations: int) -> None:
    trainer, found = found_after(iterations, optimizer="levenberg-marquardt", **settings)
    assert trainer.snapshot().cost < 1e-8
    assert found.condition is RunState.SLOW
    assert "missing" in found.headline and "points" in found.detail
    assert "halved" not in found.detail


def test_every_part_of_the_curve_is_there_only_where_the_largest_error_is_small() -> None:
    good = evidence(costs=np.column_stack([np.arange(0, 10_001, 100), np.full(101, 1.8e-4)]))
    assert diagnose(replace(good, largest_gap=(0.04, 0.5))).headline == "Very good fit."
    found = diagnose(replace(good, largest_gap=(0.066, 0.25)))
    assert "every part" not in found.detail
    assert "0.066" in found.detail and "t = 0.25" in found.detail


def test_a_decay_that_momentum_bears_is_not_blamed() -> None:
    trainer, _ = found_after(500, weight_decay=3, aggression=1, optimizer="momentum")
    assert not trainer.diverged
    assert not pulls_too_far(trainer.config)
    assert not pulls_too_far(TrainingConfig(weight_decay=0.01))


def test_noise_and_a_gradient_that_looks_ahead_bear_less_decay() -> None:
    calm = {"weight_decay": 1.6, "aggression": 1, "noise": 0}
    assert not pulls_too_far(TrainingConfig(**calm))
    assert pulls_too_far(TrainingConfig(**calm | {"optimizer": "nesterov"}))
    assert pulls_too_far(TrainingConfig(**calm | {"noise": 2}))
    assert not pulls_too_far(TrainingConfig(**calm | {"optimizer": "adam", "weight_decay": 100}))  # which scales it
