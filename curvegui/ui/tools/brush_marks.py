"""The marks of the brush on the canvas: the curve, the stretch that it holds, and its circle."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.look import Ink, LineStyle, Look
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import TOOLS, lay_over
from curvegui.ui.tools.overlay import Sheet

CURVE_PX, STRETCH_PX = 2.0, 7.0
STRETCH_ALPHA = 0.45
CIRCLE_ALPHA = 0.55
DOT_PX = 5.5
SHOWN_POINTS = 2_000  # about one for each pixel; a scribble of very many points would take seconds to stroke
SHOWN_PX = 100_000  # of lines in all: where each leads across the canvas, fewer points make as dense a scribble


class BrushMarks:
    """Lines on a sheet, and Qt's own items for the round parts."""

    def __init__(self, canvas: Canvas, sheet: Sheet) -> None:
        self._canvas, self._sheet = canvas, sheet
        self._circle, self._dot = QGraphicsEllipseItem(), QGraphicsEllipseItem(-DOT_PX, -DOT_PX, 2 * DOT_PX, 2 * DOT_PX)
        lay_over(canvas.scene(), TOOLS, self._circle, self._dot)
        self._circle_pens = self._line, self._wide = QPen(), QPen()
        self.hide()

    def set_look(self, look: Look) -> None:
        """Take the colours of a look, for the next time."""
        colour = look.target.colour
        # solid, because dashes would crawl while the curve is pushed
        self._line = LineStyle(colour, CURVE_PX, round=False).pen(1.0)
        self._wide = LineStyle(colour, STRETCH_PX, alpha=STRETCH_ALPHA, round=False).pen(1.0)
        self._dot.setBrush(QColor(colour))
        self._dot.setPen(QPen(QColor(look.background.stops[-1][1]), 1.8))
        edge = Ink(look.text.colour, CIRCLE_ALPHA).qcolor()
        self._circle_pens = QPen(edge, 1.2, Qt.PenStyle.DashLine), QPen(edge, 1.2)

    def hide(self) -> None:
        """Show nothing."""
        self._circle.hide()
        self._dot.hide()
        self._sheet.hide()

    def show_curve(self, points: FloatArray, target: Target, index: int | None, taken: NDArray[np.intp] | None) -> None:
        """Show the curve, and in it the points that are held or could be.

        ``points``, shape (2, N), are those of ``target``, in the plane; it says whether they are closed and where they
        jump. ``taken``, shape (n,), are the held points in their order along the curve, around ``index``.
        """
        canvas = self._canvas
        seen = canvas.from_plane(points)
        strokes = [(*thinned(*joined(seen, target), canvas.sceneRect()), self._line)]
        if taken is not None and taken.size > 1:
            held = thinned(seen[:, taken], np.ones(taken.size - 1, dtype=np.bool_), canvas.sceneRect())
            strokes.insert(0, (*held, self._wide))
        self._sheet.draw(strokes, canvas.size(), canvas.devicePixelRatioF())
        self._dot.setVisible(index is not None)
        if index is not None:
            self._dot.setPos(*seen[:, index].tolist())

    def show_circle(self, place: QPointF | None, radius: float, holds: bool) -> None:
        """Show how far the brush at a place in pixels reaches in the plane; dashed until it holds something."""
        self._circle.setVisible(place is not None)
        if place is None:
            return
        (left, right), _ = self._canvas.from_plane(np.array([[0.0, radius], [0.0, 0.0]])).tolist()
        reach = right - left
        self._circle.setRect(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        self._circle.setPen(self._circle_pens[holds])


def joined(points: FloatArray, target: Target) -> tuple[FloatArray, NDArray[np.bool_]]:
    """A target's points, shape (2, N), with the first one again if it goes round; and which are joined to the next."""
    goes_round = target.closed and not target.jumps[-1]
    ring = np.column_stack([points, points[:, 0]]) if goes_round else points
    return ring, ~target.jumps[: ring.shape[1] - 1]


def thinned(points: FloatArray, joined: NDArray[np.bool_], box: QRectF) -> tuple[FloatArray, NDArray[np.bool_]]:
    """About `SHOWN_POINTS` of the points, shape (2, N), spread evenly, and the ends of all lines; and which are joined.

    They are fewer where what is in the box, in pixels, would be longer than `SHOWN_PX`.
    """
    every = max(1, points.shape[1] // SHOWN_POINTS)
    shown = _through(points, joined, every)
    longer = int(_length(*shown, box) // SHOWN_PX)
    return _through(points, joined, every * longer) if longer > 1 else shown


def _through(points: FloatArray, joined: NDArray[np.bool_], every: int) -> tuple[FloatArray, NDArray[np.bool_]]:
    begins, ends = np.append(True, ~joined), np.append(~joined, True)
    index = np.arange(points.shape[1])
    kept = np.flatnonzero(((index - np.maximum.accumulate(index * begins)) % every == 0) | ends)
    return points[:, kept], joined[kept[:-1]]


def _length(points: FloatArray, joined: NDArray[np.bool_], box: QRectF) -> float:
    """About how much of the lines is in a box."""
    inside = np.clip(points, [[box.left()], [box.top()]], [[box.right()], [box.bottom()]])
    return float(np.hypot(*np.diff(inside))[joined].sum())
