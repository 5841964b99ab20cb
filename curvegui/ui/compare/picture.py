"""The picture of a wall: the layout of its canvases, and what is painted of each network."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray
from curvegui.core.ensemble.ensemble import thinned
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import draw_lines, saved
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target
from curvegui.ui.compare.words import DIVERGED
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme

MARGIN_PX = 3.0  # around all of them: room for the frame of the one that has the focus
LEAST_PX = 4.0  # the side of a canvas, however little room there is


@dataclass(frozen=True)
class WallLayout:
    """The canvases on a widget, counted row by row; lengths are px. ``side`` is a canvas's, ``words`` the height of the
    words under each, 0 without words, and ``gap`` is between canvases; the first one is at ``left`` and ``top``."""

    count: int
    columns: int
    side: float
    words: float
    gap: float
    left: float
    top: float

    @property
    def corners(self) -> FloatArray:
        """The upper left corner of each canvas, shape (count, 2)."""
        index = np.arange(self.count)
        across = self.left + (index % self.columns) * (self.side + self.gap)
        down = self.top + (index // self.columns) * (self.side + self.words + self.gap)
        return np.column_stack([across, down])

    def area(self, corner: FloatArray) -> QRectF:
        """The rectangle of a canvas with its words."""
        return QRectF(float(corner[0]), float(corner[1]), self.side, self.side + self.words)

    def index_at(self, position: QPointF) -> int:
        """The index of the canvas at a position, or -1."""
        areas = map(self.area, self.corners)
        return next((index for index, area in enumerate(areas) if area.contains(position)), -1)


def lay_out(count: int, width: float, height: float, line: float, widest_words: float) -> WallLayout:
    """Lay ``count`` canvases out on an area of ``width`` and ``height`` px. A line of text is ``line`` px high; where
    words of ``widest_words`` px do not fit under a canvas, no canvas has words."""
    gap = max(3.0, min(width, height) / 80)
    width, height = width - 2 * MARGIN_PX, height - 2 * MARGIN_PX
    words, (columns, side) = line, _largest(count, width, height, line, gap)
    if side < widest_words:
        words, (columns, side) = 0.0, _largest(count, width, height, 0.0, gap)
    rows, side = ceil(count / columns), max(side, LEAST_PX)
    left = (width - columns * (side + gap) + gap) / 2
    top = (height - rows * (side + words + gap) + gap) / 2
    return WallLayout(count, columns, side, words, gap, MARGIN_PX + max(left, 0.0), MARGIN_PX + max(top, 0.0))


def _largest(count: int, width: float, height: float, words: float, gap: float) -> tuple[int, float]:
    """The number of columns with which canvases are largest, and their side in whole px; full rows go first."""
    sides = []
    for columns in range(1, count + 1):
        rows = ceil(count / columns)
        across, down = (width + gap) / columns - gap, (height + gap) / rows - gap - words
        sides.append((float(int(min(across, down))), count % columns == 0, -columns))
    side, _, columns = max(sides)
    return -columns, side


def stepped(index: int, across: int, down: int, layout: WallLayout) -> int:
    """The canvas that arrow keys lead to: from the end of a row to the next row, but not out of the picture."""
    wanted = index + across + down * layout.columns
    return wanted if 0 <= wanted < layout.count else index


EDGE = 0.05  # of a canvas's side, around the unit square
BEYOND = 0.04  # of the unit square, up to which a curve is drawn outside of it
FAINT = 0.45  # the target's opacity
FINEST_PX = 1.2  # of a canvas's side for each point of a curve: more of them cannot be told apart
FEWEST_POINTS = 40
ROUNDNESS_PX = 5.0
BADGE_LINES = 4.0  # the side of a canvas that has room for its rank: on smaller ones only the first has one
VALUE_LINES = 2.0  # the same for the value in it, where there is no room below
NAMED_LINES = 2  # of words below a canvas in a race, where names are long: the name, and below it the cost
POINT_PX = 2.5  # the radius of a curve that is one point


@dataclass(frozen=True)
class WallWords:
    """The words at each canvas: "noise 1" in ``names``, "1" in ``values``; a network that diverged has no cost."""

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()


def tile(target: TargetDrawing, side: float, ratio: float, look: Look) -> QPixmap:
    """A canvas without a curve, in a look; ``ratio`` is how many device pixels a logical px is."""
    theme = current_theme()
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(theme.window))
    painter, area = painter_for(made), QRectF(0, 0, side, side)
    with saved(painter):
        shape = QPainterPath()
        shape.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), ROUNDNESS_PX, ROUNDNESS_PX)
        painter.fillPath(shape, look.background.brush(area))
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawPath(shape)
    painter.setOpacity(FAINT)
    margin = EDGE * side
    square = area.adjusted(margin, margin, -margin, -margin)
    paint_target(painter, target, DataMap.unit_square(square, area), look, _scale(side))
    painter.end()
    return made


def paint_curves(painter: QPainter, side: float, corners: FloatArray, fits: NDArray[np.float32], look: Look) -> None:
    """Paint all curves, shape (K, 2, n), in canvases whose upper left corners have shape (K, 2)."""
    pen = look.fit.pen(_scale(side))
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)  # as quick as flat ones, and without gaps at the corners
    with saved(painter):
        painter.setPen(pen)
        draw_lines(painter, curve_lines(side, corners, fits))
        painter.setBrush(pen.color())
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y in points_of(side, corners, fits).tolist():
            painter.drawEllipse(QPointF(x, y), POINT_PX, POINT_PX)


def paint_words(painter: QPainter, layout: WallLayout, corners: FloatArray, words: WallWords, look: Look) -> None:
    """Paint value and cost under each canvas, or the value in it, and the rank in its corner, if there is room."""
    metrics, theme, side = QFontMetricsF(painter.font()), current_theme(), layout.side
    line = metrics.height()
    left = _fitting(side, words, metrics) if layout.words <= line else ()
    at_left, at_right, centred = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
    middle = Qt.AlignmentFlag.AlignVCenter
    for index, (x, y) in enumerate(corners.tolist()):
        below = QRectF(x, y + side + layout.words - line, side, line)
        painter.setPen(QColor(theme.muted))
        if layout.words > line and words.values:
            shown = metrics.elidedText(words.values[index], Qt.TextElideMode.ElideRight, side)
            painter.drawText(below.translated(0, -line), centred | middle, shown)
        if layout.words and left:
            write(painter, below, at_left | middle, left[index])
        if not layout.words and words.values and side >= VALUE_LINES * line:
            inside = QRectF(x, y, side, side).adjusted(3, 0, -3, -1)
            painter.setPen(look.text.qcolor())
            shown = metrics.elidedText(words.values[index], Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, at_left | Qt.AlignmentFlag.AlignBottom, shown)
        if layout.words and words.costs:
            painter.setPen(QColor(theme.text))
            painter.drawText(below, (at_right if left else centred) | middle, words.costs[index])
        if words.costs and not words.costs[index]:  # a sign and, where there is room, in words
            painter.setPen(look.text.qcolor())
            has_room = metrics.horizontalAdvance(f"{tr(DIVERGED)} ") <= side
            for shown, down in (("▲", -line / 2), (tr(DIVERGED), line / 2)) if has_room else (("▲", 0.0),):
                painter.drawText(QRectF(x, y + down, side, side), Qt.AlignmentFlag.AlignCenter, shown)
    _paint_badges(painter, corners, words, only_first=side < BADGE_LINES * line)


def _paint_badges(painter: QPainter, corners: FloatArray, words: WallWords, only_first: bool) -> None:
    theme, bold = current_theme(), QFont(painter.font())
    bold.setBold(True)
    metrics = QFontMetricsF(bold)
    height = metrics.height()
    with saved(painter):
        painter.setFont(bold)
        for (x, y), rank, cost in zip(corners.tolist(), words.ranks, words.costs, strict=False):
            leads = rank == "1"
            if not cost or (only_first and not leads):
                continue
            width = max(metrics.horizontalAdvance(f"#{rank}") + height * 0.6, height)
            badge = QRectF(x + 4, y + 4, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent if leads else theme.chip))
            painter.drawRoundedRect(badge, height / 2, height / 2)
            painter.setPen(QColor(theme.on_accent if leads else theme.text))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, f"#{rank}")


def curve_lines(side: float, corners: FloatArray, fits: NDArray[np.float32]) -> FloatArray:
    """All curves as short lines in px, shape (n, 4), without those that would leave their canvas. ``side`` and
    ``corners``, shape (K, 2), are the canvases'; ``fits``, shape (K, 2, m), are in the plane, y up."""
    curves = thinned(fits.astype(np.float64), max(FEWEST_POINTS, int(side / FINEST_PX)))
    within: BoolArray = (curves >= -BEYOND) & (curves <= 1.0 + BEYOND)  # what is not a number is not
    inside = np.logical_and.reduce(within, axis=1)
    inner = inside[:, :-1] & inside[:, 1:]
    scale, margin = side * (1.0 - 2.0 * EDGE), EDGE * side
    with np.errstate(invalid="ignore", over="ignore"):
        points = curves * np.array([[scale], [-scale]])
        points += (corners + np.array([margin, side - margin]))[:, :, np.newaxis]
    ends = points.transpose(0, 2, 1)
    lines = np.concatenate([ends[:, :-1], ends[:, 1:]], axis=2)
    return np.ascontiguousarray(lines[inner])


def points_of(side: float, corners: FloatArray, fits: NDArray[np.float32]) -> FloatArray:
    """The positions, px, shape (n, 2), of curves that are too small to be seen as lines."""
    scale, margin, middle = side * (1.0 - 2.0 * EDGE), EDGE * side, fits[:, :, 0].astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        is_inside = (np.abs(middle - 0.5) <= 0.5 + BEYOND).all(axis=1)
        tiny = (np.ptp(fits, axis=2).max(axis=1) * scale < POINT_PX) & is_inside
        vertices = corners + np.array([margin, side - margin]) + middle * np.array([scale, -scale])
    found: FloatArray = vertices[tiny]
    return found


def _fitting(width: float, words: WallWords, metrics: QFontMetricsF) -> tuple[str, ...]:
    """The longest words about the setting that fit beside the costs; empty if there is no room."""
    costs = words.costs or ("",) * len(words.names)
    for texts in (words.names, words.values):
        lines = map("  ".join, zip(texts, costs, strict=True))
        if max(map(metrics.horizontalAdvance, lines), default=0.0) <= width:
            return texts
    return ()


def _scale(side: float) -> float:
    """The factor for the width of pens, which are thin on small canvases."""
    return min(max(side / 220.0, 0.5), 1.0)
