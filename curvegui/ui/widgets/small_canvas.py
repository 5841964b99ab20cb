"""Small square canvases, whose backgrounds are painted once for each size; one of them shows a training."""

from collections import deque
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import short

EDGE_ALPHA = 0.15


class SmallCanvas(QWidget):
    """Shows the unit square with a look. A subclass paints on the background, and over it. ``sides_px`` are the
    smallest and the usual length of a side. A screen reader calls the canvas ``name``."""

    def __init__(
        self, name: str, look: Look, sides_px: tuple[int, int], roundness_px: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics, in every language
        self.setAccessibleName(name)
        self._look, self._usual_px, self._roundness_px = look, sides_px[1], roundness_px
        self.setMinimumSize(sides_px[0], sides_px[0])
        self._ground = QImage()

    def sizeHint(self) -> QSize:
        return QSize(self._usual_px, self._usual_px)

    def _renew(self) -> None:
        self._ground = QImage()
        self.update()

    def _paint_on_ground(self, painter: QPainter, ratio: float) -> None:
        """Paint on the background, whose pixels are ``ratio`` to one logical pixel."""

    def _paint_over(self, painter: QPainter, plane: DataMap, shape: QPainterPath) -> None:
        """Paint what changes often over the background, which has the outline ``shape``."""

    def _corner(self, side: int) -> QPointF:
        return QPointF((self.width() - side) / 2, (self.height() - side) / 2)

    def _ground_plane(self) -> DataMap:
        return DataMap.unit_square(QRectF(self._ground.rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, side = self.devicePixelRatioF(), min(self.width(), self.height())
        if self._ground.width() != round(side * ratio):
            self._ground = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_RGB32)
            ground_rect, ground_painter = QRectF(self._ground.rect()), painter_for(self._ground)
            ground_painter.fillRect(ground_rect, self._look.background.brush(ground_rect))
            self._paint_on_ground(ground_painter, ratio)
            ground_painter.end()
        painter, square = painter_for(self), QRectF(0, 0, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._corner(side))
        shape = QPainterPath()
        shape.addRoundedRect(square, self._roundness_px, self._roundness_px)
        brush = QBrush(self._ground)
        brush.setTransform(brush.transform().scale(1 / ratio, 1 / ratio))
        painter.fillPath(shape, brush)
        self._paint_over(painter, DataMap.unit_square(square), shape)
        edge = QColor(self.palette().windowText().color())
        edge.setAlphaF(EDGE_ALPHA)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour in (edge, QColor(current_theme().edge)):
            painter.setPen(QPen(colour, 1))
            painter.drawPath(shape)


SIDES_PX = 110, 190  # the smallest and the usual side
ROUNDNESS_PX = 8
TRAIL_ALPHA = 0.25  # of the curves in the trail, which are few
MOST_KEPT = 75  # curves of the trail that can be painted again at another size: of two views, 150 took 0.28 s
NOTHING = TargetDrawing(np.empty((2, 0)))


class FitView(SmallCanvas):
    """Shows how a network trains; the trail is painted curve by curve, as the curves come."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, LOOKS["classic"], SIDES_PX, ROUNDNESS_PX, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._target, self._fit = NOTHING, np.empty((2, 0))
        self._trail: deque[FloatArray] = deque(maxlen=MOST_KEPT)

    @property
    def fit(self) -> FloatArray:
        return self._fit

    def begin(self, target: TargetDrawing, look: Look) -> None:
        self._target, self._look, self._fit = target, look, np.empty((2, 0))
        self._trail.clear()
        self._renew()

    def show_fit(self, fit: FloatArray) -> None:
        """Show the latest curve, shape (2, N); the curve before joins the trail."""
        if self._fit.size:
            self._trail.append(self._fit)
            if not self._ground.isNull():
                painter = painter_for(self._ground)
                self._paint_trail(painter, self._fit, self.devicePixelRatioF())
                painter.end()
        self._fit = fit
        self.update()

    def in_words(self) -> str:
        count = min(self._fit.shape[1], self._target.line.shape[1])  # a closed line ends where it begins
        if count == 0:
            return ""
        with np.errstate(all="ignore"):  # of a diverged training
            distance = float(np.hypot(*(self._fit[:, :count] - self._target.line[:, :count])).max())
        return (
            tr("Off the target by {distance} at most.", distance=short(distance))
            if isfinite(distance)
            else tr("The numbers overflowed.")
        )

    def heightForWidth(self, width: int) -> int:
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ground = QImage()

    def _paint_on_ground(self, painter: QPainter, ratio: float) -> None:
        if self._target.line.size:
            paint_target(painter, self._target, self._ground_plane(), self._look, ratio)
        for curve in self._trail:
            self._paint_trail(painter, curve, ratio)

    def _paint_trail(self, painter: QPainter, curve: FloatArray, ratio: float) -> None:
        pen = self._look.trail.pen(ratio)
        colour = pen.color()
        colour.setAlphaF(TRAIL_ALPHA)
        pen.setColor(colour)
        pen.setWidthF(ratio)
        with saved(painter):
            stroke_curve(painter, self._ground_plane().map(curve), pen)

    def _paint_over(self, painter: QPainter, plane: DataMap, shape: QPainterPath) -> None:
        painter.setClipPath(shape)
        if self._fit.size:
            stroke_curve(painter, plane.map(self._fit), self._look.fit.pen(1.0))


PREVIEW_ROUNDNESS_PX = 10  # of the previews in dialogs


def rounded(image: QImage, ratio: float, roundness_px: float) -> QPixmap:
    """A picture with rounded corners; ``ratio`` is device pixels to a logical pixel."""
    pixmap = QPixmap(image.size())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = painter_for(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(QRectF(pixmap.rect()), roundness_px * ratio, roundness_px * ratio)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
