"""Arrows as two paths, one to stroke and one to fill, so that Qt paints them all at once."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from curvegui.core.arrays import FloatArray

HEAD_PX = 7.0
HEAD_SHARE = 0.45  # of a short arrow's length
HEAD_WIDTH = 0.4  # to each side, of the head's length
SHORTEST_PX = 1.5  # shorter arrows are left out: their direction could not be seen
LIMIT_PX = 1e5


def thinned(count: int, most: int) -> np.ndarray:
    """Indices of at most ``most`` of the points, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp)) if count else np.empty(0, np.intp)


def arrows(starts: FloatArray, ends: FloatArray) -> tuple[QPainterPath, QPainterPath]:
    """The shafts and the heads of arrows from starts to ends, both of shape (2, n) in pixels.

    Arrows that cannot be drawn are left out.
    """
    shafts, tips = QPainterPath(), QPainterPath()
    ways = ends - starts
    lengths = np.hypot(*ways)
    seen = np.isfinite(starts).all(axis=0) & np.isfinite(ends).all(axis=0) & (lengths >= SHORTEST_PX)
    seen &= (np.abs(ends) < LIMIT_PX).all(axis=0) & (np.abs(starts) < LIMIT_PX).all(axis=0)
    along = ways[:, seen] / lengths[seen]
    heads = np.minimum(HEAD_PX, HEAD_SHARE * lengths[seen])
    back = ends[:, seen] - along * heads
    across = np.stack([-along[1], along[0]]) * heads * HEAD_WIDTH
    for start, end, left, right in zip(
        starts[:, seen].T.tolist(), ends[:, seen].T.tolist(), (back + across).T.tolist(), (back - across).T.tolist(),
        strict=True,
    ):  # fmt: skip
        shafts.moveTo(QPointF(*start))
        shafts.lineTo(QPointF((left[0] + right[0]) / 2, (left[1] + right[1]) / 2))
        tips.addPolygon(QPolygonF([QPointF(*corner) for corner in (end, left, right, end)]))
    return shafts, tips
