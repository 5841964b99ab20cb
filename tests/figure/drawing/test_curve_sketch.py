"""Thumbnails of curves: closed ones are closed, jumps are faint, and all of it fits in."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from curvegui.core.curve.curve import curve_through
from curvegui.core.presets.all import PRESETS
from curvegui.figure.drawing.curve_sketch import curve_drawing, filling_map, paint_points, thumbnail
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Ink, Stroke

STROKE = Stroke("#000000", 2.0)
SQUARE = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]])


def alpha(pixmap):
    """How opaque each pixel is, shape (height, width)."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[:, :, 3].astype(int)


def painted(points, *, closed, jumps=None):
    """A thumbnail of a curve, 100 pixels wide."""
    return alpha(thumbnail(curve_through("it", points, closed=closed, jumps=jumps), 100, 1.0, STROKE))


def test_a_closed_curve_is_drawn_to_its_beginning_and_an_open_one_is_not(qapp):
    left = slice(40, 60), slice(10, 25)  # where the way back would be
    assert painted(SQUARE, closed=True)[left].any()
    assert not painted(SQUARE, closed=False)[left].any()


def test_a_jump_is_fainter_than_what_was_drawn(qapp):
    jumps = np.array([True, False, False, False])
    bottom = slice(76, 90), slice(30, 70)
    with_jump, without = painted(SQUARE, closed=False, jumps=jumps), painted(SQUARE, closed=False)
    assert 0 < with_jump[bottom].sum() < 0.7 * without[bottom].sum()


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_fills_its_thumbnail_and_leaves_its_margin(qapp, name):
    seen = np.argwhere(alpha(thumbnail(name, 60, 2.0, STROKE)) > 0)
    low, high = seen.min(axis=0), seen.max(axis=0)
    assert (low >= 14).all()
    assert (high <= 106).all()
    assert (high - low).max() > 76


def test_a_curve_that_is_one_point_is_a_dot(qapp):
    assert alpha(thumbnail(curve_through("dot", np.ones((2, 1)), closed=False), 40, 1.0, STROKE)).any()


def test_a_map_keeps_the_aspect():
    plane = filling_map(np.array([[0.0, 2.0], [0.0, 1.0]]), QRectF(10, 20, 100, 100))
    assert plane.map(np.array([[0.0, 2.0], [0.5, 0.5]])).tolist() == [[10, 110], [70, 70]]


def test_the_line_of_a_preset_ends_where_its_curve_ends():
    for name, preset in PRESETS.items():
        assert np.allclose(curve_drawing(name).line[:, -1], preset(np.ones(1))[:, 0])


def test_points_are_dots_of_their_radius(qapp):
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    plane = DataMap.unit_square(QRectF(image.rect()))
    paint_points(painter, np.array([[0.5], [0.5]]), plane, Ink("#000000"), 1.0, radius=5)
    painter.end()
    row = [image.pixelColor(x, 25).lightness() for x in range(50)]
    assert 9 <= sum(lightness < 128 for lightness in row) <= 11
