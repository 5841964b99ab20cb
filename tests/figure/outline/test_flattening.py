import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from curvegui.figure.drawing.polyline import written
from curvegui.figure.outline import flattening
from curvegui.figure.outline.flattening import Elements, flattened, outlines


def elements_of(*paths):
    return Elements.of([written(path) for path in paths])


def curve():
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(1, 2, 2, 2, 3, 0)
    return path


def test_a_curve_becomes_lines_that_stay_close_to_it():
    points, source = flattened(elements_of(curve()))
    t = np.linspace(0, 1, 20_001)
    assert abs(np.interp(3 * t, *points) - 6 * t * (1 - t)).max() < 2e-5 * 3
    assert points.shape[1] < 200
    assert set(source.tolist()) == {0, 3}
    assert points[:, [0, -1]].T.tolist() == [[0, 0], [3, 0]]


def test_very_many_curves_become_coarser_lines(monkeypatch):
    monkeypatch.setattr(flattening, "MOST_FLAT_POINTS", 20)
    points, _ = flattened(elements_of(*[curve()] * 10))
    assert points.shape[1] <= 50


def test_each_stroke_is_an_outline_and_dots_are_left_out():
    path = QPainterPath(QPointF(7, 7))
    path.addRect(QRectF(0, 0, 2, 1))
    path.moveTo(5, 5)
    path.lineTo(6, 5)
    path.lineTo(6, 6)
    path.moveTo(9, 9)
    rect, open_line = outlines(elements_of(path), [False], ["path 1"])
    assert (rect.closed, rect.points.T.tolist()) == (True, [[0, 0], [2, 0], [2, 1], [0, 1]])
    assert (open_line.closed, open_line.label, open_line.points.shape) == (False, "path 1", (2, 3))


def test_a_filling_goes_back_to_where_it_began():
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(1, 0)
    line, corner = path, QPainterPath(path)
    corner.lineTo(1, 1)
    assert [part.closed for part in outlines(elements_of(line, corner), [True, True], ["a", "b"])] == [False, True]
