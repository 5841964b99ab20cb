"""Axes of a figure: a faint grid at round numbers, and the numbers inside along the left and the bottom."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from curvegui.core.language.text import localised
from curvegui.core.round_numbers import multiples, round_up
from curvegui.figure.drawing.caption import draw_text, letter_px, text_font
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import saved

FONT_PX = 11.0  # logical pixels, in a figure that is large enough
TICK_PX = 56.0  # logical pixels between two lines of the grid, at least: room for a number of 6 digits
PADDING_PX = 5.0  # logical pixels around a number


Ticks = list[tuple[float, str]]
"""Numbers along an axis: positions in device pixels, and labels."""


def tick_label(value: float, step: float) -> str:
    """A number with as many decimals as its neighbours need to differ, in the signs of the language."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return localised(f"{value:.{decimals}f}").replace("-", "−")


class Lettering:
    """The numbers' font, and the room that numbers take along a ``rect`` in device pixels."""

    def __init__(self, rect: QRectF, scale: float) -> None:
        self.scale, self.padding = scale, PADDING_PX * scale
        self.font = text_font(letter_px(rect, FONT_PX, scale))
        self.metrics = QFontMetricsF(self.font)
        self.room_below = self.metrics.height() + self.padding

    def room_beside(self, labels: Iterable[str]) -> float:
        return max(map(self.metrics.horizontalAdvance, labels), default=0.0) + 2 * self.padding


def axes_margins(rect: QRectF, scale: float) -> tuple[float, float, float]:
    """The room for numbers on the left and below, and for half a number on the right, in device pixels."""
    letters = Lettering(rect, scale)
    beside = letters.room_beside([tick_label(0.0, 0.1)])
    return beside, letters.room_below, beside / 2


def plot_area(data_map: DataMap, scale: float) -> QRectF:
    """The rectangle inside the axes' numbers, in device pixels."""
    return _laid_out(data_map, scale)[0]


def paint_axes(painter: QPainter, data_map: DataMap, look: Look, scale: float) -> None:
    """Draw the grid and the numbers of the visible part of the plane; ``scale`` is device pixels to a logical one."""
    plot, x_ticks, y_ticks, letters = _laid_out(data_map, scale)
    metrics, padding = letters.metrics, letters.padding
    with saved(painter):
        for x, label in x_ticks:
            if x < plot.left() - scale / 2:  # rounding alone leaves none out: what is beyond belongs to the others
                continue
            painter.fillRect(_whole(QRectF(x - scale / 2, plot.top(), scale, plot.height()), plot), look.grid.qcolor())
            width = metrics.horizontalAdvance(label)
            left = max(plot.left(), min(x - width / 2, plot.right() - padding - width))
            draw_text(painter, QPointF(left, plot.bottom() + metrics.ascent()), label, letters.font, look.text)
        for y, label in y_ticks:
            if y > plot.bottom() + scale / 2:
                continue
            painter.fillRect(_whole(QRectF(plot.left(), y - scale / 2, plot.width(), scale), plot), look.grid.qcolor())
            left = plot.left() - padding - metrics.horizontalAdvance(label)
            baseline = max(y, plot.top() + padding + metrics.height() / 2) + (metrics.ascent() - metrics.descent()) / 2
            draw_text(painter, QPointF(left, baseline), label, letters.font, look.text)


def _laid_out(data_map: DataMap, scale: float) -> tuple[QRectF, Ticks, Ticks, Lettering]:
    """The rectangle that the grid fills, the numbers below and beside it, and their lettering."""
    across, up = data_map.pixels_per_unit
    step = round_up(TICK_PX * scale / min(across, up))
    rect = data_map.rect
    x_ticks = [
        (rect.left() + (value - data_map.left) * across, tick_label(value, step))
        for value in multiples(step, data_map.left, data_map.right)
    ]
    y_ticks = [
        (rect.bottom() - (value - data_map.bottom) * up, tick_label(value, step))
        for value in multiples(step, data_map.bottom, data_map.top)
    ]
    letters = Lettering(rect, scale)
    plot = rect.adjusted(letters.room_beside(label for _, label in y_ticks), 0, 0, -letters.room_below)
    return plot, x_ticks, y_ticks, letters


def _whole(line: QRectF, plot: QRectF) -> QRectF:
    """A thin rectangle inside ``plot`` on whole pixels, where the rectangle is sharp and quickly filled."""
    width, height = max(1, round(line.width())), max(1, round(line.height()))
    left = min(math.floor(line.left() + 0.5), math.floor(plot.right()) - width)
    top = max(math.floor(line.top() + 0.5), math.ceil(plot.top()))
    return QRectF(left, top, width, height)
