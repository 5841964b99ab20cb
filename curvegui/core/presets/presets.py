"""The curves that come with the app, by name, in the order in which people see them: each a function of t in [0, 1].

A preset is one decorated function. What makes a function move evenly along its curve stands first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, Units, arc_fractions, curve_through
from curvegui.core.elementary import arctan2, cos, hypot, interpolated, sin, sin_and_cos
from curvegui.core.language.text import said
from curvegui.core.registry import Registry

AT_ONCE = 4_096  # points, whose numbers stay near the processor: of many, twice as fast
Function = Callable[[FloatArray], FloatArray]
"""From t, shape (N,), in [0, 1], to points, shape (2, N), inside the unit square."""


@said("label", within=("label",))
@dataclass(frozen=True)
class Preset:
    """A curve that comes with the app."""

    label: str  # what people call it: "Figure eight"
    closed: bool
    function: Function

    def __call__(self, t: FloatArray) -> FloatArray:
        """Points, shape (2, N), at t, shape (N,)."""
        starts = range(0, max(t.size, 1), AT_ONCE)
        return np.concatenate([self.function(t[start : start + AT_ONCE]) for start in starts], axis=1)


PRESETS: Registry[Preset] = Registry("curve")


def preset(
    name: str, label: str, traced: Callable[[Any], Function] = lambda own: own, *, closed: bool = True
) -> Callable[[Any], Preset]:
    """Decorate a function to make it a preset; ``traced`` turns the function into one of t in the unit square."""
    return lambda own: PRESETS.add(name, Preset(label, closed, traced(own)))


PIECES = 4_096  # of a curve, to measure it
PIECES_BETWEEN = 24  # two points of a drawing


def evenly(natural: Function) -> Function:
    """Decorate a function from [0, 1] to the plane so that it fills the unit square and its points are spaced well.

    Half of t follows the function's own parameter, half the arc length. The curve is never passed at more than twice
    the mean speed, and still slows down where it turns on the spot, so that it stays smooth as a function of t.
    """

    @cache  # measured when it is first drawn, and not when the app starts
    def measured() -> tuple[FloatArray, FloatArray, Units]:
        own = np.linspace(0, 1, PIECES + 1)
        points = natural(own)
        return own, (own + arc_fractions(points, closed=False)) / 2, Units.fitting(points)

    def traced(t: FloatArray) -> FloatArray:
        own, fractions, units = measured()
        return units.to_square(natural(interpolated(t, fractions, own)))

    return traced


def by_length(draw: Callable[[], FloatArray]) -> Function:
    """Decorate a function that gives the points of a line, shape (2, M): t follows its length, in the unit square."""

    @cache
    def drawn() -> Curve:
        return curve_through("preset", draw(), closed=False)  # where it is, its last point is its first

    def traced(t: FloatArray) -> FloatArray:
        return drawn().at(t)

    return traced


def smooth(given: Sequence[tuple[float, float]]) -> FloatArray:
    """A smooth line through points, shape (2, M), without overshooting: a centripetal Catmull-Rom spline. There are at
    least two points, and no two neighbours are equal."""
    points = np.array(given, np.float64).T
    spans = np.sqrt(hypot(*np.diff(points, axis=1)))
    slopes = np.diff(points, axis=1) / spans
    inner = (spans[1:] * slopes[:, :-1] + spans[:-1] * slopes[:, 1:]) / (spans[1:] + spans[:-1])
    tangents = np.column_stack([slopes[:, 0], inner, slopes[:, -1]])
    u = np.arange(PIECES_BETWEEN)[:, np.newaxis] / PIECES_BETWEEN
    start, end = points[:, np.newaxis, :-1], points[:, np.newaxis, 1:]
    leave, arrive = tangents[:, np.newaxis, :-1] * spans, tangents[:, np.newaxis, 1:] * spans
    line = (1 + 2 * u) * (1 - u) ** 2 * start + u * (1 - u) ** 2 * leave
    line += u**2 * (3 - 2 * u) * end - u**2 * (1 - u) * arrive
    return np.column_stack([line.transpose(0, 2, 1).reshape(2, -1), points[:, -1]])


def _polar(radius: FloatArray, angle: FloatArray) -> FloatArray:
    sine, cosine = sin_and_cos(angle)
    return radius * np.stack([cosine, sine])


# The curves that everybody knows. The heart is the first of all.


@preset("heart", "Heart")
def heart(t: FloatArray) -> FloatArray:
    """The heart of the exercise "I love backpropagation". It goes from the notch (t = 0) over the tip (0.5) back to the
    notch (1); x spans 0.10 to 0.90 and y 0.075 to 0.798."""
    pi = np.pi
    across = sin(2 * pi * t)
    x = 16 * across * across * across
    one, two, three, four = cos(np.outer([2 * pi, 4 * pi, 6 * pi, 8 * pi], t))
    y = 13 * one - 5 * two - 2 * three - four
    return (np.stack([x, y]) / 20 + 1) / 2


@preset("circle", "Circle", evenly)
def circle(t: FloatArray) -> FloatArray:
    """From the right, counterclockwise."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    return np.stack([cosine, sine])


@preset("infinity", "Infinity", evenly)
def infinity(t: FloatArray) -> FloatArray:
    """The lemniscate of Bernoulli, from the right."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    return np.stack([cosine, sine * cosine]) / (1 + sine**2)


@preset("figure_eight", "Figure eight", evenly)
def figure_eight(t: FloatArray) -> FloatArray:
    """An 8 as it is written, from the top; its upper half is smaller."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    size = np.where(cosine > 0, 0.8, 1.0) / (1 + sine**2)
    return size * np.stack([-1.5 * sine * cosine, cosine])


@preset("rose", "Rose", evenly)
def rose(t: FloatArray) -> FloatArray:
    """Five petals: r = sin(5φ), over half a turn."""
    angle = np.pi * t
    return _polar(sin(5 * angle), angle)


@preset("star", "Star", by_length)
def star() -> FloatArray:
    """Five tips; from the upper tip, clockwise."""
    corner = np.arange(11)
    radius = np.where(corner % 2, (3 - np.sqrt(5)) / 2, 1)  # so that edges continue each other
    return radius * np.stack(sin_and_cos(corner * np.pi / 5))


@preset("square", "Square", by_length)
def square() -> FloatArray:
    """From the lower left corner, counterclockwise."""
    return np.array([[0.0, 1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0, 0.0]])


@preset("spiral", "Spiral", evenly, closed=False)
def spiral(t: FloatArray) -> FloatArray:
    """Three turns of Archimedes' spiral, from the inside."""
    angle = 6 * np.pi * t
    return _polar(angle, angle)


@preset("wave", "Wave", evenly, closed=False)
def wave(t: FloatArray) -> FloatArray:
    """A swell that rises and falls, under a bell."""
    return np.stack([2.6 * t, sin(7 * np.pi * t) * sin(np.pi * t) ** 2])


# Curves with a name in mathematics: they follow from one angle.


@preset("trefoil", "Trefoil knot", evenly)
def trefoil(t: FloatArray) -> FloatArray:
    """The simplest knot, from above."""
    angle = 2 * np.pi * t
    (sine, cosine), (sine_2, cosine_2) = sin_and_cos(angle), sin_and_cos(2 * angle)
    return np.stack([sine + 2 * sine_2, cosine - 2 * cosine_2])


@preset("figure_eight_knot", "Figure-eight knot", evenly)
def figure_eight_knot(t: FloatArray) -> FloatArray:
    """The knot with four crossings, from above."""
    angle = 2 * np.pi * t
    return _polar(2 + cos(2 * angle), 3 * angle)


@preset("lissajous", "Lissajous", evenly)
def lissajous(t: FloatArray) -> FloatArray:
    """Three swings to the side while there are two up and down."""
    angle = 2 * np.pi * t
    return np.stack([cos(3 * angle), sin(2 * angle)])


@preset("cardioid", "Cardioid", evenly)
def cardioid(t: FloatArray) -> FloatArray:
    """Drawn by a point of a circle that rolls round another of the same size; the tip is above."""
    angle = 2 * np.pi * t + np.pi / 2
    return _polar(1 - sin(angle), angle)


@preset("astroid", "Astroid", evenly)
def astroid(t: FloatArray) -> FloatArray:
    """Drawn by a point of a circle that rolls inside another four times as large."""
    sine, cosine = sin_and_cos(2 * np.pi * t)
    points = np.stack([cosine, sine])
    return points * points * points


@preset("deltoid", "Deltoid", evenly)
def deltoid(t: FloatArray) -> FloatArray:
    """Drawn by a point of a circle that rolls inside another three times as large; a tip is above."""
    angle = 2 * np.pi * t
    (sine, cosine), (sine_2, cosine_2) = sin_and_cos(angle), sin_and_cos(2 * angle)
    return np.stack([2 * sine - sine_2, 2 * cosine + cosine_2])


@preset("flower", "Flower", evenly)
def flower(t: FloatArray) -> FloatArray:
    """Six round petals: nearly the path of a point of a circle that rolls round another six times as large."""
    angle = 2 * np.pi * t
    (sine, cosine), (sine_7, cosine_7) = sin_and_cos(angle), sin_and_cos(7 * angle)
    return np.stack([7 * sine + 0.9 * sine_7, 7 * cosine + 0.9 * cosine_7])


@preset("clover", "Clover", evenly)
def clover(t: FloatArray) -> FloatArray:
    """Four leaves, through the middle from each leaf to the opposite leaf."""
    angle = 2 * np.pi * t + np.pi / 4
    leaf = sin(2 * angle)
    return _polar(leaf * (1 + 0.25 * np.abs(leaf)), angle)


@preset("drop", "Drop", evenly)
def drop(t: FloatArray) -> FloatArray:
    """From its tip, clockwise."""
    angle = 2 * np.pi * t
    sine, cosine = sin_and_cos(angle)
    return np.stack([sine * sin(angle / 2) ** 2, 1.15 * cosine])


@preset("spirograph", "Spirograph", evenly)
def spirograph(t: FloatArray) -> FloatArray:
    """Seven loops, as a toy of toothed wheels draws them."""
    angle = 2 * np.pi * t
    (sine_2, cosine_2), (sine_5, cosine_5) = sin_and_cos(2 * angle), sin_and_cos(5 * angle)
    return np.stack([5 * sine_2 + 4 * sine_5, 5 * cosine_2 - 4 * cosine_5])


# Drawn by hand: a few points each, and a smooth line between them; a sharp corner where two strokes meet.


@preset("butterfly", "Butterfly", by_length)
def butterfly() -> FloatArray:
    """With open wings; from its head, clockwise."""
    head = smooth([(0, 6.9), (0.35, 6.7), (0.3, 6.0)])
    upper = smooth([(0.3, 6.0), (1.3, 7.8), (3.2, 9.5), (5.2, 9.7), (5.7, 8.2), (5.0, 6.2), (3.3, 5.1)])
    lower = smooth([(3.3, 5.1), (4.4, 4.2), (4.6, 2.6), (3.8, 1.1), (2.5, 0.9), (1.3, 2.2), (0.3, 4.2)])
    right = np.column_stack([head, upper, lower, smooth([(0.3, 4.2), (0.25, 3.2), (0, 2.8)])])
    return np.column_stack([right, right[:, ::-1] * [[-1], [1]]])


@preset("fish", "Fish", by_length)
def fish() -> FloatArray:
    """Swims to the left; from its mouth over its back, clockwise."""
    brow = smooth([(0, 3.0), (0.5, 3.9), (1.5, 4.8), (2.9, 5.4)])
    fin = smooth([(2.9, 5.4), (3.9, 6.5), (5.4, 6.9), (5.2, 6.0), (5.5, 5.1)])
    back = smooth([(5.5, 5.1), (6.7, 4.2), (7.7, 3.55), (8.6, 4.2), (10.0, 5.4)])
    tail = smooth([(10.0, 5.4), (9.4, 4.2), (9.2, 3.1), (9.4, 2.0), (10.0, 0.8)])
    belly = smooth([(10.0, 0.8), (8.6, 2.0), (7.7, 2.65), (6.7, 2.0), (5.4, 1.2)])
    keel = smooth([(5.4, 1.2), (5.3, 0.5), (4.9, -0.1), (4.2, 0.1), (3.5, 0.7)])
    chin = smooth([(3.5, 0.7), (1.8, 1.2), (0.6, 2.1), (0, 3.0)])
    return np.column_stack([brow, fin, back, tail, belly, keel, chin])


@preset("cat", "Cat", by_length)
def cat() -> FloatArray:
    """Sits and looks at you; from the left ear over the right ear, the tail and the paws."""
    ear = smooth([(1.9, 14.6), (2.8, 14.1), (3.75, 13.25)])
    brow = smooth([(3.75, 13.25), (4.75, 13.4), (5.75, 13.25)])
    cheek = [(7.6, 14.6), (7.75, 13.4), (7.65, 12.1), (7.75, 10.9), (7.2, 9.6), (6.2, 8.75), (6.3, 8.0), (7.0, 6.8)]
    tail = [(7.9, 4.9), (8.4, 2.9), (8.9, 1.5), (9.8, 1.2), (10.5, 2.1), (10.4, 3.6), (10.0, 5.1), (10.4, 6.4)]
    back = [(11.4, 6.5), (11.4, 5.3), (11.7, 3.6), (11.6, 1.6), (10.4, 0.1), (8.5, -0.2), (6.5, -0.2), (4.0, -0.2)]
    paws = [(2.1, -0.1), (1.1, 0.9), (1.0, 2.9), (1.6, 4.9), (2.5, 6.8), (3.2, 8.0), (3.3, 8.75), (2.3, 9.6)]
    right_ear = ear[:, ::-1] * [[-1], [1]] + [[9.5], [0]]
    body = smooth([*cheek, *tail, *back, *paws, (1.75, 10.9), (1.85, 12.1), (1.75, 13.4), (1.9, 14.6)])
    return np.column_stack([ear, brow, right_ear, body])


@preset("treble_clef", "Treble clef", by_length, closed=False)
def treble_clef() -> FloatArray:
    """From the curl at its foot, up the stem, to the eye in the middle."""
    foot = [(3.6, 1.6), (2.9, 1.3), (2.9, 0.5), (3.9, 0.0), (5.2, 0.5), (5.55, 2.0), (5.1, 5.0), (4.6, 8.3)]
    top = [(4.2, 11.6), (4.3, 13.8), (5.0, 15.3), (5.7, 14.9), (5.9, 13.4), (5.3, 11.6), (4.0, 10.0), (2.5, 8.2)]
    belly = [(1.6, 6.1), (1.9, 4.2), (3.4, 2.9), (5.4, 2.6), (7.3, 3.4), (8.0, 5.1), (7.4, 6.8), (5.7, 7.5)]
    return smooth([*foot, *top, *belly, (4.2, 6.9), (3.6, 5.6), (4.1, 4.5), (5.3, 4.3)])


@preset("signature", "Signature", by_length, closed=False)
def signature() -> FloatArray:
    """A capital, some letters, and a stroke under them all."""
    capital = [(0.2, 3.9), (1.4, 4.9), (2.6, 6.8), (3.2, 8.6), (2.6, 9.0), (1.9, 7.4), (1.8, 5.1), (2.5, 3.8)]
    letters = [(3.4, 4.2), (4.2, 5.4), (4.0, 6.0), (3.5, 5.2), (3.8, 4.0), (4.8, 4.0), (5.7, 5.3), (5.5, 5.9)]
    more = [(5.0, 5.1), (5.3, 3.9), (6.4, 4.1), (7.6, 6.0), (8.2, 7.9), (7.7, 8.3), (7.2, 6.6), (7.2, 4.8), (8.0, 3.9)]
    sweep = [(9.2, 4.6), (10.4, 5.3), (11.2, 4.7), (10.2, 3.4), (7.6, 2.8), (4.6, 2.8), (2.2, 2.3), (1.5, 1.3)]
    return smooth([*capital, *letters, *more, *sweep, (2.6, 0.6), (5.2, 1.1), (8.6, 2.3), (12.0, 3.9)])


@preset("moon", "Moon", by_length)
def moon() -> FloatArray:
    """A crescent; from its upper tip, counterclockwise."""
    outer = np.pi * np.linspace(0.3, 1.7, 200)
    x, y = cos(outer), sin(outer)
    middle = 0.62  # of the smaller circle, through both tips
    opening = arctan2(y[0], x[0] - middle)
    inner = np.linspace(2 * np.pi - opening, opening, 150)
    radius = hypot(x[0] - middle, y[0])
    return np.column_stack([[x, y], [middle + radius * cos(inner), radius * sin(inner)]])
