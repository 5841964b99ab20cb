"""The target: a curve, sampled into the points that the network trains on."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.presets import PRESETS


@dataclass(frozen=True)
class Curve:
    """Training points along a curve.

    Attributes
    ----------
    name : str
        What people call it.
    t : ndarray, shape (1, N), read-only
        How far along the curve each point is: the network's input.
    points : ndarray, shape (2, N), read-only
        (x, y) of each point in the unit square: what the network should answer.
    """

    name: str
    t: FloatArray
    points: FloatArray


def training_data(points: int = 100, curve: str = "heart") -> tuple[FloatArray, FloatArray]:
    """Training points of a preset, evenly spaced in t.

    Parameters
    ----------
    points : int
        How many, N.
    curve : str
        A name in ``PRESETS``.

    Returns
    -------
    t : ndarray, shape (1, N)
        0, 1/N, 2/N, ... (N - 1)/N.
    y : ndarray, shape (2, N)
    """
    # the numbers of arange(0, 1, 1 / N), which itself gives one too many where 1 / N is rounded down
    t = np.arange(points, dtype=np.float64) * (1 / points)
    return t[np.newaxis, :], PRESETS[curve](t)


def preset_curve(name: str, points: int) -> Curve:
    """Sample a preset into ``points`` training points."""
    t, y = training_data(points, name)
    return Curve(name, read_only(t), read_only(y))
