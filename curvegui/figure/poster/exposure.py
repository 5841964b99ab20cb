"""The light or the ink of a poster's palette, as `figure/drawing/light` makes colours of it; and the trail as paths."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from curvegui.figure.drawing.light import LEVELS, age_colours, light_table, packed
from curvegui.figure.poster.style import Paper, PosterPalette

MOST_LUMINANCE, MOST_WHITE = 0.45, 0.9  # of light without a fit over it; with the ground, it must stay below 255
INK = 0.8  # of a palette from its dark end on: beyond, ink could not be seen
MOST_CURVES = 1_500  # as paths: more of them look the same
WIDTH_PX = 1.6  # logical pixels, on a picture of the usual size
FAINTEST, STRONGEST = 0.04, 0.5  # opacity, where curves stay paths


def colour_table(palette: PosterPalette, paper: Paper, is_below_fit: bool) -> NDArray[np.uint32]:
    """What becomes of a pixel by age and level: light on the ground, or ink as premultiplied colours. Light below the
    fit is as faint as on the canvas, or the fit would not be seen."""
    if paper.is_dark:
        return light_table(True, palette.stops, *(() if is_below_fit else (MOST_LUMINANCE, MOST_WHITE)))
    level = np.linspace(0, 1, LEVELS)[:, np.newaxis]
    inks = 255 * age_colours(palette.stops, INK)[:, np.newaxis] * level
    return (packed(inks) | np.round(255 * level[:, 0]).astype(np.uint32) << np.uint32(24)).ravel()


def path_pens(count: int, palette: PosterPalette, paper: Paper, scale: float) -> list[QPen]:
    """The pen of each curve where curves stay paths, which cannot add up as light does."""
    colours = age_colours(palette.stops, 1.0 if paper.is_dark else INK, count)
    opacity = min(max(30 / max(count, 1), FAINTEST), STRONGEST)
    flat = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
    inks = [QColor.fromRgbF(red, green, blue, opacity) for red, green, blue in colours.tolist()]
    return [QPen(ink, WIDTH_PX * scale, *flat) for ink in inks]
