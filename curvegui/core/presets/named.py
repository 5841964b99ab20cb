"""Curves with a name in mathematics: they follow from one angle."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.elementary import cos, sin
from curvegui.core.presets.preset import evenly, preset


def _polar(radius: FloatArray, angle: FloatArray) -> FloatArray:
    points: FloatArray = radius * np.stack([cos(angle), sin(angle)])
    return points


@preset("trefoil", "Trefoil knot")
@evenly
def trefoil(t: FloatArray) -> FloatArray:
    """The simplest knot, from above."""
    angle = 2 * np.pi * t
    return np.stack([sin(angle) + 2 * sin(2 * angle), cos(angle) - 2 * cos(2 * angle)])


@preset("figure_eight_knot", "Figure-eight knot")
@evenly
def figure_eight_knot(t: FloatArray) -> FloatArray:
    """The knot with four crossings, from above."""
    angle = 2 * np.pi * t
    return _polar(2 + cos(2 * angle), 3 * angle)


@preset("lissajous", "Lissajous")
@evenly
def lissajous(t: FloatArray) -> FloatArray:
    """Three swings to the side while there are two up and down."""
    angle = 2 * np.pi * t
    return np.stack([cos(3 * angle), sin(2 * angle)])


@preset("cardioid", "Cardioid")
@evenly
def cardioid(t: FloatArray) -> FloatArray:
    """Drawn by a point of a circle that rolls round one of the same size; the tip is above."""
    angle = 2 * np.pi * t + np.pi / 2
    return _polar(1 - sin(angle), angle)


@preset("astroid", "Astroid")
@evenly
def astroid(t: FloatArray) -> FloatArray:
    """Drawn by a point of a circle that rolls inside one four times as large."""
    angle = 2 * np.pi * t
    points = np.stack([cos(angle), sin(angle)])
    return points * points * points


@preset("deltoid", "Deltoid")
@evenly
def deltoid(t: FloatArray) -> FloatArray:
    """The same, inside one three times as large; a tip is above."""
    angle = 2 * np.pi * t
    return np.stack([2 * sin(angle) - sin(2 * angle), 2 * cos(angle) + cos(2 * angle)])


@preset("flower", "Flower")
@evenly
def flower(t: FloatArray) -> FloatArray:
    """Six round petals: nearly what a point of a circle draws that rolls round one six times as large."""
    angle = 2 * np.pi * t
    return np.stack([7 * sin(angle) + 0.9 * sin(7 * angle), 7 * cos(angle) + 0.9 * cos(7 * angle)])


@preset("clover", "Clover")
@evenly
def clover(t: FloatArray) -> FloatArray:
    """Four leaves, through the middle from each to the opposite one."""
    angle = 2 * np.pi * t + np.pi / 4
    leaf = sin(2 * angle)
    return _polar(leaf * (1 + 0.25 * np.abs(leaf)), angle)


@preset("drop", "Drop")
@evenly
def drop(t: FloatArray) -> FloatArray:
    """From its tip, clockwise."""
    angle = 2 * np.pi * t
    return np.stack([sin(angle) * sin(angle / 2) ** 2, 1.15 * cos(angle)])


@preset("spirograph", "Spirograph")
@evenly
def spirograph(t: FloatArray) -> FloatArray:
    """Seven loops, as a toy of toothed wheels draws them."""
    angle = 2 * np.pi * t
    return np.stack([5 * sin(2 * angle) + 4 * sin(5 * angle), 5 * cos(2 * angle) - 4 * cos(5 * angle)])
