"""A contact sheet: many small figures in a grid, each with lines of text under it."""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.caption import short_cost
from curvegui.core.learner.learner import Learner
from curvegui.core.sweep.plan import point_name
from curvegui.core.sweep.table import Row
from curvegui.figure.drawing.caption import draw_text, text_font
from curvegui.figure.drawing.data_map import scaled
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import LIGHT, Ink, Look
from curvegui.figure.drawing.polyline import at_once, saved
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.formats import PictureFormat, formats, spelled
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, painter_on

CELL_PX = 220  # logical pixels, the side of a figure
GAP_PX = 24  # between two figures, and the margin
LETTERS_PX = 13.0
STROKES = 0.6  # a figure's lines in widths of those of a figure alone, which is four times as large
LARGEST_PIXELS = 64_000_000  # of a PNG: a quarter of a gigabyte while it is painted
DETAIL = Ink(LIGHT.text.colour, 0.72)  # of the lines after the first


@dataclass(frozen=True, eq=False)
class SheetCell:
    """One figure of a contact sheet, with its own look and lines of text. The first line is in stronger letters; lines
    that are too long end in "…"."""

    figure: Figure
    look: Look
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetGrid:
    """The positions of the figures, in logical pixels, with so many lines of text under each."""

    count: int
    columns: int
    lines: int

    @property
    def rows(self) -> int:
        return math.ceil(self.count / self.columns)

    @property
    def text_height(self) -> float:
        return self.lines * LETTERS_PX * 1.45 + (6 if self.lines else 0)

    @property
    def width_px(self) -> int:
        return GAP_PX + self.columns * (CELL_PX + GAP_PX)

    @property
    def height_px(self) -> int:
        return math.ceil(GAP_PX + self.rows * (CELL_PX + self.text_height + GAP_PX))

    def square(self, index: int) -> QRectF:
        row, column = divmod(index, self.columns)
        across, down = CELL_PX + GAP_PX, CELL_PX + self.text_height + GAP_PX
        return QRectF(GAP_PX + column * across, GAP_PX + row * down, CELL_PX, CELL_PX)


class ContactSheet(PaintedFile):
    """A contact sheet on its way to bytes: advance it until it is ``painted``, then `encode` it.

    No more columns are used than there are cells; ``scale`` is pixels to a logical pixel, less where the sheet would be
    too large. Raises ``ValueError``, which says what to do, if there is no cell or the sheet would be longer than a
    picture can be, and ``MemoryError`` if there is no room for the pixels.
    """

    def __init__(self, cells: Sequence[SheetCell], columns: int, ending: str = "png", *, scale: float = 2) -> None:
        if not cells:
            raise ValueError(tr("There is nothing to put on the contact sheet."))
        form, columns = formats(PictureFormat)[ending], max(1, min(columns, len(cells)))
        self.grid = grid = SheetGrid(len(cells), columns, max(len(cell.lines) for cell in cells))
        possible = possible_scale(grid, form, scale) if form.has_pixels else 1.0
        if not possible:
            words = mark(
                "With {columns:,} columns the sheet would be {length:,} pixels long; a {format} is at most "
                "{most:,}. Choose about {count:,} columns, or PDF."
            )
            length, wanted = max(grid.width_px, grid.height_px), suggested_columns(grid.count)
            sizes = {"columns": grid.columns, "length": length, "most": form.largest_px, "count": wanted}
            raise ValueError(tr(words, format=spelled(form.ending), **sizes))
        description = tr("{cells:,} curves drawn by neural networks", cells=len(cells))
        spec = SurfaceSpec(grid.width_px, grid.height_px, possible, description=description)
        self._cells = tuple(cells)
        super().__init__(ending, spec, self._painted_on)

    def _painted_on(self, surface: PictureSurface) -> Generator[float, None, None]:
        """Paint figure by figure; the painter ends, also where the painting is given up half-way."""
        with painter_on(surface) as painter:
            painter.fillRect(QRectF(0, 0, surface.side, surface.height), Qt.GlobalColor.white)
            for index, cell in enumerate(self._cells):
                _paint_cell(painter, scaled(self.grid.square(index), surface.scale), cell, surface.scale)
                yield (index + 1) / len(self._cells)


def suggested_columns(count: int) -> int:
    """The number of columns with which a sheet is about as wide as high."""
    return max(1, math.ceil(math.sqrt(1.15 * count)))


def possible_scale(grid: SheetGrid, form: PictureFormat, scale: float = 2) -> float:
    """How many pixels to a logical pixel a sheet can have: at most ``scale``; 0 where the sheet is too long."""
    longest, area = max(grid.width_px, grid.height_px), grid.width_px * grid.height_px
    if longest > form.largest_px:
        return 0.0
    return min(scale, form.largest_px / longest, max(1.0, math.sqrt(LARGEST_PIXELS / area)))


def _paint_cell(painter: QPainter, square: QRectF, cell: SheetCell, scale: float) -> None:
    """Paint one figure, and write its lines below it: about a millisecond."""
    at_once(paint_figure(painter, square, cell.figure, cell.look, FigureOptions(), scale=STROKES * scale))
    with saved(painter):
        painter.setPen(QPen(LIGHT.grid.qcolor(), scale))
        painter.drawRect(square)
    font = text_font(LETTERS_PX * scale)
    metrics = QFontMetricsF(font)
    top = square.bottom() + 6 * scale
    with saved(painter):
        for number, line in enumerate(cell.lines):
            font.setBold(number == 0)
            shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, square.width())
            baseline = QPointF(square.left(), top + number * LETTERS_PX * 1.45 * scale + metrics.ascent())
            draw_text(painter, baseline, shown, font, DETAIL if number else LIGHT.text)


NOTHING = np.empty((0, 2, 1), np.float32)  # of a trail
MOST_CELLS = 64  # of a sheet: the first of the table


def sweep_sheet(rows: Sequence[Row], look: Look, ending: str) -> ContactSheet:
    """The sheet with the curves of the first rows; raises ``ValueError``, a sentence, if no row has its parameters."""
    cells = [_cell(row, look) for row in rows[:MOST_CELLS] if row.result.parameters]
    if not cells:
        raise ValueError(tr("There is no run whose curve could be drawn."))
    return ContactSheet(cells, suggested_columns(len(cells)), ending)


def _cell(row: Row, look: Look) -> SheetCell:
    learner = Learner(row.task.config)
    fit = learner.evaluate(np.array(row.result.parameters)).fit
    cost = short_cost(row.result.cost) + (", diverged" if row.result.diverged else "")
    figure = Figure(TargetDrawing.of(learner.target), NOTHING, fit, row.task.name)
    point = [point_name({name: value}) for name, value in row.task.changes.items() if name != "seed"]
    return SheetCell(figure, look, (tr("cost {cost}", cost=cost), *point, tr("seed {seed}", seed=row.task.config.seed)))
