"""Paints all canvases of a wall in one go: the targets from one picture, all curves as one array of short lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray
from curvegui.core.ensemble.wall_snapshot import thinned
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.polyline import draw_lines, saved
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme
from curvegui.ui.wall.layout import WallLayout
from curvegui.ui.wall.words import DIVERGED

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
    """What is written at each canvas.

    It has ``names`` of the setting along the wall, such as "noise 1", and ``values`` without the setting. There are
    no ``costs`` and ``ranks`` before they are known; an empty cost is one of a network whose numbers ran away.
    """

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()

    def lost(self, member: int) -> bool:
        """Whether a network's numbers ran away."""
        return bool(self.costs) and not self.costs[member]


class WallFace:
    """How a wall looks with a target and a font, in the theme."""

    def __init__(self, target: TargetDrawing) -> None:
        self._target = target
        self._tile = QPixmap()
        self._key: tuple[float, float, str] | None = None

    def paint_tiles(self, painter: QPainter, layout: WallLayout, corners: FloatArray, ratio: float) -> None:
        """Paint the canvases without curves; corners have shape (K, 2)."""
        key = layout.side, ratio, current_theme().key
        if self._key != key:
            self._key, self._tile = key, self._made_tile(layout.side, ratio)
        for x, y in corners.tolist():
            painter.drawPixmap(QPointF(x, y), self._tile)

    @property
    def _look(self) -> Look:
        return LOOKS[current_theme().key]

    def _made_tile(self, side: float, ratio: float) -> QPixmap:
        tile = QPixmap(round(side * ratio), round(side * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(QColor(current_theme().window))
        painter, area = painter_for(tile), QRectF(0, 0, side, side)
        with saved(painter):
            shape = QPainterPath()
            shape.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), ROUNDNESS_PX, ROUNDNESS_PX)
            painter.fillPath(shape, self._look.background.brush(area))
            painter.setPen(QPen(QColor(current_theme().border), 1.0))
            painter.drawPath(shape)
        painter.setOpacity(FAINT)
        margin = EDGE * side
        square = area.adjusted(margin, margin, -margin, -margin)
        paint_target(painter, self._target, DataMap.unit_square(square, area), self._look, _scale(side))
        painter.end()
        return tile

    def paint_curves(
        self, painter: QPainter, layout: WallLayout, corners: FloatArray, fits: NDArray[np.float32]
    ) -> None:
        """Paint all curves, shape (K, 2, n)."""
        pen = self._look.fit.pen(_scale(layout.side))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        with saved(painter):
            painter.setPen(pen)
            draw_lines(painter, curve_lines(layout.side, corners, fits))
            painter.setBrush(pen.color())
            painter.setPen(Qt.PenStyle.NoPen)
            for x, y in points_of(layout.side, corners, fits).tolist():
                painter.drawEllipse(QPointF(x, y), POINT_PX, POINT_PX)

    def paint_words(self, painter: QPainter, layout: WallLayout, corners: FloatArray, words: WallWords) -> None:
        """Paint value and cost under each canvas, or the value in it, and its rank in the corner, if there is room."""
        metrics = QFontMetricsF(painter.font())
        line = metrics.height()
        left = _fitting(layout.side, words, metrics) if layout.words <= line else ()
        bottom, names = Qt.AlignmentFlag.AlignVCenter, words.values if layout.words > line else ()
        for index, (x, y) in enumerate(corners.tolist()):
            below = QRectF(x, y + layout.side + layout.words - line, layout.side, line)
            if names:
                painter.setPen(QColor(current_theme().muted))
                shown = metrics.elidedText(names[index], Qt.TextElideMode.ElideRight, layout.side)
                painter.drawText(below.translated(0, -line), Qt.AlignmentFlag.AlignHCenter | bottom, shown)
            if layout.words and left:
                painter.setPen(QColor(current_theme().muted))
                write(painter, below, Qt.AlignmentFlag.AlignLeft | bottom, left[index])
            if layout.words and words.costs:
                painter.setPen(QColor(current_theme().text))
                side = Qt.AlignmentFlag.AlignRight if left else Qt.AlignmentFlag.AlignHCenter
                painter.drawText(below, side | bottom, words.costs[index])
            if not layout.words and words.values and layout.side >= VALUE_LINES * line:
                painter.setPen(QColor(current_theme().muted))
                inside = QRectF(x, y, layout.side, layout.side).adjusted(3, 0, -3, -1)
                painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words.values[index])
            if words.lost(index):
                self._paint_lost(painter, QRectF(x, y, layout.side, layout.side), line)
        self._paint_badges(painter, corners, words, only_first=layout.side < BADGE_LINES * line)

    def _paint_lost(self, painter: QPainter, area: QRectF, line: float) -> None:
        """Mark a network whose numbers ran away: by a sign and, where there is room, in words."""
        painter.setPen(QColor(current_theme().warning))
        if QFontMetricsF(painter.font()).horizontalAdvance(f"{tr(DIVERGED)} ") > area.width():
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "▲")
            return
        painter.drawText(area.translated(0, -line / 2), Qt.AlignmentFlag.AlignCenter, "▲")
        painter.drawText(area.translated(0, line / 2), Qt.AlignmentFlag.AlignCenter, tr(DIVERGED))

    def _paint_badges(self, painter: QPainter, corners: FloatArray, words: WallWords, only_first: bool) -> None:
        theme, usual = current_theme(), QFont(painter.font())
        bold = QFont(usual)
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        height = metrics.height()
        with saved(painter):
            painter.setFont(bold)
            for (x, y), rank, cost in zip(corners.tolist(), words.ranks, words.costs, strict=False):
                leads = rank == "1"
                if not cost or (only_first and not leads):
                    continue
                shown = f"#{rank}"
                width = max(metrics.horizontalAdvance(shown) + height * 0.6, height)
                badge = QRectF(x + 4, y + 4, width, height)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.accent if leads else theme.chip))
                painter.drawRoundedRect(badge, height / 2, height / 2)
                painter.setPen(QColor(theme.on_accent if leads else theme.text))
                painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, shown)


def curve_lines(side: float, corners: FloatArray, fits: NDArray[np.float32]) -> FloatArray:
    """All curves as short lines in px, without those that would leave their canvas; shape (n, 4).

    ``side`` is a canvas's; ``corners``, shape (K, 2), are the upper left ones; ``fits``, shape (K, 2, m), are in the
    plane, y up.
    """
    curves = thinned(fits.astype(np.float64), max(FEWEST_POINTS, int(side / FINEST_PX)))
    within: BoolArray = (curves >= -BEYOND) & (curves <= 1.0 + BEYOND)  # what is not a number is not
    inside = np.logical_and.reduce(within, axis=1)
    kept = inside[:, :-1] & inside[:, 1:]
    scale, margin = side * (1.0 - 2.0 * EDGE), EDGE * side
    with np.errstate(invalid="ignore", over="ignore"):
        points = curves * np.array([[scale], [-scale]])
        points += (corners + np.array([margin, side - margin]))[:, :, np.newaxis]
    ends = points.transpose(0, 2, 1)
    lines = np.concatenate([ends[:, :-1], ends[:, 1:]], axis=2)
    return np.ascontiguousarray(lines[kept])


def points_of(side: float, corners: FloatArray, fits: NDArray[np.float32]) -> FloatArray:
    """Where the curves are that are too small to be seen as lines, px; shape (n, 2)."""
    scale, margin, middle = side * (1.0 - 2.0 * EDGE), EDGE * side, fits[:, :, 0].astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        tiny = (np.ptp(fits, axis=2).max(axis=1) * scale < POINT_PX) & (np.abs(middle - 0.5) <= 0.5 + BEYOND).all(
            axis=1
        )
        places = corners + np.array([margin, side - margin]) + middle * np.array([scale, -scale])
    found: FloatArray = places[tiny]
    return found


def _fitting(room: float, words: WallWords, metrics: QFontMetricsF) -> tuple[str, ...]:
    """The longest words about the setting that fit beside the costs; none where there is no room."""
    costs = words.costs or ("",) * len(words.names)
    for texts in (words.names, words.values):
        lines = map("  ".join, zip(texts, costs, strict=True))
        if max(map(metrics.horizontalAdvance, lines), default=0.0) <= room:
            return texts
    return ()


def _scale(side: float) -> float:
    """How wide pens are: thin on small canvases."""
    return min(max(side / 220.0, 0.5), 1.0)
