"""Curves with a name in mathematics: they follow from one angle."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.elementary import cos, sin, sin_and_cos
from curvegui.core.presets.preset import evenly, preset


def _polar(radius: FloatArray, angle: FloatArray) -> FloatArray:
    sine, cosine = sin_and_cos(angle)
    points: FloatArray = radius * np.stack([cosine, sine])
    return points


@preset("trefoil", "Trefoil knot")
@evenly
def trefoil(t: FloatArray) -> FloatArray:
    """The simplest knot, from above."""
    angle = 2 * np.pi * t
    (sine, cosine), (sine_2, cosine_2) = sin_and_cos(angle), sin_and_cos(2 * angle)
    return np.stack([sine + 2 * sine_2, cosine - 2 * cosine_2])


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
    sine, cosine = sin_and_cos(2 * np.pi * t)
    points = np.stack([cosine, sine])
    return points * points * points


@preset("deltoid", "Deltoid")
@evenly
def deltoid(t: FloatArray) -> FloatArray:
    """The same, inside one three times as large; a tip is above."""
    angle = 2 * np.pi * t
    (sine, cosine), (sine_2, cosine_2) = sin_and_cos(angle), sin_and_cos(2 * angle)
    return np.stack([2 * sine - sine_2, 2 * cosine + cosine_2])


@preset("flower", "Flower")
@evenly
def flower(t: FloatArray) -> FloatArray:
    """Six round petals: nearly what a point of a circle draws that rolls round one six times as large."""
    angle = 2 * np.pi * t
    (sine, cosine), (sine_7, cosine_7) = sin_and_cos(angle), sin_and_cos(7 * angle)
    return np.stack([7 * sine + 0.9 * sine_7, 7 * cosine + 0.9 * cosine_7])


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
    sine, cosine = sin_and_cos(angle)
    return np.stack([sine * sin(angle / 2) ** 2, 1.15 * cosine])


@preset("spirograph", "Spirograph")
@evenly
def spirograph(t: FloatArray) -> FloatArray:
    """Seven loops, as a toy of toothed wheels draws them."""
    angle = 2 * np.pi * t
    (sine_2, cosine_2), (sine_5, cosine_5) = sin_and_cos(2 * angle), sin_and_cos(5 * angle)
    return np.stack([5 * sine_2 + 4 * sine_5, 5 * cosine_2 - 4 * cosine_5])
