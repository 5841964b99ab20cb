"""From the plane of the curves, y up, to device pixels, y down."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from curvegui.core.arrays import FloatArray


def scaled(rect: QRectF, scale: float) -> QRectF:
    """A rectangle in other units, ``scale`` of which are one of the rectangle's."""
    return QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale)


@dataclass(frozen=True)
class DataMap:
    """A part of the plane; ``device`` is x, y, width and height of the rectangle that shows it, in device pixels."""

    left: float
    right: float
    bottom: float
    top: float
    device: tuple[float, float, float, float]

    @classmethod
    def unit_square(cls, square: QRectF, area: QRectF | None = None) -> "DataMap":
        """Show the unit square in ``square``, and its surroundings up to the edges of ``area``."""
        area = square if area is None else area
        across, down = max(square.width(), 1e-9), max(square.height(), 1e-9)
        return cls(
            left=(area.left() - square.left()) / across,
            right=(area.right() - square.left()) / across,
            bottom=(square.bottom() - area.bottom()) / down,
            top=(square.bottom() - area.top()) / down,
            device=(area.x(), area.y(), area.width(), area.height()),
        )

    @property
    def rect(self) -> QRectF:
        return QRectF(*self.device)

    @property
    def pixels_per_unit(self) -> tuple[float, float]:
        return self.device[2] / (self.right - self.left), self.device[3] / (self.top - self.bottom)

    def over(self, rect: QRectF, ratio: float = 1.0) -> "DataMap":
        """The same plane on an image that will be shown in ``rect``, ``ratio`` of whose pixels are one of the
        device's."""
        (left, top), (right, bottom) = self.unmap(rect.left(), rect.top()), self.unmap(rect.right(), rect.bottom())
        across, down = (max(1, round(length * ratio)) for length in (rect.width(), rect.height()))
        return DataMap(left, right, bottom, top, (0.0, 0.0, across, down))

    def map(self, points: NDArray[np.floating]) -> FloatArray:
        """Device pixels of points, shape (..., 2, N), in an array of the same shape."""
        x, y, _, height = self.device
        across, up = self.pixels_per_unit
        with np.errstate(over="ignore"):  # what overflows is not finite, and is not drawn
            mapped: FloatArray = points * np.array([[across], [-up]])
        mapped += [[x - self.left * across], [y + height + self.bottom * up]]
        return mapped

    def unmap(self, x: float, y: float) -> tuple[float, float]:
        """The point of the plane at a position on the device, in device pixels."""
        across, up = self.pixels_per_unit
        return self.left + (x - self.device[0]) / across, self.top - (y - self.device[1]) / up
