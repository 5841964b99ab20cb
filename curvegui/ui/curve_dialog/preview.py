"""A curve as it will be learnt: its line, its jumps, and the training points as dots."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.curve_sketch import curve_drawing, paint_points
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Ink, Look
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.figure.drawing.target_drawing import paint_target

SMALLEST_PX, USUAL_PX = 150, 380
ROUNDNESS_PX = 10
FADED = 0.3  # how much of a curve is seen that is not the one that is chosen
LINE_ALPHA = 0.75  # of the line under the dots
MANY = 300  # dots, which are smaller then
EDGE_ALPHA = 0.15
JUMP_ALPHA = 0.4  # of the dots on a jump
PART_WIDTH = 2.2  # of a part that is pointed at, in widths of the fit


class CurvePreview(QWidget):
    """A square with a curve in it.

    Parameters
    ----------
    look : Look
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curve.preview")
        self.setAccessibleName("Preview")
        self.setMinimumSize(SMALLEST_PX, SMALLEST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._look = look
        self._curve: Curve | None = None
        self._target: Target | None = None
        self._part: FloatArray | None = None
        self._is_faded = False
        self._image = QImage()

    @property
    def target(self) -> Target | None:
        """The training points that are shown."""
        return None if self._is_faded else self._target

    def show_curve(self, curve: Curve, target: Target) -> None:
        """Show a curve and its training points."""
        self._curve, self._target, self._is_faded = curve, target, False
        self._repaint()

    def fade(self) -> None:
        """Show faintly what was chosen before: what is chosen now is no curve."""
        if not self._is_faded:
            self._is_faded = True
            self._repaint()

    def show_part(self, part: FloatArray | None) -> None:
        """Show a part above all, points in a person's units, shape (2, M); or none."""
        self._part = part
        self._repaint()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(USUAL_PX, USUAL_PX)

    def _repaint(self) -> None:
        self._image = QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The square, painted once for each size."""
        ratio, side = self.devicePixelRatioF(), min(self.width(), self.height())
        pixels = round(side * ratio)
        if self._image.width() != pixels:
            self._image = self._painted(pixels, ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF((self.width() - side) / 2, 0, side, side)
        rounded = QPainterPath()
        rounded.addRoundedRect(square, ROUNDNESS_PX, ROUNDNESS_PX)
        painter.translate(square.topLeft())
        brush = QBrush(self._image)
        brush.setTransform(brush.transform().scale(1 / ratio, 1 / ratio))
        painter.fillPath(rounded.translated(-square.topLeft()), brush)
        edge = QColor(self.palette().windowText().color())
        edge.setAlphaF(EDGE_ALPHA)
        painter.setPen(QPen(edge, 1))
        painter.drawPath(rounded.translated(-square.topLeft()))

    def _painted(self, pixels: int, ratio: float) -> QImage:
        image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        rect, look = QRectF(image.rect()), self._look
        painter = QPainter(image)
        painter.fillRect(rect, look.background_brush(rect))
        plane = DataMap.unit_square(rect)
        if self._curve is not None and self._target is not None:
            self._paint_curve(painter, plane, self._curve, self._target, ratio)
        if self._part is not None and self._curve is not None:
            painter.setOpacity(1.0)
            pen = look.fit_pen(ratio)
            pen.setWidthF(pen.widthF() * PART_WIDTH / 2)
            with saved(painter):
                stroke_curve(painter, plane.map(self._curve.units.to_square(self._part)), pen)
        painter.end()
        return image

    def _paint_curve(self, painter: QPainter, plane: DataMap, curve: Curve, target: Target, ratio: float) -> None:
        ink, faded = Ink(self._look.target.colour), FADED if self._is_faded else 1.0
        radius = 2.4 if target.t.size <= MANY else 1.4
        painter.setOpacity(LINE_ALPHA * faded)
        paint_target(painter, curve_drawing(curve), plane, self._look, ratio)
        for jumps, alpha in ((target.jumps, JUMP_ALPHA), (~target.jumps, 1.0)):
            painter.setOpacity(alpha * faded)
            paint_points(painter, target.points[:, jumps], plane, ink, ratio, radius=radius)
