"""The map or relief of the valley, with the path and the ball, to point at and to jump in, by pointer or keys."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.valley.surface import Surface
from curvegui.session.study.valley import Valley
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.valley.contours import GAP_PX, ContourView, CostScale
from curvegui.ui.valley.relief import ReliefView
from curvegui.ui.valley.words import ball_words
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.numbers import format_cost

DARK, LIGHT, BALL = "#101418", "#ffffff", "#d55e00"  # seen on all colours of the bands
WIDE_PX, NARROW_PX = 3.5, 1.5  # of a light line on a dark one
CELL_PX = 1.5  # points of the path that are nearer to each other are one
BALL_LINES, MARK_LINES, CROSS_LINES = 0.36, 0.26, 0.7  # half their sizes, in heights of a line of text
SQUARE = (-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)
DIAMOND = (0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)

View = ContourView | ReliefView


def paint_marks(painter: QPainter, view: View, valley: Valley, cross: FloatArray | None) -> None:
    """Paint path, ball, lowest point, and a cross at the keyboard's position; where the relief hides them, the path is
    dotted, and the ball a ring."""
    line, marks = painter.fontMetrics().height(), list[tuple[QPointF, Sequence[tuple[float, float]]]]()
    if len(valley.path):
        _paint_path(painter, view, valley.path)
        marks.append((_point(view, valley.path[0]), SQUARE))
    if valley.lowest is not None:
        marks.append((_point(view, valley.lowest[0]), DIAMOND))
    painter.setPen(QPen(QColor(DARK), NARROW_PX))
    painter.setBrush(QColor(LIGHT))
    for at, corners in marks:
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) * MARK_LINES * line for x, y in corners]))
    if valley.ball is not None:
        _paint_ball(painter, view, valley.ball, valley.cost)
    if cross is not None:
        at, arm = _point(view, cross), CROSS_LINES * line
        for _ in _pens(painter):
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))


def _point(view: View, point: FloatArray, cost: float | None = None) -> QPointF:
    costs = None if cost is None else np.array([cost])
    x, y = view.on_screen(point[np.newaxis], costs)[0].tolist()
    return QPointF(x, y)


def _pens(painter: QPainter) -> Iterator[None]:
    """Give the painter a wide dark pen, then a narrow light one, so that a line is seen on any colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((DARK, WIDE_PX), (LIGHT, NARROW_PX)):
        painter.setPen(QPen(QColor(colour), width, j=Qt.PenJoinStyle.BevelJoin))  # round joins take twice as long
        yield


def _paint_path(painter: QPainter, view: View, path: FloatArray) -> None:
    cells = np.rint(view.on_screen(path) / CELL_PX)
    is_apart = np.append(True, (cells[1:] != cells[:-1]).any(axis=1))
    is_apart[-1] = True  # the ball is there
    path = path[is_apart]
    points, hidden = [QPointF(x, y) for x, y in view.on_screen(path).tolist()], view.hides(path)
    ends = [0, *(np.flatnonzero(hidden[1:] != hidden[:-1]) + 1).tolist(), len(points) - 1]
    pieces = [(hidden[start], QPolygonF(points[start : end + 1])) for start, end in pairwise(ends)]
    painter.setPen(QPen(QColor(LIGHT), NARROW_PX, Qt.PenStyle.DotLine))
    for is_hidden, piece in pieces:
        if is_hidden:
            painter.drawPolyline(piece)
    for _ in _pens(painter):
        for is_hidden, piece in pieces:
            if not is_hidden:
                painter.drawPolyline(piece)


def _paint_ball(painter: QPainter, view: View, point: FloatArray, cost: float) -> None:
    """Paint the ball, in a relief as high as its own cost, and a line from the ball to the surface at its point."""
    radius = BALL_LINES * painter.fontMetrics().height()
    ground, own = _point(view, point), _point(view, point, cost)
    for _ in _pens(painter):
        painter.drawLine(ground, own)
    for _ in _pens(painter):
        painter.drawEllipse(own, radius, radius)
    if view.hides(point[np.newaxis])[0]:
        painter.setPen(QPen(QColor(BALL), WIDE_PX - NARROW_PX))
    else:
        painter.setBrush(QColor(BALL))
    painter.drawEllipse(own, radius, radius)


LEAST_LINES = 11  # its height, in heights of a line of text
STEPS, LARGE_STEPS = 60, 10  # of the cross, from one end to the other
TURN, TILT, TURN_STEP = -30.0, 58.0, 5.0  # degrees
TILTS = 10.0, 85.0
DEGREES_A_PX = 0.5
CLICK_PX = 4  # a press that moves further is a drag
LEGEND_LINES = 0.9  # the width of its bar
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip


class ValleyMap(QWidget):
    """Shows a valley; ``cross`` is the point of the plane, shape (2,), at the pointer or the keys, or None."""

    chosen = Signal(object)  # a point of the plane: its network is wanted
    pointed = Signal()  # the cross is elsewhere

    def __init__(self, valley: Valley, words: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics, in every language
        self._valley, self._words = valley, words
        self.cross: FloatArray | None = None
        self.is_relief, self.turn, self.tilt = False, TURN, TILT
        self.names, self.shifts = ("", ""), (0.0, 0.0)
        self._base = QImage()
        self._view: View | None = None
        self._painted: tuple[object, ...] = ()
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setObjectName("valley.map")
        self.setAccessibleName(tr("Map of the cost"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.update)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_LINES, LEAST_LINES) * self.fontMetrics().height()

    @Slot(int)
    def set_relief(self, is_relief: int) -> None:
        self.is_relief = bool(is_relief)
        self.update()

    def in_words(self) -> str:
        ball = self._valley.ball
        where = "" if ball is None else ball_words(ball, self.names, self.shifts)
        return f"{self._words()} {where}".rstrip()

    def view(self) -> View | None:
        surface, font = self._valley.surface, self.font()
        key = (surface, self.size(), self.devicePixelRatioF(), current_theme().key, font.key(), self.names,
               self.shifts, self.is_relief, self.turn, self.tilt)  # fmt: skip
        if key != self._painted:
            self._painted, self._view = key, None
            if surface is not None:
                self._view, ratio = self._seen(surface), self.devicePixelRatioF()
                self._base = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
                self._base.setDevicePixelRatio(ratio)
                self._base.fill(Qt.GlobalColor.transparent)
                painter = painter_for(self._base)
                painter.setFont(font)
                self._view.paint(painter, ratio)
                self._view.paint_axes(painter, self.names, self.shifts)
                self._paint_legend(painter, self._view)
                painter.end()
        return self._view

    def _seen(self, surface: Surface) -> View:
        metrics, scale = self.fontMetrics(), CostScale.of(surface.costs)
        line, bar = metrics.height(), LEGEND_LINES * metrics.height()
        labels = max(metrics.horizontalAdvance(format_cost(edge)) for edge in (*scale.edges, scale.low))
        area = QRectF(self.rect()).adjusted(1, 1.2 * line, -bar - labels - 1.6 * line, -2.5 * line)
        if self.is_relief:
            return ReliefView(surface, scale, area.adjusted(0, 0, 0, 2 * line), self.turn, self.tilt)
        area.setTop(2 * GAP_PX + 1.5 * line)  # so that a value at the top edge is below the axis's name
        return ContourView(surface, scale, area.adjusted(metrics.horizontalAdvance("−0.000"), 0, 0, 0))

    def _paint_legend(self, painter: QPainter, view: View) -> None:
        line, colours, edges = painter.fontMetrics().height(), view.scale.colours, view.scale.edges or [view.scale.low]
        left, each = view.area.right() + 0.8 * line, view.area.height() / len(colours)
        painter.setPen(QColor(current_theme().text))
        painter.drawText(QRectF(left, 3, self.width() - left, line), Qt.AlignmentFlag.AlignLeft, tr("Cost"))
        for band, colour in enumerate(colours):
            top = view.area.bottom() - (band + 1) * each
            painter.fillRect(QRectF(left, top, LEGEND_LINES * line, each + 0.5), colour)
            if band < len(edges) and (each >= line or band % 2 == 0):
                box = QRectF(left + (LEGEND_LINES + 0.3) * line, top - line / 2, self.width(), line)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, format_cost(edges[band]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, view, theme = painter_for(self), self.view(), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view is None:
            painter.setPen(QColor(theme.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            write(painter, QRectF(self.rect()).adjusted(8, 8, -8, -8), flags, self._words())
        else:
            painter.drawImage(0, 0, self._base)
            painter.setClipRect(self.rect() if self.is_relief else view.area)
            paint_marks(painter, view, self._valley, self.cross)
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _point_at(self, point: FloatArray | None) -> None:
        self.cross = point
        self.pointed.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            view = self.view()
            self._point_at(None if view is None else view.plane_point(event.position()))
            return
        moved = event.position() - self._pressed
        self._dragged |= moved.manhattanLength() > CLICK_PX
        if self.is_relief and self._dragged:
            self._turn_by(-DEGREES_A_PX * moved.x(), DEGREES_A_PX * moved.y())
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        view = self.view()
        point = None if view is None else view.plane_point(event.position())
        if pressed is not None and not self._dragged and point is not None:
            self.chosen.emit(point)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point_at(None)

    def _turn_by(self, turn: float, tilt: float) -> None:
        self.turn, self.tilt = (self.turn + turn) % 360, min(max(self.tilt + tilt, TILTS[0]), TILTS[1])
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cross, with Ctrl they turn the relief; Enter jumps, Home goes back to the ball."""
        key, surface = event.key(), self._valley.surface
        at = self._valley.ball if self.cross is None else self.cross
        modifiers = event.modifiers()
        if surface is None or at is None:
            super().keyPressEvent(event)
        elif key in ARROWS and modifiers & Qt.KeyboardModifier.ControlModifier and self.is_relief:
            turn, tilt = ARROWS[key]
            self._turn_by(TURN_STEP * turn, TURN_STEP * tilt)
        elif key in ARROWS:
            steps = LARGE_STEPS if modifiers & Qt.KeyboardModifier.ShiftModifier else STEPS
            parts = surface.region.parts(at[np.newaxis]) + np.array([ARROWS[key]]) / steps
            self._point_at(surface.region.places(parts.clip(0, 1))[0])
        elif key == Qt.Key.Key_Home:
            self._point_at(None)
        elif key in ENTER and self.cross is not None:
            self.chosen.emit(self.cross)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the cross, as the keys no longer move it."""
        super().focusOutEvent(event)
        self._point_at(None)
