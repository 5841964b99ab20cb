"""The circles as paths: each around a joint, through the next one; and none that nobody could see."""

from itertools import product

import numpy as np
import pytest

from curvegui.figure.drawing.circles import LEAST_PX, CircleStrokes, arms_path, circles_path
from curvegui.figure.drawing.look import LOOKS
from tests.help.contrast import contrast, over

JOINTS = np.array([[100.0, 150.0, 150.0, 150.2], [100.0, 100.0, 80.0, 80.0]])


def test_each_circle_reaches_the_next_joint_and_the_smallest_are_left_out():
    path = circles_path(JOINTS)
    assert [
        (box.center().x(), box.center().y(), box.width() / 2)
        for box in (polygon.boundingRect() for polygon in path.toSubpathPolygons())
    ] == [(100, 100, pytest.approx(50, rel=0.01)), (150, 100, pytest.approx(20, rel=0.01))]
    assert circles_path(JOINTS[:, 2:]).isEmpty() and LEAST_PX > 0.2
    assert circles_path(JOINTS[:, :1]).isEmpty()


def test_the_arms_lead_from_joint_to_joint_and_those_that_are_not_seen_are_one():
    assert points_of(arms_path(JOINTS)) == [(100, 100), (150, 100), (150.2, 80)]
    assert points_of(arms_path(JOINTS[:, :3])) == [(100, 100), (150, 100), (150, 80)]
    assert points_of(arms_path(JOINTS[:, :1])) == [(100, 100)]


def points_of(path):
    places = [(path.elementAt(each).x, path.elementAt(each).y) for each in range(path.elementCount())]
    return [place for place, before in zip(places, [None, *places], strict=False) if place != before]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_series_has_a_colour_that_no_other_line_of_the_look_has(look):
    strokes = CircleStrokes.of(look)
    others = {look.target.colour, look.fit.colour, look.trail.colour}
    assert {strokes.curve.colour, strokes.circles.colour, strokes.arms.colour}.isdisjoint(others)
    assert strokes.circles.alpha < strokes.arms.alpha < 1
    assert strokes.curve.dashes  # dots, for eyes that see no colour
    for stroke, (_, ground) in product((strokes.curve, strokes.circles, strokes.arms), look.background.stops):
        assert contrast(over(stroke.colour, stroke.alpha, ground), ground) >= 3
