"""Points of the plane land on the right pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from curvegui.figure.drawing.data_map import DataMap

CORNERS = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])


def test_the_unit_square_fills_the_rectangle_upside_down() -> None:
    mapped = DataMap.unit_square(QRectF(10, 20, 300, 300)).map(CORNERS)
    np.testing.assert_allclose(mapped, [[10, 310, 10, 310], [320, 320, 20, 20]])


def test_what_surrounds_the_square_is_visible_up_to_the_edges_of_the_area() -> None:
    plane = DataMap.unit_square(QRectF(100, 50, 200, 200), QRectF(0, 0, 400, 300))
    np.testing.assert_allclose(plane.map(CORNERS), [[100, 300, 100, 300], [250, 250, 50, 50]])
    assert (plane.left, plane.right, plane.bottom, plane.top) == pytest.approx((-0.5, 1.5, -0.25, 1.25))
    assert plane.rect == QRectF(0, 0, 400, 300)


def test_numbers_too_large_for_a_float_become_infinite_without_a_warning() -> None:
    plane = DataMap.unit_square(QRectF(0, 0, 900, 900))
    assert not np.isfinite(plane.map(np.array([[1e308], [0.0]]))).all()


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.001, 10), st.floats(1, 4000))
def test_the_corners_of_what_is_visible_are_the_corners_of_the_device(
    left: float, bottom: float, extent: float, side: float
) -> None:
    plane = DataMap(left, left + extent, bottom, bottom + extent, (3.0, 4.0, side, side))
    corners = plane.map(np.array([[left, left + extent], [bottom, bottom + extent]]))
    np.testing.assert_allclose(corners, [[3, 3 + side], [4 + side, 4]], atol=1e-6 * side)


def test_what_is_mapped_can_be_mapped_back():
    plane = DataMap(left=-0.5, right=1.5, bottom=0.2, top=1.2, device=(10.0, 20.0, 400.0, 300.0))
    for x, y in ((0.0, 0.0), (0.3, 0.9), (-2.0, 5.0)):
        across, down = plane.map(np.array([[x], [y]]))[:, 0].tolist()
        assert plane.unmap(across, down) == pytest.approx((x, y))
