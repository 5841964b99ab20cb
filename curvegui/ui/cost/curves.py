"""The cost plot's curves, training and test, and the legend that names them: items that Qt paints by itself."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
)

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.polyline import hairline, hairlines
from curvegui.ui.cost.axes import HANDLE_PX
from curvegui.ui.look.theme import current_theme

WIDTH_PX = 1.5
DOT_PX, BETWEEN_PX = 1.5, 2.5  # of the curve of an earlier run
DASH_PX, SPACE_PX = 5.0, 4.0  # of the test cost's curve, so that not only the colour tells it from the other


def cost_pens() -> list[QPen]:
    """The pens of the training cost, the test cost, and the cost of an earlier run."""
    theme, solid, flat = current_theme(), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap
    return [QPen(QColor(each), WIDTH_PX, solid, flat) for each in (theme.accent, theme.second, theme.muted)]


class CostCurves:
    """The curves of training cost and test cost inside the item ``area``, and behind them those of an earlier run."""

    def __init__(self, area: QGraphicsItem) -> None:
        self._earlier = QGraphicsPathItem(area)
        self._shown: tuple[DataMap, FloatArray, float] | None = None  # of the earlier run, which does not change
        self._training, self._test = QGraphicsPathItem(area), QGraphicsPathItem(area)

    def colour(self) -> None:
        for item, pen in zip((self._training, self._test, self._earlier), cost_pens(), strict=True):
            item.setPen(hairline(pen.color()))

    def show(self, plane: DataMap, x: FloatArray, y: FloatArray, ratio: float) -> None:
        """Show costs in a part of the plane of the time axis and log₁₀(cost), ``ratio`` device pixels to a logical one.
        ``x``, shape (n,), ascends; ``y``, shape (2, n), has training and test cost, NaN for none."""
        for item, values, dashes in ((self._training, y[0], None), (self._test, y[1], (DASH_PX, SPACE_PX))):
            _draw(item, plane, np.stack([x, values]), dashes, ratio)

    def show_earlier(self, plane: DataMap, x: FloatArray, y: FloatArray, ratio: float) -> None:
        """Show the costs of an earlier run, arrays of shape (n,) as in `show`; no curve where the arrays are empty."""
        if self._shown is None or self._shown[::2] != (plane, ratio) or self._shown[1] is not x:
            self._shown = plane, x, ratio
            _draw(self._earlier, plane, np.stack([x, y]), (DOT_PX, BETWEEN_PX), ratio)


def _draw(
    item: QGraphicsPathItem, plane: DataMap, points: FloatArray, dashes: tuple[float, float] | None, ratio: float
) -> None:
    if not np.isfinite(points[1]).any():
        item.setPath(QPainterPath())
        return
    across, down = plane.map(points)
    across, down = outline(across, down)
    curve = np.stack(dashed(across, down, *dashes) if dashes else (across, down))
    apart = np.full((2, 1), np.nan)
    lines = np.hstack([part for each in hairlines(curve, WIDTH_PX, ratio) for part in (each, apart)])
    item.setPath(pg.arrayToQPath(*lines, connect="finite"))


def outline(x: FloatArray, y: FloatArray, column: float = 1.0) -> tuple[FloatArray, FloatArray]:
    """The lowest and highest point in each ``column`` of pixels: fewer points that look the same. ``x``, ``y`` are
    pixels, shape (n,); ``x`` ascends, ``y`` is NaN where a column is empty."""
    starts = np.flatnonzero(np.diff(np.floor(x / column), prepend=-np.inf))
    if 2 * len(starts) >= len(x):
        return x, y
    both = np.stack([np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)], axis=1)
    return np.repeat(x[starts], 2), both.ravel()


def dashed(
    x: FloatArray, y: FloatArray, dash: float = DASH_PX, space: float = SPACE_PX
) -> tuple[FloatArray, FloatArray]:
    """A curve with gaps (NaN), evenly along ``x``: a pen's dashes would be lost on steep parts. ``x``, which ascends,
    and ``y`` are pixels, shape (n,). Points are added where dashes begin and end."""
    if len(x) < 2:
        return x, y
    period = dash + space
    starts = np.arange(np.floor(x[0] / period), np.ceil(x[-1] / period)) * period
    edges = np.stack([starts, starts + dash, starts + dash + space / 2], axis=1).ravel()
    levels = np.interp(edges, x, y, left=np.nan, right=np.nan)
    levels[2::3] = np.nan
    is_dash = x % period <= dash
    across, down = np.concatenate([x[is_dash], edges]), np.concatenate([y[is_dash], levels])
    order = np.argsort(across, kind="stable")
    return across[order], down[order]


SAMPLE_PX = 3 * DASH_PX + 2 * SPACE_PX  # of each curve: three dashes
GAP_PX = 6.0
LEAST_AREA = 2.5  # the height of the plot in those of the legend: in a lower one it would cover the curves
MOST_NAME_LINES = 12  # the width of a name at most, in heights of a line of text


class CostLegend(QGraphicsRectItem):
    """A sample of each curve and its name, in a row inside the item ``area``."""

    def __init__(self, area: QGraphicsItem) -> None:
        super().__init__(area)
        self._samples = [QGraphicsLineItem(self) for _ in range(3)]
        self._names = [QGraphicsSimpleTextItem(self) for _ in self._samples]
        self._metrics = QFontMetricsF(QFont())
        self._said: tuple[bool, str] | None = None
        self.hide()

    def say(self, test: bool, earlier: str) -> None:
        """Name the curves of training cost, of test cost, and of an ``earlier`` run; a single curve needs no name."""
        if (test, earlier) == self._said:
            return
        self._said = test, earlier
        for item, words in zip(self._names, ("training", "test" if test else "", earlier), strict=True):
            width = MOST_NAME_LINES * self._metrics.height()
            item.setText(self._metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, width))
        self._lay_out()

    def colour(self, font: QFont) -> None:
        theme = current_theme()
        self.setBrush(QColor(theme.card))
        self.setPen(QColor(0, 0, 0, 0))
        _, test, earlier = pens = cost_pens()
        for pen, pattern in ((test, (DASH_PX, SPACE_PX)), (earlier, (DOT_PX, BETWEEN_PX))):
            pen.setDashPattern([length / pen.widthF() for length in pattern])
        for sample, name, pen in zip(self._samples, self._names, pens, strict=True):
            sample.setPen(pen)
            name.setFont(font)
            name.setBrush(QColor(theme.muted))
        self._metrics, self._said = QFontMetricsF(font), None
        self._lay_out()

    def _lay_out(self) -> None:
        metrics = self._metrics
        x, middle = GAP_PX, metrics.height() / 2
        for sample, name in zip(self._samples, self._names, strict=True):
            sample.setVisible(bool(name.text()))
            if not name.text():
                continue
            sample.setLine(x, middle, x + SAMPLE_PX, middle)
            name.setPos(x + SAMPLE_PX + GAP_PX, 0.0)
            x = name.x() + metrics.horizontalAdvance(name.text()) + 2 * GAP_PX
        self.setRect(QRectF(0, 0, x - GAP_PX, metrics.height()))

    def move(self, area: QRectF, playhead: float) -> None:
        """Move the legend to the upper right corner of ``area``, or to the left of a ``playhead`` that crosses it."""
        is_high = area.height() >= LEAST_AREA * self.rect().height()
        self.setVisible(self._said is not None and any(self._said) and is_high)
        beside = HANDLE_PX + GAP_PX
        left = area.right() - beside - self.rect().width()
        pushed = playhead - beside - self.rect().width()
        is_crossed = left < playhead + beside and pushed > area.left()
        self.setPos(min(left, pushed) if is_crossed else left, area.top())
