"""Arrows as one path."""

import numpy as np
import pytest

from curvegui.ui.insight.arrows import LIMIT_PX, SHORTEST_PX, arrows, thinned


def corners(path):
    return [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]


def test_an_arrow_goes_from_its_start_to_its_end_and_its_head_lies_behind_the_end():
    shafts, heads = arrows(np.array([[10.0], [20.0]]), np.array([[50.0], [20.0]]))
    (start, neck), (tip, left, right, back) = corners(shafts), corners(heads)
    assert (start, tip, back) == ((10, 20), (50, 20), (50, 20))
    assert neck == (left[0], 20)
    assert left[0] == right[0] < 50
    assert left[1] - 20 == pytest.approx(20 - right[1])
    assert left[1] != 20


def test_the_head_of_a_short_arrow_is_no_longer_than_the_arrow():
    _, left, _, _ = corners(arrows(np.zeros((2, 1)), np.array([[0.0], [3.0]]))[1])
    assert 0 < left[1] < 3


def test_what_cannot_be_drawn_is_left_out():
    starts = np.zeros((2, 5))
    ends = np.array([[30.0, np.nan, np.inf, SHORTEST_PX / 2, 2 * LIMIT_PX], [0.0] * 5])
    assert [len(corners(path)) for path in arrows(starts, ends)] == [2, 4]
    assert all(path.isEmpty() for path in arrows(np.empty((2, 0)), np.empty((2, 0))))


def test_arrows_are_thinned_evenly_and_both_ends_are_kept():
    assert thinned(5, 10).tolist() == [0, 1, 2, 3, 4]
    some = thinned(1000, 60)
    assert (some.size, some[0], some[-1]) == (60, 0, 999)
    assert set(np.diff(some)) <= {16, 17}
    assert thinned(0, 60).size == 0
