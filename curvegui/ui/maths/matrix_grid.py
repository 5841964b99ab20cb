"""A small matrix as a grid of tinted cells: with its numbers if there is room, else as a heat strip."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.ui.look.theme import Theme, current_theme
from curvegui.ui.study.weight_colours import LEVELS, colour_of, levels_of, weight_colour, weight_tint
from curvegui.ui.widgets.numbers import WIDEST_SHORT, short_number

MOST_ROWS, MOST_COLUMNS = 2, 8  # larger matrices are heat strips without numbers
LARGEST_CELL, TALLEST = 0.8, 9.0  # heights of a cell of a heat strip and of the whole, in lines of text
CELL_PADDING, STROKE = 6.0, 3.0  # px, beside a number and under a weight


@dataclass(frozen=True, eq=False)
class Grid:
    """A matrix to show."""

    entries: FloatArray  # shape (rows, columns)
    scale: float  # the value with the strongest colour
    caption: str = ""  # above it; empty if the box says what it is
    row: int | None = None  # framed as what matters, as the column is; None for all
    column: int | None = None
    upright: bool = False  # the row of numbers stands for a column, and has a T
    span: tuple[float, float] | None = None  # the smallest and the largest value over the points
    edges: bool = False  # the entries are weights: each has a stroke in its colour in the diagram

    @property
    def shape_key(self) -> tuple[object, ...]:
        """What its size and its still parts depend on."""
        return self.entries.shape, self.caption, self.row, self.column, self.upright, self.span is None


class GridFace:
    """The lengths of grids in a font, with ``widest`` px of room across."""

    def __init__(self, font: QFont, widest: float) -> None:
        self.font, self.metrics, self.widest = font, QFontMetricsF(font), widest
        self.line = self.metrics.height()
        self.caption = self.line + 2  # so that no letter's tail touches the cells
        self.cell = QSizeF(self.metrics.horizontalAdvance(WIDEST_SHORT) + CELL_PADDING, round(self.line) + 4)
        self._sizes: dict[tuple[object, ...], QSizeF] = {}
        self.drop = round((self.cell.height() - 1 + self.metrics.capHeight()) / 2)

    def has_numbers(self, grid: Grid) -> bool:
        """Whether there is room for every number."""
        rows, columns = grid.entries.shape
        few = rows <= MOST_ROWS and columns <= MOST_COLUMNS
        return bool(few and columns * self.cell.width() + self._mark(grid) <= self.widest)

    def says_range(self, grid: Grid) -> bool:
        """Whether the smallest and the largest value are written below."""
        return grid.span is not None or not self.has_numbers(grid)

    def _mark(self, grid: Grid) -> float:
        return self.metrics.horizontalAdvance(" T") if grid.upright else 0.0

    def cells_size(self, grid: Grid) -> QSizeF:
        """The size of all cells together."""
        rows, columns = grid.entries.shape
        if self.has_numbers(grid):
            return QSizeF(columns * self.cell.width(), rows * self.cell.height())
        room = self.widest - self._mark(grid)
        side = min(LARGEST_CELL * self.line, room / columns, TALLEST * self.line / rows)
        return QSizeF(max(columns * side, min(4.0, room)), max(rows * side, 0.6 * self.line))

    def size(self, grid: Grid) -> QSizeF:
        """The size with caption and range."""
        key = grid.shape_key
        if key not in self._sizes:
            self._sizes[key] = self._measured(grid)
        return self._sizes[key]

    def _measured(self, grid: Grid) -> QSizeF:
        cells, over = self.cells_size(grid), self.caption if grid.caption else 0.0
        width = cells.width() + self._mark(grid)
        if grid.caption:
            width = max(width, self.metrics.horizontalAdvance(grid.caption))
        if self.says_range(grid):
            width = max(width, 2 * self.metrics.horizontalAdvance(WIDEST_SHORT) + self.metrics.horizontalAdvance(" … "))
        return QSizeF(width, over + cells.height() + self.says_range(grid) * self.line + 2)

    def paint(self, painter: QPainter, grid: Grid, place: QPointF) -> None:
        """Paint cells, numbers and range, with the top left at a place."""
        theme = current_theme()
        x, y = float(round(place.x())), float(round(place.y() + (self.caption if grid.caption else 0)))
        painter.setFont(self.font)
        size = self.cells_size(grid)
        if self.has_numbers(grid):
            self._paint_numbers(painter, grid, x, y)
        else:
            painter.drawImage(QRectF(QPointF(x, y), size), heat_image(grid.entries, grid.scale))
        self._mark_what_matters(painter, grid, QRectF(QPointF(x, y), size))
        if self.says_range(grid):
            low, high = grid.span or (float(np.min(grid.entries)), float(np.max(grid.entries)))
            painter.setPen(QColor(theme.muted))
            words = f"{short_number(low)} … {short_number(high)}"
            painter.drawText(QPointF(x, y + size.height() + 2 + self.metrics.ascent()), words)

    def paint_still(self, painter: QPainter, grid: Grid, place: QPointF) -> None:
        """Paint what does not change with the numbers: the caption and the T."""
        painter.setFont(self.font)
        painter.setPen(QColor(current_theme().muted))
        if grid.caption:
            painter.drawText(place + QPointF(0, self.metrics.ascent()), grid.caption)
        if grid.upright:
            drop = (self.caption if grid.caption else 0) + self.metrics.ascent() * 0.8
            painter.drawText(place + QPointF(self.cells_size(grid).width() + 3, drop), "T")

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

    @staticmethod
    def _mark_what_matters(painter: QPainter, grid: Grid, cells: QRectF) -> None:
        rows, columns = grid.entries.shape
        if (grid.row is None and grid.column is None) or rows * columns == 1:
            return
        width, height = cells.width() / columns, cells.height() / rows
        x, wide = (cells.x(), cells.width()) if grid.column is None else (cells.x() + grid.column * width, width)
        y, high = (cells.y(), cells.height()) if grid.row is None else (cells.y() + grid.row * height, height)
        painter.setPen(QPen(QColor(current_theme().text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(x, y, wide - 1, high - 1))


def heat_image(values: FloatArray, scale: float) -> QImage:
    """A pixel for each entry."""
    pixels = np.ascontiguousarray(_inks(current_theme())[levels_of(values, scale) + LEVELS])
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


@cache
def _inks(theme: Theme) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """The colour of each level, from the most negative on."""
    shades = [QColor(colour_of(level, theme)).rgb() for level in range(-LEVELS, LEVELS + 1)]
    return np.array(shades, np.uint32)
