"""A curve by itself, as small as a thumbnail or as large as a preview; what only joins its parts is faint."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from curvegui.core.arrays import FloatArray
from curvegui.core.curve import BoolArray, Curve, spaced
from curvegui.core.presets import PRESETS
from curvegui.figure.data_map import DataMap
from curvegui.figure.look import Ink, Stroke
from curvegui.figure.polyline import saved, stroke_curve

PRESET_POINTS = 600  # of a preset's sketch: it looks round at any size of ours
THUMBNAIL_MARGIN = 0.17  # of a thumbnail's side
JUMP_ALPHA = 0.45
JUMP_DASHES = (1.5, 3.0)


@dataclass(frozen=True, eq=False)
class Sketch:
    """What there is to draw of a curve.

    Attributes
    ----------
    points : ndarray, shape (2, M)
        In the unit square, y up.
    closed : bool
    jumps : ndarray of bool, shape (M,)
    """

    points: FloatArray
    closed: bool
    jumps: BoolArray

    @classmethod
    def of(cls, curve: str | Curve) -> "Sketch":
        """The sketch of a preset, by its name, or of a curve of one's own."""
        if isinstance(curve, Curve):
            return cls(curve.points, curve.closed, curve.jumps)
        preset = PRESETS[curve]
        points = preset(spaced(PRESET_POINTS, preset.closed))
        return cls(points, preset.closed, np.zeros(PRESET_POINTS, np.bool_))

    def pieces(self) -> Iterator[tuple[FloatArray, bool]]:
        """The lines in order, points of shape (2, m), and whether each is a jump."""
        ring = np.column_stack([self.points, self.points[:, 0]]) if self.closed else self.points
        jumps = self.jumps[: ring.shape[1] - 1]
        if not jumps.size:
            yield ring, False
            return
        ends = [0, *(np.flatnonzero(np.diff(jumps)) + 1).tolist(), jumps.size]
        for start, end in pairwise(ends):
            yield ring[:, start : end + 1], bool(jumps[start])


def jump_stroke(stroke: Stroke) -> Stroke:
    """How the jumps of a curve are drawn that is drawn like this."""
    return Stroke(stroke.colour, stroke.width * 0.8, stroke.alpha * JUMP_ALPHA, JUMP_DASHES)


def paint_sketch(painter: QPainter, plane: DataMap, sketch: Sketch, stroke: Stroke, scale: float) -> None:
    """Stroke a curve where a map puts it, at ``scale`` device pixels to a logical one."""
    pens: dict[bool, QPen] = {False: stroke.pen(scale), True: jump_stroke(stroke).pen(scale)}
    with saved(painter):
        for points, is_jump in sketch.pieces():
            stroke_curve(painter, plane.map(points), pens[is_jump])


def paint_dots(
    painter: QPainter, plane: DataMap, points: FloatArray, ink: Ink, scale: float, *, radius: float = 2.0
) -> None:
    """Dots on points, shape (2, N) in the unit square, of a radius in logical pixels."""
    pen = QPen(ink.qcolor(), 2 * radius * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    with saved(painter):
        painter.setPen(pen)
        painter.drawPoints([QPointF(x, y) for x, y in plane.map(points).T.tolist()])


def thumbnail(curve: str | Curve, side: int, ratio: float, stroke: Stroke) -> QPixmap:
    """A curve alone on a transparent ground, as large as there is room for.

    Parameters
    ----------
    curve : str or Curve
        The name of a preset, or one of a person's own.
    side : int
        Logical pixels.
    ratio : float
        Device pixels to a logical one.
    stroke : Stroke
    """
    pixels = round(side * ratio)
    pixmap, sketch = QPixmap(pixels, pixels), Sketch.of(curve)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    edge = pixels * THUMBNAIL_MARGIN
    inner = QRectF(pixmap.rect()).adjusted(edge, edge, -edge, -edge)
    paint_sketch(painter, filling_map(sketch, inner), sketch, stroke, ratio)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def filling_map(sketch: Sketch, square: QRectF) -> DataMap:
    """The map that lets a curve fill a square, keeping its aspect."""
    low, high = sketch.points.min(axis=1), sketch.points.max(axis=1)
    middle, half = (low + high) / 2, max(float(np.max(high - low)) / 2, 1e-9)
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return DataMap(left, right, bottom, top, (square.x(), square.y(), square.width(), square.height()))
