"""The curves that everybody knows. The heart is the first of all."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.elementary import cos, sin, sin_and_cos
from curvegui.core.presets.preset import by_length, evenly, preset


@preset("heart", "Heart")
def heart(t: FloatArray) -> FloatArray:
    """The heart of the exercise "I love backpropagation".

    It goes from the notch (t = 0) over the tip (0.5) back to the notch (1); x spans 0.10 to 0.90 and y 0.075 to 0.798.
    """
    pi = np.pi
    across = sin(2 * pi * t)
    x = 16 * across * across * across
    one, two, three, four = cos(np.outer([2 * pi, 4 * pi, 6 * pi, 8 * pi], t))
    y = 13 * one - 5 * two - 2 * three - four
    points: FloatArray = (np.stack([x, y]) / 20 + 1) / 2
    return points


@preset("circle", "Circle")
@evenly
def circle(t: FloatArray) -> FloatArray:
    """From the right, counterclockwise."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    return np.stack([cosine, sine])


@preset("infinity", "Infinity")
@evenly
def infinity(t: FloatArray) -> FloatArray:
    """The lemniscate of Bernoulli, from the right."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    points: FloatArray = np.stack([cosine, sine * cosine]) / (1 + sine**2)
    return points


@preset("figure_eight", "Figure eight")
@evenly
def figure_eight(t: FloatArray) -> FloatArray:
    """An 8 as it is written, from the top; its upper half is the smaller one."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    size = np.where(cosine > 0, 0.8, 1.0) / (1 + sine**2)
    points: FloatArray = size * np.stack([-1.5 * sine * cosine, cosine])
    return points


@preset("rose", "Rose")
@evenly
def rose(t: FloatArray) -> FloatArray:
    """Five petals: r = sin(5φ), over half a turn."""
    angle = np.pi * t
    sine, cosine = sin_and_cos(angle)
    points: FloatArray = sin(5 * angle) * np.stack([cosine, sine])
    return points


@preset("star", "Star")
@by_length
def star() -> FloatArray:
    """Five tips; from the upper one, clockwise."""
    corner = np.arange(11)
    radius = np.where(corner % 2, (3 - np.sqrt(5)) / 2, 1)  # so that edges continue each other
    corners: FloatArray = radius * np.stack(sin_and_cos(corner * np.pi / 5))
    return corners


@preset("square", "Square")
@by_length
def square() -> FloatArray:
    """From the lower left corner, counterclockwise."""
    return np.array([[0.0, 1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0, 0.0]])


@preset("spiral", "Spiral", closed=False)
@evenly
def spiral(t: FloatArray) -> FloatArray:
    """Three turns of Archimedes' spiral, from the inside."""
    angle = 6 * np.pi * t
    sine, cosine = sin_and_cos(angle)
    points: FloatArray = angle * np.stack([cosine, sine])
    return points


@preset("wave", "Wave", closed=False)
@evenly
def wave(t: FloatArray) -> FloatArray:
    """A swell that rises and falls, under a bell."""
    return np.stack([2.6 * t, sin(7 * np.pi * t) * sin(np.pi * t) ** 2])
