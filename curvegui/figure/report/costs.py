"""The costs of a run on a report: both axes by their logarithms, as along the timeline."""

from collections.abc import Callable
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.round_numbers import power_labels, powers_between
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LineStyle
from curvegui.figure.drawing.polyline import saved, stroke_curve
from curvegui.figure.report.lettering import MUTED, RULE, SMALL_PX, letters, write

CURVES = LineStyle("#00304d", 1.6), LineStyle("#c25100", 1.6, dashes=(4.0, 2.0))  # the cost, and the test cost
NAMES = mark("training"), mark("test")
FIRST = 10.0  # iterations before it would fill a third of the axis
LEAST_COST = 1e-300  # 0 has no logarithm
BESIDE_PX, BELOW_PX, TICK_PX = 42.0, 34.0, 22.0
NAME_PX = 36.0  # a sample of a curve, and what is around it and its name


def paint_costs(painter: QPainter, rect: QRectF, costs: FloatArray, number: Callable[[float], str]) -> None:
    """Paint rows of iteration, cost and test cost, NaN for none, shape (n, 3); ``number`` writes the labels."""
    plane = _plane(rect.adjusted(BESIDE_PX, SMALL_PX / 2, -1, -BELOW_PX), costs)
    with saved(painter):
        _label(painter, plane, number)
        x, y = np.log10(np.maximum(costs[:, 0], 1.0)), _logarithms(costs)
        painter.setClipRect(plane.rect)
        for row, stroke in zip(y, CURVES, strict=True):
            stroke_curve(painter, plane.map(np.stack([x, row])[:, np.isfinite(row)]), stroke.pen(1.0))
    if np.isfinite(costs[:, 2]).any():
        _name_curves(painter, plane.rect)


def _logarithms(costs: FloatArray) -> FloatArray:
    finite = np.where(np.isfinite(costs[:, 1:]), costs[:, 1:], np.nan)
    logarithms: FloatArray = np.log10(np.maximum(finite, LEAST_COST)).T
    return logarithms


def _plane(area: QRectF, costs: FloatArray) -> DataMap:
    last = max(float(costs[-1, 0]), FIRST)
    y = _logarithms(costs)[:, costs[:, 0] >= min(FIRST, last / FIRST)]
    y = y[np.isfinite(y)]
    low, high = (floor(y.min()), ceil(y.max())) if y.size else (-1, 0)
    device = (area.x(), area.y(), area.width(), area.height())
    left = 1.0 if last > FIRST**2 else 0.0
    return DataMap(left=left, right=log10(last * 1.02), bottom=low, top=max(high, low + 1), device=device)


def _label(painter: QPainter, plane: DataMap, number: Callable[[float], str]) -> None:
    font, area = letters(SMALL_PX), plane.rect
    middle = QFontMetricsF(font).capHeight() / 2
    across, up = plane.pixels_per_unit
    powers = powers_between(plane.bottom, plane.top, int(area.height() / TICK_PX))
    for power, text in zip(powers, power_labels(powers, number), strict=True):
        y = area.bottom() - (power - plane.bottom) * up
        painter.fillRect(QRectF(area.left(), y - 0.4, area.width(), 0.8), RULE.qcolor())
        write(painter, QPointF(area.left() - 6, y + middle), text, font, MUTED, align=1.0)
    below = area.bottom() + 2 * middle + 6
    for power in powers_between(plane.left, plane.right, 8):
        x = area.left() + (power - plane.left) * across
        painter.fillRect(QRectF(x - 0.4, area.bottom(), 0.8, 4), MUTED.qcolor())
        write(painter, QPointF(x, below), number(10.0**power), font, MUTED, align=0.5)
    write(painter, QPointF(area.right(), below + 1.4 * SMALL_PX), tr("Iteration"), font, MUTED, align=1.0)


def _name_curves(painter: QPainter, area: QRectF) -> None:
    """Name the curves at the upper right, each after a sample."""
    names, y, font = [tr(name) for name in NAMES], area.top() + 14, letters(SMALL_PX)
    x = area.right() - sum(NAME_PX + QFontMetricsF(font).horizontalAdvance(name) for name in names)
    for name, stroke in zip(names, CURVES, strict=True):
        with saved(painter):
            painter.setPen(stroke.pen(1.0))
            painter.drawLine(QPointF(x, y - 4), QPointF(x + 20, y - 4))
        x += NAME_PX + write(painter, QPointF(x + 24, y), name, font, MUTED)
