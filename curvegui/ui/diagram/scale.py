"""How the diagram draws weights: in the colours of `weight_colours`, wider when larger; and their colours as text."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from curvegui.ui.look.theme import Theme
from curvegui.ui.look.weight_colours import LEVELS, colour_of, mixed

WORDS = {"light": ("#17629f", "#566377", "#9c5200"), "dark": ("#6bb0f6", "#a0acbc", "#ffab57")}  # contrast of 4.5
FAINT, FADED = 0.75, 0.45  # how much of the card is mixed into what is not lit up, and into what is muted
NORMAL, UNLIT, MUTED = 0, 1, 2  # the ways to draw a weight
DASHES = [2.5, 2.5]


def word_colour(value: float, theme: Theme) -> str:
    """The colour of a weight that is written as text: readable on a card."""
    negative, middle, positive = WORDS[theme.key]
    return positive if value > 0 else negative if value < 0 else middle


@cache
def pen_of(level: int, way: int, widest: float, theme: Theme) -> QPen:
    """The pen of an edge.

    ``level`` is from -LEVELS to LEVELS, ``way`` is NORMAL, UNLIT or MUTED, ``widest`` the width of the largest weight,
    px.
    """
    colour = colour_of(level, theme)
    if way != NORMAL:
        colour = mixed(colour, theme.card, FAINT if way == UNLIT else FADED)
    width = 1.0 + (widest - 1.0) * abs(level) / LEVELS
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if way == MUTED:
        pen.setDashPattern(DASHES)
    return pen
