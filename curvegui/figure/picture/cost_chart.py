"""The picture of a sweep: one panel for each setting, a dot for each run, the higher the worse."""

import math
from collections.abc import Generator, Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.sweep.table import CostChart, CostPanel, decade_texts
from curvegui.figure.drawing.caption import draw_text, text_font
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import saved
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, painter_on

PANEL_PX = (340, 280)  # logical pixels, with its numbers
MOST_ACROSS = 3
LETTERS_PX = 12.0
GAP_PX = 14.0
LEFT_PX, BELOW_PX = 48.0, 44.0  # room for the costs, and for the values with the setting's name
DOT_PX = 2.6  # a run's radius
LINE_PX = 1.6
KEY_PX = 26.0
KEY = mark("dots: runs · line: median · ×: diverged")
MOST_DECADES = 9  # lines across a panel
MOST_LINES = 7  # of names below a panel, each of which takes from its height
MOST_BELOW = 0.4  # of that height


class CostPicture(PaintedFile):
    """A chart on its way to bytes, with ``scale`` pixels to a logical pixel in formats with pixels."""

    def __init__(self, chart: CostChart, look: Look, ending: str = "png", *, scale: float = 2) -> None:
        columns = min(len(chart.panels), MOST_ACROSS)
        rows = math.ceil(len(chart.panels) / columns)
        width, height = columns * PANEL_PX[0], round(rows * PANEL_PX[1] + KEY_PX)
        spec = SurfaceSpec(width, height, scale, description=tr("Cost by setting"))
        self._chart, self._look = chart, look
        super().__init__(ending, spec, self._painted_on)

    def _painted_on(self, surface: PictureSurface) -> Generator[float, None, None]:
        with painter_on(surface) as painter:
            area = QRectF(0, 0, surface.side, surface.height)
            paint_chart(painter, area, self._chart, self._look, surface.scale)
            yield 1.0


def grid_in(panels: int, width: float, height: float) -> tuple[int, int]:
    grids = [(columns, math.ceil(panels / columns)) for columns in range(1, panels + 1)]
    shape = PANEL_PX[0] / PANEL_PX[1]
    return max(grids, key=lambda grid: (round(min(width / grid[0] / shape, height / grid[1])), grid[0]))


def paint_chart(painter: QPainter, rect: QRectF, chart: CostChart, look: Look, scale: float) -> None:
    """Paint a chart with its background in ``rect``, in device pixels, ``scale`` of which are a logical pixel."""
    columns, rows = grid_in(len(chart.panels), rect.width(), rect.height() - KEY_PX * scale)
    with saved(painter):
        painter.fillRect(rect, look.background.brush(rect))
        wide, high = rect.width() / columns, (rect.height() - KEY_PX * scale) / rows
        panels = []
        for index, panel in enumerate(chart.panels):
            row, column = divmod(index, columns)
            area = QRectF(rect.left() + column * wide, rect.top() + row * high, wide, high)
            panels.append(_Panel(painter, area, look, scale, panel))
        lines = max(each.lines for each in panels)  # the same below all of them, so that costs are as high in each
        for each in panels:
            each.paint(chart, lines)
        font = text_font(LETTERS_PX * 0.9 * scale)
        below = QPointF(rect.left() + LEFT_PX * scale, rect.bottom() - KEY_PX * scale / 3)
        draw_text(painter, below, tr(KEY), font, look.text)


class _Panel:
    """The painter of one panel, whose values stand in ``lines`` lines below each other."""

    def __init__(self, painter: QPainter, area: QRectF, look: Look, scale: float, panel: CostPanel) -> None:
        self._painter, self._look, self._scale, self._panel = painter, look, scale, panel
        gap = GAP_PX * scale
        self._plot = area.adjusted(LEFT_PX * scale, gap, -gap, -BELOW_PX * scale)
        self._font = text_font(LETTERS_PX * scale)
        self._metrics = QFontMetricsF(self._font)
        self._values = list(self._placed(area))
        self.lines = 1 + max((line for _, line, _ in self._values), default=0)

    def _placed(self, area: QRectF) -> Iterator[tuple[float, int, str]]:
        """The values there is room for: left edge, line and words. Names that would touch stand in different lines."""
        room = min(MOST_LINES, 1 + int(MOST_BELOW * self._plot.height() / self._metrics.height()))
        free_from = [-math.inf] * (room if self._panel.has_names else 1)
        for along, label in self._panel.ticks:
            width = self._metrics.horizontalAdvance(label)
            left = self._plot.left() + along * self._plot.width() - width / 2
            left = max(min(left, area.right() - width), area.left())
            line = next((line for line, free in enumerate(free_from) if left >= free), None)
            if line is not None:
                free_from[line] = left + width + 6 * self._scale
                yield left, line, label

    def paint(self, chart: CostChart, lines: int) -> None:
        self._plot.setBottom(self._plot.bottom() - (lines - 1) * self._metrics.height())
        panel = self._panel
        self._paint_costs(chart)
        baseline = self._plot.bottom() + 6 * self._scale + self._metrics.ascent()
        for left, line, words in self._values:
            self._write(words, left, baseline + line * self._metrics.height())
        middle = self._plot.center().x() - self._metrics.horizontalAdvance(panel.label) / 2
        self._write(panel.label, middle, baseline + self.lines * self._metrics.height())
        x = self._plot.left() + panel.positions * self._plot.width()
        sane = np.where(panel.diverged, chart.high, np.clip(panel.decades, chart.low, chart.high))
        y, medians, painter = self._down(chart, sane), panel.medians, self._painter
        across, down = self._plot.left() + medians[:, 0] * self._plot.width(), self._down(chart, medians[:, 1])
        points = [QPointF(*each) for each in zip(across.tolist(), down.tolist(), strict=True)]
        painter.setPen(QPen(self._look.target.pen(1).color(), LINE_PX * self._scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
        size, colour = DOT_PX * self._scale, QColor(self._look.fit.pen(1).color())
        colour.setAlphaF(0.6)
        for across, down, diverged in zip(x.tolist(), y.tolist(), panel.diverged.tolist(), strict=True):
            at = QPointF(across, down)
            if diverged:
                painter.setPen(QPen(self._look.text.qcolor(), self._scale))
                for tilt in (-size, size):
                    painter.drawLine(at + QPointF(-size, tilt), at + QPointF(size, -tilt))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(at, size, size)

    def _down(self, chart: CostChart, decades: FloatArray) -> FloatArray:
        """Where costs lie, given by their powers of ten: the higher the worse."""
        return self._plot.bottom() - (decades - chart.low) / (chart.high - chart.low) * self._plot.height()

    def _paint_costs(self, chart: CostChart) -> None:
        step = math.ceil((chart.high - chart.low) / MOST_DECADES)
        decades = range(chart.low, chart.high + 1, step)
        places = self._down(chart, np.array(decades)).tolist()
        for down, label in zip(places, decade_texts(decades), strict=True):
            line = QRectF(self._plot.left(), down, self._plot.width(), self._scale)
            self._painter.fillRect(line, self._look.grid.qcolor())
            left = self._plot.left() - 6 * self._scale - self._metrics.horizontalAdvance(label)
            self._write(label, left, down + (self._metrics.ascent() - self._metrics.descent()) / 2)

    def _write(self, text: str, left: float, baseline: float) -> None:
        draw_text(self._painter, QPointF(left, baseline), text, self._font, self._look.text)
