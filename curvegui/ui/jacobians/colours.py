"""The colours of a heat map: blue for negative numbers, orange for positive ones, the card's own for nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.ui.look.theme import current_theme

NEGATIVE, POSITIVE = "#1f77b4", "#f08a24"  # also told apart by the colour-blind, on light and dark cards
DECADES = 3.0  # powers of ten on the logarithmic scale: smaller numbers look like 0


@dataclass(frozen=True)
class HeatScale:
    """How numbers become colours.

    If ``is_common``, all layers share one scale; else each has its own. If ``is_logarithmic``, each power of ten gets
    the same share of the colours, so that small numbers can be seen too.
    """

    is_common: bool = False
    is_logarithmic: bool = True

    def strengths(self, values: FloatArray, largest: float) -> FloatArray:
        """From -1 for the largest negative number to 1; of the same shape."""
        if not (np.isfinite(largest) and largest > 0):
            return np.zeros_like(values)
        with np.errstate(all="ignore"):
            part = np.nan_to_num(values / largest, nan=0.0, posinf=1.0, neginf=-1.0)
            if self.is_logarithmic:
                part = np.sign(part) * np.maximum(1 + np.log10(np.maximum(np.abs(part), 1e-300)) / DECADES, 0)
        strengths: FloatArray = np.clip(part, -1, 1)
        return strengths


def largest_of(values: FloatArray) -> float:
    """The largest size of a finite number; 0 if there is none."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size else 0.0


def heat_image(strengths: FloatArray) -> QImage:
    """One pixel for each number, shape (n, m)."""
    rows, columns = strengths.shape
    pixels = np.ascontiguousarray(_colours(strengths))
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    return image.copy()  # the image itself uses memory that is freed


def _colours(strengths: FloatArray) -> NDArray[np.uint32]:
    nothing, below, above = (_rgb(colour) for colour in (current_theme().chip, NEGATIVE, POSITIVE))
    part = np.abs(strengths)[:, :, np.newaxis]
    ends = np.where(strengths[:, :, np.newaxis] < 0, below, above)
    red, green, blue = np.rint(nothing + (ends - nothing) * part).astype(np.uint32).transpose(2, 0, 1)
    opaque = np.uint32(0xFF000000)
    found: NDArray[np.uint32] = opaque | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    return found


def _rgb(colour: str) -> FloatArray:
    wanted = QColor(colour)
    return np.array([wanted.red(), wanted.green(), wanted.blue()], np.float64)


SIGN_PX = 11  # from this side of a cell on, negative cells have a minus sign
GRID_PX = 7  # from this side on, there are gaps between cells
MOST_SIGNS = 1_500  # with more cells, none has a sign: they could not be told apart


def paint_cells(painter: QPainter, area: QRect, side: int, strengths: FloatArray) -> None:
    """Paint the cells of W or of b: one image, however many there are.

    ``side`` is that of a cell, in px; ``strengths``, shape (n, m), are from -1 to 1.
    """
    theme = current_theme()
    painter.drawImage(area, heat_image(strengths))
    if side >= GRID_PX:
        painter.setPen(QPen(QColor(theme.card), 1.0))
        across = [QLineF(x, area.top(), x, area.bottom()) for x in range(area.left() + side, area.right(), side)]
        down = [QLineF(area.left(), y, area.right(), y) for y in range(area.top() + side, area.bottom(), side)]
        painter.drawLines(across + down)
    if side >= SIGN_PX and strengths.size <= MOST_SIGNS:
        _paint_signs(painter, area, side, strengths)
    painter.setPen(QPen(QColor(theme.border), 1.0))
    painter.drawRect(area.adjusted(0, 0, -1, -1))


def _paint_signs(painter: QPainter, area: QRect, side: int, strengths: FloatArray) -> None:
    """Paint a minus on each negative cell, so that not only the colour tells the sign."""
    for is_faint, colour in ((True, current_theme().text), (False, "#ffffff")):
        lines = []
        for row, column in np.argwhere((strengths < 0) & ((strengths > -0.5) == is_faint)).tolist():
            centre = QPointF(area.left() + (column + 0.5) * side, area.top() + (row + 0.5) * side)
            half = QPointF(side / 5, 0)
            lines.append(QLineF(centre - half, centre + half))
        painter.setPen(QPen(QColor(colour), max(1.5, side / 12)))
        painter.drawLines(lines)


def paint_thin_frame(painter: QPainter, area: QRect) -> None:
    """Paint a frame around the cell under the pointer."""
    painter.setPen(QPen(QColor(current_theme().text), 1.0))
    painter.drawRect(area.adjusted(0, 0, -1, -1))


def paint_frame(painter: QPainter, area: QRect, has_focus: bool) -> None:
    """Paint a double frame around what is selected: it is visible on every colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    theme = current_theme()
    for colour, width in ((theme.card, 4.0), (theme.accent if has_focus else theme.text, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))
