"""A picture of two curves' costs and of their errors along t, in the colours that the curves have on the canvas."""

from dataclasses import dataclass, replace
from math import ceil, isfinite, log10

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.fourier.series import FourierComparison
from curvegui.core.language.text import mark, tr
from curvegui.core.round_numbers import multiples, round_up
from curvegui.figure.drawing.circles import CircleStrokes
from curvegui.figure.drawing.look import LOOKS, LineStyle, Look
from curvegui.figure.drawing.polyline import polygon
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.widgets.numbers import format_cost, format_number

NETWORK, SERIES = mark("Network"), mark("Fourier series")
COSTS = mark("The network's cost is {network}, the cost of the series {series}.")
LOWEST, HIGHEST = 1e-8, 1.0  # of the scale for costs; what is lower stands at its end
LEAST_LINES, USUAL_LINES = 9.5, 13.0  # the height, in lines of the font
EDGE_PX, DOT_PX, CORNER_PX = 10.0, 4.5, 9.0
ALPHA = 0.35  # of the line from the end of the scale to a cost
LINE_PX = 1.0  # of the errors: Qt strokes such lines ten times as fast as others
SMALLEST = 1e-9  # smaller errors count as none
STEPS = 10  # of the scale of errors, at most
STAYS = 1.26  # times the end that the scale needs: below that, it keeps the one that it has
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Side:
    """The network or the series: its name, the stroke of its curve, its cost, and its errors along t, shape (n,)."""

    name: str
    stroke: LineStyle
    cost: float
    errors: FloatArray


class ComparisonPicture(QWidget):
    """Shows a comparison of network and series; screen readers read the words of `show_comparison`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics, in every language
        self._comparison: FourierComparison | None = None
        self._words = ""
        self._look, self._t, self._top = LOOKS["classic"], 0.0, 0.0
        self.setObjectName("fourier.picture")
        self.setAccessibleName(tr("Costs and errors of both"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(0, round(USUAL_LINES * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(LEAST_LINES * self.fontMetrics().height()))

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_comparison(self, comparison: FourierComparison, words: str) -> None:
        self._comparison = comparison
        largest = max(float(np.max(each, initial=SMALLEST, where=np.isfinite(each))) for each in (
            comparison.network, comparison.series))  # fmt: skip
        step = round_up(largest / STEPS)
        wanted = multiples(step, largest, largest + step)[0]  # a multiple of a round step that the errors nearly fill
        self._top = self._top if largest <= self._top <= STAYS * wanted else wanted
        self._words = words
        self.update()

    def in_words(self) -> str:
        if self._comparison is None:
            return ""
        network, series = map(_cost_words, self._comparison.costs)
        return f"{tr(COSTS, network=network, series=series)} {self._words}"

    def turn_to(self, t: float) -> None:
        self._t = t
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.background.brush(whole))
        painter.drawRoundedRect(whole, CORNER_PX, CORNER_PX)
        if self._comparison is not None:
            comparison, strokes = self._comparison, (self._look.fit, CircleStrokes.of(self._look).curve)
            errors = comparison.network, comparison.series
            sides = tuple(map(Side, (tr(NETWORK), tr(SERIES)), strokes, comparison.costs, errors))
            line = QFontMetricsF(self.font()).height()
            inside = whole.adjusted(EDGE_PX, 0.4 * line, -EDGE_PX, -0.3 * line)
            above = QRectF(inside.left(), inside.top(), inside.width(), 3.4 * line)
            self._paint_costs(painter, above, sides)
            self._paint_errors(painter, inside.adjusted(0, above.height() + 0.3 * line, 0, 0), sides)
        painter.end()

    def _paint_costs(self, painter: QPainter, rect: QRectF, sides: tuple[Side, ...]) -> None:
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        left = rect.left() + max(metrics.horizontalAdvance(side.name) for side in sides) + line
        right = rect.right() - metrics.horizontalAdvance("0.00e-00") - 0.5 * line
        painter.setPen(self._look.text.qcolor())
        painter.drawText(QRectF(rect.left(), rect.top(), rect.width(), line), Qt.AlignmentFlag.AlignLeft, tr("Cost"))
        low, high = round(log10(LOWEST)), round(log10(HIGHEST))
        labels = max(int((right - left) / metrics.horizontalAdvance("1e-80")), 1)  # for which there is room
        for power in range(low, high + 1, ceil((high - low) / labels)):
            x = left + self._share(10.0**power) * (right - left)
            painter.setPen(QPen(self._look.grid.qcolor(), 1.0))
            painter.drawLine(QLineF(x, rect.top() + line, x, rect.bottom()))
            painter.setPen(self._look.text.qcolor())
            box = QRectF(x - 3 * line, rect.top(), 6 * line, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"1e{power}" if power else "1")
        for row, side in enumerate(sides):
            middle = rect.top() + (1.65 + 1.15 * row) * line
            box = QRectF(rect.left(), middle - line / 2, rect.width(), line)
            painter.setPen(self._look.text.qcolor())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, side.name)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, _cost_words(side.cost))
            if isfinite(side.cost):
                end = QPointF(left + self._share(side.cost) * (right - left), middle)
                faint = QColor(side.stroke.colour)
                faint.setAlphaF(ALPHA)
                painter.setPen(QPen(faint, 2.5))
                painter.drawLine(QPointF(left, middle), end)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(side.stroke.colour))
                painter.drawEllipse(end, DOT_PX, DOT_PX)

    def _share(self, cost: float) -> float:
        low, high = log10(LOWEST), log10(HIGHEST)
        return (log10(min(max(cost, LOWEST), HIGHEST)) - low) / (high - low)

    def _paint_errors(self, painter: QPainter, rect: QRectF, sides: tuple[Side, ...]) -> None:
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        left = metrics.horizontalAdvance(format_number(self._top)) + 0.5 * line
        plot = rect.adjusted(left, 1.5 * line, 0, -1.2 * line)
        painter.setPen(self._look.text.qcolor())
        write(painter, rect, Qt.AlignmentFlag.AlignLeft, tr("Error along t"))
        for error, height in ((self._top, plot.top()), (0.0, plot.bottom())):
            box = QRectF(rect.left(), height - line / 2, left - 0.4 * line, line)
            painter.setPen(self._look.text.qcolor())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, format_number(error))
            painter.setPen(QPen(self._look.grid.qcolor(), 1.0))
            painter.drawLine(QLineF(plot.left(), height, plot.right(), height))
        painter.setPen(self._look.text.qcolor())
        for tick in TICKS:
            width = metrics.horizontalAdvance(format_number(tick))
            at = min(plot.left() + tick * plot.width() - width / 2, plot.right() - width)
            painter.drawText(QPointF(at, plot.bottom() + 0.1 * line + metrics.ascent()), format_number(tick))
        self._paint_curves(painter, plot, sides)

    def _paint_curves(self, painter: QPainter, plot: QRectF, sides: tuple[Side, ...]) -> None:
        assert self._comparison is not None
        painter.setPen(QPen(self._look.text.qcolor(), 1.0, Qt.PenStyle.DotLine))
        at = plot.left() + self._t * plot.width()
        painter.drawLine(QLineF(at, plot.top(), at, plot.bottom()))
        x = plot.left() + self._comparison.t * plot.width()
        for side in sides:
            shares = np.clip(np.nan_to_num(side.errors, nan=np.inf) / self._top, 0, 1)
            painter.setPen(replace(side.stroke, width=LINE_PX).pen(1.0))
            painter.drawPolyline(polygon(np.stack([x, plot.bottom() - shares * plot.height()])))


def _cost_words(cost: float) -> str:
    if not isfinite(cost):
        return "–"
    return format_cost(cost) if cost >= 1e-20 else format_number(0)
