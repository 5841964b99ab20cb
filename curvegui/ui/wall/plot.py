"""The plot under a wall: how far the costs of its networks lie apart."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.ensemble.plan import Value, WallPlan
from curvegui.core.ensemble.wall_snapshot import WallSnapshot
from curvegui.core.language.text import tr, within
from curvegui.core.settings.config import SETTINGS
from curvegui.figure.drawing.polyline import saved
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.wall.axes import WallAxes, draw_axes, plot_area, wall_plane
from curvegui.ui.wall.spread import (
    NAME_PX,
    STRIP_LINES,
    NamedCurves,
    SpreadByIteration,
    SpreadByValue,
    WallSpread,
    earlier_row,
)
from curvegui.ui.wall.words import short_value, spread_words
from curvegui.ui.widgets.numbers import format_number

LEAST_LINES = 7  # its height, in lines of text
NEAR_PX = 14.0  # that the pointer may be away from what it points at


class WallPlot(QWidget):
    """Shows how far the costs lie apart: ``by_iteration``, or by what goes along the wall."""

    pointed = Signal(int)  # at a network; -1 for none

    def __init__(self, by_iteration: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wall.plot")
        self.setAccessibleName(tr("Spread of the costs"))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._axes, self._values = WallAxes(WallPlan(), 1, by_iteration), tuple[Value, ...]()
        self._snapshot: WallSnapshot | None = None
        self._spread: WallSpread | None = None
        self._image, self._is_stale = QImage(), True
        self._hovered = -1
        follow_theme(self._renew)

    # What is shown

    def show_wall(self, plan: WallPlan, values: tuple[Value, ...]) -> None:
        """Show other networks, before anything is known of them."""
        self._axes, self._values = replace(self._axes, plan=plan, goal=plan.iterations), values
        self._snapshot, self._spread, self._hovered = None, None, -1
        self._renew()

    def show_snapshot(self, snapshot: WallSnapshot, goal: int) -> None:
        """Show how they stand; at the goal, they stop."""
        self._snapshot, self._axes, self._is_stale = snapshot, replace(self._axes, goal=goal), True

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

    @Slot()
    def _renew(self) -> None:
        self._is_stale = True
        self.update()

    def sizeHint(self) -> QSize:
        """Little: it takes what the others leave."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Low."""
        line = self.fontMetrics().height()
        return QSize(12 * line, LEAST_LINES * line)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the image, and mark what is pointed at."""
        if self._is_stale or self._image.size() != self._pixels():
            self._paint_image()
        painter = painter_for(self)
        painter.drawImage(0, 0, self._image)
        if self._spread is not None and self._hovered >= 0:
            with saved(painter):
                self._spread.mark(painter, self._hovered)

    def _pixels(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def _paint_image(self) -> None:
        self._is_stale = False
        self._image = QImage(self._pixels(), QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(self.devicePixelRatioF())
        self._image.fill(QColor(current_theme().window))
        if self._snapshot is None or self._image.isNull():
            return
        painter = painter_for(self._image)
        painter.setFont(self.font())
        self._paint(painter, self._snapshot)
        painter.end()

    def _paint(self, painter: QPainter, snapshot: WallSnapshot) -> None:
        metrics, axes = QFontMetricsF(self.font()), self._axes
        beside = STRIP_LINES * metrics.height() if axes.is_time else 0.0
        if axes.plan.is_race:
            names = (short_value(axes.plan.varied, value) for value in self._values)
            beside = NAME_PX + max(map(metrics.horizontalAdvance, names))
        plane = wall_plane(axes, snapshot, plot_area(QRectF(self.rect()), metrics, beside))
        if axes.plan.varied == "seed":
            self._spread = SpreadByIteration(axes, snapshot, plane)
        elif axes.is_time:
            self._spread = NamedCurves(axes, snapshot, plane, self._values)
        else:
            self._spread = SpreadByValue(axes, snapshot, plane, self._values)
        title = QRectF(metrics.height() / 2, 0, self.width() - metrics.height(), 1.2 * metrics.height())
        painter.setPen(QColor(current_theme().muted))
        shown = metrics.elidedText(self._title(snapshot), Qt.TextElideMode.ElideRight, title.width())
        write(painter, title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        draw_axes(painter, plane, axes)
        with saved(painter):
            self._spread.paint(painter)

    def _title(self, snapshot: WallSnapshot) -> str:
        if self._axes.plan.varied == "seed":
            return tr("Cost over iterations (bold: median); current costs at the right")
        setting = within(SETTINGS[self._axes.plan.varied])
        if self._axes.is_time:
            return tr("Cost over iterations; the {setting} of each curve at the right", setting=setting)
        earlier = int(snapshot.iterations[earlier_row(snapshot)])
        return tr(
            "Cost by {setting}; dashed: after {earlier} iterations", setting=setting, earlier=format_number(earlier)
        )

    def in_words(self) -> str:
        """The lowest cost, the median and the highest one."""
        if self._snapshot is None:
            return ""
        return f"{self._title(self._snapshot)}. {spread_words(self._axes.plan, self._values, self._snapshot)}"

    # The pointer

    def member_at(self, position: QPointF) -> int:
        """Which network is there, or -1."""
        if self._spread is None:
            return -1
        dots = self._spread.dots(position)
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
