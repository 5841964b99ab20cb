"""How the costs of a wall are drawn: over the iterations, or over the values of the setting along the wall."""

from math import ceil, inf
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.core.ensemble.plan import Value
from curvegui.core.ensemble.wall_snapshot import WallSnapshot
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.polyline import draw_lines, stroke_curve
from curvegui.ui.look.theme import current_theme
from curvegui.ui.wall.axes import WallAxes, cost_places
from curvegui.ui.wall.words import short_value

THIN_PX, BOLD_PX, DOT_PX = 1.0, 2.5, 3.0
MANY = 24  # networks: the curves of more are fainter
STRIP_LINES = 5.0  # the width of the strip with the present costs, in lines of text
LEAD_PX = 5 * DOT_PX  # from a dot to its name
NAME_PX = LEAD_PX + 7 * DOT_PX  # from the plot to the end of a name, without the name
DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0), (5.0, 2.0, 1.5, 2.0))
EARLIER = 10  # how many times fewer iterations the dashed curve stands for


class WallSpread(Protocol):
    """A way to draw the costs of one snapshot."""

    def paint(self, painter: QPainter) -> None:
        """Paint all of them."""

    def mark(self, painter: QPainter, member: int) -> None:
        """Mark those of one network."""

    def dots(self, position: QPointF) -> FloatArray:
        """Where each network is, as seen from a position, px; shape (K, 2)."""


class SpreadByIteration:
    """Every network's costs thinly, their median boldly, and the present ones as dots in a strip beside."""

    def __init__(self, axes: WallAxes, snapshot: WallSnapshot, plane: DataMap) -> None:
        self._snapshot, self._plane = snapshot, plane
        self._x = axes.places(snapshot.iterations.astype(np.float64))

    def paint(self, painter: QPainter) -> None:
        """Paint all of them."""
        curves = self._mapped(self._snapshot.history.T)
        kept = (curves[:, 0] >= self._plane.rect.left()) & np.isfinite(curves[:, 1])
        ends = curves.transpose(0, 2, 1)
        lines = np.concatenate([ends[:, :-1], ends[:, 1:]], axis=2)[kept[:, :-1] & kept[:, 1:]]
        painter.setPen(_pen(current_theme().muted, THIN_PX, 0.35 if len(curves) > MANY else 0.6))
        draw_lines(painter, np.ascontiguousarray(lines))
        self._stroke(painter, np.median(self._snapshot.history, axis=1), _pen(current_theme().accent, BOLD_PX))
        self._paint_strip(painter)

    def _mapped(self, costs: FloatArray) -> FloatArray:
        """Pixels of cost curves, shape (K, m), as shape (K, 2, m)."""
        return self._plane.map(np.stack([np.broadcast_to(self._x, costs.shape), cost_places(costs)], axis=1))

    def _stroke(self, painter: QPainter, costs: FloatArray, pen: QPen) -> None:
        (curve,) = self._mapped(costs[np.newaxis])
        stroke_curve(painter, curve[:, (curve[0] >= self._plane.rect.left()) & np.isfinite(curve[1])], pen)

    def _paint_strip(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_pen(current_theme().muted, 1.0, 0.6).color())
        line = QFontMetricsF(painter.font()).height()
        places = self._strip(self._snapshot.costs)
        for x, y in places[np.isfinite(places).all(axis=1)].tolist():
            painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        x, y = self._strip(np.median(self._snapshot.costs, keepdims=True))[0].tolist()
        if np.isfinite(y):
            painter.setPen(_pen(current_theme().accent, BOLD_PX))
            painter.drawLine(QPointF(x - 2.5 * DOT_PX, y), QPointF(x + 2.5 * DOT_PX, y))
            words = QRectF(x + 4 * DOT_PX, y - line / 2, STRIP_LINES * line, line)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr("median"))

    def _strip(self, costs: FloatArray) -> FloatArray:
        """Where present costs are in the strip, shape (K, 2)."""
        y = self._plane.map(np.stack([np.zeros_like(costs), cost_places(costs)]))[1]
        return np.column_stack([np.full_like(y, self._plane.rect.right() + 5 * DOT_PX), y])

    def mark(self, painter: QPainter, member: int) -> None:
        """Mark those of one network."""
        self._stroke(painter, self._snapshot.history[:, member], _pen(current_theme().text, BOLD_PX))
        _ring(painter, self._strip(self._snapshot.costs)[member])

    def dots(self, position: QPointF) -> FloatArray:
        """Where each network is: in the strip, or at the iteration below the position."""
        if position.x() > self._plane.rect.right():
            return self._strip(self._snapshot.costs)
        curves = self._mapped(self._snapshot.history.T)
        return curves[:, :, int(np.argmin(np.abs(curves[0, 0] - position.x())))]


class NamedCurves(SpreadByIteration):
    """Every network's costs with a pen of its own, and in the strip at the present ones what it has of the setting."""

    def __init__(self, axes: WallAxes, snapshot: WallSnapshot, plane: DataMap, values: tuple[Value, ...]) -> None:
        super().__init__(axes, snapshot, plane)
        self._names = [short_value(axes.plan.varied, value) for value in values]

    def paint(self, painter: QPainter) -> None:
        """Paint all of them; one whose numbers ran away has no name, as it has no present cost."""
        places = self._strip(self._snapshot.costs)
        for member, costs in enumerate(self._snapshot.history.T):
            pen = self._pen(member)
            self._stroke(painter, costs, pen)
            if np.isfinite(places[member, 1]):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(pen.color())
                painter.drawEllipse(QPointF(*places[member].tolist()), DOT_PX, DOT_PX)
        self._write_names(painter, places)

    def _pen(self, member: int) -> QPen:
        theme = current_theme()
        if len(self._names) > len(DASHES) * 3:
            return _pen(theme.muted, THIN_PX, 0.6)
        pen = _pen((theme.accent, theme.second, theme.text)[member % 3], 2.0)
        dashes = DASHES[member % len(DASHES)]
        if dashes:
            pen.setDashPattern(dashes)
        return pen

    def _write_names(self, painter: QPainter, places: FloatArray) -> None:
        """Write as many names as there is room for below each other."""
        area, line = self._plane.rect, QFontMetricsF(painter.font()).height()
        kept = np.flatnonzero(np.isfinite(places[:, 1]))
        named = kept[:: max(1, ceil(len(kept) * line / max(area.height(), line)))].tolist()
        heights = spaced([float(places[member, 1]) for member in named], line, area.bottom())
        for member, y in zip(named, heights, strict=True):
            x, dot = places[member].tolist()
            painter.setPen(_pen(self._pen(member).color().name(), THIN_PX))  # leads from the dot to its name
            painter.drawLine(QPointF(x, dot), QPointF(x + LEAD_PX, y))
            painter.setPen(QColor(current_theme().text))
            box = QRectF(x + LEAD_PX + DOT_PX, y - line / 2, STRIP_LINES * line, line)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
            painter.drawText(box, flags, self._names[member])


def spaced(wanted: list[float], apart: float, bottom: float) -> list[float]:
    """Heights near those wanted, in the same order, none nearer than ``apart`` to the next or below ``bottom``."""
    order = np.argsort(wanted, kind="stable").tolist()
    found, last = [0.0] * len(wanted), -inf
    for index in order:
        last = found[index] = max(wanted[index], last + apart)
    for index in reversed(order):
        found[index] = min(found[index], bottom)
        bottom = found[index] - apart
    return found


class SpreadByValue:
    """Every network's present cost over what it has of the setting, and dashed an earlier one."""

    def __init__(self, axes: WallAxes, snapshot: WallSnapshot, plane: DataMap, values: tuple[Value, ...]) -> None:
        self._snapshot, self._plane = snapshot, plane
        self._x = axes.places(np.array(values, np.float64))  # numbers: choices have no axis

    def _mapped(self, costs: FloatArray) -> FloatArray:
        return self._plane.map(np.stack([self._x, cost_places(costs)])).T

    def paint(self, painter: QPainter) -> None:
        """Paint all of them; a cross at the top is a network whose numbers ran away."""
        snapshot, theme = self._snapshot, current_theme()
        before, now = self._mapped(snapshot.history[earlier_row(snapshot)]), self._mapped(snapshot.costs)
        dashed = _pen(theme.muted, 1.5)
        dashed.setDashPattern((4.0, 3.0))
        kept = np.isfinite(now).all(axis=1)
        stroke_curve(painter, before[np.isfinite(before).all(axis=1)].T, dashed)
        stroke_curve(painter, now[kept].T, _pen(theme.accent, 2.0))
        painter.setBrush(QColor(theme.accent))
        for x, y in now[kept].tolist():
            painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        painter.setPen(_pen(theme.warning, 2.0))
        for x, y in self._lost_places()[~kept].tolist():
            for slant in (-DOT_PX, DOT_PX):
                painter.drawLine(QPointF(x - slant, y - DOT_PX), QPointF(x + slant, y + DOT_PX))

    def _lost_places(self) -> FloatArray:
        """Where the crosses are of networks whose numbers ran away, shape (K, 2)."""
        x = self._mapped(np.ones_like(self._x))[:, 0]
        return np.column_stack([x, np.full_like(x, self._plane.rect.top() + 2 * DOT_PX)])

    def mark(self, painter: QPainter, member: int) -> None:
        """Mark that of one network."""
        _ring(painter, self.dots(QPointF())[member])

    def dots(self, position: QPointF) -> FloatArray:
        """Where each network is."""
        now = self._mapped(self._snapshot.costs)
        return np.where(np.isfinite(now).all(axis=1, keepdims=True), now, self._lost_places())


def earlier_row(snapshot: WallSnapshot) -> int:
    """The row of the history at about a tenth of the iterations."""
    return int(np.argmin(np.abs(snapshot.iterations - snapshot.iteration / EARLIER)))


def _pen(colour: str, width: float, alpha: float = 1.0) -> QPen:
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    return QPen(shade, width)


def _ring(painter: QPainter, place: FloatArray) -> None:
    if np.isfinite(place).all():
        painter.setPen(_pen(current_theme().text, 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*place.tolist()), 2 * DOT_PX, 2 * DOT_PX)
