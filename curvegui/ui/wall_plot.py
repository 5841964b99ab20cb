"""The spread of a wall's costs: as curves over the iterations or, for a knob along the wall, over its values."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.config import KNOBS
from curvegui.core.wall import WallPlan
from curvegui.core.wall_moment import WallMoment
from curvegui.figure.data_map import DataMap
from curvegui.figure.polyline import draw_lines, saved, stroke_curve
from curvegui.ui.numbers import format_number
from curvegui.ui.theme import Theme
from curvegui.ui.wall_axes import WallAxes, cost_places, draw_axes, plot_area, wall_plane

LEAST_LINES = 7  # its height, in lines of text
NEAR_PX = 14.0  # that the pointer may be away from what it points at
THIN_PX, BOLD_PX, DOT_PX = 1.0, 2.5, 3.0
MANY = 24  # networks, of which the curves are fainter
STRIP_LINES = 5.0  # the width of the strip with the present costs, in lines of text
EARLIER = 10  # how many times fewer iterations the dashed curve stands for


class WallPlot(QWidget):
    """Shows how far the costs lie apart.

    Parameters
    ----------
    theme : Theme

    Signals
    -------
    pointed(int)
        A network is pointed at; -1 for none.
    """

    pointed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wall.plot")
        self.setAccessibleName("Spread of the costs")
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self._axes, self._values = WallAxes(WallPlan(), 1), np.empty(0)
        self._moment: WallMoment | None = None
        self._plane: DataMap | None = None
        self._image, self._is_stale = QImage(), True
        self._hovered = -1

    # What is shown

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self._renew()

    def show_wall(self, plan: WallPlan, values: tuple[float, ...]) -> None:
        """Show other networks, of which nothing is known yet."""
        self._axes, self._values, self._moment = WallAxes(plan, plan.iterations), np.array(values, np.float64), None
        self._hovered = -1
        self._renew()

    def show_moment(self, moment: WallMoment, goal: int) -> None:
        """Show how they stand."""
        self._moment, self._axes, self._is_stale = moment, WallAxes(self._axes.plan, goal), True

    def point_at(self, member: int) -> None:
        """Mark a network, or none at -1."""
        if member != self._hovered:
            self._hovered = member
            self.update()

    def refresh(self) -> bool:
        """Paint what is new; return whether there was anything."""
        if not self.isVisible() or not self._is_stale:
            return False
        self._paint_image()
        self.update()
        return True

    def _renew(self) -> None:
        self._is_stale = True
        self.update()

    def sizeHint(self) -> QSize:
        """Little: it takes what the others leave."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Lower."""
        line = self.fontMetrics().height()
        return QSize(12 * line, LEAST_LINES * line)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the image, and mark what is pointed at."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._is_stale or self._image.size() != size:
            self._paint_image()
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        if self._moment is not None and self._plane is not None and 0 <= self._hovered < len(self._values):
            with saved(painter):
                self._mark(painter, self._moment, self._plane, self._hovered)

    def _paint_image(self) -> None:
        self._is_stale, ratio = False, self.devicePixelRatioF()
        self._image = QImage(
            round(self.width() * ratio), round(self.height() * ratio), QImage.Format.Format_RGB32
        )  # fmt: skip
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(QColor(self._theme.window))
        if self._moment is None or self._image.isNull():
            return
        painter = QPainter(self._image)
        painter.setFont(self.font())
        metrics = QFontMetricsF(self.font())
        beside = STRIP_LINES * metrics.height() if self._axes.is_time else 0.0
        area = plot_area(QRectF(self.rect()), metrics, beside)
        self._plane = plane = wall_plane(self._axes, self._moment, area)
        self._write_title(painter, self._moment.iteration)
        draw_axes(painter, plane, self._axes, self._theme)
        with saved(painter):
            (self._paint_curves if self._axes.is_time else self._paint_values)(painter, self._moment, plane)
        painter.end()

    def _write_title(self, painter: QPainter, iteration: int) -> None:
        knob, line = KNOBS[self._axes.plan.varied].label.lower(), self.fontMetrics().height()
        title = f"Cost by {knob}, and dashed after {format_number(iteration // EARLIER)} iterations"
        if self._axes.is_time:
            title = "Cost by iteration: the median bold; at the right the present costs"
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(QRectF(line / 2, 0, self.width(), 1.2 * line), Qt.AlignmentFlag.AlignVCenter, title)

    def _pen(self, colour: str, width: float, alpha: float = 1.0) -> QPen:
        shade = QColor(colour)
        shade.setAlphaF(alpha)
        return QPen(shade, width)

    def _paint_curves(self, painter: QPainter, moment: WallMoment, plane: DataMap) -> None:
        """Every network's costs thinly, their median boldly, and the present ones as dots beside."""
        x = np.broadcast_to(self._axes.places(moment.iterations.astype(np.float64)), moment.history.T.shape)
        curves = plane.map(np.stack([x, cost_places(moment.history.T)], axis=1))
        kept = (curves[:, 0] >= plane.rect.left()) & np.isfinite(curves[:, 1])
        ends = curves.transpose(0, 2, 1)
        lines = np.concatenate([ends[:, :-1], ends[:, 1:]], axis=2)[kept[:, :-1] & kept[:, 1:]]
        painter.setPen(self._pen(self._theme.muted, THIN_PX, 0.35 if len(curves) > MANY else 0.6))
        draw_lines(painter, np.ascontiguousarray(lines))
        median = np.median(moment.history, axis=1)
        seen = np.isfinite(median) & (curves[0, 0] >= plane.rect.left())
        middle = plane.map(np.stack([x[0], cost_places(median)]))[:, seen]
        if middle.size:
            stroke_curve(painter, middle, self._pen(self._theme.accent, BOLD_PX))
        self._paint_strip(painter, moment, plane, float(median[-1]))

    def _paint_strip(self, painter: QPainter, moment: WallMoment, plane: DataMap, median: float) -> None:
        places = self._strip(moment, plane)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._pen(self._theme.muted, 1.0, 0.6).color())
        for x, y in places[np.isfinite(places).all(axis=1)].tolist():
            painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        if np.isfinite(median):
            y = float(plane.map(np.array([[0.0], [cost_places(np.array(median))]]))[1, 0])
            x, line = plane.rect.right(), self.fontMetrics().height()
            painter.setPen(self._pen(self._theme.accent, BOLD_PX))
            painter.drawLine(QPointF(x + 0.5 * line, y), QPointF(x + 1.7 * line, y))
            painter.setFont(self.font())
            words = QRectF(x + 2.0 * line, y - line / 2, STRIP_LINES * line, line)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "median")

    def _strip(self, moment: WallMoment, plane: DataMap) -> FloatArray:
        """Where each network's present cost is in the strip, shape (K, 2)."""
        y = plane.map(np.stack([np.zeros_like(moment.costs), cost_places(moment.costs)]))[1]
        return np.column_stack([np.full_like(y, plane.rect.right() + 1.1 * self.fontMetrics().height()), y])

    def _paint_values(self, painter: QPainter, moment: WallMoment, plane: DataMap) -> None:
        """Every network's present cost over what it has of the knob, and dashed an earlier one."""
        earlier = int(np.searchsorted(moment.iterations, moment.iteration / EARLIER))
        before = self._dots(moment.history[min(earlier, len(moment.history) - 1)], plane)
        pen = self._pen(self._theme.muted, 1.5)
        pen.setDashPattern((4.0, 3.0))
        for dots, each in ((before, pen), (self._dots(moment.costs, plane), self._pen(self._theme.accent, 2.0))):
            kept = dots[np.isfinite(dots).all(axis=1)]
            if len(kept):
                stroke_curve(painter, kept.T, each)
        painter.setBrush(QColor(self._theme.accent))
        for x, y in kept.tolist():
            painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        painter.setPen(self._pen(self._theme.warning, 2.0))
        for x in dots[~np.isfinite(dots).all(axis=1), 0].tolist():
            self._draw_cross(painter, x, plane.rect.top() + 2 * DOT_PX)

    def _dots(self, costs: FloatArray, plane: DataMap) -> FloatArray:
        """Where the costs of all networks are over the knob, shape (K, 2)."""
        return plane.map(np.stack([self._axes.places(self._values), cost_places(costs)])).T

    @staticmethod
    def _draw_cross(painter: QPainter, x: float, y: float) -> None:
        for slant in (-DOT_PX, DOT_PX):
            painter.drawLine(QPointF(x - slant, y - DOT_PX), QPointF(x + slant, y + DOT_PX))

    def _mark(self, painter: QPainter, moment: WallMoment, plane: DataMap, member: int) -> None:
        pen = self._pen(self._theme.text, 1.8)
        if self._axes.is_time:
            rows = np.stack([self._axes.places(moment.iterations.astype(np.float64)),
                             cost_places(moment.history[:, member])])  # fmt: skip
            curve = plane.map(rows)
            curve = curve[:, (curve[0] >= plane.rect.left()) & np.isfinite(curve[1])]
            if curve.size:
                stroke_curve(painter, curve, pen)
        dot = (self._strip(moment, plane) if self._axes.is_time else self._dots(moment.costs, plane))[member]
        if np.isfinite(dot).all():
            painter.setPen(pen)
            painter.drawEllipse(QPointF(*dot.tolist()), 2 * DOT_PX, 2 * DOT_PX)

    # The pointer

    def member_at(self, position: QPointF) -> int:
        """Which network is there, or -1."""
        moment, plane = self._moment, self._plane
        if moment is None or plane is None:
            return -1
        if self._axes.is_time and position.x() <= plane.rect.right():
            x = plane.map(np.stack([self._axes.places(moment.iterations.astype(np.float64))] * 2))[0]
            row = int(np.argmin(np.abs(x - position.x())))
            y = plane.map(np.stack([np.zeros(len(self._values)), cost_places(moment.history[row])]))[1]
            dots = np.column_stack([np.full_like(y, x[row]), y])
        else:
            dots = self._strip(moment, plane) if self._axes.is_time else self._dots(moment.costs, plane)
        away = np.hypot(dots[:, 0] - position.x(), dots[:, 1] - position.y())
        nearest = int(np.argmin(np.where(np.isfinite(away), away, np.inf)))
        return nearest if away[nearest] <= NEAR_PX else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the pointer is near to."""
        member = self.member_at(event.position())
        if member != self._hovered:
            self.point_at(member)
            self.pointed.emit(member)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is near to nothing."""
        super().leaveEvent(event)
        self.point_at(-1)
        self.pointed.emit(-1)
