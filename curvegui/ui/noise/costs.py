"""The cost curves of a comparison in one plot: told apart by their dashes and by the names at their ends."""

from math import floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.inspection.noise_comparison import ComparisonSnapshot, NoiseSnapshot
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.ui.cost.axes import WIDEST, cost_label
from curvegui.ui.look.theme import Theme
from curvegui.ui.widgets.numbers import format_number

DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0))
LINES = 10  # its height at first, in lines of text
CURVE_PX = 2.0


class NoiseCosts(QWidget):
    """Shows how the cost of each run went, on a logarithmic axis.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moment: ComparisonSnapshot | None = None
        self.setObjectName("noise.costs")
        self.setAccessibleName("Cost curves")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.update()

    def show_portrait(self, moment: ComparisonSnapshot) -> None:
        """Show how far all runs are."""
        self._moment = moment
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        line = self.fontMetrics().height()
        return QSize(30 * line, LINES * line)

    def minimumSizeHint(self) -> QSize:
        """Half of that."""
        return self.sizeHint() / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axes, and the curves over them."""
        moment, painter, line = self._moment, QPainter(self), self.fontMetrics().height()
        if moment is None:
            return
        names = [f"noise {format_number(run.noise)}" for run in moment.runs]
        left = self.fontMetrics().horizontalAdvance(WIDEST) + line // 2
        right = max(map(self.fontMetrics().horizontalAdvance, names)) + line // 2
        area = QRectF(self.rect()).adjusted(left, line / 2, -right, -1.4 * line)
        low, high = _decades(moment)
        plane = DataMap(0, max(moment.goal, 1), low, high, (area.x(), area.y(), area.width(), area.height()))
        self._draw_axes(painter, plane, moment.goal)
        ends = [
            self._draw_curve(painter, plane, run, *pen) for run, pen in zip(moment.runs, self._pens(), strict=False)
        ]
        painter.setPen(QColor(self._theme.text))
        for name, end, y in zip(names, ends, spread([end.y() for end in ends], line, area), strict=True):
            painter.drawText(QRectF(end.x() + line / 3, y - line / 2, right, line), Qt.AlignmentFlag.AlignVCenter, name)

    def _pens(self) -> list[tuple[str, tuple[float, ...]]]:
        theme = self._theme
        return list(zip((theme.accent, theme.second, theme.text), DASHES, strict=True))

    def _draw_axes(self, painter: QPainter, plane: DataMap, goal: int) -> None:
        area, line = plane.rect, self.fontMetrics().height()
        for power in range(floor(plane.bottom), floor(plane.top) + 1):
            y = area.bottom() - (power - plane.bottom) * plane.pixels_per_unit[1]
            painter.setPen(QPen(QColor(self._theme.border), 1.0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self._theme.muted))
            box = QRectF(0, y - line / 2, area.left() - line / 3, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cost_label(power))
        below = QRectF(area.left(), area.bottom() + 0.3 * line, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{format_number(goal)} iterations")

    def _draw_curve(
        self, painter: QPainter, plane: DataMap, run: NoiseSnapshot, colour: str, dashes: tuple[float, ...]
    ) -> QPointF:
        """Draw one run's costs; return where they end."""
        rows = run.costs
        places = plane.map(np.stack([rows[:, 0], np.log10(np.maximum(rows[:, 1], 1e-300))]))
        pen = QPen(QColor(colour), CURVE_PX)
        if dashes:
            pen.setDashPattern(dashes)
        with saved(painter):
            stroke_curve(painter, places, pen)
        return QPointF(*places[:, -1].tolist())


def _decades(moment: ComparisonSnapshot) -> tuple[float, float]:
    """The part of log₁₀(cost) that is shown: whole powers of ten."""
    costs = np.concatenate([run.costs[:, 1] for run in moment.runs])
    low, high = float(max(costs.min(), 1e-12)), float(max(costs.max(), 1e-12))
    return floor(log10(low)), max(floor(log10(high)) + 1, floor(log10(low)) + 1)


def spread(wanted: list[float], apart: float, area: QRectF) -> list[float]:
    """Heights as near as can be to those wanted, no two nearer than ``apart``, in the same order."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    found, last = [0.0] * len(wanted), -1e9
    for index in order:
        last = found[index] = max(wanted[index], last + apart)
    over = last - area.bottom()
    if over > 0:
        limit = area.bottom()
        for index in reversed(order):
            found[index] = min(found[index], limit)
            limit = found[index] - apart
    return found
