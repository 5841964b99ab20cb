"""The marks over the cost curve: the playhead, the best iteration, the focus, and the costs under the pointer."""

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
DOT_PX = 4.0


class CostMarks:
    """Qt's own items over the cost curve: the playhead, ``best`` at the best iteration, ``frame`` for the focus; a
    line, dots on the curves (children of ``area``) and words mark the pointer. Coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene, area: QGraphicsItem) -> None:
        tips = [(0.0, -BEST_PX), (BEST_PX, 0.0), (0.0, BEST_PX), (-BEST_PX, 0.0), (0.0, -BEST_PX)]
        flag = [(-1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 2.0), (-1.0, 1.0), (-1.0, 0.0)]  # points down at the line
        self.best, self.frame = QGraphicsPathItem(_path(tips)), QGraphicsRectItem()
        self._line, self.handle = QGraphicsLineItem(), QGraphicsPathItem(_path(flag, HANDLE_PX))
        self._pointed, self._words = QGraphicsLineItem(area), TextBox()
        self._dots = [QGraphicsEllipseItem(-DOT_PX, -DOT_PX, 2 * DOT_PX, 2 * DOT_PX, area) for _ in range(2)]
        for item in (self.best, self._line, self.handle, self.frame):
            item.hide()
            scene.addItem(item)
        scene.addItem(self._words)

    def colour(self, font: QFont) -> None:
        theme = current_theme()
        self.best.setBrush(QColor(theme.good))
        self.handle.setBrush(QColor(theme.warning))
        for item in (self.best, self.handle):
            item.setPen(QPen(QColor(theme.card), 1.0))
        self._line.setPen(QPen(QColor(theme.warning), 1.5))
        self.frame.setPen(QPen(QColor(theme.accent), 2.0))
        self._pointed.setPen(QPen(QColor(theme.muted), 1.0))
        for dot, colour in zip(self._dots, (theme.accent, theme.second), strict=True):
            dot.setBrush(QColor(colour))
            dot.setPen(QPen(QColor(theme.card), 1.5))
        self._words.colour(font)

    def put_playhead(self, x: float | None, area: QRectF) -> None:
        for item in (self._line, self.handle):
            item.setVisible(x is not None)
        if x is not None:
            self._line.setLine(x, area.top(), x, area.bottom())
            self.handle.setPos(x, area.top())

    def point_at_nothing(self) -> None:
        for item in (self._pointed, *self._dots, self._words):
            item.hide()

    def point_at(self, plane: DataMap, x: float, y: FloatArray, row: FloatArray) -> None:
        """Mark an iteration, at ``x`` on the time axis. ``y``, shape (2,), is log₁₀ of training and test cost, NaN for
        none; ``row``, shape (3,), is the iteration and both costs."""
        iteration, cost, test_cost = row.tolist()
        number = format_number(iteration)
        lines = [tr("iteration {iteration}", iteration=number), tr("cost {cost}", cost=format_cost(cost))]
        if isfinite(test_cost):
            lines.append(tr("test {test_cost}", test_cost=format_cost(test_cost)))
        left = plane.rect.left() + (x - plane.left) * plane.pixels_per_unit[0]
        self._pointed.setLine(left, plane.rect.top(), left, plane.rect.bottom())
        for dot, level in zip(self._dots, y.tolist(), strict=True):
            dot.setVisible(isfinite(level))
            if isfinite(level):
                dot.setPos(left, plane.rect.bottom() - (level - plane.bottom) * plane.pixels_per_unit[1])
        self._pointed.setVisible(True)
        self._words.setVisible(True)
        self._words.say("\n".join(lines), left, plane.rect)


def _path(corners: list[tuple[float, float]], scale: float = 1.0) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(scale * x, scale * y) for x, y in corners]))
    return path
