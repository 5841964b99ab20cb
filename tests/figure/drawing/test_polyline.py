"""The fast strokes look like Qt's own, whatever the curve."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.target import training_data
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.drawing.polyline import drawable, short_lines, stroke_curve, stroke_parts, stroke_trail

SIDE = 450
BACKGROUND = QColor(90, 130, 170)
EVERYWHERE = QRectF(-1e7, -1e7, 2e7, 2e7)


def hearts(count: int, points: int = 100, side: float = SIDE) -> FloatArray:
    """Hearts of different sizes, shape (count, 2, points), in device pixels."""
    _, heart = training_data(points)
    sizes = np.linspace(0.5, 1.0, count)[:, np.newaxis, np.newaxis]
    return side * (0.5 + sizes * (heart - 0.5))


class Canvas:
    """An image with one background, and a painter on it."""

    def __init__(self, side: int = SIDE) -> None:
        self._image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(BACKGROUND)
        self.painter = QPainter(self._image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def pixels(self) -> FloatArray:
        """Shape (side, side, 3); ends the painting."""
        self.painter.end()
        side = self._image.width()
        raw = np.frombuffer(self._image.constBits(), np.uint8).reshape(side, side, 4)
        return raw[..., :3].astype(np.float64)

    def ink(self) -> FloatArray:
        """How far each pixel is from the background, shape (side, side)."""
        blank = [BACKGROUND.blue(), BACKGROUND.green(), BACKGROUND.red()]
        return np.abs(self.pixels() - blank).sum(axis=2)


def trail_ink(curves: FloatArray, scale: float = 1) -> FloatArray:
    canvas = Canvas(round(SIDE * scale))
    stroke_trail(canvas.painter, curves, LOOKS["classic"].trail.pen(scale))
    return canvas.ink()


def path_ink(curves: FloatArray, scale: float = 1) -> FloatArray:
    """The slow way: one stroked path for each curve."""
    canvas = Canvas(round(SIDE * scale))
    canvas.painter.setPen(LOOKS["classic"].trail.pen(scale))
    for curve in curves:
        canvas.painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in curve.T.tolist()]))
    return canvas.ink()


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1, 1.5, 2, 3])
def test_a_stack_of_trail_curves_has_the_tone_of_stroked_paths(scale: float) -> None:
    curves = hearts(10, side=SIDE * scale)
    fast, slow = trail_ink(curves, scale), path_ink(curves, scale)
    touched = slow > 0
    assert fast.sum() == pytest.approx(slow.sum(), rel=0.02)
    assert np.abs(fast - slow)[touched].mean() < 2  # of 255 in each of three channels


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_curve_with_a_point_that_is_no_number_is_left_out_and_the_others_are_drawn(bad: float) -> None:
    curves = hearts(3)
    spoilt = curves.copy()
    spoilt[1, 0, 50] = bad
    np.testing.assert_array_equal(trail_ink(spoilt), trail_ink(curves[[0, 2]]))
    assert len(drawable(spoilt)) == 2


def test_an_opaque_curve_with_a_point_that_is_no_number_is_not_drawn() -> None:
    canvas = Canvas()
    points = hearts(1)[0]
    points[1, 7] = np.nan
    stroke_curve(canvas.painter, points, QPen(QColor("red"), 2))
    assert canvas.ink().sum() == 0


@pytest.mark.parametrize("lean", [0.001, 0.004, -0.006, 0.008])
def test_a_curve_that_is_nearly_upright_has_no_gap(lean: float) -> None:
    down = np.linspace(20.3, 420, 30)
    rows = trail_ink(np.array([[225.3 + lean * down, down]])).sum(axis=1)[25:415]
    assert rows.min() > 0.7 * rows.max()


def test_a_curve_that_is_one_point_becomes_a_dot() -> None:
    canvas = Canvas()
    stroke_curve(canvas.painter, np.full((2, 100), 300.0), LOOKS["classic"].fit.pen(4))
    ink = canvas.ink()
    assert ink[300, 300] > 0
    assert ink[:290].sum() == ink[310:].sum() == 0


def test_parts_of_curves_are_stroked_as_if_each_were_stroked_by_itself() -> None:
    pen = LOOKS["classic"].trail.pen(2)
    points = hearts(1, 31)[0]
    joined = np.ones(points.shape[1] - 1, dtype=np.bool_)
    joined[[9, 10, 16]] = False  # a part of one point is nothing
    together, one_by_one = Canvas(), Canvas()
    stroke_parts(together.painter, points, joined, pen)
    for start, stop in ((0, 10), (11, 17), (17, points.shape[1])):
        stroke_trail(one_by_one.painter, points[np.newaxis, :, start:stop], pen)
    np.testing.assert_array_equal(together.ink(), one_by_one.ink())


CURVES = st.integers(2, 40).flatmap(
    lambda n: st.lists(st.floats(-2000, 2000), min_size=2 * n, max_size=2 * n).map(
        lambda numbers: np.array(numbers).reshape(1, 2, -1)
    )
)


@given(CURVES, st.floats(10, 30))
@settings(deadline=None)
def test_short_lines_lead_from_the_first_point_to_the_last_without_a_gap(curves: FloatArray, longest: float) -> None:
    lines = short_lines(curves, EVERYWHERE, longest)
    np.testing.assert_allclose(lines[0, :2], curves[0, :, 0])
    np.testing.assert_allclose(lines[-1, 2:], curves[0, :, -1], atol=1e-6)
    np.testing.assert_allclose(lines[1:, :2], lines[:-1, 2:], atol=1e-6)
    assert np.hypot(*(lines[:, 2:] - lines[:, :2]).T).max() <= longest + 1e-6


def test_short_lines_leave_out_what_is_not_visible() -> None:
    zigzag = np.array([[[0.0, 100.0, 100.0, 5000.0], [0.0, 0.0, 5000.0, 5000.0]]])
    lines = short_lines(zigzag, QRectF(-10, -10, 120, 50), 1000.0)
    np.testing.assert_allclose(lines[0], [0, 0, 100, 0])
    assert lines[:, [0, 2]].max() == 100
