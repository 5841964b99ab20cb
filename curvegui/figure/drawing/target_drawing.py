"""How a target, or a curve alone, is drawn: jumps faintly, and points where they are noisy or not all trained on."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from shiboken6 import wrapInstance

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import Curve, ring, spaced
from curvegui.core.learner.target import Target
from curvegui.core.presets.presets import PRESETS
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import CLASSIC, Ink, LineStyle, Look
from curvegui.figure.drawing.polyline import (
    at_once,
    curve_strokes,
    drawable,
    line_strokes,
    makes_pixels,
    painting,
    saved,
)

JUMP_ALPHA = 0.3  # of the target's own: what was not drawn is seen, but not as a part of the curve
MOST_DOTS = 500  # more of them only cover each other
MOST_PARTS = 100  # that are stroked one by one: 5,000 outlines would take three seconds
MOST_CASED = 3_000  # points: a casing, which is translucent, is one stroke, and that of very many takes seconds
DOT_PX = 2.4  # logical pixels, from the centre of a dot to its edge


def _none() -> FloatArray:
    return np.empty((2, 0))


@dataclass(frozen=True, eq=False)
class TargetDrawing:
    """The lines and points of a target, in the plane; the arrays are made read-only.

    The ``line``, shape (2, n), goes from end to end of the curve; a closed line ends where it begins. ``jumps``, shape
    (n - 1,) or (0,), say which of its lines are drawn faintly. ``trained`` and ``tested``, shape (2, k), are points
    drawn as filled and as hollow dots.
    """

    line: FloatArray
    jumps: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    trained: FloatArray = field(default_factory=_none)
    tested: FloatArray = field(default_factory=_none)

    def __post_init__(self) -> None:
        for each in fields(self):
            array = getattr(self, each.name)
            if array.flags.writeable:
                object.__setattr__(self, each.name, read_only(array))

    @classmethod
    def of(cls, target: Target) -> "TargetDrawing":
        """The drawing of a target, round however few points are trained on. There are dots on the points where they are
        few, and noisy or not all trained on."""
        drawing = curve_drawing(target.curve) if target.curve else cls(target.outline, target.jumps)
        if target.t.size > MOST_DOTS or not (target.is_noisy or target.has_test):
            return drawing
        points = target.points[:, target.trained], target.points[:, ~target.trained]
        return replace(drawing, trained=points[0], tested=points[1])

    @property
    def has_dots(self) -> bool:
        return bool(self.trained.size or self.tested.size)

    def is_like(self, other: "TargetDrawing") -> bool:
        return self is other or all(
            np.array_equal(getattr(self, each.name), getattr(other, each.name)) for each in fields(self)
        )


def paint_target(painter: QPainter, target: TargetDrawing, plane: DataMap, look: Look, scale: float) -> None:
    """Stroke a target's curve, at ``scale`` device pixels to a logical one."""
    at_once(target_strokes(painter, target, plane, look, scale))


def target_strokes(
    painter: QPainter, target: TargetDrawing, plane: DataMap, look: Look, scale: float
) -> Iterator[None]:
    """`paint_target` in pieces."""
    points, jump = plane.map(target.line), replace(look.target, alpha=look.target.alpha * JUMP_ALPHA)
    pens, has_many_parts = [look.target.pen(scale), jump.pen(scale)], np.diff(target.jumps).sum() > MOST_PARTS
    with saved(painter):
        if has_many_parts and makes_pixels(painter):
            for is_jump, pen in enumerate(pens):
                yield from line_strokes(painter, points, target.jumps == is_jump, pen)
            return
        turns = np.flatnonzero(np.diff(target.jumps)) + 1
        for start, stop in pairwise([0, *turns.tolist(), points.shape[1] - 1]):
            is_jump = bool(target.jumps[start : start + 1].any())
            if look.casing is not None and not is_jump and points.shape[1] <= MOST_CASED:
                yield from curve_strokes(painter, points[:, start : stop + 1], look.casing.pen(scale))
            yield from curve_strokes(painter, points[:, start : stop + 1], pens[is_jump])


def paint_dots(painter: QPainter, target: TargetDrawing, plane: DataMap, look: Look, scale: float) -> None:
    """Draw the dots of a target, if there are any, at ``scale`` device pixels to a logical one."""
    radius = DOT_PX * scale
    pen = LineStyle(look.target.colour, 1.0, look.target.alpha).pen(radius / 2)
    with saved(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        for x, y in _pixels(target.trained, plane):  # all of them as one path take twenty times as long
            painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for x, y in _pixels(target.tested, plane):
            painter.drawEllipse(QPointF(x, y), radius, radius)


def _pixels(points: FloatArray, plane: DataMap) -> list[list[float]]:
    pixels: list[list[float]] = drawable(plane.map(points).T[:, :, np.newaxis])[:, :, 0].tolist()
    return pixels


PRESET_POINTS = 600  # of a preset's line: it looks round at any size of ours
POINTS_A_PIXEL = 4  # of a thumbnail's side: more take longer and look no rounder
THUMBNAIL_MARGIN = 0.17  # of a thumbnail's side


@lru_cache(maxsize=8)
def curve_drawing(curve: str | Curve, points: int = PRESET_POINTS) -> TargetDrawing:
    """The line of a preset, by its name, in ``points`` points; or the line of a person's own curve."""
    if isinstance(curve, Curve):
        line = ring(curve.points, curve.closed)
        return TargetDrawing(line, curve.jumps[: line.shape[1] - 1])
    preset = PRESETS[curve]
    return TargetDrawing(preset(np.append(spaced(points, True), 1.0)))


def thumbnail(curve: str | Curve, side: int, ratio: float, stroke: LineStyle) -> QPixmap:
    """A curve, or a preset by its name, alone on a transparent ground, as large as the margin allows. ``side`` is in
    logical pixels, each of which is ``ratio`` device pixels."""
    pixels = round(side * ratio)
    pixmap, drawing = QPixmap(pixels, pixels), curve_drawing(curve, min(PRESET_POINTS, POINTS_A_PIXEL * pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    low, high = drawing.line.min(axis=1), drawing.line.max(axis=1)
    middle, half = (low + high) / 2, max(float(np.max(high - low)) / 2, 1e-9)
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    edge, side_px = pixels * THUMBNAIL_MARGIN, pixels * (1 - 2 * THUMBNAIL_MARGIN)
    plane = DataMap(left, right, bottom, top, (edge, edge, side_px, side_px))
    with painting(pixmap) as painter:
        paint_target(painter, drawing, plane, replace(CLASSIC, target=stroke), ratio)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint_points(
    painter: QPainter, points: FloatArray, plane: DataMap, ink: Ink, scale: float, *, radius: float
) -> None:
    """Paint dots on points, shape (2, N) in the plane, with a radius in logical pixels; one dot a pixel at most."""
    pen = QPen(ink.qcolor(), 2 * radius * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pixels = plane.map(points)
    x, y = np.round(pixels / scale).astype(np.int64)
    seen = np.unique(x * 2**32 + y, return_index=True)[1]  # 60,000 on a line would take a third of a second
    with saved(painter):
        painter.setPen(pen)
        if seen.size:  # as in `draw_lines`, without a Python object for each point
            rows = np.ascontiguousarray(pixels[:, seen].T)
            painter.drawPoints(cast(QPointF, wrapInstance(rows.ctypes.data, QPointF)), len(rows))
