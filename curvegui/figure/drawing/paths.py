"""Arrays of points as Qt's paths and polygons, and paths as arrays, all of their elements at once.

Qt writes a path to a file as the number of its elements, the elements, where the last curve begins, and the rule by
which it is filled. To make or to ask for one element after the other takes a hundred times longer.
"""

import struct
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from curvegui.core.arrays import FloatArray

MOVE, LINE, CURVE = 0, 1, 2  # QPainterPath.ElementType
ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
COUNT_BYTES = 4
APART_PX = 0.7  # at most, from one hairline to the next: they run together


def path_of(curves: NDArray[np.floating]) -> QPainterPath:
    """A path of open curves, shape (m, 2, N); those with a point that is not a number are left out."""
    kept = curves[np.isfinite(curves).all(axis=(1, 2))]
    path = QPainterPath()
    if not kept.size:
        return path
    elements = np.empty((len(kept), kept.shape[2]), ELEMENT)
    elements["kind"] = LINE
    elements["kind"][:, 0] = MOVE
    elements["x"], elements["y"] = kept[:, 0], kept[:, 1]
    data = struct.pack(">i", elements.size) + elements.tobytes() + struct.pack(">ii", 0, 0)
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


def hairline(colour: QColor) -> QPen:
    """One pixel of the device, whatever the scale: Qt makes no outline of it, neither to paint it nor to know its size.

    A curve with a point in every pixel takes it 15 ms with a wider pen, and less than 1 ms with this one.
    """
    pen = QPen(colour, 0.0)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def hairlines(points: FloatArray, width: float, ratio: float) -> FloatArray:
    """Curves, shape (..., 2, N), as often beside each other as looks ``width`` wide in hairlines: shape (k, ..., 2, N).

    ``width`` and the points are logical pixels, ``ratio`` of the device's in each.
    """
    aside = max(width * ratio - 1.0, 0.0) / 2
    shifts = np.linspace(-aside, aside, ceil(2 * aside / APART_PX) + 1) / ratio
    # across to what falls from left to right
    moved: FloatArray = points + shifts.reshape(-1, *[1] * points.ndim) * np.array([[1.0], [-1.0]])
    return moved


def polygon(points: NDArray[np.floating]) -> QPolygonF:
    """Points, shape (2, N)."""
    made = QPolygonF()
    stream = QDataStream(QByteArray(struct.pack(">I", points.shape[1]) + points.T.astype(">f8").tobytes()))
    stream >> made
    return made


def written(path: QPainterPath) -> bytes:
    """The elements of a path, each an ``ELEMENT``."""
    data = QByteArray()
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream << path
    return bytes(data.data())[COUNT_BYTES : COUNT_BYTES + path.elementCount() * ELEMENT.itemsize]
