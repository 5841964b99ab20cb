"""What is said of a curve before it is learnt."""

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.ui.curve_dialog.preview import curve_facts, fit_words


def curve(jumps, closed=False):
    count = len(jumps)
    points = np.stack([np.arange(count), np.arange(count) % 2]).astype(float)
    return curve_through("it", points, closed=closed, jumps=np.array(jumps, bool))


@pytest.mark.parametrize(
    ("jumps", "closed", "words"),
    [
        ([0, 0, 0], False, "3 points"),
        ([0], False, "1 point"),
        ([0, 1, 0, 0], False, "2 outlines joined by 1 jump, 4 points"),
        ([0, 1, 0, 1, 0, 0], False, "3 outlines joined by 2 jumps, 6 points"),
        ([0, 1, 0, 1], True, "2 outlines joined by 2 jumps, 4 points"),
    ],
)
def test_outlines_jumps_and_points_are_counted(jumps, closed, words):
    assert curve_facts(curve(jumps, closed), 1_000) == f"{words}; will be sampled at 1,000 points."


def test_what_would_fit_the_network_to_it_is_said_in_a_line():
    words = fit_words({"hidden": (12, 12), "optimizer": "adam", "noise": 0.0})
    assert all(part in words for part in ("12–12", "Adam", "no noise"))
