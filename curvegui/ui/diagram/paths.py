"""Many short lines as one of Qt's paths, made from arrays without a Python object for each point."""

import struct

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

MOVE, LINE = 0, 1  # Qt's names of a path's elements
ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


def path_of(curves: NDArray[np.floating]) -> QPainterPath:
    """A path of open curves, shape (m, 2, N); those with a point that is not a number are left out.

    It is written as Qt writes a path to a file: the count, the elements, where the last curve begins, the fill rule.
    """
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
