"""The canvases of a wall: inside, apart, as large as can be, and found again by the pointer and the keys."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from curvegui.ui.compare.picture import LEAST_PX, lay_out, stepped

COUNTS = st.integers(4, 64)
SIDES = st.floats(150, 3_000)


@given(COUNTS, SIDES, SIDES, st.sampled_from([12.0, 16.0, 36.0]), st.floats(20, 200))
def test_they_lie_inside_and_apart(count, width, height, line, widest):
    layout = lay_out(count, width, height, line, widest)
    areas = [layout.area(corner) for corner in layout.corners]
    assert len(areas) == count
    if layout.side > LEAST_PX:
        assert all(QRectF(0, 0, width, height).contains(area) for area in areas)
    for one, other in pairwise(areas):
        assert not one.intersects(other)
    assert layout.words == (line if layout.words else 0.0)
    assert not layout.words or layout.side >= widest


@given(COUNTS, SIDES, SIDES)
def test_a_place_is_found_by_its_middle(count, width, height):
    layout = lay_out(count, width, height, 16.0, 60.0)
    for place, corner in enumerate(layout.corners):
        assert layout.index_at(layout.area(corner).center()) == place


@pytest.mark.parametrize("position", [(-5, 5), (5, -5), (5_000, 5), (5, 5_000), (0, 0)])
def test_beside_them_there_is_none(position):
    assert lay_out(16, 800, 500, 16.0, 60.0).index_at(QPointF(*position)) == -1


@pytest.mark.parametrize("height", [360, 416, 455])
def test_they_are_as_large_as_can_be_whether_rows_are_full_or_not(height):
    layout = lay_out(16, 986, height, 16.0, 60.0)
    sides = []
    for columns in range(1, 17):
        rows = -(-16 // columns)
        inside, above = 980 - (columns - 1) * layout.gap, height - 6 - (rows - 1) * layout.gap
        sides.append(min(inside / columns, above / rows - 16))
    assert layout.side == int(max(sides))
    assert lay_out(16, 560, 560, 16.0, 60.0).columns == 4


def test_arrow_keys_go_on_in_the_next_row_and_stop_at_the_edges():
    layout = lay_out(10, 400, 300, 16.0, 60.0)
    columns = layout.columns
    assert stepped(0, 1, 0, layout) == 1
    assert stepped(columns - 1, 1, 0, layout) == columns
    assert stepped(0, 0, 1, layout) == columns
    assert stepped(0, -1, 0, layout) == 0
    assert stepped(0, 0, -1, layout) == 0
    assert stepped(9, 1, 0, layout) == 9
    assert stepped(9, 0, 1, layout) == 9
