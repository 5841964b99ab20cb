"""What moves over the surface: the path with its start, the lowest place, the ball, and the cross."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from curvegui.core.arrays import FloatArray
from curvegui.session.study.valley import Valley
from curvegui.ui.valley.contours import ContourView
from curvegui.ui.valley.relief import ReliefView

DARK, LIGHT, BALL = "#101418", "#ffffff", "#d55e00"  # seen on all colours of the bands
WIDE_PX, NARROW_PX = 3.5, 1.5  # of a light line on a dark one
CELL_PX = 1.5  # points of the path that are nearer to each other are one
BALL_LINES, MARK_LINES, CROSS_LINES = 0.36, 0.26, 0.7  # half their sizes, in heights of a line of text
DIAMOND = (0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)

View = ContourView | ReliefView


def paint_marks(painter: QPainter, view: View, valley: Valley, cross: FloatArray | None) -> None:
    """Paint all of them; what the relief hides is dotted, and the ball is then a ring."""
    line = painter.fontMetrics().height()
    mark = MARK_LINES * line
    if len(valley.path):
        _paint_path(painter, view, valley.path)
        start = _point(view, valley.path[0])
        _paint_mark(painter, QPolygonF(QRectF(start.x() - mark, start.y() - mark, 2 * mark, 2 * mark)))
    if valley.lowest is not None:
        lowest = _point(view, valley.lowest[0])
        _paint_mark(painter, QPolygonF([lowest + QPointF(x * mark, y * mark) for x, y in DIAMOND]))
    if valley.ball is not None:
        _paint_ball(painter, view, valley.ball, valley.cost)
    if cross is not None:
        at, arm = _point(view, cross), CROSS_LINES * line
        for _ in _pens(painter):
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))


def _point(view: View, place: FloatArray, cost: float | None = None) -> QPointF:
    costs = None if cost is None else np.array([cost])
    x, y = view.on_screen(place[np.newaxis], costs)[0].tolist()
    return QPointF(x, y)


def _pens(painter: QPainter) -> Iterator[None]:
    """Have a wide dark pen, then a narrow light one: one of them is seen on any colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((DARK, WIDE_PX), (LIGHT, NARROW_PX)):
        painter.setPen(QPen(QColor(colour), width, j=Qt.PenJoinStyle.BevelJoin))  # round joins take twice as long
        yield


def _paint_path(painter: QPainter, view: View, path: FloatArray) -> None:
    cells = np.rint(view.on_screen(path) / CELL_PX)
    told_apart = np.append(True, (cells[1:] != cells[:-1]).any(axis=1))
    told_apart[-1] = True  # the ball is there
    path = path[told_apart]
    points, hidden = [QPointF(x, y) for x, y in view.on_screen(path).tolist()], view.hides(path)
    ends = [0, *(np.flatnonzero(hidden[1:] != hidden[:-1]) + 1).tolist(), len(points) - 1]
    pieces = [(hidden[start], QPolygonF(points[start : end + 1])) for start, end in pairwise(ends)]
    painter.setPen(QPen(QColor(LIGHT), NARROW_PX, Qt.PenStyle.DotLine))
    for is_hidden, piece in pieces:
        if is_hidden:
            painter.drawPolyline(piece)
    for _ in _pens(painter):
        for is_hidden, piece in pieces:
            if not is_hidden:
                painter.drawPolyline(piece)


def _paint_mark(painter: QPainter, shape: QPolygonF) -> None:
    painter.setPen(QPen(QColor(DARK), NARROW_PX))
    painter.setBrush(QColor(LIGHT))
    painter.drawPolygon(shape)


def _paint_ball(painter: QPainter, view: View, place: FloatArray, cost: float) -> None:
    """The ball, in a relief as high as its own cost: a line joins it to the surface, which may be elsewhere."""
    radius = BALL_LINES * painter.fontMetrics().height()
    ground, own = _point(view, place), _point(view, place, cost)
    for _ in _pens(painter):
        painter.drawLine(ground, own)
    for _ in _pens(painter):
        painter.drawEllipse(own, radius, radius)
    if view.hides(place[np.newaxis])[0]:
        painter.setPen(QPen(QColor(BALL), WIDE_PX - NARROW_PX))
    else:
        painter.setBrush(QColor(BALL))
    painter.drawEllipse(own, radius, radius)
