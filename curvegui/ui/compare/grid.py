"""The grid of a wall: all canvases in one widget, their order, the keys and the pointer."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan, is_lost, order, ranks
from curvegui.core.language.text import tr
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas.refresh import NUMBERS_S
from curvegui.ui.compare.picture import (
    NAMED_LINES,
    ROUNDNESS_PX,
    WallWords,
    lay_out,
    paint_curves,
    paint_words,
    stepped,
    tile,
)
from curvegui.ui.compare.view import WallView
from curvegui.ui.compare.words import network_words, short_value, value_words
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.numbers import format_cost
from curvegui.ui.widgets.spoken import announce

LEAST_LINES = 7  # its height, in lines of text
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
REORDER_S = 2.0  # between two new orders while they learn: an eye can follow
WORDS_S = 2 * NUMBERS_S
GLIDE_S = 0.24
WIDEST_COST = 8.88e-88


class WallGrid(WallView):
    """Shows all networks of a wall; ``current`` is the network that the keys are at. ``order``, shape (K,), has the
    network at each position, row by row. Nothing glides where the grid ``is_calm``."""

    chosen = Signal(int)  # a network is to be the run
    menu_wanted = Signal(QPoint)  # a point on the screen: a person wants to choose what to do with the current one
    ordered = Signal(object)  # a person wants another order: the networks in it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("wall.grid", tr("The networks of the wall"), (LEAST_LINES, LEAST_LINES), parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.order = np.arange(0)
        self.current, self.is_calm, self.look = 0, False, LOOKS["classic"]
        self.canvases = lay_out(1, 1.0, 1.0, 1.0, 1.0)
        self._pressed = -1
        self._target = TargetDrawing(np.empty((2, 0)))
        self._tile: tuple[object, QPixmap] = None, QPixmap()
        self._words, self._written_at, self._is_unwritten = WallWords(), 0.0, False
        self._by_cost, self._ordered_at, self._is_unordered = False, 0.0, False
        self._corners = self._from = self._to = np.empty((0, 2))  # of each network: now, and as it glides
        self._glides, self._glides_since = False, 0.0

    # What is shown

    def show_as(self, look: Look, is_calm: bool) -> None:
        self.is_calm = is_calm
        if look is not self.look:
            self.look = look
            self._renew()

    def show_wall(self, plan: WallPlan, values: tuple[Value, ...], target: TargetDrawing) -> None:
        self.current, self._hovered, self._pressed = min(self.current, plan.count - 1), -1, -1
        self.plan, self.values, self.order, self._snapshot = plan, values, np.arange(plan.count), None
        self._target, self._tile, self._written_at = target, (None, QPixmap()), 0.0
        named, short = ([say(plan.varied, value) for value in values] for say in (value_words, short_value))
        self._words = WallWords(tuple(named), tuple(short))
        self._arrange()
        self._announce()

    def show_snapshot(self, snapshot: WallSnapshot) -> None:
        """Show a snapshot of the networks; words and order follow later, after time to read the words before."""
        self._snapshot = snapshot
        self._is_stale = self._is_unwritten = self._is_unordered = True

    def set_by_cost(self, by_cost: bool) -> None:
        """Put the networks in the order of their costs, or back in the order of the wall."""
        self._by_cost = by_cost
        self._put_in_order()
        self.ordered.emit(self.order)

    def refresh(self) -> bool:
        """Paint what has changed; return whether anything had. Nothing changes its position under the pointer."""
        now = perf_counter()
        if self._snapshot is not None and self._is_unwritten and now >= self._written_at + WORDS_S:
            costs = tuple("" if is_lost(cost) else format_cost(cost) for cost in self._snapshot.costs.tolist())
            self._words = replace(self._words, costs=costs, ranks=tuple(map(str, ranks(self._snapshot.costs).tolist())))
            self._written_at, self._is_unwritten, self._is_stale = now, False, True
        is_due = self._is_unordered and self._by_cost and now >= self._ordered_at + REORDER_S
        if is_due and not self.underMouse():
            self._put_in_order()
        self._is_stale |= self._glides
        return super().refresh()

    # Positions

    def _put_in_order(self) -> None:
        """Move each canvas to its position in the order."""
        self._ordered_at, self._is_stale, self._is_unordered = perf_counter(), True, False
        costs = self._snapshot.costs if self._by_cost and self._snapshot is not None else None
        self.order = np.arange(self.plan.count) if costs is None else order(costs)
        self._move(at_once=self.is_calm)

    def _arrange(self) -> None:
        """Lay out the canvases in the widget's present size."""
        metrics = QFontMetricsF(self.font())
        widest = metrics.horizontalAdvance(format_cost(WIDEST_COST))
        line = (NAMED_LINES if self.plan.is_race else 1) * metrics.height()
        self.canvases = lay_out(self.plan.count, self.width(), self.height(), line, widest)
        self._move(at_once=True)
        self._renew()

    def _move(self, at_once: bool) -> None:
        corners = np.empty((self.plan.count, 2))
        if len(self.order) == self.plan.count:
            corners[self.order] = self.canvases.corners
        self._glides = not at_once and not np.array_equal(corners, self._corners)
        self._from, self._to, self._glides_since = self._corners, corners, perf_counter()
        if not self._glides:
            self._corners = corners

    def _glide(self) -> FloatArray:
        """The upper left corner of each canvas at this moment, shape (K, 2)."""
        if self._glides:
            part = min((perf_counter() - self._glides_since) / GLIDE_S, 1.0)
            eased = part * part * (3.0 - 2.0 * part)
            self._corners = np.round(self._from + eased * (self._to - self._from))
            if part >= 1.0:
                self._corners, self._glides = self._to, False
        return self._corners

    def canvas(self, member: int) -> QRectF:
        x, y = self._corners[member].tolist()
        return QRectF(x, y, self.canvases.side, self.canvases.side)

    def member_at(self, position: QPointF) -> int:
        """The network at a position, or -1; -1 while canvases glide."""
        index = -1 if self._glides or not self.values else self.canvases.index_at(position)
        return int(self.order[index]) if index >= 0 else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
            self.updateGeometry()

    # Painting

    def _mark(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.values:
            return
        theme = current_theme()
        if self._hovered >= 0:
            self._draw_frame(painter, self._hovered, theme.text, 1.5)
        colour, width = (theme.accent, 3.0) if self.hasFocus() else (theme.muted, 2.0)
        self._draw_frame(painter, self.current, colour, width)

    def _draw_frame(self, painter: QPainter, member: int, colour: str, width: float) -> None:
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(self.canvas(member).adjusted(-0.5, -0.5, 0.5, 0.5), ROUNDNESS_PX, ROUNDNESS_PX)

    def _paint(self, painter: QPainter) -> None:
        side, ratio = self.canvases.side, self.devicePixelRatioF()
        key = side, ratio, current_theme().key, self.look.key
        if self._tile[0] != key:
            self._tile = key, tile(self._target, side, ratio, self.look)
        corners = self._glide()
        for x, y in corners.tolist():
            painter.drawPixmap(QPointF(x, y), self._tile[1])
        paint_words(painter, self.canvases, corners, self._words, self.look)
        if self._snapshot is not None:  # over the ranks: a saturated network draws a point in a corner
            finite = np.isfinite(self._snapshot.costs)
            paint_curves(painter, side, corners[finite], self._snapshot.fits[finite], self.look)

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self.values:
            super().keyPressEvent(event)
        elif key in ARROWS:
            index = int(np.flatnonzero(self.order == self.current)[0])
            self.go_to(int(self.order[stepped(index, *ARROWS[key], self.canvases)]))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.go_to(int(self.order[0 if key == Qt.Key.Key_Home else -1]))
        elif key in ENTER:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def go_to(self, member: int) -> None:
        self._set_current(member)
        self.pointed.emit(self.current)

    def _set_current(self, member: int) -> None:
        self.current = member
        self._announce()
        self.update()

    def _announce(self) -> None:
        """Announce to screen readers the rank and cost of the network that the keys are at."""
        if self.values and self.hasFocus():
            announce(self, self.in_words())

    def in_words(self) -> str:
        if not self.values:
            return ""
        return network_words(self.plan, self.values[self.current], self._snapshot, self.current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._announce()

    # The pointer

    def _hover(self, member: int) -> None:
        if member != self._hovered:
            self.setCursor(Qt.CursorShape.ArrowCursor if member < 0 else Qt.CursorShape.PointingHandCursor)
        super()._hover(member)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.member_at(event.position()) if is_left else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        member, self._pressed = self._pressed, -1
        if member >= 0 and member == self.member_at(event.position()):
            self._set_current(member)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        member = self.current if is_by_key else self.member_at(QPointF(event.pos()))
        if self.values and member >= 0:
            self._set_current(member)
            point = self.canvas(member).center().toPoint() if is_by_key else event.pos()
            self.menu_wanted.emit(self.mapToGlobal(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        member = self.member_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and member >= 0:
            self._set_current(member)
            self.chosen.emit(member)
