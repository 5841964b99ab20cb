"""The response of the selected neuron to its weighted sum: f, its slope f′, and the tangent at today's z."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, pi

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.activations import Activation
from curvegui.core.network.parts import Neuron
from curvegui.core.round_numbers import round_up
from curvegui.figure.drawing.polyline import stroke_curve
from curvegui.ui.look.layouts import named
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.network.words import activation_of, shown
from curvegui.ui.widgets.numbers import format_number

WIDE_PX, HIGH_PX = 172, 126  # with a line of text below
LEAST_REACH = 5.0  # of the axis of z, to both sides
SAMPLES = 121
TANGENT = 0.28  # of the width, to both sides
EDGE, SMALL = 0.12, 0.85  # of the height above and below the curves; of the usual letters
DOT_PX, INSET_PX = 3.5, 3.0
TIP = mark(
    "The neuron's function f, solid, and its slope f′, dashed, over the weighted sum z. The dot is at z for this t, "
    "with the tangent there: its slope is a factor of the chain rule. The band holds z for all training points."
)


@dataclass(frozen=True, eq=False)
class Response:
    """The response of a neuron: its function, today's z, and z at all training points, shape (N,)."""

    entry: Activation
    z: float
    spread: FloatArray

    @classmethod
    def of(cls, neuron: Neuron, inspected: InspectedSnapshot, point: int) -> "Response":
        spread = inspected.passed[neuron.layer][0][neuron.index]
        return cls(activation_of(neuron, inspected), float(spread[point]), spread)

    def at(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        a = self.entry(z)
        return a, self.entry.slope_at(z, a)

    @property
    def now(self) -> tuple[float, float]:
        a, slope = self.at(np.array([self.z]))
        return float(a[0]), float(slope[0])

    @property
    def is_finite(self) -> bool:
        return bool(np.isfinite(self.spread).all()) and all(map(isfinite, self.now))

    @property
    def words(self) -> str:
        a, slope = self.now
        low, high = shown(float(self.spread.min())), shown(float(self.spread.max()))
        words = mark("z = {z}, f(z) = {a}, slope {slope}; over all points, z is from {low} to {high}")
        return tr(words, z=shown(self.z), a=shown(a), slope=shown(slope), low=low, high=high)


class ResponsePlot(QWidget):
    """The plot of a neuron's response, about square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "network.response", tr("What the neuron does with z"), tr(TIP))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._response: Response | None = None
        follow_theme(self.update)

    def show_neuron(self, neuron: Neuron, inspected: InspectedSnapshot, point: int) -> None:
        self._response = Response.of(neuron, inspected, point)
        self.update()

    def in_words(self) -> str:
        return f"{self._response.words}." if self._response is not None else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(HIGH_PX, HIGH_PX)

    def sizeHint(self) -> QSize:
        return QSize(WIDE_PX, HIGH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        response = self._response
        if response is None or not response.is_finite:
            return
        painter, font = painter_for(self), QFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font.setPointSizeF(SMALL * font.pointSizeF())
        painter.setFont(font)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -QFontMetricsF(font).height())
        if area.width() > 0 and area.height() > 0:
            self._paint(painter, area, response)

    def _paint(self, painter: QPainter, area: QRectF, response: Response) -> None:
        theme, reach = current_theme(), round_up(max(LEAST_REACH, float(np.abs(response.spread).max())))
        z = np.linspace(-reach, reach, SAMPLES)
        f, slopes = response.at(z)
        near = np.linspace(-pi, pi, SAMPLES) if reach > 2 * SAMPLES else z
        every = np.concatenate([f, slopes, *response.at(near), [0.0]])
        edge = EDGE * float(np.ptp(every))
        bottom, top = float(every.min()) - edge, float(every.max()) + edge
        rise = (top - bottom) / area.height()  # of a px

        def at(z: FloatArray, height: FloatArray) -> FloatArray:
            across = area.left() + (z / reach + 1) / 2 * area.width()
            return np.stack([across, area.bottom() - (height - bottom) / rise])

        ends = np.array([response.spread.min(), response.spread.max(), 0.0])
        (left, right, middle), (zero, *_) = at(ends, np.zeros(3)).tolist()
        band = QColor(theme.accent)
        band.setAlphaF(0.14)
        painter.fillRect(QRectF(left, area.top(), max(right - left, 1.0), area.height()), band)
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        painter.setClipRect(area)
        stroke_curve(painter, at(z, slopes), _pen(theme.muted, 1.2, Qt.PenStyle.DashLine))
        stroke_curve(painter, at(z, f), _pen(theme.accent, 2.0))
        a, slope = response.now
        point = QPointF(*at(np.array([response.z]), np.array([a]))[:, 0].tolist())
        painter.setPen(_pen(theme.muted, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(point, QPointF(point.x(), area.bottom()))
        along = QPointF(1.0, -slope * 2 * reach / area.width() / rise)
        along *= TANGENT * area.width() / float(np.hypot(along.x(), along.y()))
        painter.setPen(_pen(theme.second, 2.0))
        painter.drawLine(point - along, point + along)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.second))
        painter.drawEllipse(point, DOT_PX, DOT_PX)
        painter.setClipping(False)
        heights = [float(at(z[-1:], each[-1:])[1, 0]) for each in (slopes, f)]
        name = "σ" if response.entry.symbol.startswith("σ") else "f"
        names = (f"{name}′", heights[0], theme.muted), (name, heights[1], theme.accent)
        _write(painter, area, format_number(reach), names, shown(slope))


def _write(painter: QPainter, area: QRectF, end: str, names: Sequence[tuple[str, float, str]], slope: str) -> None:
    """Write the ends of the axis, the name of each curve at its right end, and the slope in a corner."""
    metrics, theme = QFontMetricsF(painter.font()), current_theme()
    line, sides = metrics.height(), Qt.AlignmentFlag
    painter.setPen(QColor(theme.muted))
    below = QRectF(area.left(), area.bottom(), area.width(), line)
    for words, side in ((f"−{end}", sides.AlignLeft), ("z", sides.AlignHCenter), (end, sides.AlignRight)):
        painter.drawText(below, side, words)
    for name, y, colour in names:
        top = y + INSET_PX if y < area.center().y() else y - line
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(area.left(), top, area.width() - INSET_PX, line), sides.AlignRight, name)
    words = tr("slope {shown}", shown=slope)
    free = area.width() / 2 - 2 * INSET_PX  # the names are in the other half
    text = words if metrics.horizontalAdvance(words) <= free else slope
    chip = QRectF(area.left(), area.top(), metrics.horizontalAdvance(text) + 2 * INSET_PX, line)
    back = QColor(theme.card)
    back.setAlphaF(0.8)
    painter.fillRect(chip, back)
    painter.setPen(QColor(theme.text))
    write(painter, chip, sides.AlignCenter, text)


def _pen(colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(QColor(colour), width, style)
