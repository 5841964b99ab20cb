"""The plot under a wall: its horizontal axis, the drawings of the costs, and the widget."""

from dataclasses import dataclass, replace
from math import ceil, floor, inf, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan
from curvegui.core.language.text import tr, within
from curvegui.core.learner.recording import KEYFRAME_EVERY
from curvegui.core.round_numbers import multiples, power_labels, powers_between, round_up
from curvegui.core.settings.config import SETTINGS
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.polyline import draw_lines, saved, stroke_curve
from curvegui.ui.compare.view import WallView
from curvegui.ui.compare.words import short_value, spread_words
from curvegui.ui.cost.axes import WIDEST, TimeAxis, axis_labels
from curvegui.ui.look.painter import write
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_number

LEAST_COST = 1e-12
FEW, MOST = 4, 10  # costs that are noted at least before they fill the axis; labels on a linear axis


@dataclass(frozen=True)
class WallAxes:
    """The horizontal axis: the iterations up to ``goal``, or the setting that varies along the wall."""

    plan: WallPlan
    goal: int
    by_iteration: bool = False
    seconds: tuple[float, ...] = ()  # that an iteration of each network takes: the axis has the seconds of computing

    @property
    def is_time(self) -> bool:
        """Whether the axis has the iterations: always for seeds and for choices, which have no axis of their own."""
        return self.by_iteration or self.plan.varied == "seed" or self.plan.is_race

    def coordinates(self, values: FloatArray) -> FloatArray:
        """The coordinates on the axis of iterations, or of values of the setting."""
        if self.is_time:
            return TimeAxis().coordinates(values)
        return np.log10(values) if self.plan.is_logarithmic else values

    def bounds(self) -> tuple[float, float]:
        """The ends of the axis, with a little room beside the outermost networks."""
        if self.seconds:
            first, last = (log10(KEYFRAME_EVERY * min(self.seconds)), log10(self.goal * max(self.seconds)))
            return first, last + (last - first) / 40
        if self.is_time:
            left, right = TimeAxis().bounds(self.goal)
            return (log10(KEYFRAME_EVERY) if self.goal > FEW * KEYFRAME_EVERY else left), right
        low, high = self.coordinates(np.array([self.plan.low, self.plan.high], np.float64)).tolist()
        beside = (high - low) / 40
        return low - beside, high + beside

    def ticks(self, left: float, right: float, most: int) -> list[tuple[float, str]]:
        """Coordinates to label, about ``most`` of them, each with its label."""
        if self.is_time and not self.seconds:
            return TimeAxis().ticks(left, right, most)
        if self.seconds or self.plan.is_logarithmic:
            powers = powers_between(left, right, most)
            return list(zip(map(float, powers), power_labels(powers, format_number), strict=True))
        step = round_up((self.plan.high - self.plan.low) / max(min(most, MOST), 1))
        return [(each, format_number(each)) for each in multiples(step, left, right)]


def wall_plane(axes: WallAxes, snapshot: WallSnapshot, area: QRectF) -> DataMap:
    """The part of the plane that shows all costs so far, in whole powers of ten."""
    costs = snapshot.history[np.isfinite(snapshot.history)]
    low, high = (float(costs.min()), float(costs.max())) if costs.size else (1.0, 1.0)
    bottom = floor(log10(max(low, LEAST_COST)))
    top = max(ceil(log10(max(high, LEAST_COST))), bottom + 1)
    return DataMap(*axes.bounds(), bottom, top, (area.x(), area.y(), max(area.width(), 1.0), max(area.height(), 1.0)))


THIN_PX, BOLD_PX, DOT_PX = 1.0, 2.5, 3.0
MANY = 24  # networks: the curves of more are fainter
LEAD_PX = 5 * DOT_PX  # from the plot to a dot, and from the dot to its name
NAME_PX = 2 * LEAD_PX + DOT_PX  # from the plot to a name
DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0), (5.0, 2.0, 1.5, 2.0))
EARLIER = 10  # how many times fewer iterations the dashed curve stands for


class WallSpread:
    """A way to draw the costs of one snapshot, and to find its networks again: here, each network's present cost over
    its value of the setting, and, dashed, its cost at an earlier iteration. ``places``, shape (K, 2), are pixels."""

    def __init__(self, axes: WallAxes, snapshot: WallSnapshot, plane: DataMap, values: tuple[Value, ...]) -> None:
        self._snapshot, self._plane = snapshot, plane
        x = axes.coordinates(np.array(values, np.float64))  # numbers: choices have no axis
        self._before, now = self._mapped(x, snapshot.history[earlier_row(snapshot)]), self._mapped(x, snapshot.costs)
        self._is_lost = ~np.isfinite(now).all(axis=0)
        self.places = np.where(self._is_lost, [now[0], np.full_like(x, plane.rect.top() + 2 * DOT_PX)], now).T

    def _mapped(self, x: FloatArray, costs: FloatArray) -> FloatArray:
        """The pixels, shape (..., 2, m), of costs; NaN and infinity stay as they are."""
        return self._plane.map(np.stack([x, np.log10(np.maximum(costs, LEAST_COST))], axis=-2))

    def paint(self, painter: QPainter) -> None:
        """Paint all costs; a cross at the top is a network that diverged."""
        theme, finite = current_theme(), self.places[~self._is_lost]
        self._stroke(painter, self._before, _pen(theme.muted, 1.5, dashes=(4.0, 3.0)))
        self._stroke(painter, finite.T, _pen(theme.accent, 2.0))
        painter.setBrush(QColor(theme.accent))
        for x, y in finite.tolist():
            painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        painter.setPen(_pen(theme.warning, 2.0))
        for x, y in self.places[self._is_lost].tolist():
            for slant in (-DOT_PX, DOT_PX):
                painter.drawLine(QPointF(x - slant, y - DOT_PX), QPointF(x + slant, y + DOT_PX))

    def _stroke(self, painter: QPainter, curve: FloatArray, pen: QPen) -> None:
        stroke_curve(painter, curve[:, (curve[0] >= self._plane.rect.left()) & np.isfinite(curve[1])], pen)

    def mark(self, painter: QPainter, member: int) -> None:
        if np.isfinite(self.places[member]).all():
            painter.setPen(_pen(current_theme().text, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*self.places[member].tolist()), 2 * DOT_PX, 2 * DOT_PX)

    def dots(self, position: QPointF) -> FloatArray:
        """Where the pointer finds each network, shape (K, 2), while it is at a position."""
        return self.places


class SpreadByIteration(WallSpread):
    """Each network's costs as a curve, and present costs as dots beside, with names: that of their median, which is a
    bold curve, where seeds differ, else each network's value of the setting."""

    def __init__(self, axes: WallAxes, snapshot: WallSnapshot, plane: DataMap, values: tuple[Value, ...]) -> None:
        self._snapshot, self._plane = snapshot, plane
        x, costs = axes.coordinates(snapshot.iterations.astype(np.float64)), snapshot.history.T
        paces = np.log10(axes.seconds or (1.0,))[:, np.newaxis]
        x = np.broadcast_to(x + paces, costs.shape)
        self._curves, self.places = self._mapped(x, costs), self._strip(snapshot.costs)  # pixels, shape (K, 2, m)
        self._names = names_in(axes.plan, values)
        self._is_median = axes.plan.varied == "seed"
        self._median = self._mapped(x[0], np.median(snapshot.history, axis=1))

    def _strip(self, costs: FloatArray) -> FloatArray:
        """The positions of costs in the strip beside the plot, shape (K, 2)."""
        y = self._mapped(np.zeros_like(costs), costs)[1]
        return np.column_stack([np.full_like(y, self._plane.rect.right() + LEAD_PX), y])

    def paint(self, painter: QPainter) -> None:
        """Paint all curves, dots and names; a network that diverged has no present cost, and so no name."""
        theme, curves, places = current_theme(), self._curves, self.places
        faint = _pen(theme.muted, THIN_PX, 0.35 if len(curves) > MANY else 0.6)
        pens = [_pen((theme.accent, theme.second, theme.text)[each % 3], 2.0, dashes=DASHES[each % len(DASHES)])
                for each in range(len(curves))]  # fmt: skip
        if self._is_median or len(curves) > len(DASHES) * 3:
            pens = [faint] * len(curves)
            finite = (curves[:, 0] >= self._plane.rect.left()) & np.isfinite(curves[:, 1])
            ends = curves.transpose(0, 2, 1)
            lines = np.concatenate([ends[:, :-1], ends[:, 1:]], axis=2)[finite[:, :-1] & finite[:, 1:]]
            painter.setPen(faint)
            draw_lines(painter, np.ascontiguousarray(lines))
        else:
            for curve, pen in zip(curves, pens, strict=True):
                self._stroke(painter, curve, pen)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, pen in zip(places, pens, strict=True):
            if np.isfinite(place[1]):
                painter.setBrush(pen.color())
                painter.drawEllipse(QPointF(*place.tolist()), DOT_PX, DOT_PX)
        if self._is_median:
            pens, places = [_pen(theme.accent, BOLD_PX)], self._strip(np.median(self._snapshot.costs, keepdims=True))
            self._stroke(painter, self._median, pens[0])
        self._write_names(painter, places, pens)

    def _write_names(self, painter: QPainter, places: FloatArray, pens: list[QPen]) -> None:
        """Write as many of the names as fit below each other."""
        area, line = self._plane.rect, QFontMetricsF(painter.font()).height()
        finite = np.flatnonzero(np.isfinite(places[:, 1]))
        named = finite[:: max(1, ceil(len(finite) * line / max(area.height(), line)))].tolist()
        heights = spaced([float(places[each, 1]) for each in named], line, area.bottom())
        for each, y in zip(named, heights, strict=True):
            x, dot = places[each].tolist()
            painter.setPen(_pen(pens[each].color().name(), THIN_PX))  # leads from the dot to its name
            painter.drawLine(QPointF(x, dot), QPointF(x + LEAD_PX, y))
            painter.setPen(QColor(current_theme().text))
            box = QRectF(area.right() + NAME_PX, y - line / 2, line, line)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
            painter.drawText(box, flags, self._names[each])

    def mark(self, painter: QPainter, member: int) -> None:
        self._stroke(painter, self._curves[member], _pen(current_theme().text, BOLD_PX))
        super().mark(painter, member)

    def dots(self, position: QPointF) -> FloatArray:
        """The position of each network: in the strip, or on its curve at the iteration below the pointer."""
        if position.x() > self._plane.rect.right():
            return self.places
        nearest = np.argmin(np.abs(self._curves[:, 0] - position.x()), axis=1)
        found: FloatArray = self._curves[np.arange(len(nearest)), :, nearest]
        return found


def names_in(plan: WallPlan, values: tuple[Value, ...]) -> list[str]:
    """What stands beside the ends of curves."""
    return [tr("median")] if plan.varied == "seed" else [short_value(plan.varied, value) for value in values]


def spaced(wanted: list[float], apart: float, bottom: float) -> list[float]:
    """Heights near the ``wanted`` heights, in the same order, at least ``apart``, and none below ``bottom``."""
    order = np.argsort(wanted, kind="stable").tolist()
    found, last = [0.0] * len(wanted), -inf
    for index in order:
        last = found[index] = max(wanted[index], last + apart)
    for index in reversed(order):
        found[index] = min(found[index], bottom)
        bottom = found[index] - apart
    return found


def earlier_row(snapshot: WallSnapshot) -> int:
    """The row of the history at about a tenth of the iterations."""
    return int(np.argmin(np.abs(snapshot.iterations - snapshot.iteration / EARLIER)))


def _pen(colour: str, width: float, alpha: float = 1.0, dashes: tuple[float, ...] = ()) -> QPen:
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    pen = QPen(shade, width)
    if dashes:
        pen.setDashPattern(dashes)
    return pen


LEAST_LINES = 7  # its height, in lines of text
NEAR_PX = 14.0  # that the pointer may be away from what it points at


class WallPlot(WallView):
    """Shows how far the costs lie apart: ``by_iteration``, or by the setting along the wall."""

    def __init__(self, by_iteration: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("wall.plot", tr("Spread of the costs"), (12, LEAST_LINES), parent)
        self._axes = WallAxes(self.plan, 1, by_iteration)
        self._spread: WallSpread | None = None
        self._by_seconds = False

    def show_wall(self, plan: WallPlan, values: tuple[Value, ...]) -> None:
        self.plan, self.values, self._axes = plan, values, replace(self._axes, plan=plan, goal=plan.iterations)
        self._snapshot, self._spread, self._hovered = None, None, -1
        self._renew()

    def show_snapshot(self, snapshot: WallSnapshot, goal: int) -> None:
        """Show a snapshot of the networks, which stop at the iteration ``goal``."""
        self._snapshot, self._axes, self._is_stale = snapshot, replace(self._axes, goal=goal), True

    def set_by_seconds(self, by_seconds: bool) -> None:
        """Show, in a race, the costs over the seconds of computing instead of over the iterations."""
        self._by_seconds = by_seconds
        self._renew()

    def _mark(self, painter: QPainter) -> None:
        if self._spread is not None and self._hovered >= 0:
            with saved(painter):
                self._spread.mark(painter, self._hovered)

    def _paint(self, painter: QPainter) -> None:
        metrics, axes, snapshot = QFontMetricsF(self.font()), self._axes, self._snapshot
        if snapshot is None:
            return
        pace = tuple(snapshot.iteration_seconds.tolist()) if self._by_seconds else ()
        axes = replace(axes, seconds=pace if pace and min(pace) > 0 else ())
        line, left = metrics.height(), metrics.horizontalAdvance(WIDEST) + metrics.height() / 2
        widest = max(map(metrics.horizontalAdvance, names_in(axes.plan, self.values))) if axes.is_time else -NAME_PX
        area = QRectF(self.rect()).adjusted(left, 1.9 * line, -NAME_PX - widest - line / 2, -1.45 * line)
        plane = wall_plane(axes, snapshot, area)
        self._spread = (SpreadByIteration if axes.is_time else WallSpread)(axes, snapshot, plane, self.values)
        title = QRectF(line / 2, 0, self.width() - line, 1.2 * line)
        painter.setPen(QColor(current_theme().muted))
        shown = metrics.elidedText(self._title(snapshot), Qt.TextElideMode.ElideRight, title.width())
        write(painter, title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        heights, labels = axis_labels(plane, axes.ticks, metrics)
        for position, text in labels:
            painter.drawText(position + QPointF(0, metrics.ascent()), text)
        painter.setPen(QPen(QColor(current_theme().border), 1.0))
        for y in heights:
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        with saved(painter):
            self._spread.paint(painter)

    def _title(self, snapshot: WallSnapshot) -> str:
        if self._axes.plan.varied == "seed":
            return tr("Cost over iterations (bold: median); current costs at the right")
        setting = within(SETTINGS[self._axes.plan.varied])
        if self._by_seconds:
            return tr("Cost over seconds of computing; the {setting} of each curve at the right", setting=setting)
        if self._axes.is_time:
            return tr("Cost over iterations; the {setting} of each curve at the right", setting=setting)
        earlier = format_number(int(snapshot.iterations[earlier_row(snapshot)]))
        return tr("Cost by {setting}; dashed: after {earlier} iterations", setting=setting, earlier=earlier)

    def in_words(self) -> str:
        if self._snapshot is None:
            return ""
        return f"{self._title(self._snapshot)}. {spread_words(self.plan, self.values, self._snapshot)}"

    def member_at(self, position: QPointF) -> int:
        if self._spread is None:
            return -1
        dots = self._spread.dots(position)
        away = np.hypot(dots[:, 0] - position.x(), dots[:, 1] - position.y())
        nearest = int(np.argmin(np.where(np.isfinite(away), away, np.inf)))
        return nearest if away[nearest] <= NEAR_PX else -1
