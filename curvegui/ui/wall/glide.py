"""Canvases on their way to other places: slowly enough that an eye can follow."""

from time import perf_counter

import numpy as np

from curvegui.core.arrays import FloatArray

GLIDE_S = 0.5


class Glide:
    """Where the canvases are.

    Attributes
    ----------
    corners : ndarray, shape (K, 2)
        Of each one, at the last step.
    is_under_way : bool
    """

    def __init__(self) -> None:
        self.corners = self._from = self._to = np.empty((0, 2))
        self.is_under_way, self._began = False, 0.0

    def begin(self, corners: FloatArray, at_once: bool) -> None:
        """Set off for other places, from where they are; or be there at once."""
        self.is_under_way = not at_once and not np.array_equal(corners, self.corners)
        self._from, self._to, self._began = self.corners, corners, perf_counter()
        if not self.is_under_way:
            self.corners = corners

    def step(self) -> FloatArray:
        """Where they are by now."""
        if self.is_under_way:
            part = min((perf_counter() - self._began) / GLIDE_S, 1.0)
            eased = part * part * (3.0 - 2.0 * part)
            self.corners = np.round(self._from + eased * (self._to - self._from))
            if part >= 1.0:
                self.corners, self.is_under_way = self._to, False
        return self.corners
