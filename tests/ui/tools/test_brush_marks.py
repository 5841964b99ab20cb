"""The lines of a target: without its jumps, round where it goes round, and not of more points than a screen shows."""

import numpy as np

from curvegui.core.learner.target import Target
from curvegui.ui.tools.brush import SHOWN_POINTS, joined, thinned

POINTS = np.arange(10.0).reshape(2, 5)


def lines(closed, *jumps):
    flags = np.isin(np.arange(5), jumps)
    target = Target("target", np.linspace(0, 1, 5)[np.newaxis], POINTS, POINTS, closed, flags)
    return [line[0].tolist() for line in parts(*joined(POINTS, target))]


def parts(points, joined):
    return np.split(points, np.flatnonzero(~joined) + 1, axis=1)


def test_an_open_curve_is_one_line_and_a_closed_one_comes_back():
    assert lines(False) == [[0, 1, 2, 3, 4]]
    assert lines(True) == [[0, 1, 2, 3, 4, 0]]


def test_jumps_are_left_out():
    assert lines(False, 1) == [[0, 1], [2, 3, 4]]
    assert lines(True, 1) == [[0, 1], [2, 3, 4, 0]]
    assert lines(True, 1, 4) == [[0, 1], [2, 3, 4]]


def test_a_curve_of_very_many_points_is_shown_by_some_of_them_from_end_to_end():
    few, many = np.arange(10.0).reshape(2, 5), np.arange(200_000.0).reshape(2, 100_000)
    both, of_both = np.hstack([few, few[:, :1]]), np.array([True] * 4 + [False])
    assert [line.tolist() for line in thinned(both, of_both)] == [both.tolist(), of_both.tolist()]
    of_both = np.arange(few.shape[1] + many.shape[1] - 1) != few.shape[1] - 1
    shown_few, shown_many = parts(*thinned(np.hstack([few, many]), of_both))
    assert shown_many.shape[1] <= SHOWN_POINTS + 2
    for line, shown in ((few, shown_few), (many, shown_many)):
        assert shown[0, 0] == line[0, 0]
        assert shown[1, -1] == line[1, -1]
