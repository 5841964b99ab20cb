"""Between two points of a line."""

import numpy as np

from curvegui.core.arrays import FloatArray


def interpolated(t: FloatArray, places: FloatArray, values: FloatArray) -> FloatArray:
    """The values at t on the straight lines between places, which ascend; before and after these, the outermost ones.

    As ``np.interp``, but that fuses a product and a sum on some processors, and rounds them once there.
    """
    before = np.maximum(np.searchsorted(places, t, side="right") - 1, 0)
    after = np.minimum(before + 1, places.size - 1)
    way, gap = t - places[before], places[after] - places[before]
    slopes = (values[after] - values[before]) / np.where(gap > 0, gap, 1.0)
    found: FloatArray = values[before] + slopes * np.maximum(way, 0.0)
    return found
