"""An ensemble with every engine: the steps of trainers that compute with the same one, on any number of cores."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.engine import threads as workers
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.ensemble import teams as ensemble_teams
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import IN_C, NEEDS_C, SINGLE, C, cases
from tests.session.engines import with_c, without_c

pytestmark = pytest.mark.costly

SMALL = TrainingConfig(hidden=(3, 4), points=20)
WAYS: list[dict[str, Any]] = [
    *({"optimizer": name} for name in OPTIMIZERS),
    {"schedule": "cosine", "schedule_over": 150},
    {"batch": 4},
    {"data_noise": 0.1, "train_one_in": 2},
    {"activation": "sine", "output_activation": "linear", "aggression": 0.05, "noise": 0.0},
]
RUNAWAY = TrainingConfig(output_activation="linear", activation="relu", aggression=1e6, noise=100, points=20)


@pytest.fixture(params=cases(IN_C))
def in_c(request: pytest.FixtureRequest) -> Arithmetic:
    return request.param  # type: ignore[no-any-return]


def _seeds(count: int, config: TrainingConfig = SMALL, **changes: Any) -> list[TrainingConfig]:
    return [replace(config, seed=seed).changed(**changes) for seed in range(count)]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_each_network_is_that_of_a_trainer_to_the_last_bit(way: dict[str, Any], in_c: Arithmetic) -> None:
    configs = [replace(config, frozen=(0, 5)) if config.seed == 1 else config for config in _seeds(2, **way)]
    together, trainers = Ensemble(configs, in_c), [Trainer(config, in_c) for config in configs]
    rounding = 1e-10 if in_c.precision == "double" else 1e-7  # more than that of a number of this precision
    for count in (30, 90, 7) if OPTIMIZERS[configs[0].optimizer].solver else (30, 100, 7):
        together.advance(count)
        for member, trainer in enumerate(trainers):
            trainer.advance(count)
            np.testing.assert_array_equal(together.parameters[member], trainer.parameters)
            # The ensemble draws in double precision, the trainer in its own: a weighted sum is rounded to the size of
            # its terms. Which weights grow to some hundreds depends on the processor
            near = rounding * (10 + np.abs(trainer.parameters).max())
            assert together.costs[member] == pytest.approx(trainer.snapshot().cost, rel=near, abs=near)
    assert together.arithmetic == in_c


@NEEDS_C
@settings(max_examples=5, deadline=None)
@given(lengths=st.lists(st.integers(0, 330), max_size=4), cores=st.sampled_from([1, 2, 3]))
def test_a_run_is_the_same_however_it_is_cut_and_on_any_number_of_cores(lengths: list[int], cores: int) -> None:
    whole, mark_edit = Ensemble(_seeds(5), C), Ensemble(_seeds(5), C)
    whole.advance(sum(lengths))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "cores", lambda: cores)
        patch.setattr(ensemble_teams, "NOTED_NUMBERS", 2_500)  # two hundreds of iterations at a time
        for length in lengths:
            mark_edit.advance(length)
            mark_edit.snapshot(), mark_edit.gradients(), mark_edit.record(1)  # looking changes nothing
    assert mark_edit.parameters.tobytes() == whole.parameters.tobytes()
    for mine, its in zip(mark_edit.cost_history(20), whole.cost_history(20), strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-12)


@NEEDS_C
def test_networks_that_need_the_interpreter_seldom_learn_in_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(ensemble_teams, "in_turns", lambda calls: given.append(len([call() for call in calls])))
    Ensemble(_seeds(4), C).advance(350)
    assert given == [4, 4]
    Ensemble(_seeds(4, optimizer="adam"), C).advance(350)
    assert given == [4, 4, 4, 4]
    Ensemble(_seeds(4, optimizer="lbfgs"), C).advance(150)
    Ensemble(_seeds(4)).advance(350)
    assert given == [4, 4, 4, 4]


@pytest.mark.parametrize("cores", [1, 3])
def test_engines_that_go_beside_others_make_the_same_iterations_in_threads(
    cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Ensemble(_seeds(5, optimizer="adam"))
    monkeypatch.setattr(Engine, "goes_beside_others", lambda self, descent: True)
    monkeypatch.setattr(workers, "cores", lambda: cores)
    beside = Ensemble(_seeds(5, optimizer="adam"))
    for each in (alone, beside):
        each.advance(230)
    np.testing.assert_array_equal(beside.parameters, alone.parameters)


@pytest.mark.parametrize("way", [{}, {"hidden": (3,)}, {"batch": 4}, {"optimizer": "adam"}], ids=str)
def test_in_single_precision_numpy_makes_the_same_iterations_but_for_rounding(way: dict[str, Any]) -> None:
    single = Arithmetic(precision="single")
    configs = [replace(config, frozen=(2,)) if config.seed == 1 else config for config in _seeds(4, **way)]
    together = Ensemble(configs, single)
    gradients = [Trainer(config).engine.gradient() for config in configs]
    np.testing.assert_allclose(together.gradients(), gradients, rtol=0, atol=1e-5)
    together.advance(20)
    for member, config in enumerate(configs):
        trainer = Trainer(config, single)
        trainer.advance(20)
        np.testing.assert_allclose(together.parameters[member], trainer.parameters, rtol=0, atol=1e-3)
        assert (together.parameters[member].astype(np.float32) != Trainer(config).parameters).any()
    assert together.parameters.dtype == np.float64


def test_networks_that_run_away_count_as_lost_and_do_not_disturb_the_others(in_c: Arithmetic) -> None:
    calm = replace(RUNAWAY, aggression=0.01, noise=1)
    together, alone = Ensemble([calm, RUNAWAY], in_c), Trainer(calm, in_c)
    together.advance(350)
    alone.advance(350)

    assert together.costs.tolist()[1] == np.inf
    np.testing.assert_array_equal(together.parameters[0], alone.parameters)
    assert together.cost_history(9)[1][1:, 1].tolist() == [np.inf] * 4
    lost = together.record(1)
    assert lost.diverged
    assert Trainer.going_on(lost).iteration == lost.iteration == 0


def test_where_an_engine_is_not_here_another_one_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    without_c(monkeypatch)
    together = Ensemble(_seeds(2), C)
    together.advance(150)
    assert together.arithmetic == USUAL
    assert together.record(0).arithmetics == ()
    assert Ensemble(_seeds(2), replace(C, precision="single")).arithmetic == SINGLE


@pytest.mark.parametrize("way", [{"optimizer": "adam"}, {"optimizer": "lbfgs"}, {"batch": 4}], ids=str)
def test_another_engine_is_handed_what_the_networks_and_their_optimisers_are(way: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        with_c(patch)
        configs = _seeds(2, **way)
        together, trainers = Ensemble(configs), [Trainer(config) for config in configs]
        for count in (130, 80):
            for each in (together, *trainers):
                each.advance(count)
                each.calculate_with(C)
        for member, trainer in enumerate(trainers):
            np.testing.assert_array_equal(together.parameters[member], trainer.parameters)
            assert together.record(member).arithmetics == trainer.record().arithmetics == ((130, C),)


def test_plain_descent_is_handed_over_both_ways(in_c: Arithmetic) -> None:
    together, alone = Ensemble(_seeds(3)), Trainer(_seeds(3)[2])
    for arithmetic in (USUAL, in_c, USUAL):
        for each in (together, alone):
            each.calculate_with(arithmetic)
            each.advance(40)
    near = 1e-10 if in_c.precision == "double" else 1e-3
    np.testing.assert_allclose(together.parameters[2], alone.parameters, rtol=0, atol=near)
    assert together.record(2).arithmetics == alone.record().arithmetics == ((40, in_c), (80, USUAL))


def test_an_adopted_run_goes_on_and_is_looked_back_at_to_the_last_bit(in_c: Arithmetic) -> None:
    together, alone = Ensemble(_seeds(3), in_c), Trainer(_seeds(3)[1], in_c)
    together.advance(333)
    taken_over = Trainer.going_on(together.record(1))
    alone.advance(250)
    then = alone.parameters
    alone.advance(150)
    taken_over.advance(67)

    assert taken_over.arithmetic == in_c
    np.testing.assert_array_equal(taken_over.parameters, alone.parameters)
    np.testing.assert_array_equal(Replayer().snapshot(taken_over, 250).parameters, then)


def test_what_is_lost_was_computed_by_what_computed_its_last_good_note() -> None:
    together = Ensemble(_seeds(2, RUNAWAY))
    together.advance(50)
    together.calculate_with(Arithmetic(precision="single"))
    together.advance(50)
    record = together.record(0)
    assert record.diverged
    assert record.iteration == 0
    assert record.arithmetics == ()
