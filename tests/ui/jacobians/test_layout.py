"""Where the cells of the heat maps are: within the width, apart from each other, and found again by their place."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from curvegui.core.network.parts import parameters_of
from curvegui.ui.jacobians.layout import READABLE_PX, cell_at, height_of, lay_out

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=5).map(lambda hidden: (1, *hidden, 2))
LINE, WORDS = 14, 100


def laid_out(sizes, width=400, height=280):
    return lay_out(sizes, width, height, [WORDS] * (len(sizes) - 1), LINE)


@given(SIZES, st.integers(200, 900), st.integers(100, 600))
def test_every_cell_is_in_the_area_and_found_at_its_place(sizes, width, height):
    found = laid_out(sizes, width, height)
    for parameter in parameters_of(sizes):
        cell = found[parameter.layer - 1].cell(parameter.row, parameter.column)
        assert QRect(0, 0, width, height_of(found)).contains(cell)
        for corner in (cell.topLeft(), cell.bottomRight(), cell.center()):
            assert cell_at(found, corner) == parameter


def test_cells_get_smaller_to_fit_but_stay_readable_where_the_width_allows_it():
    assert laid_out((1, 6, 7, 2), 900, 900)[0].side == 30
    assert READABLE_PX < laid_out((1, 6, 7, 2), 400, 280)[0].side < 30
    assert laid_out((1, *(6,) * 8, 2), 400, 280)[0].side == READABLE_PX
    assert laid_out((1, 64, 64, 2), 400, 900)[1].side == 6
    assert laid_out((1, 64, 64, 2), 400, 280)[1].side == 3
    assert laid_out((1, 300, 300, 2), 400, 280)[1].side == 2
