"""Qt's paths as arrays, with Bézier curves as short lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.joining import Outline
from curvegui.figure.drawing.polyline import CURVE, ELEMENT, MOVE

FINENESS = 2e-5  # how far a line may be from its curve, as a fraction of the size of the whole
MOST_FLAT_POINTS = 1_000_000  # of all lines together; with more, they become coarser

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Elements:
    """The pen's moves along some paths: lifted, along a line, along a Bézier curve. ``kinds``, shape (m,), are as Qt
    numbers them; ``points`` have shape (2, m); ``owner``, shape (m,), is the path of each."""

    kinds: Indices
    points: FloatArray
    owner: Indices

    @classmethod
    def of(cls, paths: Sequence[bytes]) -> "Elements":
        """The elements of paths, each path as the bytes from `polyline.written`."""
        elements = np.frombuffer(b"".join(paths), ELEMENT)
        owner = np.repeat(np.arange(len(paths)), [len(path) // ELEMENT.itemsize for path in paths])
        points = np.stack([elements["x"], elements["y"]]).astype(np.float64)
        return cls(elements["kind"].astype(np.intp), points, owner)


def outlines(elements: Elements, filled: Sequence[bool], labels: Sequence[str]) -> tuple[Outline, ...]:
    """Every stroke from where the pen comes down to where it is lifted, as points; dots are left out.

    The elements are finite and whole. Strokes of a path that is ``filled`` go back to where they began. ``labels`` are
    the names of each path's strokes in lists.
    """
    points, source = flattened(elements)
    starts = elements.kinds[source] == MOVE
    new = starts | np.append(True, (np.diff(points, axis=1) != 0).any(axis=0))[: starts.size]
    points, source, starts = points[:, new], source[new], starts[new]
    places = np.append(np.nonzero(starts)[0], starts.size).tolist()
    owners = elements.owner[source]
    parts = []
    for first, stop in pairwise(places):
        stroke, owner = points[:, first:stop], owners[first]
        if stop - first > 1:
            back = stroke[0, 0] == stroke[0, -1] and stroke[1, 0] == stroke[1, -1]
            parts.append(Outline(stroke, bool(back or (filled[owner] and stop - first > 2)), labels[owner]))
    return tuple(parts)


def flattened(elements: Elements) -> tuple[FloatArray, Indices]:
    """Points along the pen's way, shape (2, n), so close that the lines between them look like the curves; and the
    element to which each point belongs, shape (n,)."""
    kinds, points = elements.kinds, elements.points
    first = np.nonzero(kinds == CURVE)[0]
    handles = np.stack([points[:, first + k] for k in (-1, 0, 1, 2)])
    counts = np.ones(kinds.size, np.intp)
    counts[first] = counts[first + 1] = 0
    size = float(np.ptp(points, axis=1).max()) if points.size else 0.0
    counts[first + 2] = _pieces(handles, FINENESS * size)
    source = np.repeat(np.arange(kinds.size), counts)
    flat: FloatArray = points[:, source]
    curve = np.full(kinds.size, -1)
    curve[first + 2] = np.arange(first.size)
    along = np.nonzero(curve[source] >= 0)[0]
    end = source[along]
    u = (along - (np.cumsum(counts) - counts)[end] + 1) / counts[end]
    p0, p1, p2, p3 = handles[:, :, curve[end]]
    v = 1 - u
    flat[:, along] = v**3 * p0 + 3 * u * v**2 * p1 + 3 * u**2 * v * p2 + u**3 * p3
    return flat, source


def _pieces(handles: FloatArray, tolerance: float) -> Indices:
    """Into how many lines to cut cubic curves, shape (4, 2, n), so that each is within ``tolerance``.

    The second derivative is at most 6 times the larger of the two second differences, and a chord over a
    fraction h of the parameter is off by an eighth of the second derivative times h squared.
    """
    p0, p1, p2, p3 = handles
    bend = np.maximum(np.hypot(*(p0 - 2 * p1 + p2)), np.hypot(*(p1 - 2 * p2 + p3)))
    pieces = np.sqrt(0.75 * bend / tolerance) if tolerance > 0 else np.zeros(bend.size)
    share = min(1.0, MOST_FLAT_POINTS / max(float(pieces.sum()), 1.0))
    return np.ceil(np.maximum(pieces * share, 1)).astype(np.intp)
