"""The plane of a wall's plot."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from curvegui.core.ensemble.plan import WallPlan
from curvegui.ui.compare.plot import WallAxes, wall_plane
from tests.ui.walls import AGGRESSION, snapshot

NOISE = WallPlan(count=4, varied="noise", low=0, high=3)
AREA = QRectF(10, 20, 300, 100)


@pytest.mark.parametrize(
    ("plan", "value", "place", "most", "labels"),
    [
        (WallPlan(), 1_000.0, 3.0, 10, ["100", "1,000", "10,000"]),
        (AGGRESSION, 10.0, 1.0, 10, ["0.1", "1", "10", "100"]),
        (NOISE, 2.0, 2.0, 10, ["0", "0.5", "1", "1.5", "2", "2.5", "3"]),
        (NOISE, 2.0, 2.0, 3, ["0", "1", "2", "3"]),
    ],
    ids=["iterations where the seed is varied", "a logarithmic setting", "an even one", "with room for few labels"],
)
def test_what_lies_across(plan, value, place, most, labels):
    axes = WallAxes(plan, 10_000)
    left, right = axes.bounds()
    assert left <= place < right
    assert axes.coordinates(np.array([value])) == place
    assert [text for _, text in axes.ticks(left, right, most)] == labels


@pytest.mark.parametrize(
    ("costs", "bottom", "top"), [([0.5, 0.02], -2, 0), ([1.0, 1.0], 0, 1), ([np.inf, np.inf], 0, 1)]
)
def test_whole_powers_of_ten_are_seen(costs, bottom, top):
    plane = wall_plane(WallAxes(WallPlan(), 1_000), snapshot(costs), AREA)
    assert (plane.bottom, plane.top) == (bottom, top)


def test_costs_of_nothing_do_not_reach_down_for_ever():
    shown = snapshot([0.0, 1.0])
    assert wall_plane(WallAxes(WallPlan(), 1_000), shown, AREA).bottom == -12
