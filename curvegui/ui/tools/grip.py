"""What a hand holds of a curve, from when it took hold of it until it lets go."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.learner.reshaping import moved_point, pushed
from curvegui.core.learner.target import Target


@dataclass
class Grip:
    """What a hand holds.

    Attributes
    ----------
    target, curve
        As they were when it took hold.
    index : int
        The point that it holds.
    alone : bool
        Whether it holds no other.
    start : (float, float)
        Where the hand was then, in the plane.
    sent : Curve or None
        What was sent last.
    """

    target: Target
    curve: str | Curve
    index: int
    alone: bool
    start: tuple[float, float]
    sent: Curve | None = None

    def points(self, place: tuple[float, float], radius: float) -> FloatArray:
        """The training points when the hand is at a place of the plane."""
        held = self.target.curve_points[:, self.index]
        x, y = _kept_inside(held + np.subtract(place, self.start), held).tolist()
        if self.alone:
            return moved_point(self.target, self.index, (x, y))
        shift = x - float(held[0]), y - float(held[1])
        return _kept_inside(pushed(self.target, self.index, radius, shift), self.target.curve_points)


def _kept_inside(points: FloatArray, before: FloatArray) -> FloatArray:
    """Points that have left the unit square no farther than they had before: the network could not follow."""
    return np.clip(points, np.minimum(before, 0.0), np.maximum(before, 1.0))
