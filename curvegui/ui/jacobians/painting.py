"""Paints a part of a heat map: its cells with their signs, and the frames around those that are marked."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.ui.jacobians.colours import heat_image
from curvegui.ui.look.theme import Theme

SIGN_PX = 11  # the side of a cell from which on negative ones have a minus sign
GRID_PX = 7  # and from which on cells are set apart
MOST_SIGNS = 1_500  # cells: more of them cannot be told apart


def paint_cells(painter: QPainter, area: QRect, side: int, strengths: FloatArray, theme: Theme) -> None:
    """Paint the cells of W or of b: as one image, however many there are.

    Parameters
    ----------
    painter : QPainter
    area : QRect
    side : int
        Of a cell, in px.
    strengths : ndarray, shape (n, m)
        From -1 to 1.
    theme : Theme
    """
    painter.drawImage(area, heat_image(strengths, theme))
    if side >= GRID_PX:
        painter.setPen(QPen(QColor(theme.card), 1.0))
        across = [QLineF(x, area.top(), x, area.bottom()) for x in range(area.left() + side, area.right(), side)]
        down = [QLineF(area.left(), y, area.right(), y) for y in range(area.top() + side, area.bottom(), side)]
        painter.drawLines(across + down)
    if side >= SIGN_PX and strengths.size <= MOST_SIGNS:
        _paint_signs(painter, area, side, strengths, theme)
    painter.setPen(QPen(QColor(theme.border), 1.0))
    painter.drawRect(area.adjusted(0, 0, -1, -1))


def _paint_signs(painter: QPainter, area: QRect, side: int, strengths: FloatArray, theme: Theme) -> None:
    """A minus in each negative cell that is not nothing: the sign is not told by colour alone."""
    for is_faint, colour in ((True, theme.text), (False, "#ffffff")):
        lines = []
        for row, column in np.argwhere((strengths < 0) & ((strengths > -0.5) == is_faint)).tolist():
            centre = QPointF(area.left() + (column + 0.5) * side, area.top() + (row + 0.5) * side)
            half = QPointF(side / 5, 0)
            lines.append(QLineF(centre - half, centre + half))
        painter.setPen(QPen(QColor(colour), max(1.5, side / 12)))
        painter.drawLines(lines)


def paint_thin_frame(painter: QPainter, area: QRect, theme: Theme) -> None:
    """Around what the pointer is over."""
    painter.setPen(QPen(QColor(theme.text), 1.0))
    painter.drawRect(area.adjusted(0, 0, -1, -1))


def paint_frame(painter: QPainter, area: QRect, theme: Theme, has_focus: bool) -> None:
    """A double frame around what is selected, seen on every colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in ((theme.card, 4.0), (theme.accent if has_focus else theme.text, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))
