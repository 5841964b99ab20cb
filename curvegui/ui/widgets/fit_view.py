"""A small canvas that shows a network training: its target, the curves before, and the latest fit."""

from collections import deque

import numpy as np
from PySide6.QtGui import QImage, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target
from curvegui.ui.widgets.small_canvas import SmallCanvas

SIDES_PX = 110, 190  # the smallest and the usual one
ROUNDNESS_PX = 8
TRAIL_ALPHA = 0.25  # of the curves before; there are few of them
MOST_KEPT = 300  # curves of the trail that can be painted again at another size
NOTHING = TargetDrawing(np.empty((2, 0)))


class FitView(SmallCanvas):
    """Shows a network training; the trail is painted curve by curve, as they come."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, LOOKS["classic"], SIDES_PX, ROUNDNESS_PX, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._target, self._fit = NOTHING, np.empty((2, 0))
        self._trail: deque[FloatArray] = deque(maxlen=MOST_KEPT)

    @property
    def fit(self) -> FloatArray:
        """The curve that is shown, shape (2, N)."""
        return self._fit

    def begin(self, target: TargetDrawing, look: Look) -> None:
        """Show a target, and no curves yet."""
        self._target, self._look, self._fit = target, look, np.empty((2, 0))
        self._trail.clear()
        self._renew()

    def show_fit(self, fit: FloatArray) -> None:
        """Show the latest curve, shape (2, N); the one before joins the trail."""
        if self._fit.size:
            self._trail.append(self._fit)
            if not self._ground.isNull():
                painter = QPainter(self._ground)
                self._paint_trail(painter, self._fit, self.devicePixelRatioF())
                painter.end()
        self._fit = fit
        self.update()

    def heightForWidth(self, width: int) -> int:
        """A square."""
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the trail again, as far as it is kept."""
        super().resizeEvent(event)
        self._ground = QImage()

    def _paint_on_ground(self, painter: QPainter, ratio: float) -> None:
        if self._target.line.size:
            paint_target(painter, self._target, self._ground_plane(), self._look, ratio)
        for curve in self._trail:
            self._paint_trail(painter, curve, ratio)

    def _paint_trail(self, painter: QPainter, curve: FloatArray, ratio: float) -> None:
        pen = self._look.trail_pen(ratio)
        colour = pen.color()
        colour.setAlphaF(TRAIL_ALPHA)
        pen.setColor(colour)
        pen.setWidthF(ratio)
        with saved(painter):
            stroke_curve(painter, self._ground_plane().map(curve), pen)

    def _paint_over(self, painter: QPainter, plane: DataMap, shape: QPainterPath) -> None:
        painter.setClipPath(shape)
        if self._fit.size:
            stroke_curve(painter, plane.map(self._fit), self._look.fit_pen(1.0))
