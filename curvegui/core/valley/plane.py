"""A plane through the space of all weights and biases, where a network is a point and a run is a path.

The plane of a path is that of Li and others, "Visualizing the Loss Landscape of Neural Nets" (2018), section 7.2: the
two principal directions of the path's networks, seen from the present one. They are not centred: the present network
lies in the plane.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.run.record import RunRecord

MOST_NETWORKS = 600  # of a path: more cannot be told apart
FLAT = 1e-9  # of the path's length: a second direction that has less of it is rounding


@dataclass(frozen=True, eq=False)
class Plane:
    """All networks origin + a · direction 1 + b · direction 2; (a, b) is a position in the plane."""

    origin: FloatArray  # shape (P,)
    directions: FloatArray  # shape (2, P), of length 1 and at right angles

    @classmethod
    def of_path(cls, path: FloatArray, present: FloatArray) -> Self | None:
        """The plane through the present network, (P,), that holds most of a path, (m, P); None for a straight path."""
        _, lengths, directions = np.linalg.svd(path - present, full_matrices=False)
        if len(lengths) < 2 or lengths[1] <= FLAT * lengths[0]:
            return None
        plane = cls(present, directions[:2])
        ends = np.where(plane.project(path[:1]) > 0, -1.0, 1.0)  # it begins at the left and below, whoever computes it
        return cls(present, directions[:2] * ends.T)

    @classmethod
    def of_parameters(cls, present: FloatArray, first: int, second: int) -> Self:
        """The plane in which two parameters change, given by their indices, and all others stay as they are."""
        directions = np.zeros((2, present.size))
        directions[[0, 1], [first, second]] = 1.0
        return cls(present, directions)

    def at(self, places: FloatArray) -> FloatArray:
        """The networks, shape (K, P), at positions, shape (K, 2)."""
        return self.origin + places @ self.directions

    def project(self, networks: FloatArray) -> FloatArray:
        """The positions in the plane, shape (K, 2), that are nearest to networks, shape (K, P)."""
        return (networks - self.origin) @ self.directions.T

    def held(self, path: FloatArray) -> float:
        """The share of a path, shape (m, P), that lies in the plane: of the squared distances from its origin."""
        largest = float(np.abs(path - self.origin).max(initial=0.0))
        if largest == 0:
            return 1.0
        moves = (path - self.origin) / largest  # squares of large numbers would be too large
        return float(np.square(moves @ self.directions.T).sum() / np.square(moves).sum())


def path_of(record: RunRecord) -> FloatArray:
    """The kept networks of a run, evenly thinned, and the present network last; shape (m, P)."""
    frames = record.keyframes
    if len(frames) > MOST_NETWORKS:
        frames = frames[np.linspace(0, len(frames) - 1, MOST_NETWORKS).astype(np.intp)]
    return np.vstack([frames, record.parameters])


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
        """The region around positions, shape (K, 2), with a margin, at least so much on each side of their middle."""
        low, high = places.min(axis=0), places.max(axis=0)
        middle, half = (low + high) / 2, np.maximum((0.5 + MARGIN) * (high - low), max(least, 1e-6))
        half = np.maximum(half, SQUAT * half[::-1])
        (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
        return cls(left, right, bottom, top)

    def holds(self, places: FloatArray) -> bool:
        low, high = places.min(axis=0), places.max(axis=0)
        return bool(self.left <= low[0] and high[0] <= self.right and self.bottom <= low[1] and high[1] <= self.top)

    def parts(self, places: FloatArray) -> FloatArray:
        """Positions, shape (K, 2), as parts of the region: 0 at the left and the bottom, 1 at the right and the top."""
        return (places - (self.left, self.bottom)) / (self.right - self.left, self.top - self.bottom)

    def places(self, parts: FloatArray) -> FloatArray:
        """The positions at parts of the region, shape (K, 2)."""
        return parts * (self.right - self.left, self.top - self.bottom) + (self.left, self.bottom)
