"""The findings about swings and about the network: real runs that have them, and the borders of each."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.evidence import Evidence
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.remedies import quieter
from curvegui.core.learner.caption import layers
from curvegui.core.learner.reshaping import fitted_in
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import begun

pytestmark = pytest.mark.costly

EVERY = 500  # iterations between two looks at a run
NEW = {RunState.OSCILLATING, RunState.OUT_OF_REACH, RunState.TOO_SMALL, RunState.VANISHING}


def watched(trainer: Trainer, iterations: int) -> list[Diagnosis]:
    """What a run is told, time and again, by one who remembers the last time."""
    found: list[Diagnosis] = []
    for _ in range(iterations // EVERY):
        trainer.advance(EVERY)
        before = found[-1].condition if found else None
        found.append(diagnose(replace(signs_of(trainer), before=before)))
    return found


def conditions(**settings: Any) -> list[RunState]:
    return [each.condition for each in watched(begun(**settings), 8_000)]


def far_heart(shift: float, size: float = 1.0) -> Curve:
    """A heart that leaves the square at the right."""
    target = Trainer(TrainingConfig()).target
    points = (target.curve_points - 0.5) * size + 0.5 + np.array([[shift], [0.0]])
    return Curve("far", points, target.t[0], True, np.zeros(points.shape[1], np.bool_))


# Real runs


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_heart_that_learns_as_usual_has_none_of_these_nor_is_it_said_to_have_stopped(seed: int) -> None:
    found = watched(begun(seed=seed), 12_000)
    names = [each.condition for each in found]
    assert NEW.isdisjoint(names)
    assert not any(each.is_dead_end for each in found)
    assert {RunState.SATURATED, RunState.DEAD, RunState.NON_FINITE, RunState.WORSE}.isdisjoint(names)
    assert names.count(RunState.LEARNING) + names.count(RunState.SLOW) > len(found) / 2


def test_a_descent_without_noise_at_the_usual_aggression_does_not_swing() -> None:
    assert RunState.OSCILLATING not in conditions(noise=0, seed=1)


@pytest.mark.parametrize(("aggression", "seed"), [(20, 1), (25, 3)])
def test_too_much_aggression_without_noise_swings(aggression: float, seed: int) -> None:
    trainer = begun(noise=0, aggression=aggression, seed=seed)
    assert signs_of(trainer).gentler_gain == 0  # nobody asks so early, and it is long work
    found = watched(trainer, 8_000)[-1]
    assert found.condition is RunState.OSCILLATING
    assert f"aggression {aggression}" in found.detail
    assert found.remedies[0] is Remedy.LOWER_AGGRESSION
    assert found.is_trouble and not found.is_dead_end

    trainer.apply(replace(trainer.config, aggression=aggression / 10))
    assert diagnose(replace(signs_of(trainer), before=RunState.OSCILLATING)).condition is not RunState.OSCILLATING


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_diagnosis_changes_nothing(optimizer: str) -> None:
    config = TrainingConfig(optimizer=optimizer, aggression=10 * OPTIMIZERS[optimizer].usual, hidden=(3,), points=20)
    looked_at, alone = Trainer(config), Trainer(config)
    for count in (7, 130, 23):
        looked_at.advance(count)
        diagnose(signs_of(looked_at))
    alone.advance(160)
    assert np.array_equal(looked_at.parameters, alone.parameters)
    assert np.array_equal(looked_at.snapshot().state, alone.snapshot().state)


@pytest.mark.parametrize("shift", [0.15, 0.3, 2.0])
def test_a_curve_that_leaves_the_square_is_out_of_reach_at_once_and_until_it_is_fitted_in(shift: float) -> None:
    curve = far_heart(shift)
    trainer = begun(curve=curve)
    assert diagnose(signs_of(trainer)).condition is RunState.OUT_OF_REACH
    found = watched(trainer, 3_000)[-1]
    assert found.condition is RunState.OUT_OF_REACH
    assert found.remedies == (Remedy.FIT_CURVE, Remedy.LINEAR_OUTPUTS)
    assert f" {0.9 + shift - 0.98:.2g} " in found.detail

    trainer.apply(replace(trainer.config, curve=fitted_in(curve)))
    assert diagnose(signs_of(trainer)).condition is not RunState.OUT_OF_REACH


@pytest.mark.parametrize("hidden", [(1,), (2, 2), (6, 1)])
def test_a_network_of_very_few_neurons_is_too_small(hidden: tuple[int, ...]) -> None:
    found = watched(begun(hidden=hidden, seed=2), 10_000)[-1]
    assert (found.condition, found.remedies) == (RunState.TOO_SMALL, (Remedy.MORE_NEURONS,))
    assert layers((1, *hidden, 2)) in found.detail
    assert "3 times" in found.detail


@pytest.mark.parametrize("seed", [1, 5])
def test_the_gradient_of_a_deep_network_of_logistic_neurons_vanishes_and_that_of_tanh_does_not(seed: int) -> None:
    found = watched(begun(hidden=(6,) * 8, seed=seed), 3_000)[-1]
    assert found.condition is RunState.VANISHING
    assert "8 hidden layers" in found.detail
    assert found.remedies == (Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS)
    tanh = begun(hidden=(6,) * 8, seed=seed, activation="tanh", aggression=0.5)
    assert RunState.VANISHING not in {each.condition for each in watched(tanh, 3_000)}


# The borders of each finding


def evidence(**changes: Any) -> Evidence:
    """Of a run that stands still far from its goal, but for the changes."""
    costs = np.column_stack([np.arange(0, 5001, 10), np.full(501, 0.1)])
    still = Evidence(
        TrainingConfig(), 5_000, costs, largest_output_slope=0.2, largest_jacobian=1e-3, diverged=False, turns=4
    )
    return replace(still, **changes)


def falling(fraction: float, cost: float = 0.1) -> np.ndarray:
    """Costs that fell by a fraction over the last half of the run."""
    iterations = np.arange(0, 5001, 10)
    return np.column_stack([iterations, np.where(iterations > 2_750, cost * (1 - fraction), cost)])


JUMP = np.vstack([np.column_stack([np.arange(0, 5000, 10), np.geomspace(0.1, 5e-4, 500)]), [5_000, 2e-3]])
TINY, DEEP = TrainingConfig(hidden=(2, 6)), TrainingConfig(hidden=(6, 6, 6))


@pytest.mark.parametrize(
    ("changes", "found", "again"),
    [
        ({"gentler_gain": 0.6}, RunState.OSCILLATING, RunState.OSCILLATING),
        ({"gentler_gain": 0.3}, RunState.PLATEAU, RunState.OSCILLATING),
        ({"gentler_gain": 0.1}, RunState.PLATEAU, RunState.PLATEAU),
        ({"gentler_gain": 0.6, "iteration": 400}, RunState.STARTING, RunState.STARTING),
        ({"gentler_gain": 0.6, "costs": falling(0, 9e-4)}, RunState.SLOW, RunState.SLOW),
        ({"gentler_gain": 0.6, "costs": JUMP}, RunState.SLOW, RunState.SLOW),
    ],
)
def test_a_swing_ends_only_when_it_has_clearly_ended(changes: Any, found: RunState, again: RunState) -> None:
    assert diagnose(evidence(**changes)).condition is found
    assert diagnose(evidence(**changes, before=RunState.OSCILLATING)).condition is again


@pytest.mark.parametrize(
    ("changes", "found", "again"),
    [
        ({"costs": falling(0.05)}, RunState.VANISHING, RunState.VANISHING),
        ({"costs": falling(0.15)}, RunState.SLOW, RunState.VANISHING),
        ({"costs": falling(0.25)}, RunState.LEARNING, RunState.LEARNING),
        ({"passed_back": 0.02}, RunState.PLATEAU, RunState.VANISHING),
        ({"passed_back": 0.04}, RunState.PLATEAU, RunState.PLATEAU),
        ({"passed_back": float("nan")}, RunState.PLATEAU, RunState.PLATEAU),
        ({"config": TrainingConfig(hidden=(6, 6))}, RunState.PLATEAU, RunState.PLATEAU),
        ({"costs": falling(0, 9e-3)}, RunState.PLATEAU, RunState.PLATEAU),
    ],
)
def test_a_gradient_vanishes_until_it_is_clearly_back(changes: Any, found: RunState, again: RunState) -> None:
    changes = {"config": DEEP, "passed_back": 1e-3, **changes}
    assert diagnose(evidence(**changes)).condition is found
    assert diagnose(evidence(**changes, before=RunState.VANISHING)).condition is again


def test_a_plateau_s_first_remedy_is_another_aggression_where_that_one_is_far_from_good() -> None:
    for aggression, gain, first in (
        (0.1, 0.0, Remedy.RAISE_AGGRESSION),
        (7.0, 0.0, Remedy.NEW_SEED),
        (15.0, 0.3, Remedy.LOWER_AGGRESSION),
    ):
        found = diagnose(evidence(config=TrainingConfig(aggression=aggression), gentler_gain=gain))
        assert found.remedies[0] is first
        assert len(set(found.remedies)) == 3


def test_a_cost_that_was_nothing_is_no_plateau() -> None:
    costs = falling(0)
    costs[costs[:, 0] < 2_750, 1] = 0.0
    assert evidence(costs=costs).half_gain == 1


@pytest.mark.parametrize("condition", RunState)
def test_all_trouble_and_nothing_else_has_a_section_in_the_guide(condition: RunState) -> None:
    diagnosis = Diagnosis(condition, "Oh.", "It is so.")
    assert diagnosis.is_trouble == bool(diagnosis.section) == bool(condition.section)


# Weights set by hand


def touched(trainer: Trainer) -> Trainer:
    """The same run, whose first weight a hand has turned round."""
    trainer.set_parameters({0: -float(trainer.snapshot().parameters[0])})
    return trainer


def test_what_was_before_a_hand_set_weights_is_not_held_against_the_run() -> None:
    trainer = begun(seed=1, noise=0)
    trainer.advance(10_000)
    found = diagnose(signs_of(touched(trainer)))

    assert found.condition is RunState.STARTING
    assert "by hand" in found.headline
    assert "iteration 10,000" in found.detail
    assert not found.is_trouble
    assert signs_of(trainer).costs.tolist() == [[10_000, trainer.snapshot().cost]]


def test_after_a_hand_was_at_the_weights_nothing_is_said_before_there_is_enough_to_judge() -> None:
    trainer = begun(seed=1, noise=0)
    trainer.advance(10_000)
    touched(trainer)
    for _ in range(4):
        trainer.advance(100)
        assert "by hand" in diagnose(signs_of(trainer)).headline
    for _ in range(10):
        trainer.advance(100)
        assert not diagnose(signs_of(trainer)).is_trouble  # the cost fell far, all the same
    assert "by hand" not in diagnose(signs_of(trainer)).headline


def test_neurons_saturated_by_hand_are_not_blamed_on_the_steps() -> None:
    found = diagnose(evidence(largest_output_slope=0.0, last_edit=4_990))
    assert found.condition is RunState.SATURATED
    assert "by hand" in found.detail and "aggression" not in found.detail
    assert found.remedies == (Remedy.UNDO, Remedy.RESET)


# Too much noise


def test_neurons_saturated_by_hand_are_not_blamed_on_the_steps_however_long_ago_that_was() -> None:
    trainer = begun()
    trainer.advance(1_000)
    last = len(trainer.snapshot().parameters) - 1
    trainer.set_parameters({last: 40.0, last - 8: -40.0})  # the biases of x and y
    for _ in range(2):
        trainer.advance(3_000)
        found = diagnose(signs_of(trainer))
        assert found.condition is RunState.SATURATED
        assert "by hand" in found.detail and "aggression" not in found.detail
    later = evidence(largest_output_slope=0.0, last_edit=0, costs=falling(-1.0))  # it learnt, and was pushed out then
    assert "by hand" not in diagnose(later).detail


def noisy(**changes: Any) -> Evidence:
    return evidence(config=TrainingConfig(noise=2), **changes)


RISEN = np.column_stack(
    [np.arange(0, 5001, 10), np.interp(np.arange(0, 5001, 10), [0, 1_000, 2_000], [0.2, 0.01, 0.2])]
)


@pytest.mark.parametrize(
    ("changes", "condition", "first"),
    [
        ({"gentler_gain": 0.6}, RunState.OSCILLATING, Remedy.LOWER_NOISE),
        ({"costs": RISEN}, RunState.WORSE, Remedy.BACK_TO_BEST_QUIETER),
        ({}, RunState.PLATEAU, Remedy.LOWER_NOISE),
        ({"largest_output_slope": 0.0}, RunState.SATURATED, Remedy.START_QUIETER),
        ({"diverged": True}, RunState.NON_FINITE, Remedy.LOWER_NOISE),
    ],
)
def test_too_much_noise_is_named_and_lowered(changes: Any, condition: RunState, first: Remedy) -> None:
    found = diagnose(noisy(**changes))
    assert found.condition is condition
    assert "noise 2" in found.detail
    assert "aggression 7" not in found.detail and "lower aggression" not in found.detail
    assert found.remedies[0] is first
    assert {Remedy.LOWER_NOISE, Remedy.START_QUIETER} & set(found.remedies)


@pytest.mark.parametrize(
    ("aggression", "noise", "named"), [(7, 1, False), (14, 1.1, True), (15, 2, False), (70, 3, False)]
)
def test_the_noise_is_blamed_where_it_is_high_and_the_aggression_is_not(
    aggression: float, noise: float, named: bool
) -> None:
    config = TrainingConfig(aggression=aggression, noise=noise)
    assert ("noise" in diagnose(evidence(config=config, largest_output_slope=0.0)).detail) is named


@pytest.mark.parametrize("seed", [1, 5])
def test_a_real_run_that_too_much_noise_threw_off_is_told_so_and_recovers_with_less(seed: int) -> None:
    trainer = begun(seed=seed)
    trainer.advance(10_000)
    good = trainer.snapshot().cost
    trainer.apply(replace(trainer.config, noise=2.5))
    found = watched(trainer, 4_000)[-1]
    assert found.condition in {RunState.WORSE, RunState.SATURATED}
    assert "noise 2.5" in found.detail
    trainer.rewind(10_000, trainer.keyframe_before(10_000).parameters)
    trainer.apply(replace(trainer.config, noise=quieter(trainer.config)))
    trainer.advance(4_000)
    assert trainer.snapshot().cost < 2 * good
