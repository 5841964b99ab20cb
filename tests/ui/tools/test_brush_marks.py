"""The lines of a target: without its jumps, and round where it goes round."""

import numpy as np

from curvegui.core.learner.target import Target
from curvegui.ui.tools.brush_marks import parts

POINTS = np.arange(10.0).reshape(2, 5)


def lines(closed, *jumps):
    flags = np.isin(np.arange(5), jumps)
    target = Target("target", np.linspace(0, 1, 5)[np.newaxis], POINTS, POINTS, closed, flags)
    return [line[0].tolist() for line in parts(POINTS, target)]


def test_an_open_curve_is_one_line_and_a_closed_one_comes_back():
    assert lines(False) == [[0, 1, 2, 3, 4]]
    assert lines(True) == [[0, 1, 2, 3, 4, 0]]


def test_jumps_are_left_out():
    assert lines(False, 1) == [[0, 1], [2, 3, 4]]
    assert lines(True, 1) == [[0, 1], [2, 3, 4, 0]]
    assert lines(True, 1, 4) == [[0, 1], [2, 3, 4]]
