"""What the cost plot says about the iteration under the pointer."""

from math import isfinite

from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsLineItem, QGraphicsScene

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.labels import TextBox
from curvegui.ui.widgets.numbers import format_cost, format_number

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
        """Take a font, and the colours of the theme."""
        theme = current_theme()
        self._line.setPen(QPen(QColor(theme.muted), 1.0))
        for dot, colour in zip(self._dots, (theme.accent, theme.second), strict=True):
            dot.setBrush(QColor(colour))
            dot.setPen(QPen(QColor(theme.card), 1.5))
        self._words.colour(font)

    def hide(self) -> None:
        """Show nothing."""
        for item in (self._line, *self._dots, self._words):
            item.setVisible(False)

    def show(self, plane: DataMap, x: float, y: FloatArray, row: FloatArray) -> None:
        """Show what was recorded at an iteration.

        ``x`` is its place on the time axis. ``y``, shape (2,), is log₁₀ of both costs, NaN where there is no test cost.
        ``row``, shape (3,), is the iteration and both costs.
        """
        iteration, cost, test_cost = row.tolist()
        lines = [f"iteration {format_number(iteration)}", f"cost {format_cost(cost)}"]
        if isfinite(test_cost):
            lines.append(f"test {format_cost(test_cost)}")
        left = plane.rect.left() + (x - plane.left) * plane.pixels_per_unit[0]
        self._line.setLine(left, plane.rect.top(), left, plane.rect.bottom())
        for dot, level in zip(self._dots, y.tolist(), strict=True):
            dot.setVisible(isfinite(level))
            if isfinite(level):
                dot.setPos(left, plane.rect.bottom() - (level - plane.bottom) * plane.pixels_per_unit[1])
        self._line.setVisible(True)
        self._words.setVisible(True)
        self._words.say("\n".join(lines), left, plane.rect)
