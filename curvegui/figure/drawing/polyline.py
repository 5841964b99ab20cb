"""Strokes curves: opaque curves as paths, the translucent trail as many short lines, which is 10 times faster.

Qt's raster engine fills the spans of a translucent stroke in a thread pool as soon as there are about a
hundred spans, and waking the pool costs more than the whole curve. Shorter lines make fewer spans than
this, so shorter lines are filled at once.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import ceil
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF
from shiboken6 import wrapInstance

from curvegui.core.arrays import FloatArray

MOVE, LINE, CURVE = 0, 1, 2  # QPainterPath.ElementType
ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
COUNT_BYTES = 4
OPAQUE = 255
APART_PX = 0.7  # at most, from one hairline to the next: they run together


def path_of(curves: NDArray[np.floating]) -> QPainterPath:
    """A path of open curves, shape (m, 2, N); curves with a point that is not a number are left out."""
    kept = curves[np.isfinite(curves).all(axis=(1, 2))]
    if not kept.size:
        return QPainterPath()
    elements = np.empty((len(kept), kept.shape[2]), ELEMENT)
    elements["kind"] = LINE
    elements["kind"][:, 0] = MOVE
    elements["x"], elements["y"] = kept[:, 0], kept[:, 1]
    path = QPainterPath()
    data = struct.pack(">i", elements.size) + elements.tobytes() + struct.pack(">ii", 0, 0)
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


def hairline(colour: QColor) -> QPen:
    """A pen one device pixel wide at any scale, whose lines Qt paints and measures without their outlines. A curve with
    a point in every pixel takes Qt 15 ms with a wider pen, and less than 1 ms with this pen."""
    pen = QPen(colour, 0.0)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def hairlines(points: FloatArray, width: float, ratio: float) -> FloatArray:
    """Curves, shape (..., 2, N), so often side by side that their hairlines look ``width`` wide: shape (k, ..., 2, N).
    ``width`` and the points are in logical pixels, each ``ratio`` of the device's."""
    aside = max(width * ratio - 1.0, 0.0) / 2
    shifts = np.linspace(-aside, aside, ceil(2 * aside / APART_PX) + 1) / ratio
    # across to what falls from left to right
    moved: FloatArray = points + shifts.reshape(-1, *[1] * points.ndim) * np.array([[1.0], [-1.0]])
    return moved


def polygon(points: NDArray[np.floating]) -> QPolygonF:
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


PIECES = 600  # of one segment at most: enough for the largest picture, and bounded when someone zooms in deep
SPACING_PX = 2.0  # shorter pieces of a faint line round to nothing in 8 bits
MANY_SPACING_PX = 1.0  # for curves of very many parts, which leave no room for details
FINE_SPACING_PX = 0.25  # for opaque and vector strokes: closer points than this cannot be told apart
STROKE_POINTS, STROKE_AREA = 1_000, 400_000  # of an opaque curve in one go, in pixels: usual ones are not parted
STROKE_LINES = 1_000  # of many that are drawn one by one
STEP_PX, ASIDE_PX = 1 / 64, 0.25  # of Qt's rasteriser; and how far a line that stays a piece of a curve may be moved
STRAIGHT_PX, FEW_POINTS = 0.2, 100  # a line may miss points that are left out by so much; not of curves of fewer points
MOST_DOUBLINGS = 3  # of the points of a curve that is smoothed
LIMIT_PX = 1e6  # beyond this Qt's fixed-point rasteriser overflows

AnyFloats = NDArray[np.floating]


@contextmanager
def saved(painter: QPainter) -> Iterator[None]:
    """Paint smooth edges, and leave the painter's pen, font and hints as they were."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield
    finally:
        painter.restore()


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter on a device; the painter ends before the device does, also where the painting is given up half-way."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def drawable(curves: AnyFloats) -> FloatArray:
    """The curves, shape (m, 2, N) in device pixels, that have finite points only, clipped to `LIMIT_PX`."""
    finite = np.isfinite(curves).all(axis=(1, 2))
    return np.clip(curves[finite].astype(np.float64), -LIMIT_PX, LIMIT_PX)


def outline(points: AnyFloats) -> FloatArray | None:
    """A curve, shape (2, N) in device pixels, without points that lie too close to be told apart; None if the curve
    cannot be drawn. A curve that is one point becomes a line too short to see: its round ends make a dot."""
    kept = drawable(points[np.newaxis])
    if not len(kept) or not kept.shape[2]:
        return None
    if np.ptp(kept[0], axis=1).max() < FINE_SPACING_PX:
        dot: FloatArray = kept[0][:, :1] + np.array([[0.0, 0.01], [0.0, 0.0]])
        return dot
    return _thinned(kept[0])


def without_straight(points: FloatArray) -> FloatArray:
    """A curve, shape (2, n), in pixels, without most of the points that lie straight between others: Qt takes as long
    for each of them."""
    for _ in range(3):
        if points.shape[1] < FEW_POINTS:
            break
        with np.errstate(all="ignore"):
            aside = np.abs(points[:, 1:-1:2] - 0.5 * (points[:, :-2:2] + points[:, 2::2])).max(axis=0)
        kept = np.ones(points.shape[1], np.bool_)
        kept[1:-1:2] = ~(aside < STRAIGHT_PX)
        points = points[:, kept]
    return points


def smoothed(curves: AnyFloats, longest: float) -> AnyFloats:
    """Curves through points, shape (..., 2, N), with as many points again in between, until usual steps are at most
    ``longest`` long, or there are eight times as many: the four-point scheme of Dubuc and Deslauriers."""
    for _ in range(MOST_DOUBLINGS):
        if curves.shape[-1] < 4 or not curves.size:
            break
        step = np.diff(curves, axis=-1)
        with np.errstate(all="ignore"):
            usual = np.median(np.hypot(step[..., 0, :], step[..., 1, :]))
        if not longest < usual < np.inf:
            break
        first, last = 2 * curves[..., :1] - curves[..., 1:2], 2 * curves[..., -1:] - curves[..., -2:-1]
        wide = np.concatenate([first, curves, last], axis=-1)
        between = (9 * (wide[..., 1:-2] + wide[..., 2:-1]) - wide[..., :-3] - wide[..., 3:]) / 16
        doubled = np.empty((*curves.shape[:-1], 2 * curves.shape[-1] - 1), curves.dtype)
        doubled[..., ::2], doubled[..., 1::2] = curves, between
        curves = doubled
    return curves


def stroke_curve(painter: QPainter, points: AnyFloats, pen: QPen) -> None:
    """Stroke one curve, shape (2, N) in device pixels. A curve that is one point becomes a dot."""
    at_once(curve_strokes(painter, points, pen))


def at_once(strokes: Iterable[object]) -> None:
    """Paint to the end, without a pause between the pieces."""
    for _ in strokes:
        pass


def curve_strokes(painter: QPainter, points: AnyFloats, pen: QPen) -> Iterator[None]:
    """Stroke one curve in pieces: in one go, a line of 100,000 points takes Qt 20 seconds."""
    drawn = outline(points)
    if drawn is None:
        return
    drawn = without_straight(drawn) if makes_pixels(painter) else drawn
    for part, travelled in _parts(drawn, pen):
        if pen.style() is Qt.PenStyle.CustomDashLine:
            pen = QPen(pen)
            pen.setDashOffset(travelled / pen.widthF())
        painter.setPen(pen)
        painter.drawPolyline(polygon(part))
        yield


def _parts(curve: FloatArray, pen: QPen) -> Iterator[tuple[FloatArray, float]]:
    """The parts of a curve that are stroked at once, each with the length of the curve before it in pixels."""
    travelled = np.append(0.0, np.cumsum(np.hypot(*np.diff(curve, axis=1))))
    effort = np.arange(travelled.size) / STROKE_POINTS + travelled * pen.widthF() / STROKE_AREA
    cuts = np.flatnonzero(np.diff(np.floor(effort[:-1]))) + 1
    if pen.color().alpha() < OPAQUE:  # it would be darker where two parts meet
        cuts = cuts[:0]
    for start, stop in pairwise([0, *cuts.tolist(), travelled.size - 1]):
        yield curve[:, start : stop + 1], float(travelled[start])


def line_strokes(painter: QPainter, points: AnyFloats, chosen: NDArray[np.bool_], pen: QPen) -> Iterator[None]:
    """Stroke some of a curve's lines one by one: quicker for a curve of very many parts; dashes run together. The curve
    has shape (2, N), in device pixels; ``chosen``, shape (N - 1,), says which of its lines to stroke."""
    painter.setPen(pen)
    for curve in drawable(points[np.newaxis]):
        kept = np.flatnonzero(_spaced(curve[np.newaxis], MANY_SPACING_PX)[0] | _ends(chosen))
        lines = np.hstack([curve[:, kept[:-1]].T, curve[:, kept[1:]].T])
        yield from _drawn(painter, np.ascontiguousarray(lines[chosen[kept[:-1]]]))


def stroke_trail(painter: QPainter, curves: AnyFloats, pen: QPen) -> None:
    """Stroke translucent curves, shape (m, 2, N) in device pixels, one over the other. Raster devices get short lines;
    vector devices get one compact path for each curve."""
    at_once(trail_strokes(painter, curves, pen))


def trail_strokes(painter: QPainter, curves: AnyFloats, pen: QPen) -> Iterator[None]:
    """What `stroke_trail` does, in pieces: yields after each of them, so that something else can have its turn."""
    painter.setPen(pen)
    kept = drawable(curves)
    if makes_pixels(painter):
        yield from _drawn(painter, _short(painter, kept, pen))
        return
    for curve in kept:
        painter.drawPolyline(polygon(np.round(_thinned(curve), 2)))
        yield


def stroke_parts(painter: QPainter, points: AnyFloats, joined: NDArray[np.bool_], pen: QPen) -> None:
    """Stroke curves of very many parts on a raster device, opaque or translucent, in short lines. All points have shape
    (2, N), in device pixels; ``joined``, shape (N - 1,), says which points lead to the point after."""
    painter.setPen(pen)
    at_once(_drawn(painter, _short(painter, drawable(points[np.newaxis]), pen, joined)))


def _short(painter: QPainter, curves: FloatArray, pen: QPen, joined: NDArray[np.bool_] | None = None) -> FloatArray:
    """Curves in lines that Qt fills without its thread pool, and without gaps between the lines.

    Qt makes about 3.5 spans for each pixel of a line's length and 3 for each of its width, and the pool takes over at
    96; measured with Qt 6.11 for widths from 1.5 to 16. Where the two corners at the end of a line differ by less than
    `STEP_PX` in height, but those along the line by more in x, Qt leaves the first row of the line's pixels out: lines
    that are nearly upright are made upright.
    """
    width = pen.widthF()
    lines = short_lines(curves, _services(painter), max(4.0, 26.0 - 0.85 * width), joined)
    across, along = np.abs(lines[:, 2] - lines[:, 0]), np.abs(lines[:, 3] - lines[:, 1])
    near = (across * width < along * STEP_PX) & (across < ASIDE_PX)
    lines[near, ::2] = lines[near, ::2].mean(axis=1, keepdims=True)
    return lines


def _drawn(painter: QPainter, lines: FloatArray) -> Iterator[None]:
    for start in range(0, len(lines), STROKE_LINES):
        draw_lines(painter, lines[start : start + STROKE_LINES])
        yield


def makes_pixels(painter: QPainter) -> bool:
    """Whether a painter paints pixels, and not paths."""
    return bool(painter.paintEngine().type() == QPaintEngine.Type.Raster)


def short_lines(
    curves: FloatArray, visible: QRectF, longest: float, joined: NDArray[np.bool_] | None = None
) -> FloatArray:
    """Cut curves into lines of about `SPACING_PX` to ``longest`` device pixels; leave out lines outside of ``visible``.

    The curves are finite, shape (m, 2, N) in device pixels, and in parts where ``joined``, shape (N - 1,), is false
    after a point. The result has shape (n, 4): x1, y1, x2, y2 of each line.
    """
    joined = np.ones(curves.shape[2] - 1, dtype=np.bool_) if joined is None else joined
    keep = _spaced(curves, SPACING_PX) | _ends(joined)
    points = curves.transpose(0, 2, 1)[keep]
    leads_on = np.append(joined, False)[np.nonzero(keep)[1][:-1]]  # the last of each curve does not, and is kept
    start, end = points[:-1][leads_on], points[1:][leads_on]
    corner, opposite = (visible.left(), visible.top()), (visible.right(), visible.bottom())
    seen = ((np.maximum(start, end) >= corner) & (np.minimum(start, end) <= opposite)).all(axis=1)
    start, step = start[seen], (end - start)[seen]
    counts = np.clip(np.ceil(np.hypot(*step.T) / longest), 1, PIECES).astype(np.intp)
    step /= counts[:, np.newaxis]
    segment = np.repeat(np.arange(len(counts)), counts)
    piece = np.arange(len(segment)) - (np.cumsum(counts) - counts)[segment]
    lines = np.empty((len(segment), 4))
    np.take(step, segment, axis=0, out=lines[:, 2:])
    lines[:, :2] = start[segment] + lines[:, 2:] * piece[:, np.newaxis]
    lines[:, 2:] += lines[:, :2]
    return lines


def _spaced(curves: FloatArray, spacing: float) -> NDArray[np.bool_]:
    """Which points to keep, shape (m, N), so that the points kept are about ``spacing`` apart along each curve."""
    step = np.diff(curves, axis=2)
    travelled = np.zeros((curves.shape[0], curves.shape[2]))
    np.cumsum(np.hypot(step[:, 0], step[:, 1]), axis=1, out=travelled[:, 1:])
    cell = np.floor(travelled / spacing)
    keep = np.ones(cell.shape, dtype=np.bool_)
    np.not_equal(cell[:, 1:-1], cell[:, :-2], out=keep[:, 1:-1])
    return keep


def _ends(joined: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The points at which a part begins or ends: the points in between can be left out."""
    return cast("NDArray[np.bool_]", np.append(False, joined) != np.append(joined, False))


def _thinned(curve: FloatArray) -> FloatArray:
    return curve[:, _spaced(curve[np.newaxis], FINE_SPACING_PX)[0]]


def _services(painter: QPainter) -> QRectF:
    """The painter's device in the painter's coordinates, enlarged on every side by the device's own size."""
    device = painter.device()
    shown = painter.deviceTransform().inverted()[0].mapRect(QRectF(0, 0, device.width(), device.height()))
    return shown.adjusted(-shown.width(), -shown.height(), shown.width(), shown.height())


def draw_lines(painter: QPainter, lines: FloatArray) -> None:
    """Draw lines, shape (n, 4), contiguous: x1, y1, x2, y2 of each. No Python object is made for a line: a QLineF is
    four doubles in memory."""
    if len(lines):
        first = cast(QLineF, wrapInstance(lines.ctypes.data, QLineF))
        painter.drawLines(first, len(lines))
