"""What a wall shows, in words."""

import numpy as np

from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.compare.words import left_out_words, network_words, short_value, spread_words, value_words
from tests.ui.walls import AGGRESSION, snapshot

FOUR = WallPlan(count=4)
SEEDS = (7.0, 8.0, 9.0, 10.0)


def test_a_seed_is_a_name_and_no_quantity():
    assert value_words("seed", 123456.0) == "seed 123456"
    assert value_words("aggression", 1234.5) == "aggression 1,234.5"
    assert short_value("data_noise", 0.05) == "0.05"


def test_a_network_has_a_rank_and_a_cost():
    costs = snapshot([0.5, 0.25, np.inf, 0.125])
    assert network_words(FOUR, 8.0, costs, 1) == "Seed 8: rank 2 of 4, cost 0.250."
    assert network_words(FOUR, 9.0, costs, 2) == "Seed 9: diverged."
    assert network_words(FOUR, 9.0, None, 2) == "Seed 9."


def test_the_spread_says_whose_the_lowest_and_the_highest_cost_are():
    told = spread_words(FOUR, SEEDS, snapshot([0.5, 0.25, 0.25, 0.125], iteration=2_000))
    assert told == (
        "4 networks at iteration 2,000: lowest cost 0.125 (seed 10), median 0.250, highest 0.500 (seed 7)."
        " NumPy engine."
    )


def test_the_spread_says_how_many_ran_away():
    told = spread_words(AGGRESSION, (0.1, 1.0, 10.0, 100.0), snapshot([0.5, np.inf, np.inf, np.inf]))
    assert "lowest cost 0.500 (aggression 0.1), median diverged" in told
    assert told.endswith("; 3 diverged. NumPy engine.")
    assert ": all diverged." in spread_words(FOUR, SEEDS, snapshot([np.inf] * 4))


def test_what_is_left_out_of_a_race_has_a_reason():
    plan = WallPlan(varied="optimizer").fitted(TrainingConfig(hidden=(64, 64), points=2_000))
    words = left_out_words(plan)
    assert words.startswith("Levenberg-Marquardt is left out: ") and "MB" in words and words.endswith("possible.")
