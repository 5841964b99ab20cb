"""Lines and areas over t, thinned to what pixels can show, and broken where the curve is."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from curvegui.core.arrays import FloatArray

COLUMN_PX = 2.0  # of a column in which many points are one line from the least to the largest
LIMIT_PX = 1e5


def runs(x: FloatArray, y: FloatArray, breaks: NDArray[np.bool_]) -> list[FloatArray]:
    """The lines through points, each of shape (2, n).

    Where there are more points than columns of pixels, each column has a line from its least to its largest one;
    what is narrower than a column, a jump too, cannot be seen then.

    Parameters
    ----------
    x, y : ndarray, shape (N,)
        Pixels, x ascending. Where y is not finite, the line is broken.
    breaks : ndarray of bool, shape (N,)
        Whether the line is broken after each point.
    """
    y = np.where(np.isfinite(y), np.clip(y, -LIMIT_PX, LIMIT_PX), np.nan)
    if x.size > 2 and x.size > (x[-1] - x[0]) / COLUMN_PX:
        x, y = _columns(x, y)
        breaks = np.zeros(x.size, np.bool_)
    seen = np.isfinite(y)
    cuts = np.flatnonzero(breaks[:-1] | ~seen[1:] | ~seen[:-1]) + 1
    parts = np.split(np.stack([x, y]), cuts, axis=1)
    return [part for part in parts if part.shape[1] and np.isfinite(part).all()]


def _columns(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The least and the largest y of every column."""
    column = np.floor((x - x[0]) / COLUMN_PX).astype(np.intp)
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    least, most = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.stack([least, most], axis=1).ravel()


def line(points: FloatArray) -> QPolygonF:
    """A line for Qt; one that is a single point becomes long enough to be seen as a dot."""
    if points.shape[1] == 1:
        points = points + np.array([[-0.5, 0.5], [0.0, 0.0]])
    return QPolygonF([QPointF(x, y) for x, y in points.T.tolist()])


def area(points: FloatArray, floor: float) -> QPolygonF:
    """What lies between a line and the floor."""
    polygon = line(points)
    ends = polygon.first().x(), polygon.last().x()
    polygon.append(QPointF(ends[1], floor))
    polygon.append(QPointF(ends[0], floor))
    return polygon
