"""What is said of a curve before it is learnt."""

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.ui.curve_dialog.preview import ADVICE, curve_facts, jump_count, network_advice


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
    assert curve_facts(curve(jumps, closed), 1_000) == f"{words}; will be learnt at 1,000 points."


def test_a_jump_of_several_lines_is_one():
    assert jump_count(curve([0, 1, 1, 1, 0, 1, 0])) == 2


def test_many_outlines_or_corners_ask_for_a_larger_network():
    comb = np.stack([np.arange(30), 30 * (np.arange(30) % 2)]).astype(float)
    rich = [curve([0, 1] * 5 + [0]), curve_through("comb", comb, closed=False)]
    assert [network_advice(each, (6, 7)) for each in rich] == [ADVICE, ADVICE]
    assert [network_advice(each, (20, 20)) for each in rich] == ["", ""]
    assert network_advice(curve([0, 1, 0, 0]), (6, 7)) == ""
