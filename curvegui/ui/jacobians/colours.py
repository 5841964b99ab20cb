"""The colours of a heat map: blue for negative numbers, orange for positive ones, the card's own for nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from curvegui.core.arrays import FloatArray
from curvegui.ui.look.theme import Theme

NEGATIVE, POSITIVE = "#1f77b4", "#f08a24"  # told apart by all eyes, and on light and dark cards
DECADES = 3.0  # that the logarithmic scale shows: what is smaller has the colour of nothing


@dataclass(frozen=True)
class HeatScale:
    """How numbers become colours.

    Attributes
    ----------
    is_common : bool
        Whether all layers share one scale; else each has its own.
    is_logarithmic : bool
        Whether each power of ten gets as much of the colours, so that small numbers are seen too.
    """

    is_common: bool = False
    is_logarithmic: bool = True

    def strengths(self, values: FloatArray, largest: float) -> FloatArray:
        """From -1, the largest negative number, over 0 to 1; of the same shape."""
        if not (np.isfinite(largest) and largest > 0):
            return np.zeros_like(values)
        with np.errstate(all="ignore"):
            part = np.nan_to_num(values / largest, nan=0.0, posinf=1.0, neginf=-1.0)
            if self.is_logarithmic:
                part = np.sign(part) * np.maximum(1 + np.log10(np.maximum(np.abs(part), 1e-300)) / DECADES, 0)
        strengths: FloatArray = np.clip(part, -1, 1)
        return strengths


def largest_of(values: FloatArray) -> float:
    """The largest number, in size, that is one; 0 where there is none."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size else 0.0


def heat_image(strengths: FloatArray, theme: Theme) -> QImage:
    """One pixel for each number, shape (n, m)."""
    rows, columns = strengths.shape
    pixels = np.ascontiguousarray(_colours(strengths, theme))
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    return image.copy()  # it would else be of memory that goes


def _colours(strengths: FloatArray, theme: Theme) -> NDArray[np.uint32]:
    nothing, below, above = (_rgb(colour) for colour in (theme.chip, NEGATIVE, POSITIVE))
    part = np.abs(strengths)[:, :, np.newaxis]
    ends = np.where(strengths[:, :, np.newaxis] < 0, below, above)
    red, green, blue = np.rint(nothing + (ends - nothing) * part).astype(np.uint32).transpose(2, 0, 1)
    opaque = np.uint32(0xFF000000)
    found: NDArray[np.uint32] = opaque | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    return found


def _rgb(colour: str) -> FloatArray:
    wanted = QColor(colour)
    return np.array([wanted.red(), wanted.green(), wanted.blue()], np.float64)
