import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from curvegui.figure.outline.image import contours


def area(line):
    x, y = line
    return np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2


def test_a_hole_runs_the_other_way_round():
    y, x = np.mgrid[:60, :60]
    radius = np.hypot(x - 30, y - 30)
    areas = [area(line) for line in contours(5 - abs(radius - 20))]
    assert sorted(abs(each) for each in areas) == pytest.approx([np.pi * 225, np.pi * 625], rel=0.01)
    assert np.prod(areas) < 0


@pytest.mark.parametrize("field", [np.empty((0, 0)), -np.ones((4, 5)), np.zeros((3, 3))])
def test_where_nothing_is_above_zero_there_is_no_line(field):
    assert contours(field) == []


@pytest.mark.parametrize(("between", "count"), [(-0.9, 2), (-0.1, 1)])
def test_corners_that_touch_are_joined_where_their_middle_is_above_zero(between, count):
    assert len(contours(np.array([[1.0, 3 * between], [between, 1.0]]))) == count


@given(
    hnp.arrays(np.float64, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.sampled_from([-3.0, -1, 1, 2]))
)
def test_lines_cross_each_edge_between_both_sides_once_and_stay_closed(field):
    lines = contours(field)
    padded = np.pad(field, 1, constant_values=-1) > 0
    crossed = np.count_nonzero(np.diff(padded, axis=0)) + np.count_nonzero(np.diff(padded, axis=1))
    assert sum(line.shape[1] for line in lines) == crossed
    for line in lines:
        assert np.hypot(*(line - np.roll(line, 1, axis=1))).max() < np.sqrt(2) + 1e-9
