"""The curves that everybody knows. The heart is the first of all."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.presets.preset import by_length, evenly, preset


@preset("heart", "Heart")
def heart(t: FloatArray) -> FloatArray:
    """The heart of the exercise "I love backpropagation".

    It goes from the notch (t = 0) over the tip (0.5) back to the notch (1); x spans 0.10 to 0.90 and y 0.075 to 0.798.
    """
    pi = np.pi
    x = 16 * np.sin(2 * pi * t) ** 3
    y = 13 * np.cos(2 * pi * t) - 5 * np.cos(4 * pi * t) - 2 * np.cos(6 * pi * t) - np.cos(8 * pi * t)
    points: FloatArray = (np.stack([x, y]) / 20 + 1) / 2
    return points


@preset("circle", "Circle")
@evenly
def circle(t: FloatArray) -> FloatArray:
    """From the right, counterclockwise."""
    return np.stack([np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)])


@preset("infinity", "Infinity")
@evenly
def infinity(t: FloatArray) -> FloatArray:
    """The lemniscate of Bernoulli, from the right."""
    angle = 2 * np.pi * t
    points: FloatArray = np.stack([np.cos(angle), np.sin(angle) * np.cos(angle)]) / (1 + np.sin(angle) ** 2)
    return points


@preset("figure_eight", "Figure eight")
@evenly
def figure_eight(t: FloatArray) -> FloatArray:
    """An 8 as it is written, from the top; its upper half is the smaller one."""
    angle = 2 * np.pi * t
    size = np.where(np.cos(angle) > 0, 0.8, 1.0) / (1 + np.sin(angle) ** 2)
    points: FloatArray = size * np.stack([-1.5 * np.sin(angle) * np.cos(angle), np.cos(angle)])
    return points


@preset("rose", "Rose")
@evenly
def rose(t: FloatArray) -> FloatArray:
    """Five petals: r = sin(5φ), over half a turn."""
    angle = np.pi * t
    points: FloatArray = np.sin(5 * angle) * np.stack([np.cos(angle), np.sin(angle)])
    return points


@preset("star", "Star")
@by_length
def star() -> FloatArray:
    """Five tips; from the upper one, clockwise."""
    corner = np.arange(11)
    radius = np.where(corner % 2, (3 - np.sqrt(5)) / 2, 1)  # so that edges continue each other
    corners: FloatArray = radius * np.stack([np.sin(corner * np.pi / 5), np.cos(corner * np.pi / 5)])
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
    points: FloatArray = angle * np.stack([np.cos(angle), np.sin(angle)])
    return points


@preset("wave", "Wave", closed=False)
@evenly
def wave(t: FloatArray) -> FloatArray:
    """A swell that rises and falls, under a bell."""
    return np.stack([2.6 * t, np.sin(7 * np.pi * t) * np.sin(np.pi * t) ** 2])
