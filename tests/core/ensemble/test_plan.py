"""What goes along a wall, who leads, and how far its networks lie apart."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import FEWEST, MOST, VARIED, WallPlan, is_lost, order, ranks, spread, usual_ranges
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig

COSTS = st.lists(st.one_of(st.floats(0, 10), st.just(np.inf)), min_size=1, max_size=MOST).map(np.array)
BASE = TrainingConfig(seed=3, aggression=5.0, points=20)


def test_the_seed_goes_up_by_one_from_the_runs_own() -> None:
    plan = WallPlan(count=5)
    assert plan.values(BASE) == (3, 4, 5, 6, 7)
    assert plan.configs(BASE) == tuple(replace(BASE, seed=seed) for seed in range(3, 8))


def test_seeds_begin_anew_where_they_would_be_too_large() -> None:
    assert WallPlan(count=4).values(replace(BASE, seed=MAX_SEED - 1)) == (MAX_SEED - 1, MAX_SEED, 0, 1)


def test_the_aggression_grows_by_the_same_factor_and_the_seed_stays() -> None:
    plan = WallPlan(count=4, varied="aggression", low=0.1, high=100)
    assert plan.is_logarithmic
    assert plan.values(BASE) == (0.1, 1.0, 10.0, 100.0)
    assert {config.seed for config in plan.configs(BASE)} == {3}


def test_the_noise_grows_by_the_same_amount() -> None:
    plan = WallPlan(count=5, varied="noise", low=0, high=1)
    assert not plan.is_logarithmic
    assert plan.values(BASE) == (0, 0.25, 0.5, 0.75, 1)


def test_values_are_short_unless_they_would_be_the_same() -> None:
    assert WallPlan(count=4, varied="noise", low=0, high=1).values(BASE)[1] == 0.333
    close = WallPlan(count=4, varied="noise", low=1, high=1.0001).values(BASE)
    assert len(set(close)) == 4


@pytest.mark.parametrize("varied", VARIED)
def test_whatever_may_go_along_a_wall_can_learn_together(varied: str) -> None:
    low, high = usual_ranges().get(varied, (0, 0))
    plan = WallPlan(count=4, varied=varied, low=low, high=high)
    ensemble = Ensemble(plan.configs(BASE))
    ensemble.advance(3)
    assert len(set(ensemble.costs.tolist())) == plan.count


def test_along_a_setting_with_choices_all_race_with_their_usual_aggression_and_the_same_rest() -> None:
    plan = WallPlan(count=64, varied="optimizer")
    configs = plan.configs(BASE)
    assert plan.is_race and plan.count == len(OPTIMIZERS)
    assert plan.values(BASE) == tuple(config.optimizer for config in configs) == tuple(OPTIMIZERS)
    for config in configs:
        entry = OPTIMIZERS[config.optimizer]
        assert config.aggression == (entry.usual or config.aggression)
        assert replace(config, optimizer="descent", aggression=5.0) == BASE


def test_a_race_leaves_out_an_optimiser_that_such_a_network_cannot_have() -> None:
    large = TrainingConfig(hidden=(64, 64), points=2_000)
    plan = WallPlan(varied="optimizer").fitted(large)
    assert [config.optimizer for config in plan.configs(large)] == [*OPTIMIZERS][:-1]
    assert plan.count == len(OPTIMIZERS) - 1
    ((left_out, reason),) = plan.left_out
    assert left_out == "levenberg-marquardt" and "MB" in reason
    assert plan.fitted(large) == plan and WallPlan().fitted(large) == WallPlan()


def test_every_number_along_a_wall_but_the_seed_has_a_usual_range_that_is_allowed() -> None:
    assert set(VARIED) == {"seed", "optimizer", "activation", *usual_ranges()}
    for varied, (low, high) in usual_ranges().items():
        assert WallPlan(varied=varied, low=low, high=high).count == 16


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": FEWEST - 1}, "Networks: a whole number from 4 to 64."),
        ({"count": 4.5}, "Networks"),
        ({"iterations": 0}, "Iterations: a whole number from 1 to 1,000,000."),
        ({"varied": "hidden"}, "Vary: choose one of"),
        ({"varied": "noise", "low": -1, "high": 2}, "Noise: a number from 0 to 1,000."),
        ({"varied": "noise", "low": 2, "high": 2}, "Noise: “from” must be lower than “to”."),
        ({"varied": "aggression", "low": 0, "high": 2}, "Aggression: it is spaced on a log scale"),
    ],
)
def test_what_is_not_allowed_is_refused_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        WallPlan(**changes)


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (TrainingConfig(hidden=(1000, 1000)), "Networks: 64 such large ones are too many"),
        (TrainingConfig(points=100_000), "Points: 100,000 are too many for 64 networks."),
    ],
)
def test_what_would_be_too_much_is_refused_before_it_is_begun(config: TrainingConfig, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        WallPlan(count=64).configs(config)


@pytest.mark.parametrize(
    ("optimizer", "low", "high"),
    [("descent", 0.1, 100), ("momentum", 0.01, 10), ("adam", 0.001, 1), ("lbfgs", 0.1, 100)],
)
def test_the_usual_aggressions_are_around_the_optimisers_own(optimizer: str, low: float, high: float) -> None:
    assert usual_ranges(optimizer)["aggression"] == (low, high)


@pytest.mark.parametrize("varied", ["aggression", "noise"])
def test_a_setting_that_the_optimiser_does_not_have_would_make_all_the_same(varied: str) -> None:
    plan = WallPlan(varied=varied, low=0.1, high=2)
    with pytest.raises(ValueError, match="L-BFGS has none, so all would be the same"):
        plan.configs(TrainingConfig(optimizer="lbfgs"))
    assert WallPlan().configs(TrainingConfig(optimizer="lbfgs"))


@given(COSTS)
def test_ranks_are_a_permutation_that_ascends_with_the_costs(costs: np.ndarray) -> None:
    found = ranks(costs)
    assert sorted(found.tolist()) == list(range(1, len(costs) + 1))
    by_rank = costs[np.argsort(found)]
    assert (by_rank[:-1] <= by_rank[1:]).all()
    assert (order(costs) == np.argsort(found)).all()


def test_equal_costs_keep_their_order() -> None:
    assert ranks(np.array([0.5, np.inf, 0.1, 0.5, np.inf])).tolist() == [2, 4, 1, 3, 5]


@given(COSTS)
def test_the_spread_is_of_those_that_did_not_run_away(costs: np.ndarray) -> None:
    found, kept = spread(costs), costs[np.isfinite(costs)]
    assert found.lost == len(costs) - len(kept) == sum(is_lost(cost) for cost in costs)
    assert found.median == np.median(costs)
    if len(kept):
        assert (costs[found.best], costs[found.worst]) == (kept.min(), kept.max())
    else:
        assert (found.best, found.worst) == (-1, -1)


def test_a_label_of_every_setting_along_a_wall_begins_its_refusals() -> None:
    for varied in usual_ranges():
        with pytest.raises(ValueError, match=SETTINGS[varied].label):
            WallPlan(varied=varied, low=2, high=1)
