"""The axes of the cost plot, as items that Qt paints by itself, and the time axis: logarithmic or even."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.round_numbers import multiples, power_labels, powers_between, round_up
from curvegui.figure.drawing.data_map import DataMap
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_number

FIRST = 10.0  # a logarithmic axis begins here; the few iterations before it would fill a third of it
LEAST_SPAN = 100.0  # iterations that are shown at least
BEYOND = 1.02  # a little room after the latest iteration


@dataclass(frozen=True)
class TimeAxis:
    """An axis of iterations, logarithmic or even."""

    logarithmic: bool = True

    def coordinates(self, iterations: FloatArray) -> FloatArray:
        return np.log10(np.maximum(iterations, 1.0)) if self.logarithmic else iterations

    def coordinate(self, iteration: float) -> float:
        return log10(max(iteration, 1.0)) if self.logarithmic else float(iteration)

    def iteration(self, coordinate: float) -> int:
        return round(10.0 ** min(coordinate, 18.0)) if self.logarithmic else round(coordinate)

    def bounds(self, latest: int, goal: int = 0) -> tuple[float, float]:
        """The ends of the axis of a run that has come to ``latest``; a logarithmic axis has room for its ``goal``."""
        last = max(latest, goal if self.logarithmic else 0, LEAST_SPAN) * BEYOND
        first = FIRST if latest >= LEAST_SPAN else 1.0  # so that each single step is seen
        return (log10(first), log10(last)) if self.logarithmic else (0.0, last)

    def ticks(self, left: float, right: float, most: int) -> list[tuple[float, str]]:
        if self.logarithmic:
            return [(float(power), format_number(10**power)) for power in powers_between(left, right, most)]
        step = round_up(max((right - left) / max(most, 1), 1.0))
        return [(each, format_number(each)) for each in multiples(step, left, right)]


HANDLE_PX = 6.0  # half the width of the playhead's handle, which is at the right edge most of the time
PADDING_PX = 6.0  # between a label and the plot
WIDEST = "0.001"


Ticks = Callable[[float, float, int], list[tuple[float, str]]]
"""From the ends of an axis, and about how many labels there is room for, to coordinates and their labels."""


def axis_labels(
    plane: DataMap, ticks: Ticks, metrics: QFontMetricsF, taken: tuple[float, float] = (inf, inf)
) -> tuple[list[float], list[tuple[QPointF, str]]]:
    """The heights of the lines at powers of ten of the cost, and the labels of both axes with their upper left corners;
    none below the plot from pixel to pixel of what is ``taken``."""
    area, height = plane.rect, metrics.height()
    powers = powers_between(plane.bottom, plane.top, int(area.height() / (1.1 * height)))
    heights = [area.bottom() - (power - plane.bottom) * plane.pixels_per_unit[1] for power in powers]
    labels = [
        (QPointF(area.left() - PADDING_PX - metrics.horizontalAdvance(text), y - height / 2), text)
        for y, text in zip(heights, power_labels(powers, format_number), strict=True)
    ]
    most = int(area.width() / (1.3 * metrics.horizontalAdvance(format_number(1_000_000))))
    for coordinate, text in ticks(plane.left, plane.right, most):
        width = metrics.horizontalAdvance(text)
        x = area.left() + (coordinate - plane.left) * plane.pixels_per_unit[0]
        left = min(max(x - width / 2, area.left() - PADDING_PX), area.right() - width)  # clear of the costs
        if left + width < taken[0] or left > taken[1]:
            labels.append((QPointF(left, area.bottom() + PADDING_PX / 2), text))
    return heights, labels


class CostAxes:
    """A horizontal line at each power of ten of the cost, with labels; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._grid = QGraphicsPathItem()
        scene.addItem(self._grid)
        self._labels: list[QGraphicsSimpleTextItem] = []
        self._font, self._metrics = QFont(), QFontMetricsF(QFont())
        self._shown: tuple[DataMap, TimeAxis, int] | None = None

    def colour(self, font: QFont) -> None:
        self._font, self._metrics = font, QFontMetricsF(font)
        self._grid.setPen(QPen(QColor(current_theme().border), 1.0))
        self._shown = None

    def plot_area(self, rect: QRectF) -> QRectF:
        beside = self._metrics.horizontalAdvance(WIDEST) + PADDING_PX
        below = self._metrics.height() + PADDING_PX / 2
        return rect.adjusted(beside, self._metrics.height() / 4, -HANDLE_PX, -below)

    def show(self, plane: DataMap, time: TimeAxis, goal: int) -> None:
        """Draw and label the axes, and the ``goal`` of the run, for a part of the plane of the time axis and
        log₁₀(cost)."""
        if (plane, time, goal) == self._shown:
            return
        self._shown = plane, time, goal
        for label in self._labels:
            self._scene.removeItem(label)
        self._labels = []
        lines, area, taken = QPainterPath(), plane.rect, (inf, inf)
        place, words = time.coordinate(goal), tr("goal {goal}", goal=format_number(goal))
        if place <= plane.right:
            x = area.left() + (place - plane.left) * plane.pixels_per_unit[0]
            lines.moveTo(x, area.top())
            lines.lineTo(x, area.bottom())
            width = self._metrics.horizontalAdvance(words)
            begin = min(max(x - width / 2, area.left()), area.right() - width)
            taken = begin - PADDING_PX, begin + width + PADDING_PX
            self._write(words, QPointF(begin, area.bottom() + PADDING_PX / 2))
        heights, labels = axis_labels(plane, time.ticks, self._metrics, taken)
        for y in heights:
            lines.moveTo(area.left(), y)
            lines.lineTo(area.right(), y)
        self._grid.setPath(lines)
        for position, text in labels:
            self._write(text, position)

    def _write(self, text: str, position: QPointF) -> None:
        label = QGraphicsSimpleTextItem(text)
        label.setFont(self._font)
        label.setBrush(QColor(current_theme().muted))
        label.setPos(position)
        self._scene.addItem(label)
        self._labels.append(label)
