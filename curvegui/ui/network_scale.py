"""How weights look in the diagram: one scale from blue, negative, over grey to orange, positive, and wider when larger.

The scale goes by the square root of the weight, so that weights of very different sizes can be told apart.
"""

from functools import cache
from math import floor, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from curvegui.core.arrays import FloatArray
from curvegui.ui.theme import Theme

LEVELS = 10  # of each sign
ROUND_FIGURES = 1.0, 2.0, 5.0, 10.0
LEAST_SCALE = 0.1
SHRINK = 0.4  # the scale becomes finer when the largest weight is under this part of it: it does not flicker
NEGATIVE, MIDDLE, POSITIVE = 0, 1, 2
ENDS = {"light": ("#1668a8", "#b9c1cd", "#e07b00"), "dark": ("#3f9ce0", "#4d5867", "#f2952f")}
WORDS = {"light": ("#17629f", "#566377", "#9c5200"), "dark": ("#6bb0f6", "#a0acbc", "#ffab57")}  # contrast of 4.5
FAINT, SILENT = 0.75, 0.45  # how much of the card is mixed into what is not lit up, and what is muted
NORMAL, UNLIT, MUTED = 0, 1, 2  # the ways to draw a weight
DASHES = [2.5, 2.5]


def scale_for(values: FloatArray, before: float = LEAST_SCALE) -> float:
    """The round weight at the ends of the scale, 1, 2 or 5 times a power of ten; the one before where that will do.

    Parameters
    ----------
    values : ndarray, shape (P,)
        What is not finite does not count.
    before : float
    """
    finite = np.abs(values[np.isfinite(values)])
    largest = max(float(finite.max(initial=0.0)), LEAST_SCALE)
    if SHRINK * before <= largest <= before:
        return before
    power = 10.0 ** floor(log10(largest))
    return next(figure * power for figure in ROUND_FIGURES if figure * power >= largest * (1 - 1e-12))


def levels_of(values: FloatArray, scale: float) -> NDArray[np.intp]:
    """Where values lie on the scale: from -LEVELS to LEVELS; 0 for what is not a number."""
    known = np.nan_to_num(values, nan=0.0, posinf=scale, neginf=-scale)
    strength = np.sqrt(np.minimum(np.abs(known) / scale, 1.0))
    levels: NDArray[np.intp] = (np.sign(known) * np.round(LEVELS * strength)).astype(np.intp)
    return levels


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another one in it."""
    first, second = QColor(colour), QColor(other)
    pairs = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return QColor(*(round((1 - share) * a + share * b) for a, b in pairs)).name()


@cache
def colour_of(level: int, theme: Theme) -> str:
    """The colour of a level, ``#rrggbb``."""
    negative, middle, positive = ENDS[theme.key]
    return mixed(middle, negative if level < 0 else positive, min((abs(level) / LEVELS) ** 0.8, 1.0))


def word_colour(value: float, theme: Theme) -> str:
    """The colour of a weight that is written out: readable on a card."""
    negative, middle, positive = WORDS[theme.key]
    return positive if value > 0 else negative if value < 0 else middle


@cache
def pen_of(level: int, way: int, widest: float, theme: Theme) -> QPen:
    """The pen of an edge.

    Parameters
    ----------
    level : int
        From -LEVELS to LEVELS.
    way : int
        NORMAL, UNLIT or MUTED.
    widest : float
        The width of the largest weight, px.
    theme : Theme
    """
    colour = colour_of(level, theme)
    if way != NORMAL:
        colour = mixed(colour, theme.card, FAINT if way == UNLIT else SILENT)
    width = 1.0 + (widest - 1.0) * abs(level) / LEVELS
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if way == MUTED:
        pen.setDashPattern(DASHES)
    return pen
