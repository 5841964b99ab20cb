"""Curves reshaped by hand: one training point moved, or a stretch of the curve pushed."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray, Curve, Units
from curvegui.core.elementary import cos, hypot
from curvegui.core.learner.target import Target
from curvegui.core.presets.names import reshaped_name

FAR = 1e9  # across a jump: no push reaches over it


def reshaped(curve: str | Curve, target: Target, points: FloatArray) -> Curve:
    """A curve whose training points have been moved to ``points``, shape (2, N); each stays as far along as it was.

    ``curve`` is a preset's name or a curve of one's own, and ``target`` the target made of it. Raises ``CurveError`` if
    the points make no curve.
    """
    if isinstance(curve, Curve):
        name, units = curve.name, curve.units
    else:
        name, units = reshaped_name(target.name), Units()
    return Curve(name, points, target.t[0], target.closed, target.jumps, units)


def fitted_in(curve: Curve) -> Curve:
    """A curve in the middle of the square, as large as its edges allow, its proportions and its units kept."""
    person = curve.units.to_person(curve.points)
    units = Units.fitting(person, curve.units.flipped)
    return replace(curve, points=units.to_square(person), units=units)


def moved_point(target: Target, index: int, to: tuple[float, float]) -> FloatArray:
    """The training points, shape (2, N), with one point moved."""
    points = target.curve_points.copy()
    points[:, index] = to
    return points


def pushed(target: Target, index: int, radius: float, shift: tuple[float, float]) -> FloatArray:
    """The training points, shape (2, N), after a push with a soft brush. The point at ``index`` moves by the whole
    shift. The push reaches along the curve as far as the radius, but not to another branch that only passes by."""
    return target.curve_points + np.array(shift)[:, np.newaxis] * grip(target, index, radius)


def grip(target: Target, index: int, radius: float) -> FloatArray:
    """How much of a push each training point takes, shape (N,): from 1 in the middle to 0 at the radius."""
    steps = np.roll(target.curve_points, -1, axis=1) - target.curve_points
    ways = hypot(*steps)  # from each point to the next
    ways[target.jumps] = FAR
    ends = np.concatenate([[0.0], np.cumsum(ways)])
    distances = np.abs(ends[:-1] - ends[index])  # along the curve, the shorter way round
    if target.closed:
        distances = np.minimum(distances, ends[-1] - distances)
    taken = cos(np.pi / 2 * np.clip(distances / radius, 0, 1)) ** 2
    taken[index] = 1.0
    return np.where(taken > 1e-12, taken, 0.0)  # at the radius itself the cosine is not quite 0


def stretch(target: Target, index: int, radius: float) -> NDArray[np.intp]:
    """The indices of the points that a push moves, in their order along the curve, across its start if closed."""
    count = target.t.size
    order = np.arange(count)
    if target.closed:
        order = (order + index - count // 2) % count
    return order[grip(target, index, radius)[order] > 0]


def nearest_point(points: FloatArray, place: tuple[float, float]) -> int:
    """The index of the point, of points of shape (2, N), that is nearest to a position."""
    x, y = place
    return int(np.argmin(hypot(points[0] - x, points[1] - y)))


def distance_to(points: FloatArray, jumps: BoolArray, closed: bool, place: tuple[float, float]) -> float:
    """The distance of a position from the lines between points, shape (2, N); jumps are no lines."""
    there = np.array(place)[:, np.newaxis]
    steps = np.roll(points, -1, axis=1) - points
    drawn = ~jumps
    drawn[-1] &= closed
    lengths = np.square(steps).sum(axis=0)
    way = ((there - points) * steps).sum(axis=0) / np.where(lengths > 0, lengths, 1.0)
    feet = points + steps * np.where(drawn, np.clip(way, 0, 1), 0.0)
    return float(hypot(*(there - feet)).min())
