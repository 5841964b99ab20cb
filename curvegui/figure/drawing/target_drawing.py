"""How a target is drawn: the curve, its jumps faintly, and its points where there is something to see in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import drawable, makes_pixels, saved, stroke_curve, stroke_lines

MOST_DOTS = 500  # more of them only cover each other
MOST_PARTS = 100  # that are stroked one by one: 5,000 outlines would take three seconds
DOT_PX = 2.4  # logical pixels, from the centre of a dot to its edge


def _none() -> FloatArray:
    return np.empty((2, 0))


@dataclass(frozen=True, eq=False)
class TargetDrawing:
    """What is drawn of a target, in the plane; its arrays are made read-only.

    The ``line``, shape (2, n), goes from end to end of the curve; a closed one ends where it begins. ``jumps``, shape
    (n - 1,) or (0,), say which of its lines are drawn faintly. ``trained`` and ``tested``, shape (2, k), are points
    that are drawn as filled dots, and as hollow ones.
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
        """The drawing of a target; its points are seen where they are noisy or not all trained on, and few."""
        line = target.outline
        jumps = target.jumps[: line.shape[1] - 1]
        if target.t.size > MOST_DOTS or not (target.is_noisy or target.has_test):
            return cls(line, jumps)
        return cls(line, jumps, target.points[:, target.trained], target.points[:, ~target.trained])

    @property
    def has_dots(self) -> bool:
        """Whether its points are drawn."""
        return bool(self.trained.size or self.tested.size)

    def is_like(self, other: "TargetDrawing") -> bool:
        """Whether both look the same."""
        return self is other or all(
            np.array_equal(getattr(self, each.name), getattr(other, each.name)) for each in fields(self)
        )

    @property
    def has_many_parts(self) -> bool:
        """Whether it has so many parts that they are better not stroked one by one."""
        return int(np.count_nonzero(np.diff(self.jumps))) > MOST_PARTS

    def stretches(self) -> Iterator[tuple[slice, bool]]:
        """The parts of the line, and whether each is a jump."""
        turns = np.flatnonzero(np.diff(self.jumps)) + 1
        for start, stop in pairwise([0, *turns.tolist(), self.line.shape[1] - 1]):
            yield slice(start, stop + 1), bool(self.jumps[start : start + 1].any())


def paint_target(painter: QPainter, target: TargetDrawing, plane: DataMap, look: Look, scale: float) -> None:
    """Stroke a target's curve, at ``scale`` device pixels to a logical one."""
    points, pens = plane.map(target.line), {False: look.target_pen(scale), True: look.jump_pen(scale)}
    with saved(painter):
        if target.has_many_parts and makes_pixels(painter):
            for is_jump, pen in pens.items():
                stroke_lines(painter, points, target.jumps == is_jump, pen)
            return
        for part, is_jump in target.stretches():
            stroke_curve(painter, points[:, part], pens[is_jump])


def paint_dots(painter: QPainter, target: TargetDrawing, plane: DataMap, look: Look, scale: float) -> None:
    """Draw a target's points, where they are drawn, at ``scale`` device pixels to a logical one."""
    radius, pen = DOT_PX * scale, look.dot_pen(DOT_PX / 2 * scale)
    with saved(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        for x, y in _places(target.trained, plane):  # all of them as one path take twenty times as long
            painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for x, y in _places(target.tested, plane):
            painter.drawEllipse(QPointF(x, y), radius, radius)


def _places(points: FloatArray, plane: DataMap) -> list[list[float]]:
    """The pixels of those points that can be drawn."""
    places: list[list[float]] = drawable(plane.map(points).T[:, :, np.newaxis])[:, :, 0].tolist()
    return places
