"""A person's prediction of a fit: shapes to choose from, and the distance between prediction and fit."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import evenly_spaced, travelled
from curvegui.core.elementary import cos, hypot, sin
from curvegui.core.language.text import mark

POINTS = 200
SHAPES = mark("The whole target"), mark("An oval"), mark("A bowl"), mark("A straight line"), mark("A single point")
OVAL, BOWL, LINE = 0.8, 0.6, 0.6  # their widths, of the target's


def shapes_like(points: FloatArray) -> dict[str, FloatArray]:
    """Simple shapes of the size and in the place of a curve, shape (2, N), by their names; each of shape (2, n)."""
    low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
    middle, half = (low + high) / 2, (high - low) / 2
    turn = np.linspace(0, np.pi, POINTS)
    across, up = np.array([[1.0], [0.0]]) * half, np.array([[0.0], [1.0]]) * half
    lines = (
        points,
        middle + OVAL * (across * cos(2 * turn) + up * sin(2 * turn)),
        middle + BOWL * across * cos(turn) + up * (1 - 2 * sin(turn)),
        middle + LINE * across * cos(turn),
        np.repeat(middle, 2, axis=1),
    )
    return dict(zip(SHAPES, lines, strict=True))


def mean_gap(one: FloatArray, other: FloatArray) -> float:
    """The mean distance from a point of one line, shape (2, m), to the other line, shape (2, n). Of the two lines, the
    line whose points are farther away counts: a point on a line is not near all of it."""
    a, b = _points_of(one), _points_of(other)
    apart = hypot(*(a[:, :, np.newaxis] - b[:, np.newaxis, :]))
    return float(max(apart.min(axis=0).mean(), apart.min(axis=1).mean()))


def _points_of(line: FloatArray) -> FloatArray:
    return evenly_spaced(line, POINTS, closed=False) if travelled(line)[-1] > 0 else line[:, :1]
