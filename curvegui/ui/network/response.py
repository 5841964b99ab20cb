"""What the selected neuron does with its weighted sum: f, its slope f′, and the tangent at today's z."""

from dataclasses import dataclass
from math import isfinite, pi

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.activations import ACTIVATIONS, Activation
from curvegui.core.network.parts import Neuron
from curvegui.core.round_numbers import round_up
from curvegui.figure.drawing.polyline import stroke_curve
from curvegui.ui.look.layouts import named
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.network.words import shown
from curvegui.ui.widgets.numbers import format_number

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
    """What a neuron does: its function, today's z, and z at all training points, shape (N,)."""

    entry: Activation
    z: float
    spread: FloatArray

    @classmethod
    def of(cls, neuron: Neuron, inspected: InspectedSnapshot, point: int) -> "Response":
        """That of a neuron behind the input, at a training point."""
        config, is_last = inspected.snapshot.config, neuron.layer == len(inspected.sizes) - 1
        spread = inspected.passed[neuron.layer][0][neuron.index]
        entry = ACTIVATIONS[config.output_activation if is_last else config.activation]
        return cls(entry, float(spread[point]), spread)

    def at(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """f and f′ there."""
        a = self.entry(z)
        return a, self.entry.slope_at(z, a)

    @property
    def now(self) -> tuple[float, float]:
        """f and f′ at today's z."""
        a, slope = self.at(np.array([self.z]))
        return float(a[0]), float(slope[0])

    @property
    def is_finite(self) -> bool:
        """Whether there is anything to draw."""
        return bool(np.isfinite(self.spread).all()) and all(map(isfinite, self.now))

    @property
    def words(self) -> str:
        """For who cannot see it: "z = 1.32, f(z) = 0.789, slope 0.166; over all points, z is from −3 to 5"."""
        a, slope = self.now
        low, high = shown(float(self.spread.min())), shown(float(self.spread.max()))
        return tr(
            "z = {z}, f(z) = {a}, slope {slope}; over all points, z is from {low} to {high}",
            z=shown(self.z),
            a=shown(a),
            slope=shown(slope),
            low=low,
            high=high,
        )


class ResponsePlot(QWidget):
    """The plot; it takes the room that it is given, and asks for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "network.response", tr("What the neuron does with z"), tr(TIP))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._response: Response | None = None
        follow_theme(self.update)

    def show_neuron(self, neuron: Neuron, inspected: InspectedSnapshot, point: int) -> None:
        """Show what a neuron does now, at a training point."""
        self._response = Response.of(neuron, inspected, point)
        self.update()

    def in_words(self) -> str:
        return f"{self._response.words}." if self._response is not None else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

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
            _Painting(painter, area, response).paint()


class _Painting:
    """One picture of a response in an area; the labels of the axis are below it."""

    def __init__(self, painter: QPainter, area: QRectF, response: Response) -> None:
        self._painter, self._area, self._response = painter, area, response
        self._reach = round_up(max(LEAST_REACH, float(np.abs(response.spread).max())))
        self._z = np.linspace(-self._reach, self._reach, SAMPLES)
        near = np.linspace(-pi, pi, SAMPLES) if self._reach > 2 * SAMPLES else self._z
        self._f, self._slope = response.at(self._z)
        every = np.concatenate([self._f, self._slope, *response.at(near), [0.0]])
        edge = EDGE * float(np.ptp(every))
        self._bottom, self._top = float(every.min()) - edge, float(every.max()) + edge

    def _place(self, z: FloatArray, height: FloatArray) -> FloatArray:
        """In px, shape (2, n)."""
        x = self._area.left() + (z / self._reach + 1) / 2 * self._area.width()
        return np.stack([x, self._area.bottom() - (height - self._bottom) / self._rise])

    @property
    def _rise(self) -> float:
        """Of a px."""
        return (self._top - self._bottom) / self._area.height()

    def paint(self) -> None:
        theme, area, painter = current_theme(), self._area, self._painter
        ends = np.array([self._response.spread.min(), self._response.spread.max()])
        (left, right), _ = self._place(ends, np.zeros(2)).tolist()
        band = QColor(theme.accent)
        band.setAlphaF(0.14)
        painter.fillRect(QRectF(left, area.top(), max(right - left, 1.0), area.height()), band)
        (x, _), (_, zero) = self._place(np.zeros(2), np.zeros(2)).tolist()
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        painter.setClipRect(area)
        stroke_curve(painter, self._place(self._z, self._slope), _pen(theme.muted, 1.2, Qt.PenStyle.DashLine))
        stroke_curve(painter, self._place(self._z, self._f), _pen(theme.accent, 2.0))
        self._paint_tangent()
        painter.setClipping(False)
        self._write()

    def _paint_tangent(self) -> None:
        a, slope = self._response.now
        theme, painter = current_theme(), self._painter
        x, y = self._place(np.array([self._response.z]), np.array([a]))[:, 0].tolist()
        painter.setPen(_pen(theme.muted, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, y), QPointF(x, self._area.bottom()))
        along = QPointF(1.0, -slope * 2 * self._reach / self._area.width() / self._rise)
        along *= TANGENT * self._area.width() / float(np.hypot(along.x(), along.y()))
        painter.setPen(_pen(theme.second, 2.0))
        painter.drawLine(QPointF(x, y) - along, QPointF(x, y) + along)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.second))
        painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)

    def _write(self) -> None:
        """The slope, the names of the curves at their ends, and the ends of the axis."""
        painter, area, theme = self._painter, self._area, current_theme()
        metrics = QFontMetricsF(painter.font())
        line, end = metrics.height(), format_number(self._reach)
        painter.setPen(QColor(theme.muted))
        below = QRectF(area.left(), area.bottom(), area.width(), line)
        for words, side in ((f"−{end}", Qt.AlignmentFlag.AlignLeft), ("z", Qt.AlignmentFlag.AlignHCenter),
                            (end, Qt.AlignmentFlag.AlignRight)):  # fmt: skip
            painter.drawText(below, side, words)
        for name, heights, colour in (("f′", self._slope, theme.muted), ("f", self._f, theme.accent)):
            y = float(self._place(self._z[-1:], heights[-1:])[1, 0])
            is_high = y < area.center().y()
            top = y + INSET_PX if is_high else y - line
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(area.left(), top, area.width() - INSET_PX, line), Qt.AlignmentFlag.AlignRight, name)
        words = tr("slope {shown}", shown=shown(self._response.now[1]))
        chip = QRectF(area.left(), area.top(), metrics.horizontalAdvance(words) + 2 * INSET_PX, line)
        back = QColor(theme.card)
        back.setAlphaF(0.8)
        painter.fillRect(chip, back)
        painter.setPen(QColor(theme.text))
        write(painter, chip, Qt.AlignmentFlag.AlignCenter, words)


def _pen(colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(QColor(colour), width, style)
