"""Axes: round numbers where they belong, all of them readable."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.axes import Lettering, paint_axes, tick_label
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import FigureOptions, figure_map
from curvegui.figure.drawing.look import LOOKS


def painted_alpha(plane: DataMap, side: int, margin: int = 0, scale: float = 1) -> FloatArray:
    """The alpha of axes painted on nothing, shape (side + 2 margins, ...)."""
    whole = side + 2 * margin
    image = QImage(whole, whole, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.translate(margin, margin)
    paint_axes(painter, plane, LOOKS["light"], scale)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(whole, whole, 4)[..., 3].astype(np.float64)


@pytest.mark.parametrize(
    ("value", "step", "label"),
    [(0.30000000000000004, 0.1, "0.3"), (1.0, 0.5, "1.0"), (-2, 1, "−2"), (0.125, 0.005, "0.125"), (200, 50, "200")],
)
def test_a_label_has_the_decimals_it_needs(value: float, step: float, label: str) -> None:
    assert tick_label(value, step) == label


@pytest.mark.usefixtures("german")
def test_a_label_has_the_decimal_sign_of_the_language() -> None:
    assert [tick_label(0.5, 0.1), tick_label(-0.25, 0.05), tick_label(2.0, 1.0)] == ["0,5", "−0,25", "2"]


@pytest.mark.parametrize("side", [150, 300, 900, 2000])
@pytest.mark.parametrize("extent", [0.003, 1.0, 40.0])
def test_nothing_of_the_axes_is_outside_of_the_figure(side: int, extent: float) -> None:
    plane = DataMap(0.0, extent, 0.0, extent, (0.0, 0.0, float(side), float(side)))
    alpha = painted_alpha(plane, side, margin=50)
    assert alpha.sum() > 0
    alpha[50:-50, 50:-50] = 0
    assert alpha.sum() == 0


@pytest.mark.parametrize("scale", [1, 1.5, 3])
def test_the_grid_goes_through_the_points_its_numbers_name(scale: float) -> None:
    side = round(600 * scale)
    plane = DataMap.unit_square(QRectF(0, 0, side, side))
    alpha = painted_alpha(plane, side, scale=scale)
    x, y = (plane.map(np.array([[0.5], [0.8]]))).ravel()
    row, column = round(0.33 * side), round(0.47 * side)  # between two lines of the grid
    assert alpha[row, round(x)] > 0
    assert alpha[round(y), column] > 0
    assert alpha[row, column] == 0


def test_the_first_number_below_does_not_touch_the_first_one_beside() -> None:
    plane = figure_map(QRectF(0, 0, 900, 900), "", FigureOptions(axes=True))
    alpha, letters = painted_alpha(plane, 900), Lettering(plane.rect, 1)
    axis, bottom = (round(value) for value in plane.map(np.zeros((2, 1)))[:, 0])
    baseline = bottom + round(letters.metrics.ascent())
    below = slice(baseline - round(letters.metrics.capHeight() / 2), baseline)  # where only the numbers below are
    assert alpha[below, : axis - 1].sum() == 0
    assert alpha[below, axis : axis + 20].sum() > 0
