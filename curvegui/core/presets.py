"""Curves to learn, by name: each a function of t, how far along the curve one is."""

from collections.abc import Callable

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.registry import Registry

Preset = Callable[[FloatArray], FloatArray]
"""From t, shape (N,), in [0, 1), to points, shape (2, N), inside the unit square."""

PRESETS: Registry[Preset] = Registry("curve")


@PRESETS.register("heart")
def heart(t: FloatArray) -> FloatArray:
    """The heart of the exercise "I love backpropagation".

    Parameters
    ----------
    t : ndarray, shape (N,)
        Fraction of the way round, from 0 (the notch) through 0.5 (the tip) to 1 (the notch).

    Returns
    -------
    ndarray, shape (2, N)
        x spans 0.10 to 0.90 and y spans 0.075 to 0.798.
    """
    pi = np.pi
    x = 16 * np.sin(2 * pi * t) ** 3
    y = 13 * np.cos(2 * pi * t) - 5 * np.cos(4 * pi * t) - 2 * np.cos(6 * pi * t) - np.cos(8 * pi * t)
    points: FloatArray = (np.stack([x, y]) / 20 + 1) / 2
    return points
