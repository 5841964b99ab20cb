"""From a person's own coordinates to the unit square, where the network learns, and back."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray

EDGE = 0.1  # kept free on all sides: a logistic output reaches neither 0 nor 1
CENTRE = 0.5


@dataclass(frozen=True)
class Units:
    """How a curve was fitted into the unit square."""

    scale: float = 1.0  # of a person's units to the side of the unit square; above 0
    x: float = CENTRE  # a person's coordinates of the middle of the square
    y: float = CENTRE
    flipped: bool = False  # a person's y points down, as in pictures and SVG

    @classmethod
    def fitting(cls, points: FloatArray, flipped: bool = False) -> "Units":
        """The units that put finite points, shape (2, M), in the middle, as large as the edges allow, undistorted."""
        low, high = points.min(axis=1), points.max(axis=1)
        middle = low / 2 + high / 2
        size = float(np.max(high - low))
        return cls(size / (1 - 2 * EDGE) if size > 0 else 1.0, float(middle[0]), float(middle[1]), flipped)

    def to_square(self, points: FloatArray) -> FloatArray:
        """Points of the unit square, of the same shape (2, M)."""
        square: FloatArray = (points - self._middle()) / self._scales() + CENTRE
        return square

    def to_person(self, points: FloatArray) -> FloatArray:
        """Points in a person's units, of the same shape (2, M); undoes ``to_square`` up to rounding."""
        person: FloatArray = (points - CENTRE) * self._scales() + self._middle()
        return person

    def _middle(self) -> FloatArray:
        return np.array([[self.x], [self.y]])

    def _scales(self) -> FloatArray:
        return np.array([[self.scale], [-self.scale if self.flipped else self.scale]])
