"""Looking ahead: what a run comes to, what would help, and that the run itself knows nothing of it."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.finding import Remedy, RunState
from curvegui.core.diagnosis.forecast import HORIZON
from curvegui.core.diagnosis.remedies import Start, effect_of
from curvegui.core.run import look_ahead as module
from curvegui.core.run.look_ahead import evidence_of, look_ahead, signs_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import begun

pytestmark = pytest.mark.costly


def learnt(iterations: int, **settings: object) -> Trainer:
    trainer = begun(**settings)
    trainer.advance(iterations)
    return trainer


def test_what_is_said_to_come_comes() -> None:
    trainer = learnt(3_000, noise=0.0, aggression=2.0)
    forecast = evidence_of(trainer).forecast
    assert forecast is not None
    trainer.advance(forecast.distance)
    late = trainer.costs.costs[-round(0.3 * forecast.distance / 10) :]
    assert forecast.ahead == pytest.approx(np.median(late), rel=0.05)


def test_looking_changes_nothing() -> None:
    looked_at, other = (learnt(2_500, aggression=60.0, seed=3) for _ in range(2))
    assert evidence_of(looked_at).forecast is not None
    for trainer in (looked_at, other):
        trainer.advance(200)
    assert looked_at.parameters.tobytes() == other.parameters.tobytes()


def test_steps_that_are_too_large_are_found_to_be_so_by_trying_smaller_ones() -> None:
    evidence = evidence_of(learnt(4_000, noise=0.0, aggression=25.0, seed=1))
    found = diagnose(evidence)
    assert found.condition is RunState.OSCILLATING
    assert found.was_tried
    assert found.remedies[0] is Remedy.LOWER_AGGRESSION
    assert f"{evidence.forecast.tried_for:,}" in found.detail


def test_saturated_outputs_need_another_start() -> None:
    found = diagnose(evidence_of(learnt(3_000, aggression=70.0, seed=1)))
    assert found.condition is RunState.SATURATED
    assert found.remedies[0] is Remedy.START_GENTLER


def test_a_network_that_is_too_small_is_given_more_neurons_where_it_is() -> None:
    found = diagnose(evidence_of(learnt(6_000, hidden=(1,))))
    assert found.condition is RunState.TOO_SMALL
    assert found.remedies[0] is Remedy.MORE_NEURONS


def test_a_run_far_from_its_best_goes_back_to_it() -> None:
    trainer = learnt(3_000, seed=2)
    trainer.apply(replace(trainer.config, aggression=20.0))
    trainer.advance(5_000)
    found = diagnose(evidence_of(trainer))
    assert found.condition is RunState.WORSE
    assert found.remedies[0] is Remedy.BACK_TO_BEST


def test_depth_is_not_blamed_where_the_steps_were_too_large() -> None:
    deep = learnt(5_000, optimizer="nesterov", hidden=(10, 6, 1), activation="tanh", output_activation="tanh",
                  aggression=0.405, seed=705)  # fmt: skip
    found = diagnose(evidence_of(deep))
    assert found.condition is not RunState.VANISHING


def test_optimisers_of_second_order_look_ahead_less_far() -> None:
    forecast = evidence_of(learnt(2_500, optimizer="lbfgs", hidden=(2,), curve="flower")).forecast
    assert forecast is not None
    assert forecast.distance < HORIZON / 5


@pytest.mark.parametrize(
    ("iterations", "settings"),
    [(300, {}), (8_000, {"optimizer": "adam", "aggression": 0.02, "noise": 0.0})],
    ids=["early", "a good fit"],
)
def test_a_run_that_is_well_is_left_alone(iterations: int, settings: dict[str, object]) -> None:
    trainer = learnt(iterations, **settings)
    assert not list(look_ahead(trainer, signs_of(trainer)))


def test_a_network_for_which_it_would_take_minutes_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = learnt(2_000, aggression=70.0, seed=1)
    monkeypatch.setattr(module, "MOST_WORK", 100)
    assert not list(look_ahead(trainer, signs_of(trainer)))


def test_it_is_done_in_small_pieces_and_the_first_answer_does_not_wait_for_the_trials() -> None:
    trainer = learnt(2_000, aggression=70.0, seed=1)
    pieces = list(look_ahead(trainer, signs_of(trainer)))
    first, last = (place for place, each in enumerate(pieces) if each is not None)
    assert first > 50
    assert last > first + 50
    assert not pieces[first].tried


def test_where_nothing_helps_soon_the_best_of_it_is_tried_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = learnt(6_000, hidden=(1,))
    monkeypatch.setattr(module, "to_try", lambda found, config: (Remedy.NEW_SEED, Remedy.LOWER_NOISE))
    forecast = evidence_of(trainer).forecast
    assert forecast is not None
    assert forecast.tried_for == HORIZON
    assert not diagnose(replace(signs_of(trainer), forecast=forecast)).remedies


def test_a_remedy_that_cannot_be_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(config: TrainingConfig, **changes: object) -> TrainingConfig:
        raise ValueError("Layers: no.")

    trainer = learnt(3_000, aggression=70.0, seed=1)
    monkeypatch.setattr(TrainingConfig, "changed", refuse)
    forecast = evidence_of(trainer).forecast
    assert forecast is not None
    assert not forecast.tried


@pytest.mark.parametrize(("shift", "begins_again"), [(0.1, False), (3.0, True)])
def test_a_curve_is_fitted_in_and_where_the_outputs_are_at_their_bounds_the_run_begins_again(
    shift: float, begins_again: bool
) -> None:
    target = Trainer(TrainingConfig()).target
    curve = Curve("far", target.points + np.array([[shift], [0.0]]), target.t[0], True, np.zeros(100, np.bool_))
    trainer = learnt(4_000, curve=curve)
    found = effect_of(Remedy.FIT_CURVE, trainer.config, trainer.snapshot().fit)
    assert found is not None
    assert (found.start is Start.AGAIN) is begins_again
    assert effect_of(Remedy.FIT_CURVE, trainer.config, None).start is Start.HERE
    assert effect_of(Remedy.FIT_CURVE, TrainingConfig(), None) is None
