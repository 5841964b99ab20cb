"""The plane of a wall's plot: the logarithm of the cost upwards, iterations or a setting's values across."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.ensemble.wall_snapshot import WallSnapshot
from curvegui.core.learner.keyframes import KEYFRAME_EVERY
from curvegui.core.round_numbers import multiples, power_labels, powers_between, round_up
from curvegui.figure.drawing.data_map import DataMap
from curvegui.ui.cost.axes import WIDEST, TimeAxis
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_number

LEAST_COST = 1e-12
FEW, MOST = 4, 10  # costs that are noted at least before they fill the axis; labels on a linear axis


@dataclass(frozen=True)
class WallAxes:
    """What lies across, and where: the iterations up to ``goal``, or the setting that goes along the wall."""

    plan: WallPlan
    goal: int
    by_iteration: bool = False

    @property
    def is_time(self) -> bool:
        """Whether the iterations lie across: always where seeds or choices, which have no axis, go along the wall."""
        return self.by_iteration or self.plan.varied == "seed" or self.plan.is_race

    @property
    def _time(self) -> TimeAxis:
        return TimeAxis()

    def places(self, values: FloatArray) -> FloatArray:
        """Where iterations, or the setting's values, are on the axis."""
        if self.is_time:
            return self._time.places(values)
        return np.log10(values) if self.plan.is_logarithmic else values

    def bounds(self) -> tuple[float, float]:
        """The ends of the axis; beside the outermost networks there is a little room."""
        if self.is_time:
            left, right = self._time.bounds(self.goal)
            return (log10(KEYFRAME_EVERY) if self.goal > FEW * KEYFRAME_EVERY else left), right
        low, high = self.places(np.array([self.plan.low, self.plan.high], np.float64)).tolist()
        beside = (high - low) / 40
        return low - beside, high + beside

    def ticks(self, left: float, right: float, most: int) -> list[tuple[float, str]]:
        """Places to label, at most about so many, each with its label."""
        if self.is_time:
            return self._time.ticks(left, right, most)
        if self.plan.is_logarithmic:
            powers = powers_between(left, right, most)
            return list(zip(map(float, powers), power_labels(powers, format_number), strict=True))
        step = round_up((self.plan.high - self.plan.low) / min(most, MOST))
        return [(each, format_number(each)) for each in multiples(step, left, right)]


def plot_area(rect: QRectF, metrics: QFontMetricsF, beside: float) -> QRectF:
    """What title and labels leave of a widget, and ``beside`` at the right."""
    line = metrics.height()
    left = metrics.horizontalAdvance(WIDEST) + line / 2
    return rect.adjusted(left, 1.9 * line, -beside - line / 2, -1.45 * line)


def wall_plane(axes: WallAxes, snapshot: WallSnapshot, area: QRectF) -> DataMap:
    """The part of the plane that shows all costs there have been, in whole powers of ten."""
    left, right = axes.bounds()
    costs = snapshot.history[np.isfinite(snapshot.history)]
    low, high = (float(costs.min()), float(costs.max())) if costs.size else (1.0, 1.0)
    bottom = floor(log10(max(low, LEAST_COST)))
    top = max(ceil(log10(max(high, LEAST_COST))), bottom + 1)
    return DataMap(left, right, bottom, top, (area.x(), area.y(), max(area.width(), 1.0), max(area.height(), 1.0)))


def cost_places(costs: FloatArray) -> FloatArray:
    """Where costs are upwards; what is not finite stays so."""
    return np.log10(np.maximum(costs, LEAST_COST))


def draw_axes(painter: QPainter, plane: DataMap, axes: WallAxes) -> None:
    """Draw a line at each power of ten of the cost, and label both axes."""
    area, metrics, theme = plane.rect, QFontMetricsF(painter.font()), current_theme()
    line = metrics.height()
    powers = powers_between(plane.bottom, plane.top, max(int(area.height() / (1.1 * line)), 1))
    for power, label in zip(powers, power_labels(powers, format_number), strict=True):
        y = area.bottom() - (power - plane.bottom) * plane.pixels_per_unit[1]
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(theme.muted))
        box = QRectF(0, y - line / 2, area.left() - line / 3, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
    most = max(int(area.width() / (1.3 * metrics.horizontalAdvance(format_number(1_000_000)))), 1)
    for place, text in axes.ticks(plane.left, plane.right, most):
        width = metrics.horizontalAdvance(text)
        x = area.left() + (place - plane.left) * plane.pixels_per_unit[0]
        left = min(max(x - width / 2, area.left() - width / 2), area.right() - width / 2)
        painter.drawText(QPointF(left, area.bottom() + 0.4 * line + metrics.ascent()), text)
