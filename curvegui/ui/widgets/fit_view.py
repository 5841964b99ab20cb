"""A small canvas of its own: a target, the curves that were drawn before, and the latest fit."""

from collections import deque

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target

SMALLEST_PX, USUAL_PX = 110, 190
ROUNDNESS_PX = 8
EDGE_ALPHA = 0.15
TRAIL_ALPHA = 0.25  # of a curve that was drawn before: there are few of them
MOST_KEPT = 300  # curves of the trail, to paint them anew in another size
NOTHING = TargetDrawing(np.empty((2, 0)))


class FitView(QWidget):
    """A square that shows a network learning.

    Parameters
    ----------
    name : str
        What a screen reader calls it.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(SMALLEST_PX, SMALLEST_PX)
        self._look: Look = LOOKS["classic"]
        self._target, self._fit = NOTHING, np.empty((2, 0))
        self._trail: deque[FloatArray] = deque(maxlen=MOST_KEPT)
        self._ground = QImage()

    @property
    def fit(self) -> FloatArray:
        """The curve that is shown, shape (2, N)."""
        return self._fit

    def begin(self, target: TargetDrawing, look: Look) -> None:
        """Show a target, and nothing drawn yet."""
        self._target, self._look, self._fit, self._ground = target, look, np.empty((2, 0)), QImage()
        self._trail.clear()
        self.update()

    def show_fit(self, fit: FloatArray) -> None:
        """Show the latest curve, shape (2, N); the one before joins the trail."""
        if self._fit.size:
            self._trail.append(self._fit)
            if not self._ground.isNull():
                self._paint_trail(self._fit)
        self._fit = fit
        self.update()

    def heightForWidth(self, width: int) -> int:
        """A square."""
        return width

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(USUAL_PX, USUAL_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the trail anew, as far as it is kept."""
        super().resizeEvent(event)
        self._ground = QImage()

    def _side(self) -> int:
        return min(self.width(), self.height())

    def _plane(self, ratio: float) -> DataMap:
        return DataMap.unit_square(QRectF(0, 0, round(self._side() * ratio), round(self._side() * ratio)))

    def _paint_ground(self, ratio: float) -> None:
        pixels = round(self._side() * ratio)
        self._ground = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        rect = QRectF(self._ground.rect())
        painter = QPainter(self._ground)
        painter.fillRect(rect, self._look.background_brush(rect))
        if self._target.line.size:
            paint_target(painter, self._target, self._plane(ratio), self._look, ratio)
        painter.end()
        for curve in self._trail:
            self._paint_trail(curve)

    def _paint_trail(self, curve: FloatArray) -> None:
        ratio = self.devicePixelRatioF()
        painter = QPainter(self._ground)
        pen = self._look.trail_pen(ratio)
        colour = pen.color()
        colour.setAlphaF(TRAIL_ALPHA)
        pen.setColor(colour)
        pen.setWidthF(ratio)
        with saved(painter):
            stroke_curve(painter, self._plane(ratio).map(curve), pen)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground with the trail, and the fit over it."""
        ratio, side = self.devicePixelRatioF(), self._side()
        if self._ground.width() != round(side * ratio):
            self._paint_ground(ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate((self.width() - side) / 2, (self.height() - side) / 2)
        rounded = QPainterPath()
        rounded.addRoundedRect(QRectF(0, 0, side, side), ROUNDNESS_PX, ROUNDNESS_PX)
        brush = QBrush(self._ground)
        brush.setTransform(brush.transform().scale(1 / ratio, 1 / ratio))
        painter.fillPath(rounded, brush)
        painter.setClipPath(rounded)
        if self._fit.size:
            plane = DataMap.unit_square(QRectF(0, 0, side, side))
            stroke_curve(painter, plane.map(self._fit), self._look.fit_pen(1.0))
        edge = QColor(self.palette().windowText().color())
        edge.setAlphaF(EDGE_ALPHA)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(edge, 1))
        painter.drawPath(rounded)
