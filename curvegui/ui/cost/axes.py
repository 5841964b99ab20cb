"""The cost plot's axes, as items that Qt paints by itself."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.figure.drawing.data_map import DataMap
from curvegui.ui.cost.time_axis import TimeAxis, powers_between
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_number

HANDLE_PX = 6.0  # half the width of the playhead's handle, which is at the right edge most of the time
PADDING_PX = 6.0  # between a label and the plot
WIDEST = "0.001"


def cost_label(power: int) -> str:
    """1, 0.1, 0.01, and then 1e-3."""
    return format_number(10.0**power) if -2 <= power <= 3 else f"1e{power}"


class CostAxes:
    """A horizontal line at each power of ten of the cost, with labels; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._grid = QGraphicsPathItem()
        scene.addItem(self._grid)
        self._labels: list[QGraphicsSimpleTextItem] = []
        self._font = QFont()
        self._metrics = QFontMetricsF(self._font)
        self._shown: tuple[DataMap, TimeAxis] | None = None

    def colour(self, font: QFont) -> None:
        """Take a font, and the colours of the theme."""
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._grid.setPen(QPen(QColor(current_theme().border), 1.0))
        self._shown = None

    def plot_area(self, rect: QRectF) -> QRectF:
        """What the labels leave of a rectangle."""
        beside = self._metrics.horizontalAdvance(WIDEST) + PADDING_PX
        below = self._metrics.height() + PADDING_PX / 2
        return rect.adjusted(beside, self._metrics.height() / 4, -HANDLE_PX, -below)

    def show(self, plane: DataMap, time: TimeAxis) -> None:
        """Label a part of the plane of the time axis and log₁₀(cost)."""
        if (plane, time) == self._shown:
            return
        self._shown = plane, time
        for label in self._labels:
            self._scene.removeItem(label)
        self._labels = []
        self._label_costs(plane)
        self._label_iterations(plane, time)

    def _label_costs(self, plane: DataMap) -> None:
        lines, area, height = QPainterPath(), plane.rect, self._metrics.height()
        for power in powers_between(plane.bottom, plane.top, int(area.height() / (1.1 * height))):
            y = area.bottom() - (power - plane.bottom) * plane.pixels_per_unit[1]
            lines.moveTo(area.left(), y)
            lines.lineTo(area.right(), y)
            text = cost_label(power)
            left = area.left() - PADDING_PX - self._metrics.horizontalAdvance(text)
            self._write(text, QPointF(left, y - height / 2))
        self._grid.setPath(lines)

    def _label_iterations(self, plane: DataMap, time: TimeAxis) -> None:
        area = plane.rect
        most = int(area.width() / (1.3 * self._metrics.horizontalAdvance(format_number(1_000_000))))
        for place, text in time.ticks(plane.left, plane.right, most):
            width = self._metrics.horizontalAdvance(text)
            x = area.left() + (place - plane.left) * plane.pixels_per_unit[0]
            left = min(max(x - width / 2, area.left() - width / 2), area.right() - width)
            self._write(text, QPointF(left, area.bottom() + PADDING_PX / 2))

    def _write(self, text: str, position: QPointF) -> None:
        label = QGraphicsSimpleTextItem(text)
        label.setFont(self._font)
        label.setBrush(QColor(current_theme().muted))
        label.setPos(position)
        self._scene.addItem(label)
        self._labels.append(label)
