"""A small matrix as a grid of tinted cells: with its numbers if there is room, else as a heat strip."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.ui.look.painter import write_from
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.weight_colours import LEVELS, colour_of, image_of, levels_of, tint_of, weight_pixels
from curvegui.ui.widgets.numbers import WIDEST_SHORT, short_number

MOST = 8  # rows and columns: larger matrices are heat strips without numbers
LARGEST_CELL, TALLEST = 0.8, 9.0  # heights of a cell of a heat strip and of the whole, in lines of text
LEAST_STRIP = 2.0  # the width of a heat strip, in lines of text
CELL_PADDING, STROKE = 6.0, 3.0  # px, beside a number and under a weight


@dataclass(frozen=True, eq=False)
class Grid:
    """A matrix to show as tinted cells."""

    entries: FloatArray  # shape (rows, columns)
    scale: float  # the value with the strongest colour
    caption: str = ""  # above it; without one its space stays, so that the rows of all boxes meet
    is_inline: bool = False  # the caption is at the left, where there is room
    span: tuple[float, float] | None = None  # the smallest and the largest value over the points
    edges: bool = False  # the entries are weights: each has a stroke in its colour in the diagram


class GridFace:
    """Measures and paints grids in a font; a grid is at most ``widest`` px wide."""

    def __init__(self, font: QFont, widest: float) -> None:
        self.font, self.metrics, self.widest = font, QFontMetricsF(font), widest
        self.line = self.metrics.height()
        number = self.metrics.horizontalAdvance(WIDEST_SHORT)
        self.cell = QSizeF(number + CELL_PADDING, round(self.line) + 4)
        self._range = 2 * number + self.metrics.horizontalAdvance(" … ")
        self._range_lines = 1 if self._range <= self.widest else 2  # of the smallest and the largest value
        self.drop = round((self.cell.height() - 1 + self.metrics.capHeight()) / 2)

    def _has_numbers(self, grid: Grid) -> bool:
        rows, columns = grid.entries.shape
        return bool(max(rows, columns) <= MOST and columns * self.cell.width() <= self.widest)

    def _says_range(self, grid: Grid) -> bool:
        return grid.span is not None or not self._has_numbers(grid)

    def cells_size(self, grid: Grid) -> QSizeF:
        rows, columns = grid.entries.shape
        if self._has_numbers(grid):
            return QSizeF(columns * self.cell.width(), rows * self.cell.height())
        side = min(LARGEST_CELL * self.line, self.widest / columns, TALLEST * self.line / rows)
        wide = min(max(columns * side, LEAST_STRIP * self.line), self.widest)
        return QSizeF(wide, max(rows * side, 0.6 * self.line))

    def size(self, grid: Grid) -> QSizeF:
        cells, origin = self.cells_size(grid), self._origin(grid)
        lines = self._range_lines if self._says_range(grid) else 0
        widths = origin.x() + cells.width(), self.metrics.horizontalAdvance(grid.caption), lines and self._range / lines
        return QSizeF(max(widths), origin.y() + cells.height() + lines * self.line + 2)

    def _origin(self, grid: Grid) -> QPointF:
        caption = self.metrics.horizontalAdvance(f"{grid.caption} ")
        is_inline = grid.is_inline and caption + self.cells_size(grid).width() <= self.widest
        return QPointF(caption, 0.0) if is_inline else QPointF(0.0, self.line + 2)  # no letter's tail touches the cells

    def paint(self, painter: QPainter, grid: Grid, position: QPointF) -> None:
        corner = position + self._origin(grid)
        x, y = float(round(corner.x())), float(round(corner.y()))
        painter.setFont(self.font)
        size = self.cells_size(grid)
        if self._has_numbers(grid):
            self._paint_numbers(painter, grid, x, y)
        else:
            levels = levels_of(grid.entries, grid.scale)
            painter.drawImage(QRectF(QPointF(x, y), size), image_of(weight_pixels(current_theme())[levels + LEVELS]))
        if self._says_range(grid):
            low, high = grid.span or (float(np.min(grid.entries)), float(np.max(grid.entries)))
            painter.setPen(QColor(current_theme().muted))
            lines = [short_number(low), f"… {short_number(high)}"]
            below = y + size.height() + 2 + self.metrics.ascent()
            for number, words in enumerate([" ".join(lines)] if self._range_lines == 1 else lines):
                painter.drawText(QPointF(x, below + number * self.line), words)

    def paint_still(self, painter: QPainter, grid: Grid, position: QPointF) -> None:
        painter.setFont(self.font)
        painter.setPen(QColor(current_theme().muted))
        drop = self.metrics.ascent() if self._origin(grid).y() else self.drop
        write_from(painter, position + QPointF(0, drop), grid.caption)

    def _paint_numbers(self, painter: QPainter, grid: Grid, left: float, top: float) -> None:
        theme = current_theme()
        width, height, advance = self.cell.width(), self.cell.height(), self.metrics.horizontalAdvance
        painter.setPen(QColor(theme.text))
        y = top
        for row, levels in zip(grid.entries.tolist(), levels_of(grid.entries, grid.scale).tolist(), strict=True):
            x = left
            for value, level in zip(row, levels, strict=True):
                painter.fillRect(QRectF(x, y, width - 1, height - 1), tint_of(level, theme))
                if grid.edges:
                    stroke = QRectF(x, y + height - 1 - STROKE, width - 1, STROKE)
                    painter.fillRect(stroke, QColor(colour_of(level, theme)))
                text = short_number(value)
                up = STROKE / 2 if grid.edges else 0.0
                painter.drawText(QPointF(x + width - CELL_PADDING / 2 - advance(text), y + self.drop - up), text)
                x += width
            y += height
