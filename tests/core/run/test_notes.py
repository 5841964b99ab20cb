"""The test cost is noted at the iterations of the cost, and taken back, thinned and gone on with like it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.learner.learner import Evaluation
from curvegui.core.learner.recording import Keyframe, thin_points
from curvegui.core.run.notes import Notes
from curvegui.core.run.record import THIN_COSTS, RunRecord, thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from tests.core.runs import SMALL, STRETCHES, Watched

TESTED = replace(SMALL, points=9, train_one_in=3, data_noise=0.05)
FIT = np.zeros((2, 9))


def _trained(iterations: int) -> Trainer:
    trainer = Trainer(TESTED)
    trainer.advance(iterations)
    return trainer


def _iterations(trainer: Trainer | RunRecord) -> list[int]:
    rows = trainer.test_costs if isinstance(trainer, RunRecord) else trainer.test_costs.since(-1)
    return [int(iteration) for iteration in rows[:, 0]]


def test_without_points_to_test_on_there_is_no_test_cost() -> None:
    trainer = Trainer(SMALL)
    trainer.advance(100)

    assert _iterations(trainer) == []
    assert trainer.record().test_costs.shape == (0, 2)


def test_the_test_cost_is_noted_at_the_iterations_of_the_cost_and_is_that_of_the_snapshot() -> None:
    trainer, seen = Trainer(TESTED), []
    for _ in range(50):
        seen.append(trainer.snapshot().test_cost)
        trainer.advance(1)

    assert _iterations(trainer) == trainer.costs.iterations
    assert trainer.test_costs.costs[:50] == seen


def test_it_begins_and_ends_where_the_setting_is_turned() -> None:
    trainer = Trainer(SMALL)
    trainer.advance(20)
    trainer.apply(TESTED)
    trainer.advance(10)
    trainer.apply(replace(TESTED, train_one_in=1))
    trainer.advance(10)
    trainer.apply(TESTED)
    trainer.advance(5)

    assert _iterations(trainer) == [*range(21, 31), *range(41, 46)]
    assert trainer.costs.iterations == list(range(46))


def test_what_is_taken_back_is_forgotten() -> None:
    trainer = _trained(130)
    moment = Replayer().snapshot(trainer, 70)
    trainer.rewind(70, moment.parameters)

    assert _iterations(trainer) == list(range(71))
    assert trainer.snapshot().test_cost == moment.test_cost


def test_a_test_cost_beyond_all_numbers_is_not_noted() -> None:
    log = Notes(TESTED, Keyframe(0, np.zeros(2)), Evaluation(FIT, 0.5, 0.25))
    for iteration, test_cost in enumerate([np.inf, np.nan, 0.125, None], start=1):
        log.add_costs(iteration, Evaluation(FIT, 0.5, test_cost))

    assert log.test_costs.since(-1).tolist() == [[0, 0.25], [3, 0.125]]
    assert log.costs.iterations == [0, 1, 2, 3, 4]
    assert np.array_equal(log.trail.since(-1).curves[0], thin_points(FIT))


# Records


@pytest.mark.slow
@settings(max_examples=4)
@given(stretches=STRETCHES, tested=st.lists(st.sampled_from([1, 2, 5]), min_size=5, max_size=5), share=st.floats(0, 1))
def test_a_run_until_a_moment_has_the_test_costs_it_had_then(
    stretches: list[tuple[dict[str, object], int, float | None]], tested: list[int], share: float
) -> None:
    run = Watched()
    run.live([(each | {"train_one_in": some}, *rest) for (each, *rest), some in zip(stretches, tested, strict=False)])
    whole = run.trainer.record()
    first = int(whole.keyframe_iterations[0])
    moment = Replayer().snapshot(run.trainer, first + round(share * (whole.iteration - first)))
    rows = whole.until(moment).test_costs

    assert np.array_equal(rows, whole.test_costs[whole.test_costs[:, 0] <= moment.iteration])
    assert np.isin(rows[:, 0], whole.costs[:, 0]).all()


def test_a_replayed_moment_has_the_test_cost_that_was_noted() -> None:
    trainer = _trained(240)
    noted = dict(trainer.test_costs.since(-1).tolist())

    for iteration in (0, 99, 100, 171, 240):
        assert Replayer().snapshot(trainer, iteration).test_cost == noted[iteration]


@pytest.mark.slow
def test_a_thinned_run_keeps_the_test_costs_beside_the_costs_that_are_left() -> None:
    record = _trained(20_000).record()
    thin = thinned(record, 30_000)

    assert len(thin.costs) == len(thin.test_costs) == THIN_COSTS
    assert np.array_equal(thin.costs[:, 0], thin.test_costs[:, 0])
    sizes = (thin.parameters, thin.keyframes, thin.costs, thin.test_costs)
    assert sum(array.nbytes for array in sizes) <= 30_000
