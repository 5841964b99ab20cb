"""All curves of a wall as one array of short lines, each in its own canvas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from curvegui.ui.compare.picture import curve_lines, points_of

CORNERS = np.array([[10.0, 20.0], [210.0, 20.0]])
SIDE = 100.0
FITS = arrays(np.float32, (2, 2, 30), elements=st.floats(-3, 3, width=32) | st.just(np.nan) | st.just(np.inf))


@given(FITS)
def test_every_line_stays_in_its_canvas(fits):
    lines = curve_lines(SIDE, CORNERS, fits)
    assert np.isfinite(lines).all()
    assert lines.flags.c_contiguous
    for x1, y1, x2, y2 in lines.tolist():
        left = 10 if x1 < 200 else 210
        assert left <= min(x1, x2) <= max(x1, x2) <= left + SIDE
        assert 20 <= min(y1, y2) <= max(y1, y2) <= 20 + SIDE


def test_the_plane_is_upside_down_and_has_a_margin():
    fits = np.array([[[0.0, 1.0], [0.0, 1.0]]], np.float32)
    assert curve_lines(SIDE, CORNERS[:1], fits).tolist() == [pytest.approx([15, 115, 105, 25])]


def test_a_curve_that_is_one_point_is_a_dot():
    fits = np.full((2, 2, 30), 0.5, np.float32)
    fits[1] = np.linspace(0, 1, 30)
    assert points_of(SIDE, CORNERS, fits).tolist() == [[60.0, 70.0]]


@pytest.mark.parametrize("value", [2.0, -1.0, np.nan, np.inf])
def test_a_point_out_of_sight_is_not_drawn(value):
    assert len(points_of(SIDE, CORNERS[:1], np.full((1, 2, 30), value, np.float32))) == 0
