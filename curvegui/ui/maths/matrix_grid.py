"""A small matrix as a grid of tinted cells: with its numbers if there is room, else as a heat strip."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.ui.look.painter import write_from
from curvegui.ui.look.theme import Theme, current_theme
from curvegui.ui.study.weight_colours import LEVELS, colour_of, levels_of, weight_colour, weight_tint
from curvegui.ui.widgets.numbers import WIDEST_SHORT, short_number

MOST = 8  # rows and columns: larger matrices are heat strips without numbers
LARGEST_CELL, TALLEST = 0.8, 9.0  # heights of a cell of a heat strip and of the whole, in lines of text
LEAST_STRIP = 2.0  # the width of a heat strip, in lines of text
CELL_PADDING, STROKE = 6.0, 3.0  # px, beside a number and under a weight


@dataclass(frozen=True, eq=False)
class Grid:
    """A matrix to show."""

    entries: FloatArray  # shape (rows, columns)
    scale: float  # the value with the strongest colour
    caption: str = ""  # above it; without one its place stays, so that the rows of all boxes meet
    is_inline: bool = False  # the caption is at the left, where there is room
    span: tuple[float, float] | None = None  # the smallest and the largest value over the points
    edges: bool = False  # the entries are weights: each has a stroke in its colour in the diagram

    @property
    def shape_key(self) -> tuple[object, ...]:
        """What its size and its still parts depend on."""
        return self.entries.shape, self.caption, self.is_inline, self.span is None


class GridFace:
    """The lengths of grids in a font, with ``widest`` px of room across."""

    def __init__(self, font: QFont, widest: float) -> None:
        self.font, self.metrics, self.widest = font, QFontMetricsF(font), widest
        self.line = self.metrics.height()
        self.caption = self.line + 2  # so that no letter's tail touches the cells
        self.cell = QSizeF(self.metrics.horizontalAdvance(WIDEST_SHORT) + CELL_PADDING, round(self.line) + 4)
        self._sizes: dict[tuple[object, ...], QSizeF] = {}
        self._range = 2 * self.metrics.horizontalAdvance(WIDEST_SHORT) + self.metrics.horizontalAdvance(" … ")
        self.drop = round((self.cell.height() - 1 + self.metrics.capHeight()) / 2)

    def has_numbers(self, grid: Grid) -> bool:
        """Whether there is room for every number."""
        rows, columns = grid.entries.shape
        return bool(max(rows, columns) <= MOST and columns * self.cell.width() <= self.widest)

    def says_range(self, grid: Grid) -> bool:
        """Whether the smallest and the largest value are written below."""
        return grid.span is not None or not self.has_numbers(grid)

    def cells_size(self, grid: Grid) -> QSizeF:
        """The size of all cells together."""
        rows, columns = grid.entries.shape
        if self.has_numbers(grid):
            return QSizeF(columns * self.cell.width(), rows * self.cell.height())
        side = min(LARGEST_CELL * self.line, self.widest / columns, TALLEST * self.line / rows)
        wide = min(max(columns * side, LEAST_STRIP * self.line), self.widest)
        return QSizeF(wide, max(rows * side, 0.6 * self.line))

    def size(self, grid: Grid) -> QSizeF:
        """The size with caption and range."""
        key = grid.shape_key
        if key not in self._sizes:
            self._sizes[key] = self._measured(grid)
        return self._sizes[key]

    def _measured(self, grid: Grid) -> QSizeF:
        cells, origin = self.cells_size(grid), self._origin(grid)
        width = max(origin.x() + cells.width(), self.metrics.horizontalAdvance(grid.caption))
        lines = self._range_lines() if self.says_range(grid) else 0
        if lines:
            width = max(width, self._range / lines)
        return QSizeF(width, origin.y() + cells.height() + lines * self.line + 2)

    def _range_lines(self) -> int:
        """How many lines the smallest and the largest value need."""
        return 1 if self._range <= self.widest else 2

    def _origin(self, grid: Grid) -> QPointF:
        caption = self.metrics.horizontalAdvance(f"{grid.caption} ")
        is_inline = grid.is_inline and caption + self.cells_size(grid).width() <= self.widest
        return QPointF(caption, 0.0) if is_inline else QPointF(0.0, self.caption)

    def paint(self, painter: QPainter, grid: Grid, place: QPointF) -> None:
        """Paint cells, numbers and range, with the top left at a place."""
        corner = place + self._origin(grid)
        x, y = float(round(corner.x())), float(round(corner.y()))
        painter.setFont(self.font)
        size = self.cells_size(grid)
        if self.has_numbers(grid):
            self._paint_numbers(painter, grid, x, y)
        else:
            painter.drawImage(QRectF(QPointF(x, y), size), heat_image(grid.entries, grid.scale))
        if self.says_range(grid):
            low, high = grid.span or (float(np.min(grid.entries)), float(np.max(grid.entries)))
            painter.setPen(QColor(current_theme().muted))
            lines = [short_number(low), f"… {short_number(high)}"]
            below = y + size.height() + 2 + self.metrics.ascent()
            for number, words in enumerate([" ".join(lines)] if self._range_lines() == 1 else lines):
                painter.drawText(QPointF(x, below + number * self.line), words)

    def paint_still(self, painter: QPainter, grid: Grid, place: QPointF) -> None:
        """Paint what does not change with the numbers: the caption."""
        painter.setFont(self.font)
        painter.setPen(QColor(current_theme().muted))
        drop = self.metrics.ascent() if self._origin(grid).y() else self.drop
        write_from(painter, place + QPointF(0, drop), grid.caption)

    def _paint_numbers(self, painter: QPainter, grid: Grid, left: float, top: float) -> None:
        theme = current_theme()
        width, height, advance = self.cell.width(), self.cell.height(), self.metrics.horizontalAdvance
        painter.setPen(QColor(theme.text))
        y = top
        for row in grid.entries.tolist():
            x = left
            for value in row:
                painter.fillRect(QRectF(x, y, width - 1, height - 1), weight_tint(value, grid.scale, theme))
                if grid.edges:
                    painter.fillRect(
                        QRectF(x, y + height - 1 - STROKE, width - 1, STROKE), weight_colour(value, grid.scale, theme)
                    )
                text = short_number(value)
                up = STROKE / 2 if grid.edges else 0.0
                painter.drawText(QPointF(x + width - CELL_PADDING / 2 - advance(text), y + self.drop - up), text)
                x += width
            y += height


def heat_image(values: FloatArray, scale: float) -> QImage:
    """A pixel for each entry."""
    pixels = np.ascontiguousarray(_inks(current_theme())[levels_of(values, scale) + LEVELS])
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


@cache
def _inks(theme: Theme) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    shades = [QColor(colour_of(level, theme)).rgb() for level in range(-LEVELS, LEVELS + 1)]
    return np.array(shades, np.uint32)
