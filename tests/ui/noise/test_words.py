"""What is said about the noise: how many point uphill, how often that happens, and which run is the best."""

import numpy as np
import pytest

from curvegui.core.diagnosis.pace import uphill_share
from curvegui.core.inspection.noise_comparison import ComparisonSnapshot, NoiseSnapshot, compare
from curvegui.core.network.noise import noise_block
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.noise.words import comparison_words, theory_words, uphill_words


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ([1, 2, -1, 0.5, -0.1, 1], "Two of the six factors point uphill in iteration 12,345."),
        ([1, -2], "One of the two factors points uphill in iteration 12,345."),
        ([1, 0, 3], "None of the three factors point uphill in iteration 12,345."),
    ],
)
def test_how_many_point_uphill(factors, words):
    assert uphill_words(np.array(factors, float), 12_345) == words


def test_the_theory_is_what_the_run_s_own_numbers_do():
    numbers = np.concatenate([noise_block(5, block, 6) for block in range(200)])
    for noise in (0.5, 1.0, 3.0):
        assert uphill_share(noise) == pytest.approx(np.mean(1 + noise * numbers < 0), abs=0.004)
    assert theory_words(1.0) == "At noise 1 each points uphill in 15.9 % of the iterations."
    assert theory_words(0.0).startswith("Without noise none ever does")


def test_the_costs_are_told_and_in_the_end_which_is_lowest():
    *_, half, last = [each for each in compare(TrainingConfig(points=10, seed=1), (0.0, 1.0), 300) if each]
    assert "Lowest" not in comparison_words(half)
    words = comparison_words(last)
    assert words.startswith("After 300 iterations: noise 0: cost ")
    best = min(last.runs, key=lambda run: run.cost)
    assert words.endswith(f"Lowest with noise {best.noise:g}.")


def test_a_run_whose_numbers_ran_away_is_not_the_lowest():
    costs = np.array([[0.0, 0.1]])
    lost, kept = (
        NoiseSnapshot(3.0, np.zeros((2, 2)), costs, is_lost=True),
        NoiseSnapshot(1.0, np.zeros((2, 2)), costs * 2),
    )
    told = comparison_words(ComparisonSnapshot(5, 5, (lost, kept)))
    assert "noise 3: the numbers ran away" in told and told.endswith("Lowest with noise 1.")
    assert "Lowest" not in comparison_words(ComparisonSnapshot(5, 5, (lost,)))
