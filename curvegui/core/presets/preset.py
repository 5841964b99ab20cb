"""What a preset is: a curve that comes with the app, as a function of t."""

from collections.abc import Callable
from dataclasses import dataclass

from curvegui.core.arrays import FloatArray
from curvegui.core.registry import Registry

Function = Callable[[FloatArray], FloatArray]
"""From t, shape (N,), in [0, 1], to points, shape (2, N), inside the unit square."""


@dataclass(frozen=True)
class Preset:
    """A curve that comes with the app."""

    label: str  # what people call it: "Figure eight"
    closed: bool
    function: Function

    def __call__(self, t: FloatArray) -> FloatArray:
        """Points, shape (2, N), at t, shape (N,)."""
        return self.function(t)


PRESETS: Registry[Preset] = Registry("curve")


def preset(name: str, label: str, *, closed: bool = True) -> Callable[[Function], Function]:
    """Decorate a function to make it a preset."""

    def decorate(function: Function) -> Function:
        PRESETS.add(name, Preset(label, closed, function))
        return function

    return decorate
