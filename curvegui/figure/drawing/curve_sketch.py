"""A curve by itself, as small as a thumbnail; what only joins its parts is faint."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, spaced
from curvegui.core.presets.all import PRESETS
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import CLASSIC, Ink, Stroke
from curvegui.figure.drawing.polyline import saved
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target

PRESET_POINTS = 600  # of a preset's line: it looks round at any size of ours
POINTS_A_PIXEL = 4  # of a thumbnail's side: more take longer and look no rounder
THUMBNAIL_MARGIN = 0.17  # of a thumbnail's side


def curve_drawing(curve: str | Curve, points: int = PRESET_POINTS) -> TargetDrawing:
    """The line of a preset, by its name, in so many points; or of a curve of one's own, in its own."""
    if isinstance(curve, Curve):
        line = np.column_stack([curve.points, curve.points[:, 0]]) if curve.closed else curve.points
        return TargetDrawing(line, curve.jumps[: line.shape[1] - 1])
    preset = PRESETS[curve]
    return TargetDrawing(preset(np.append(spaced(points, True), 1.0)))


def thumbnail(curve: str | Curve, side: int, ratio: float, stroke: Stroke) -> QPixmap:
    """A curve alone on a transparent ground, as large as there is room for.

    A preset is given by its name. ``side`` is in logical pixels, each of which is ``ratio`` device pixels.
    """
    pixels = round(side * ratio)
    pixmap, drawing = QPixmap(pixels, pixels), curve_drawing(curve, min(PRESET_POINTS, POINTS_A_PIXEL * pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    edge = pixels * THUMBNAIL_MARGIN
    inner = QRectF(pixmap.rect()).adjusted(edge, edge, -edge, -edge)
    paint_target(painter, drawing, filling_map(drawing.line, inner), replace(CLASSIC, target=stroke), ratio)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def filling_map(points: FloatArray, square: QRectF) -> DataMap:
    """The map that lets points, shape (2, M), fill a square, keeping their aspect."""
    low, high = points.min(axis=1), points.max(axis=1)
    middle, half = (low + high) / 2, max(float(np.max(high - low)) / 2, 1e-9)
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return DataMap(left, right, bottom, top, (square.x(), square.y(), square.width(), square.height()))


def paint_points(
    painter: QPainter, points: FloatArray, plane: DataMap, ink: Ink, scale: float, *, radius: float
) -> None:
    """Dots on points, shape (2, N) in the plane, of a radius in logical pixels."""
    pen = QPen(ink.qcolor(), 2 * radius * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    with saved(painter):
        painter.setPen(pen)
        painter.drawPoints([QPointF(x, y) for x, y in plane.map(points).T.tolist()])
