"""What a figure of a run is: its curves, the layers that are wanted of it, and the view of a canvas."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPicture

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing


@dataclass(frozen=True)
class FigureOptions:
    """Which layers of a figure are painted."""

    background: bool = True
    trail: bool = True
    target: bool = True
    fit: bool = True
    axes: bool = False
    caption: bool = False


@dataclass(frozen=True, eq=False)
class OverPart:
    """A part of what lies over the curves. One that ``is_area`` is filled, and can be painted band by band."""

    picture: QPicture
    is_area: bool


@dataclass(frozen=True, eq=False)
class CanvasView:
    """A figure as a canvas shows it: a part of the ``plane`` in logical pixels, and what lies ``over`` the curves."""

    plane: DataMap
    look: Look
    options: FigureOptions
    over: tuple[OverPart, ...]

    @property
    def size_px(self) -> tuple[int, int]:
        """Its width and height, in logical pixels."""
        return round(self.plane.rect.width()), round(self.plane.rect.height())


@dataclass(frozen=True, eq=False)
class Figure:
    """The curves of a run, in the plane, y up; the unit square is the figure.

    A target that is an array, shape (2, N), is one open line from the first point to the last. The trail has shape
    (m, 2, N), float32, and the fit (2, N); all arrays are made read-only. The caption's parts are separated by " · ".
    With a ``view``, it is painted as a canvas shows it, whatever look and layers are asked for.
    Raises ``ValueError`` if an array has another shape.
    """

    target: FloatArray | TargetDrawing
    trail: NDArray[np.float32]
    fit: FloatArray | None = None
    caption: str = ""
    view: CanvasView | None = None

    def __post_init__(self) -> None:
        target = self.target.line if isinstance(self.target, TargetDrawing) else self.target
        for name, curves in (("target", target), ("trail", self.trail), ("fit", self.fit)):
            if curves is None:
                continue
            wanted, axes = ("(m, 2, N)", 3) if name == "trail" else ("(2, N)", 2)
            if curves.ndim != axes or curves.shape[-2] != 2 or curves.shape[-1] == 0:
                raise ValueError(
                    tr(
                        "The {name} of a figure has the shape {wanted}, not {shape}.",
                        name=name,
                        wanted=wanted,
                        shape=curves.shape,
                    )
                )
            if curves.flags.writeable:
                object.__setattr__(self, name, read_only(curves))

    @property
    def drawing(self) -> TargetDrawing:
        """The target as it is drawn."""
        return self.target if isinstance(self.target, TargetDrawing) else TargetDrawing(self.target)
