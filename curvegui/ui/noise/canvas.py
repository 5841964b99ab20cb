"""A small canvas of one run of a comparison: what it draws, over what it is to draw."""

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target
from curvegui.ui.look.theme import Theme

LEAST_LINES, USUAL_LINES = 5, 13  # its side, in lines of text


class NoiseCanvas(QWidget):
    """Shows a fit and its target in the unit square.

    Parameters
    ----------
    target : Target
    theme : Theme
    """

    def __init__(self, target: Target, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = TargetDrawing.of(target)
        self._look = LOOKS[theme.key]
        self._fit: FloatArray = np.empty((2, 0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take the look of the theme."""
        self._look = LOOKS[theme.key]
        self.update()

    def show_fit(self, fit: FloatArray) -> None:
        """Show another curve, shape (2, n)."""
        self._fit = fit
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = USUAL_LINES * self.fontMetrics().height()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """A small one."""
        side = LEAST_LINES * self.fontMetrics().height()
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the background, the target, and the fit over it."""
        painter, look = QPainter(self), self._look
        area, side = QRectF(self.rect()), min(self.width(), self.height())
        square = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        plane = DataMap.unit_square(square, area)
        painter.fillRect(area, look.background_brush(area))
        painter.setClipRect(area)
        paint_target(painter, self._target, plane, look, 1.0)
        if self._fit.size:
            with saved(painter):
                stroke_curve(painter, plane.map(self._fit), look.fit_pen(1.0))
