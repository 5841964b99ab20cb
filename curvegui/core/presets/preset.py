"""What a preset is: a curve that comes with the app, as a function of t that moves evenly along it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, arc_fractions, curve_through
from curvegui.core.curve.units import Units
from curvegui.core.elementary import hypot, interpolated
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


def preset(name: str, label: str, *, closed: bool = True) -> Callable[[Function], Function]:
    """Decorate a function to make it a preset."""

    def decorate(function: Function) -> Function:
        PRESETS.add(name, Preset(label, closed, function))
        return function

    return decorate


Place = tuple[float, float]

PIECES = 4_096  # of a curve, to measure it
PIECES_BETWEEN = 24  # two places of an outline


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

    traced.__doc__ = natural.__doc__
    return traced


def by_length(draw: Callable[[], FloatArray]) -> Function:
    """Decorate a function that gives the points of a line, shape (2, M): t follows its length, in the unit square."""

    @cache
    def drawn() -> Curve:
        return curve_through("preset", draw(), closed=False)  # where it is, its last point is its first

    def traced(t: FloatArray) -> FloatArray:
        return drawn().at(t)

    traced.__doc__ = draw.__doc__
    return traced


def smooth(places: Sequence[Place]) -> FloatArray:
    """A smooth line through places, shape (2, M), without overshooting: a centripetal Catmull-Rom spline.

    There are at least two places, and no two neighbours are equal.
    """
    points = np.array(places, np.float64).T
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
