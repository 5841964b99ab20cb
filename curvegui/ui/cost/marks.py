"""What is marked over the cost curve: the playhead, the best iteration, the focus, and what is under the pointer."""

from math import isfinite

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
)

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.ui.cost.axes import HANDLE_PX
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.labels import TextBox
from curvegui.ui.widgets.numbers import format_cost, format_number

BEST_PX = 5.5  # from the centre of the mark to its tips


class TimelineMarks:
    """Items over the cost curve, which Qt paints by itself; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._best, self._frame = QGraphicsPathItem(_diamond()), QGraphicsRectItem()
        self._line, self._handle = QGraphicsLineItem(), QGraphicsPathItem(_handle())
        for item in (self._best, self._line, self._handle, self._frame):
            item.hide()
            scene.addItem(item)

    def colour(self) -> None:
        theme = current_theme()
        self._best.setBrush(QColor(theme.good))
        self._handle.setBrush(QColor(theme.warning))
        for item in (self._best, self._handle):
            item.setPen(QPen(QColor(theme.card), 1.0))
        self._line.setPen(QPen(QColor(theme.warning), 1.5))
        self._frame.setPen(QPen(QColor(theme.accent), 2.0))

    def put_playhead(self, x: float | None, area: QRectF) -> None:
        for item in (self._line, self._handle):
            item.setVisible(x is not None)
        if x is not None:
            self._line.setLine(x, area.top(), x, area.bottom())
            self._handle.setPos(x, area.top())

    def put_best(self, place: QPointF | None) -> None:
        self._best.setVisible(place is not None)
        if place is not None:
            self._best.setPos(place)

    def show_focus(self, focused: bool) -> None:
        self._frame.setVisible(focused)

    def frame(self, area: QRectF) -> None:
        self._frame.setRect(area.adjusted(1, 1, -1, -1))


def _diamond() -> QPainterPath:
    path = QPainterPath()
    tips = [QPointF(0, -BEST_PX), QPointF(BEST_PX, 0), QPointF(0, BEST_PX), QPointF(-BEST_PX, 0), QPointF(0, -BEST_PX)]
    path.addPolygon(QPolygonF(tips))
    return path


def _handle() -> QPainterPath:
    """A flag that points down at the line."""
    path = QPainterPath()
    corners = [(-1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 2.0), (-1.0, 1.0), (-1.0, 0.0)]
    path.addPolygon(QPolygonF([QPointF(HANDLE_PX * x, HANDLE_PX * y) for x, y in corners]))
    return path


DOT_PX = 4.0


class CostPointer:
    """A vertical line, a dot on each curve, and words; line and dots are children of the item ``area``."""

    def __init__(self, area: QGraphicsItem) -> None:
        self._line, self._words = QGraphicsLineItem(area), TextBox()
        self._dots = [QGraphicsEllipseItem(-DOT_PX, -DOT_PX, 2 * DOT_PX, 2 * DOT_PX, area) for _ in range(2)]

    def write_in(self, scene: QGraphicsScene) -> None:
        """Put the words over everything that is in a scene now."""
        scene.addItem(self._words)

    def colour(self, font: QFont) -> None:
        theme = current_theme()
        self._line.setPen(QPen(QColor(theme.muted), 1.0))
        for dot, colour in zip(self._dots, (theme.accent, theme.second), strict=True):
            dot.setBrush(QColor(colour))
            dot.setPen(QPen(QColor(theme.card), 1.5))
        self._words.colour(font)

    def hide(self) -> None:
        for item in (self._line, *self._dots, self._words):
            item.setVisible(False)

    def show(self, plane: DataMap, x: float, y: FloatArray, row: FloatArray) -> None:
        """Show what was recorded at an iteration.

        ``x`` is its place on the time axis. ``y``, shape (2,), is log₁₀ of both costs, NaN where there is no test cost.
        ``row``, shape (3,), is the iteration and both costs.
        """
        iteration, cost, test_cost = row.tolist()
        lines = [
            tr("iteration {iteration}", iteration=format_number(iteration)),
            tr("cost {cost}", cost=format_cost(cost)),
        ]
        if isfinite(test_cost):
            lines.append(tr("test {test_cost}", test_cost=format_cost(test_cost)))
        left = plane.rect.left() + (x - plane.left) * plane.pixels_per_unit[0]
        self._line.setLine(left, plane.rect.top(), left, plane.rect.bottom())
        for dot, level in zip(self._dots, y.tolist(), strict=True):
            dot.setVisible(isfinite(level))
            if isfinite(level):
                dot.setPos(left, plane.rect.bottom() - (level - plane.bottom) * plane.pixels_per_unit[1])
        self._line.setVisible(True)
        self._words.setVisible(True)
        self._words.say("\n".join(lines), left, plane.rect)
