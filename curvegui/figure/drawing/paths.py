"""Arrays of points as Qt's paths and polygons, and paths as arrays, all of their elements at once.

Qt writes a path to a file as the number of its elements, the elements, where the last curve begins, and the rule by
which it is filled. To make or to ask for one element after the other takes a hundred times longer.
"""

import struct
from collections.abc import Iterator
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from curvegui.core.arrays import FloatArray

MOVE, LINE, CURVE = 0, 1, 2  # QPainterPath.ElementType
ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
COUNT_BYTES = 4
OPAQUE = 255
PART_LINES, PART_DASHES = 6, 8  # of a path, stroked in one go; more of them where there would be too many parts
MOST_PARTS = 100  # of a path: from very near, a curve is a million pixels long
APART_PX = 0.7  # at most, from one hairline to the next: they run together


def path_of(curves: NDArray[np.floating]) -> QPainterPath:
    """A path of open curves, shape (m, 2, N); those with a point that is not a number are left out."""
    kept = curves[np.isfinite(curves).all(axis=(1, 2))]
    if not kept.size:
        return QPainterPath()
    elements = np.empty((len(kept), kept.shape[2]), ELEMENT)
    elements["kind"] = LINE
    elements["kind"][:, 0] = MOVE
    elements["x"], elements["y"] = kept[:, 0], kept[:, 1]
    return _read(elements)


def _read(elements: NDArray[np.void]) -> QPainterPath:
    """The path of some elements, as `written` has them."""
    path = QPainterPath()
    data = struct.pack(">i", elements.size) + elements.tobytes() + struct.pack(">ii", 0, 0)
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


def stroked_parts(path: QPainterPath, pen: QPen) -> list[QPainterPath]:
    """A path in parts of a few lines or dashes, which look like the whole where they are stroked one after the other.

    Qt strokes a path in one go, and a line 8 pixels wide takes it some milliseconds. A translucent path without dashes
    stays whole: it would be darker where its lines cross.
    """
    elements = np.frombuffer(written(path), ELEMENT)
    begins = np.flatnonzero(elements["kind"] == MOVE)
    if pen.style() is Qt.PenStyle.CustomDashLine and len(begins) == 1 and elements["kind"].max(initial=MOVE) == LINE:
        points = np.stack([elements["x"], elements["y"]]).astype(np.float64)
        return [path_of(part[np.newaxis]) for part in _dashes_apart(points, pen)]
    if pen.style() is Qt.PenStyle.NoPen or pen.color().alpha() < OPAQUE or not len(begins):
        return [path]
    lines = max(PART_LINES, ceil(len(begins) / MOST_PARTS))
    return [_read(part) for part in np.split(elements, begins[lines::lines])]


def _dashes_apart(points: FloatArray, pen: QPen) -> Iterator[FloatArray]:
    """A line, shape (2, N), cut in a gap after every few dashes, so that each part begins with one."""
    travelled = np.append(0.0, np.cumsum(np.hypot(*np.diff(points, axis=1))))
    pattern = np.array(pen.dashPattern()) * pen.widthF()
    length = float(pattern.sum())
    part = length * max(PART_DASHES, ceil(travelled[-1] / length / MOST_PARTS))
    for begin in np.arange(0.0, travelled[-1], part).tolist():
        end = min(begin + part - pattern[-1] / 2, travelled[-1])
        between = travelled[(travelled > begin) & (travelled < end)]
        at = np.concatenate([[begin], between, [end]])
        yield np.stack([np.interp(at, travelled, coordinate) for coordinate in points])


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
