"""What is seen of a plane: a rectangle around the places of a path."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from curvegui.core.arrays import FloatArray

MARGIN = 0.25  # of the path's extent, beyond it on each side
SQUAT = 0.4  # a region is at least so wide for its height, and so high for its width
LEAST_WEIGHT = 2.0  # a weight is seen at least so far from where it is


@dataclass(frozen=True)
class Region:
    """A rectangle of a plane."""

    left: float
    right: float
    bottom: float
    top: float

    @classmethod
    def around(cls, places: FloatArray, least: float = 0.0) -> Self:
        """What shows all places, shape (K, 2), with a margin, and at least so much on each side of their middle."""
        low, high = places.min(axis=0), places.max(axis=0)
        middle, half = (low + high) / 2, np.maximum((0.5 + MARGIN) * (high - low), max(least, 1e-6))
        half = np.maximum(half, SQUAT * half[::-1])
        (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
        return cls(left, right, bottom, top)

    def holds(self, places: FloatArray) -> bool:
        """Whether all places, shape (K, 2), are in it."""
        low, high = places.min(axis=0), places.max(axis=0)
        return bool(self.left <= low[0] and high[0] <= self.right and self.bottom <= low[1] and high[1] <= self.top)

    def parts(self, places: FloatArray) -> FloatArray:
        """Where places, shape (K, 2), lie: 0 at the left and the bottom, 1 at the right and the top."""
        return (places - (self.left, self.bottom)) / (self.right - self.left, self.top - self.bottom)

    def places(self, parts: FloatArray) -> FloatArray:
        """The places of such parts, shape (K, 2)."""
        return parts * (self.right - self.left, self.top - self.bottom) + (self.left, self.bottom)
