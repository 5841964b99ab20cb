"""The cost plot's axes: powers of ten on both, as items that Qt paints by itself."""

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.figure.data_map import DataMap
from curvegui.ui.numbers import format_number

PADDING_PX = 6.0  # between a label and the plot
WIDEST = "0.001"


def powers_between(low: float, high: float, most: int) -> list[int]:
    """The powers of ten in view, or every second or third of them where there would be more than ``most``."""
    powers = range(ceil(low - 1e-9), floor(high + 1e-9) + 1)
    every = max(1, ceil(len(powers) / max(most, 1)))
    return [power for power in powers if power % every == 0]


def cost_label(power: int) -> str:
    """1, 0.1, 0.01, and then 1e-3."""
    return format_number(10.0**power) if -2 <= power <= 3 else f"1e{power}"


def iteration_label(power: int) -> str:
    """A whole number: 10, 100, 1,000."""
    return format_number(10**power)


class CostAxes:
    """A line across at each power of ten of the cost, and labels on the left and below.

    Parameters
    ----------
    scene : QGraphicsScene
        Its coordinates are logical pixels.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._grid = QGraphicsPathItem()
        scene.addItem(self._grid)
        self._labels: list[QGraphicsSimpleTextItem] = []
        self._font, self._colour = QFont(), QColor()
        self._metrics = QFontMetricsF(self._font)
        self._shown: DataMap | None = None

    def dress(self, font: QFont, text: str, line: str) -> None:
        """Take a font, and the colours of the labels and of the lines."""
        self._font, self._colour = font, QColor(text)
        self._metrics = QFontMetricsF(font)
        self._grid.setPen(QPen(QColor(line), 1.0))
        self._shown = None

    def plot_area(self, rect: QRectF) -> QRectF:
        """What the labels leave of a rectangle."""
        beside = self._metrics.horizontalAdvance(WIDEST) + PADDING_PX
        return rect.adjusted(beside, self._metrics.height() / 4, 0, -self._metrics.height() - PADDING_PX / 2)

    def show(self, plane: DataMap) -> None:
        """Label a part of the plane of log₁₀(iteration) and log₁₀(cost)."""
        if plane == self._shown:
            return
        self._shown = plane
        for label in self._labels:
            self._scene.removeItem(label)
        self._labels = []
        self._label_costs(plane)
        self._label_iterations(plane)

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

    def _label_iterations(self, plane: DataMap) -> None:
        area = plane.rect
        for power in powers_between(plane.left, plane.right, 20):
            text = iteration_label(power)
            width = self._metrics.horizontalAdvance(text)
            x = area.left() + (power - plane.left) * plane.pixels_per_unit[0]
            left = min(max(x - width / 2, area.left() - width / 2), area.right() - width)
            self._write(text, QPointF(left, area.bottom() + PADDING_PX / 2))

    def _write(self, text: str, position: QPointF) -> None:
        label = QGraphicsSimpleTextItem(text)
        label.setFont(self._font)
        label.setBrush(self._colour)
        label.setPos(position)
        self._scene.addItem(label)
        self._labels.append(label)
