"""The picture of the errors along t: an area, two lines, a scale, marks, and the error in words."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.round_numbers import round_up
from curvegui.figure.drawing.polyline import polygon
from curvegui.ui.cost.curves import outline
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_number

SMALLEST = 1e-9  # smaller errors count as none
ROOM = 1.25  # a new scale is at least so many times the largest error


class ErrorAlong:
    """The errors at one iteration, of all points, also those of the test: ``distance``, shape (N,), is |a(t) - y(t)|,
    ``parts``, shape (2, N), its size in x and y. ``t`` and ``jumps``, shape (N,), are the target's; ``trained`` are the
    indices of the training points."""

    def __init__(self, snapshot: Snapshot) -> None:
        target = snapshot.target
        self.t, self.jumps = target.t[0], target.jumps
        with np.errstate(all="ignore"):  # of a diverged run; the diagnosis tells
            self.parts: FloatArray = np.abs(snapshot.fit - target.points)
            self.distance: FloatArray = np.hypot(*self.parts)
        self.trained = np.flatnonzero(target.trained) if target.has_test else np.arange(self.t.size)

    @property
    def largest(self) -> int | None:
        """The index of the point with the largest error; None if no error is a number."""
        finite = np.where(np.isfinite(self.distance), self.distance, -1.0)
        index = int(finite.argmax())
        return index if finite[index] >= 0 else None

    def nearest(self, t: float) -> int:
        return int(np.abs(self.t - t).argmin())

    def training_point(self, index: int) -> int:
        """The number, among the training points, of the training point that is nearest to a point of the curve."""
        return int(np.abs(self.trained - index).argmin())

    def words_at(self, index: int) -> tuple[str, str]:
        x, y = self.parts[:, index].tolist()
        place, distance = f"t = {_shown(float(self.t[index]))}", _shown(float(self.distance[index]))
        words = mark("{place}: error {distance} (x {x}, y {y})")
        return tr(words, place=place, distance=distance, x=_shown(x), y=_shown(y)), f"{place}: {distance}"

    @property
    def summary(self) -> tuple[str, str]:
        """The mean and the largest error in words, long and short."""
        index, finite = self.largest, self.distance[np.isfinite(self.distance)]
        if index is None:
            return tr("not a number"), tr("not a number")
        largest, t = _shown(float(self.distance[index])), _shown(float(self.t[index]))
        whole = tr("mean {mean}, largest {largest} at t = {t}", mean=_shown(float(finite.mean())), largest=largest, t=t)
        return whole, tr("largest {shown}", shown=largest)


def _shown(number: float) -> str:
    return format_number(float(f"{number:.3g}")) if isfinite(number) else tr("not a number")


def ceiling(largest: float, before: float) -> float:
    """The upper end of a scale, a round number; the end ``before``, as long as it suits the largest error."""
    largest = max(largest, SMALLEST)
    found = round_up(ROOM * largest)
    return before if largest <= before <= found else found


STRIP_PX, MANY = 64, 400  # points
COLUMN_PX = 2.0  # the many points of a column are one line from the least to the largest
LIMIT_PX = 1e5


def runs(x: FloatArray, y: FloatArray, breaks: NDArray[np.bool_]) -> list[FloatArray]:
    """The lines through points, shape (2, n) each; a line ends where ``y`` is not finite, and after a point with
    ``breaks``. ``x``, which ascends, and ``y`` are pixels, shape (N,), like ``breaks``. With more points than columns
    of pixels, each column has one line from its least to its largest value, and anything narrower, even a jump, is not
    seen."""
    y = np.where(np.isfinite(y), np.clip(y, -LIMIT_PX, LIMIT_PX), np.nan)
    across, y = outline(x, y, COLUMN_PX)
    breaks, x = breaks if across is x else np.zeros(across.size, np.bool_), across
    seen = np.isfinite(y)
    cuts = np.flatnonzero(breaks[:-1] | ~seen[1:] | ~seen[:-1]) + 1
    parts = np.split(np.stack([x, y]), cuts, axis=1)
    return [part for part in parts if part.shape[1] and np.isfinite(part).all()]


def line(points: FloatArray) -> QPolygonF:
    """A line for Qt; a single point becomes long enough to be seen as a dot."""
    if points.shape[1] == 1:
        points = points + np.array([[-0.5, 0.5], [0.0, 0.0]])
    return polygon(points)


PADDING_PX, CORNER_PX = 8.0, 9.0
LINE_PX, DOT_PX, RING_PX = 1.0, 3.5, 5.0  # lines of 1 px: Qt strokes them ten times as fast as others
AREA_ALPHA, STRETCH_ALPHA = 0.28, 0.22
LOW = 4.5  # in lines of the font: lower plots do not show the numbers of t
DOTS = (3.0, 2.0)
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SAMPLE, BETWEEN = 1.2, 0.7  # of the font's height: how long a line of the legend is, and the gap after it


@dataclass(frozen=True)
class Marks:
    """The marks of a plot: the cursor, the inspected point, the brushed stretch; and whether the plot has the focus."""

    cursor: int | None
    point: int | None
    stretch: tuple[float, float] | None
    focused: bool


def plot_area(rect: QRectF, font: QFont) -> QRectF:
    """Where in a widget the curves are: below a line of words, and above the numbers of t if there is room."""
    metrics = QFontMetricsF(font)
    below = metrics.height() + 3 if rect.height() > LOW * metrics.height() else 4.0
    left = PADDING_PX + metrics.horizontalAdvance("0.0005") + 4
    return rect.adjusted(left, metrics.height() + 6, -2 * PADDING_PX, -below)


def paint_errors(widget: QWidget, errors: ErrorAlong, top: float, marks: Marks, readings: tuple[str, str]) -> None:
    """Paint all of a widget in the theme's colours, with the error ``top`` at the upper edge and the words of
    ``readings``, long and short, at the upper right."""
    whole, theme = QRectF(widget.rect()), current_theme()
    rect = plot_area(whole, widget.font())
    x = rect.left() + errors.t * rect.width()
    painter = painter_for(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.0 if marks.focused else 1.0
    painter.setPen(QPen(QColor(theme.accent if marks.focused else theme.border), width))
    painter.setBrush(QColor(theme.card))
    painter.drawRoundedRect(whole.adjusted(width / 2, width / 2, -width / 2, -width / 2), CORNER_PX, CORNER_PX)
    _paint_scale(painter, rect, top)
    painter.save()
    painter.setClipRect(rect.adjusted(-RING_PX, -RING_PX, RING_PX, 1))
    if marks.stretch is not None:
        low, high = (rect.left() + t * rect.width() for t in marks.stretch)
        painter.fillRect(QRectF(low, rect.top(), high - low, rect.height()), _faint(theme.second, STRETCH_ALPHA))
        painter.setPen(QPen(QColor(theme.second), 1.5))
        for end in (low, high):
            painter.drawLine(QLineF(end, rect.top(), end, rect.bottom()))
    painter.setBrush(_faint(theme.accent, AREA_ALPHA))
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, rect, runs(x, _heights(errors.distance, rect, top), errors.jumps))
    for part, pen in zip(errors.parts, _pens(), strict=True):
        painter.setPen(pen)
        for run in runs(x, _heights(part, rect, top), errors.jumps):
            painter.drawPolyline(line(run))
    _paint_marks(painter, rect, np.stack([x, _heights(errors.distance, rect, top)]), marks)
    painter.restore()
    _paint_words(painter, whole, readings)
    painter.end()


def _paint_scale(painter: QPainter, rect: QRectF, top: float) -> None:
    painter.setPen(QPen(QColor(current_theme().groove), 1.0))
    for y in (rect.top(), rect.bottom()):
        painter.drawLine(QLineF(rect.left(), y, rect.right(), y))
    places = [(tick, rect.left() + tick * rect.width()) for tick in TICKS]
    for _, x in places:
        painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
    painter.setPen(QColor(current_theme().muted))
    height = painter.fontMetrics().height()
    aside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for number, y in ((top, rect.top() - 2), (0.0, max(rect.bottom() + 2 - height, rect.top() - 2 + height))):
        box = QRectF(0, y, rect.left() - 4, height)
        painter.drawText(box, aside, format_number(float(f"{number:.3g}")))
    for tick, x in places if painter.window().bottom() - rect.bottom() > height else ():
        words = f"t = {format_number(tick)}" if tick == 0.5 else format_number(tick)
        box = QRectF(x - 4 * height, rect.bottom() + 1, 8 * height, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)


def _paint_marks(painter: QPainter, rect: QRectF, places: FloatArray, marks: Marks) -> None:
    x, heights = places
    for index, radius, style, filled in (
        (marks.point, RING_PX, Qt.PenStyle.DashLine, False),
        (marks.cursor, DOT_PX, Qt.PenStyle.SolidLine, True),
    ):
        if index is None:
            continue
        colour = QColor(current_theme().text)
        painter.setPen(QPen(colour, 1.0, style))
        painter.drawLine(QLineF(x[index], rect.top(), x[index], rect.bottom()))
        if np.isfinite(heights[index]):
            painter.setPen(QPen(colour, 1.6))
            painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x[index], heights[index]), radius, radius)


def _paint_words(painter: QPainter, whole: QRectF, readings: tuple[str, str]) -> None:
    metrics = QFontMetricsF(painter.font())
    height = metrics.height()
    box = whole.adjusted(PADDING_PX, 3, -2 * PADDING_PX, 0)
    x, sample, middle = box.left(), SAMPLE * height, box.top() + height / 2
    legend = tr("error"), tr("in {axis}", axis="x"), tr("in {axis}", axis="y")
    for words, pen in zip(legend, (None, *_pens()), strict=True):
        if pen is None:
            shade = _faint(current_theme().accent, AREA_ALPHA)
            painter.fillRect(QRectF(x, middle - height / 4, sample, height / 2), shade)
        else:
            painter.setPen(pen)
            painter.drawLine(QLineF(x, middle, x + sample, middle))
        painter.setPen(QColor(current_theme().muted))
        painter.drawText(QPointF(x + sample + 4, box.top() + metrics.ascent()), words)
        x += sample + 4 + metrics.horizontalAdvance(words) + height * BETWEEN
    box.setLeft(x)
    reading = next((each for each in readings if metrics.horizontalAdvance(each) <= box.width()), readings[-1])
    painter.setPen(QColor(current_theme().text))
    reading = metrics.elidedText(reading, Qt.TextElideMode.ElideRight, box.width())
    write(painter, box, Qt.AlignmentFlag.AlignRight, reading)


def _fill(painter: QPainter, rect: QRectF, lines: list[FloatArray]) -> None:
    """Fill the area under lines; a jagged area strip by strip, as Qt would take ten times as long in one go."""
    width = STRIP_PX if sum(each.shape[1] for each in lines) > MANY else round(rect.width()) + 2
    ends = np.array([(each[0, 0], each[0, -1]) for each in lines]).reshape(-1, 2)
    for left in range(int(rect.left()) - 1, int(rect.right()) + 1, width):
        strip, filled = QRectF(left, rect.top() - RING_PX, width, rect.height() + 2 * RING_PX), QPainterPath()
        seen = (ends[:, 1] >= strip.left() - 1) & (ends[:, 0] <= strip.right() + 1)  # with dots, which are 1 px wide
        for each in (lines[index] for index in np.flatnonzero(seen)):
            start, stop = np.searchsorted(each[0], (strip.left(), strip.right()))
            part = each[:, max(0, start - 2) : stop + 2]  # with what leads into it and out of it
            area = line(part)
            for x in (area.last().x(), area.first().x()):  # numbers: the points lie in memory that an append may move
                area.append(QPointF(x, rect.bottom()))  # down to the scale's lower end
            filled.addPolygon(area)
        painter.save()
        painter.setClipRect(strip, Qt.ClipOperation.IntersectClip)
        painter.drawPath(filled)
        painter.restore()


def _faint(colour: str, alpha: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def _pens() -> tuple[QPen, QPen]:
    theme = current_theme()
    x, y = QPen(QColor(theme.text), LINE_PX), QPen(QColor(theme.accent), LINE_PX)
    y.setDashPattern(DOTS)
    return x, y


def _heights(errors: FloatArray, rect: QRectF, top: float) -> FloatArray:
    with np.errstate(all="ignore"):
        heights: FloatArray = rect.bottom() - errors / top * rect.height()
    return heights
