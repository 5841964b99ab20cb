"""Curves to learn, by name: each a function of t, how far along the curve one is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.registry import Registry

Function = Callable[[FloatArray], FloatArray]
"""From t, shape (N,), in [0, 1], to points, shape (2, N), inside the unit square."""


@dataclass(frozen=True)
class Preset:
    """A curve that comes with the app.

    Attributes
    ----------
    label : str
        What people call it: "Figure eight".
    closed : bool
        Whether it ends where it began.
    function : callable
        From t, shape (N,), in [0, 1], to points, shape (2, N).
    """

    label: str
    closed: bool
    function: Function

    def __call__(self, t: FloatArray) -> FloatArray:
        """Points at fractions of the way."""
        return self.function(t)


PRESETS: Registry[Preset] = Registry("curve")


def preset(name: str, label: str, *, closed: bool = True) -> Callable[[Function], Function]:
    """Decorate a function to make it a preset."""

    def decorate(function: Function) -> Function:
        PRESETS.add(name, Preset(label, closed, function))
        return function

    return decorate


@preset("heart", "Heart")
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
