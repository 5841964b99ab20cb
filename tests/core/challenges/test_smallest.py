"""Which runs have reached the goal, and how they are ranked."""

from dataclasses import replace

import pytest

from curvegui.core.challenges.by_hand import HAND_CURVES
from curvegui.core.challenges.smallest import GOAL, MOST, counts, curve_key, ranked, reached, with_one_more
from curvegui.core.run.trainer import Trainer

STEP = HAND_CURVES[0]


@pytest.fixture(scope="module")
def learned():
    """A run that goes on after it has reached the goal."""
    trainer = Trainer(STEP.config.changed(optimizer="levenberg-marquardt"))
    trainer.advance(200)
    return trainer


def test_a_run_is_there_when_its_cost_first_was(learned):
    found, record = reached(learned.record(), "today"), learned.record()
    assert (found.title, found.parameters, found.layers, found.by_hand) == ("By hand: Step", 10, (2,), False)
    assert learned.record().best[0] > found.iterations > 0
    costs = dict(record.costs.tolist())
    assert costs[found.iterations] <= GOAL < costs[found.iterations - 1]


def test_a_run_set_by_hand_is_marked_and_one_that_is_not_there_or_has_few_points_does_not_count(learned):
    assert reached(STEP.record(STEP.drawn_by), "").by_hand
    assert reached(STEP.record(STEP.drawn_by), "").iterations == 0
    assert reached(STEP.record(), "") is None
    few = Trainer.going_on(learned.record())
    few.apply(few.config.changed(points=99))
    assert few.best[1] <= GOAL
    assert reached(few.record(), "") is None
    assert counts(few.config.changed(points=200, train_one_in=2))
    assert not counts(few.config.changed(points=200, train_one_in=3))


def test_costs_of_another_curve_and_of_a_network_before_do_not_count(learned):
    trainer = Trainer.going_on(learned.record())
    trainer.apply(trainer.config.changed(curve="heart"))
    assert reached(trainer.record(), "") is None
    assert curve_key(trainer.config) == "heart" != curve_key(learned.config)


def test_fewer_parameters_are_better_then_fewer_iterations(learned):
    one = reached(learned.record(), "2026")
    small, late = replace(one, parameters=5, layers=(1,)), replace(one, optimizer="adam", iterations=999)
    elsewhere = replace(one, curve="heart")
    assert ranked([late, elsewhere, one, small], one.curve) == [small, one, late]


def test_one_of_a_kind_is_listed_and_the_ten_best_of_a_curve(learned):
    one = reached(learned.record(), "2026")
    heart = replace(one, curve="heart")
    sooner, hand = replace(one, iterations=1), replace(one, by_hand=True)
    assert with_one_more([one], one) is None
    assert with_one_more([sooner], one) is None
    assert with_one_more([one, heart], sooner) == (heart, sooner)
    assert set(with_one_more([one], hand)) == {one, hand}
    full = [replace(one, layers=(width,), parameters=5 * width) for width in range(2, 2 + MOST)]
    assert with_one_more(full, replace(one, layers=(99,), parameters=500)) is None
    best = with_one_more(full, replace(one, layers=(1,), parameters=5))
    assert len(best) == MOST
    assert full[-1] not in best
