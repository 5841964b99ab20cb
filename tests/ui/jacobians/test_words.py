"""What is said about the noise factors: how many point uphill, and how often that happens."""

import numpy as np
import pytest

from curvegui.core.diagnosis.findings import uphill_share
from curvegui.core.network.noise import noise_block
from curvegui.ui.jacobians.words import theory_words, uphill_words


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ([1, 2, -1, 0.5, -0.1, 1], "Two of the six factors point uphill in iteration 12,345."),
        ([1, -2], "One of the two factors points uphill in iteration 12,345."),
        ([1, 0, 3], "None of the three factors points uphill in iteration 12,345."),
    ],
)
def test_how_many_point_uphill(factors, words):
    assert uphill_words(np.array(factors, float), 12_345) == words


def test_the_theory_is_what_the_run_s_own_numbers_do():
    numbers = np.concatenate([noise_block(5, block, 6) for block in range(200)])
    for noise in (0.5, 1.0, 3.0):
        assert uphill_share(noise) == pytest.approx(np.mean(1 + noise * numbers < 0), abs=0.004)
    assert theory_words(1.0) == "At noise 1, each points uphill in 15.9 % of the iterations."
    assert "none ever" in theory_words(0.0)
