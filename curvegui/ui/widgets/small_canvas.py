"""A small canvas: a square with rounded corners, whose background is painted once for each size."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Look

EDGE_ALPHA = 0.15


class SmallCanvas(QWidget):
    """Shows the unit square with a look. A subclass paints on the background, and over it.

    ``sides_px`` are the smallest side and the usual one. A screen reader calls it ``name``.
    """

    def __init__(
        self, name: str, look: Look, sides_px: tuple[int, int], roundness_px: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._look, self._usual_px, self._roundness_px = look, sides_px[1], roundness_px
        self.setMinimumSize(sides_px[0], sides_px[0])
        self._ground = QImage()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._usual_px, self._usual_px)

    def _renew(self) -> None:
        """Paint the background again."""
        self._ground = QImage()
        self.update()

    def _paint_on_ground(self, painter: QPainter, ratio: float) -> None:
        """Paint on the background, with ``ratio`` pixels to a logical one."""

    def _paint_over(self, painter: QPainter, plane: DataMap, shape: QPainterPath) -> None:
        """Paint what changes often over the background, which has the outline ``shape``."""

    def _corner(self, side: int) -> QPointF:
        """The top left of the square: in the middle."""
        return QPointF((self.width() - side) / 2, (self.height() - side) / 2)

    def _ground_plane(self) -> DataMap:
        return DataMap.unit_square(QRectF(self._ground.rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The background, what is over it, and the edge."""
        ratio, side = self.devicePixelRatioF(), min(self.width(), self.height())
        if self._ground.width() != round(side * ratio):
            self._make_ground(round(side * ratio), ratio)
        painter, square = QPainter(self), QRectF(0, 0, side, side)
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
        painter.setPen(QPen(edge, 1))
        painter.drawPath(shape)

    def _make_ground(self, pixels: int, ratio: float) -> None:
        self._ground = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        rect = QRectF(self._ground.rect())
        painter = QPainter(self._ground)
        painter.fillRect(rect, self._look.background_brush(rect))
        self._paint_on_ground(painter, ratio)
        painter.end()
