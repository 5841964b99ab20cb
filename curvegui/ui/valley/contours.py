"""The surface from above, as a map: bands of colour with a line between two bands, and axes with values."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import multiples, powers_between, round_up
from curvegui.core.valley.surface import Surface
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.weight_colours import image_of
from curvegui.ui.widgets.numbers import short_number

RAMP = "#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"  # viridis: the colour-blind see its order too
MOST_EDGES = 9
SERIES = (1, 2, 5), (1, 3)  # the digits of round numbers, the finer series first
FEWEST_EDGES = 3  # fewer on the logarithmic scale: the costs are so near to each other that a plain one will do
PLAIN = 1e-3  # of a cost: what differs less is written alike
LEAST_COST, MOST_COST = 1e-30, 1e30


@dataclass(frozen=True, eq=False)
class CostScale:
    """A logarithmic scale from the lowest to the highest cost of a surface."""

    low: float
    high: float

    @classmethod
    def of(cls, costs: FloatArray) -> "CostScale":
        """The scale on which all finite costs can be told apart."""
        known = costs[np.isfinite(costs)].clip(LEAST_COST, MOST_COST)
        return cls(float(known.min()), float(known.max())) if known.size else cls(0.1, 1.0)

    @cached_property
    def edges(self) -> list[float]:
        if self.high <= self.low:
            return []
        low, high = np.log10([self.low, self.high]).tolist()
        for digits in SERIES:
            fine = [float(f"{digit}e{power}") for power in range(int(low) - 2, int(high) + 2) for digit in digits]
            fine = [edge for edge in fine if self.low < edge < self.high]
            if len(fine) <= MOST_EDGES:
                break
        else:
            return [10.0**power for power in powers_between(low, high, MOST_EDGES)]
        if len(fine) >= FEWEST_EDGES:
            return fine
        step = round_up((self.high - self.low) / MOST_EDGES)
        return [edge for edge in multiples(step, self.low, self.high) if self.low < edge < self.high]

    def bands(self, heights: FloatArray) -> NDArray[np.uint8]:
        found = np.zeros(heights.shape, np.uint8)
        for edge in self.heights(np.array(self.edges)).tolist():
            found += heights >= edge
        return found

    @cached_property
    def colours(self) -> list[QColor]:
        """The colours of the bands, evenly spread over the ramp."""
        bands, stops = np.linspace(0, 1, len(self.edges) + 1), np.linspace(0, 1, len(RAMP))
        channels = np.array([(stop.red(), stop.green(), stop.blue()) for stop in map(QColor, RAMP)]).T
        mixed = np.stack([np.interp(bands, stops, channel) for channel in channels], axis=1)
        return [QColor(*channels) for channels in mixed.round().astype(int).tolist()]

    def heights(self, costs: FloatArray) -> FloatArray:
        """Heights of costs, from 0 for the lowest to 1 for the highest, evenly by their logarithms."""
        low, high = np.log(self.low), np.log(self.high)
        logs = np.log(costs.clip(self.low, self.high))
        heights: FloatArray = (logs - low) / max(high - low, 1e-12)
        return heights


TICK_PX, GAP_PX = 4, 3
TICK_LINES = 5.0  # between two ticks across, in heights of a line of text; upwards, half of it
LINE_DARKER = 130  # % of the band's colour: Qt's measure


@dataclass(frozen=True, eq=False)
class ContourView:
    """A surface as a map, in an area of the widget."""

    surface: Surface
    scale: CostScale
    area: QRectF

    def on_screen(self, points: FloatArray, costs: FloatArray | None = None) -> FloatArray:
        """The positions in the widget of points of the plane, shape (K, 2) both, whatever their ``costs``."""
        x, y = self.surface.region.parts(points).T
        area = self.area
        return np.column_stack([area.left() + x * area.width(), area.bottom() - y * area.height()])

    def hides(self, points: FloatArray) -> NDArray[np.bool_]:
        return np.zeros(len(points), np.bool_)

    def plane_point(self, point: QPointF) -> FloatArray | None:
        """The point of the plane, shape (2,), at a position in the widget; None beside the map."""
        area = self.area
        if not area.contains(point):
            return None
        part = (point.x() - area.left()) / area.width(), (area.bottom() - point.y()) / area.height()
        found: FloatArray = self.surface.region.places(np.array([part]))[0]
        return found

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Paint the bands; the device has ``ratio`` pixels for one of the widget."""
        width, height = (max(round(ratio * side), 1) for side in (self.area.width(), self.area.height()))
        heights = self.scale.heights(self.surface.costs)
        across, down = _weights(len(heights), width), _weights(len(heights), height)[::-1]
        bands = self.scale.bands(down @ heights @ across.T)
        ends = np.zeros(bands.shape, np.bool_)
        ends[:, 1:] |= bands[:, 1:] != bands[:, :-1]
        ends[1:] |= bands[1:] != bands[:-1]
        colours = [*self.scale.colours, *(each.darker(LINE_DARKER) for each in self.scale.colours)]
        inks = np.array([each.rgb() for each in colours], np.uint32)
        painter.drawImage(self.area, image_of(inks[bands + len(self.scale.colours) * ends.astype(np.uint8)]))
        painter.setPen(QPen(QColor(current_theme().border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.area)

    def paint_axes(self, painter: QPainter, names: tuple[str, str], shifts: tuple[float, float]) -> None:
        """Write the axes' names and values; ``shifts`` are the values at the plane's origin."""
        area, region, line = self.area, self.surface.region, painter.fontMetrics().height()
        painter.setPen(QColor(current_theme().text))
        across, up = area.width() / (TICK_LINES * line), area.height() / (TICK_LINES / 2 * line)
        for value in _ticks(region.left + shifts[0], region.right + shifts[0], across):
            x = area.left() + area.width() * (value - shifts[0] - region.left) / (region.right - region.left)
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + TICK_PX))
            box = QRectF(x - TICK_LINES * line / 2, area.bottom() + TICK_PX, TICK_LINES * line, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short_tick(value))
        for value in _ticks(region.bottom + shifts[1], region.top + shifts[1], up):
            y = area.bottom() - area.height() * (value - shifts[1] - region.bottom) / (region.top - region.bottom)
            painter.drawLine(QPointF(area.left() - TICK_PX, y), QPointF(area.left(), y))
            box = QRectF(0, y - line / 2, area.left() - TICK_PX - GAP_PX, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short_tick(value))
        below = QRectF(area.left(), area.bottom() + TICK_PX + line, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{names[0]} →")
        painter.drawText(QRectF(GAP_PX, GAP_PX, area.right(), line), Qt.AlignmentFlag.AlignLeft, f"↑ {names[1]}")


def short_tick(value: float) -> str:
    return short_number(value).rstrip("0").rstrip(".,") if abs(value) < 100 and value else short_number(value)


def _ticks(low: float, high: float, most: float) -> list[float]:
    return multiples(round_up((high - low) / max(most, 1)), low, high)


def _weights(count: int, pixels: int) -> FloatArray:
    """The share of each value of the grid in each pixel, shape (pixels, count): two values share a pixel."""
    at = (np.arange(pixels) + 0.5) / pixels * (count - 1)
    weights: FloatArray = np.maximum(1 - np.abs(at[:, np.newaxis] - np.arange(count)), 0.0)
    return weights
