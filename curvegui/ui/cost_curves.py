"""The curves of the cost plot, as items that Qt paints by itself: the training cost, and the test cost beside it."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from curvegui.core.arrays import FloatArray
from curvegui.figure.data_map import DataMap
from curvegui.ui.theme import Theme

WIDTH_PX = 1.5
DASHES = (3.0, 2.0)  # in widths: the test cost is told from the other by its shape too


def cost_pens(theme: Theme) -> tuple[QPen, QPen]:
    """The pens of the training cost and of the test cost."""
    solid, dashed = QPen(QColor(theme.accent), WIDTH_PX), QPen(QColor(theme.second), WIDTH_PX)
    dashed.setDashPattern(DASHES)
    dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
    return solid, dashed


class CostCurves:
    """One curve, or two.

    Parameters
    ----------
    area : QGraphicsItem
        Which they are parts of.
    """

    def __init__(self, area: QGraphicsItem) -> None:
        self._training, self._test = QGraphicsPathItem(area), QGraphicsPathItem(area)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for item, pen in zip((self._training, self._test), cost_pens(theme), strict=True):
            item.setPen(pen)

    def show(self, plane: DataMap, x: FloatArray, y: FloatArray) -> None:
        """Show costs in a part of the plane of the time axis and log₁₀(cost).

        Parameters
        ----------
        plane : DataMap
        x : ndarray, shape (n,)
            Ascending.
        y : ndarray, shape (2, n)
            Of the training cost, and of the test cost: NaN where there is none.
        """
        for item, values in ((self._training, y[0]), (self._test, y[1])):
            across, down = plane.map(np.stack([x, values]))
            item.setCacheMode(QGraphicsItem.CacheMode.NoCache)  # forget what was stroked for another view
            item.setPath(pg.arrayToQPath(*outline(across, down), connect="finite"))
            # stroked once, not for every place of the playhead: 0.2 ms instead of 2.4
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)


def outline(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest point in each column of pixels: it looks the same and is painted much faster.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
        Pixels; ``x`` ascends.

    Returns
    -------
    x, y : ndarray
        At most two points for each column; NaN where there is none.
    """
    starts = np.flatnonzero(np.diff(np.floor(x), prepend=-np.inf))
    if 2 * len(starts) >= len(x):
        return x, y
    both = np.stack([np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)], axis=1)
    return np.repeat(x[starts], 2), both.ravel()
