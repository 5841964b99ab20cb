"""One scale of colours for weights and whatever has a sign: from blue, negative, over grey to orange, positive.

The scale goes by the square root of the value, so that values of very different sizes can be told apart. Colour-blind
eyes tell blue from orange; the sign is always written too, or told by a place.
"""

from functools import cache
from math import floor, isfinite, isnan, log10, sqrt

import numpy as np
from PySide6.QtGui import QColor

from curvegui.core.arrays import FloatArray
from curvegui.ui.theme import Theme

LEVELS = 10  # of each sign: more cannot be told apart
ROUND_FIGURES, LEAST_SCALE = (1.0, 2.0, 5.0, 10.0), 0.1
ENDS = {"light": ("#1668a8", "#b9c1cd", "#e07b00"), "dark": ("#3f9ce0", "#4d5867", "#f2952f")}
MOST_TINT = 0.42  # of the colour in a cell's ground: the theme's text keeps a contrast of 4.5 on it


def weight_scale(values: FloatArray) -> float:
    """The round value at the ends of the scale for some weights: 1, 2 or 5 times a power of ten."""
    finite = np.abs(values[np.isfinite(values)])
    largest = max(float(finite.max(initial=0.0)), LEAST_SCALE)
    power = 10.0 ** floor(log10(largest))
    return next(figure * power for figure in ROUND_FIGURES if figure * power >= largest * (1 - 1e-12))


def weight_colour(value: float, scale: float, theme: Theme) -> QColor:
    """The colour of a value.

    Parameters
    ----------
    value : float
    scale : float
        The value at the ends of the scale, over 0; what lies beyond has the colour of the end.
    theme : Theme
    """
    return _colour(_level(value, scale), theme)


def weight_tint(value: float, scale: float, theme: Theme) -> QColor:
    """The ground of a cell in which a value is written in the theme's text colour: parameters as `weight_colour`."""
    return _tint(_level(value, scale), theme)


def _level(value: float, scale: float) -> int:
    if isnan(value) or not isfinite(scale) or scale <= 0:
        return 0
    strength = round(LEVELS * sqrt(min(abs(value) / scale, 1.0)))
    return -strength if value < 0 else strength


@cache
def _colour(level: int, theme: Theme) -> QColor:
    negative, middle, positive = ENDS[theme.key]
    return _mixed(middle, negative if level < 0 else positive, (abs(level) / LEVELS) ** 0.8)


@cache
def _tint(level: int, theme: Theme) -> QColor:
    return _mixed(theme.card, _colour(level, theme).name(), MOST_TINT * abs(level) / LEVELS)


def _mixed(first: str, second: str, share: float) -> QColor:
    one, other = QColor(first), QColor(second)
    channels = (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())
    return QColor(*[round((1 - share) * a + share * b) for a, b in channels])
