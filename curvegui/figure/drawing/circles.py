"""The circles of a Fourier series, the arms that turn in them, and the curve that the last arm draws."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.look import LineStyle, Look
from curvegui.figure.drawing.polyline import path_of

DOTS = 0.2, 2.0  # with round ends, in widths
LEAST_PX = 0.75  # smaller circles are less than a pixel


@dataclass(frozen=True)
class CircleStrokes:
    """How the curve, the circles and the arms are drawn: in a colour that no other line has, the curve dotted."""

    curve: LineStyle
    circles: LineStyle
    arms: LineStyle

    @classmethod
    def of(cls, look: Look) -> "CircleStrokes":
        line = LineStyle(look.series.colour, 1.2, look.series.alpha)
        return cls(
            replace(line, width=2.0, dashes=DOTS), replace(line, width=1.0, alpha=0.7), replace(line, alpha=0.85)
        )


def circles_path(joints: FloatArray) -> QPainterPath:
    """The circles around the joints of the arms, shape (2, M) in pixels: each reaches the joint after."""
    path = QPainterPath()
    radii = np.hypot(*np.diff(joints, axis=1))
    seen = np.flatnonzero(radii >= LEAST_PX)
    for (x, y), radius in zip(joints[:, seen].T.tolist(), radii[seen].tolist(), strict=True):
        path.addEllipse(QPointF(x, y), radius, radius)
    return path


def arms_path(joints: FloatArray) -> QPainterPath:
    """The arms from joint to joint, shape (2, M) in pixels, the longest first; very short arms are one line."""
    seen = int((np.hypot(*np.diff(joints, axis=1)) >= LEAST_PX).sum())
    return path_of(np.column_stack([joints[:, : max(seen, 1)], joints[:, -1:]])[np.newaxis])
