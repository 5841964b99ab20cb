"""One scale of colours for weights and all numbers with a sign: from blue, negative, over grey to orange, positive. It
goes by the square root, so that values of very different sizes can be told apart. Colour-blind eyes tell blue from
orange; the sign is also written, or shown by a position. A weight has the same colour in the diagram and in panels."""

from functools import cache
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import round_up
from curvegui.ui.look.theme import Theme

LEVELS = 10  # of each sign: more cannot be told apart
LEAST_SCALE = 0.1
SHRINK = 0.4  # the scale becomes finer when the largest weight is under this part of it: it does not flicker
ENDS = {
    "light": ("#1668a8", "#98a3b1", "#c26600"),
    "dark": ("#3f9ce0", "#505b6a", "#f2952f"),
    "contrast": ("#59b0ff", "#737373", "#ffa02e"),
    "contrast-light": ("#00509c", "#8c8c8c", "#b35900"),
}
GROWTH = 0.5  # of the colour with the level: from level 1 on, over 0.25% of the scale, it has 3 : 1 on a card
MOST_TINT = 0.42  # of the colour in a cell's ground: the theme's text keeps a contrast of 4.5 on it


def weight_scale(values: FloatArray, before: float = LEAST_SCALE, least: float = LEAST_SCALE) -> float:
    """A round number for the strongest colour; the number ``before`` as long as it fits. Only finite values count."""
    largest = max(largest_of(values), least)
    if SHRINK * before <= largest <= before:
        return before
    return round_up(largest)


def largest_of(values: FloatArray) -> float:
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))


def levels_of(values: FloatArray, scale: float) -> NDArray[np.intp]:
    """The colour level of each value, from -LEVELS to LEVELS; 0 for NaN."""
    if not isfinite(scale) or scale <= 0:
        return np.zeros(np.shape(values), np.intp)
    known = np.nan_to_num(values, nan=0.0, posinf=scale, neginf=-scale)
    strength = np.sqrt(np.minimum(np.abs(known) / scale, 1.0))
    return (np.sign(known) * np.round(LEVELS * strength)).astype(np.intp)


def weight_colour(value: float, scale: float, theme: Theme) -> QColor:
    """The colour of a value, which is strongest at ``scale``, a positive number, and at -``scale``."""
    return QColor(colour_of(int(levels_of(np.array(value), scale)), theme))


@cache
def colour_of(level: int, theme: Theme) -> str:
    negative, middle, positive = ENDS[theme.key]
    return mixed(middle, negative if level < 0 else positive, min((abs(level) / LEVELS) ** GROWTH, 1.0))


@cache
def weight_pixels(theme: Theme) -> NDArray[np.uint32]:
    """The colours of the levels of weight, from -LEVELS to LEVELS, as the pixels of `image_of`."""
    return np.array([QColor(colour_of(level, theme)).rgb() for level in range(-LEVELS, LEVELS + 1)], np.uint32)


def image_of(pixels: NDArray[np.uint32]) -> QImage:
    """An image with a pixel for each number, shape (n, m): 0xAARRGGBB, opaque or 0."""
    pixels = np.ascontiguousarray(pixels)
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the image itself uses memory that is freed


@cache
def tint_of(level: int, theme: Theme) -> QColor:
    """The background of a cell for a level, on which a number in the theme's text colour can be read."""
    return QColor(mixed(theme.card, colour_of(level, theme), MOST_TINT * abs(level) / LEVELS))


def mixed(colour: str, other: str, share: float) -> str:
    first, second = QColor(colour), QColor(other)
    pairs = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return QColor(*(round((1 - share) * a + share * b) for a, b in pairs)).name()
