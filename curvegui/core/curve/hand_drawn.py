"""From the trace of a hand to a curve: smooth, evenly spaced, closed where its ends meet."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import (
    DRAWING,
    Curve,
    CurveError,
    Units,
    arc_length,
    curve_through,
    evenly_spaced,
    merged,
    ring,
    travelled,
)
from curvegui.core.elementary import cos, exp, hypot
from curvegui.core.language.text import tr

SMALLEST = 0.02  # of the unit square: what is smaller was a click
MEETING = 0.06  # of a stroke's size: ends so near each other meet
EASE = 0.15  # of the length, at each end, over which a closing is spread
FINENESS = 150  # points for a way as long as the stroke's size
FEWEST, MOST = 64, 2_000  # points
TREMOR = 0.016  # of a stroke's size: how far along the stroke a trembling hand is evened out
INSIDE = 0.02, 0.98  # what lies in there stays where it was drawn: a logistic output can come so near to the edges


def drawn_curve(points: FloatArray, name: str = DRAWING) -> Curve:
    """The curve that a hand has drawn, from the raw points of the hand, shape (2, n), in the unit square.

    The curve stays where it was drawn. If it leaves the unit square or comes too near to the edges, it is fitted into
    the square as other curves are, and its units say so. Raises ``CurveError`` if the hand only clicked, or if a point
    is not a number.
    """
    points = np.asarray(points, np.float64)
    if not np.isfinite(points).all():
        raise CurveError(tr("This is not a curve: its points are not all numbers."))
    size = float(np.ptp(points, axis=1).max()) if points.size else 0.0
    if size < SMALLEST:
        raise CurveError(tr("That was too small to be a curve. Press, draw, then let go."))
    points, _, _ = merged(points)
    closed = points.shape[1] > 2 and float(hypot(*(points[:, -1] - points[:, 0]))) <= MEETING * size
    if closed:
        points = _closed_up(points)
    count = int(np.clip(FINENESS * arc_length(points, False) / size, FEWEST, MOST))
    even = evenly_spaced(_rounded(points, closed), count, closed)
    smooth = smoothed(even, TREMOR * size / (arc_length(even, closed) / even.shape[1]), closed)
    smooth = evenly_spaced(smooth, even.shape[1], closed)
    inside = bool((smooth >= INSIDE[0]).all() and (smooth <= INSIDE[1]).all())
    return curve_through(name, smooth, closed=closed, units=Units() if inside else None)


def _closed_up(points: FloatArray) -> FloatArray:
    """The stroke with its ends drawn together, each by half of the gap, and other points the less, the farther they are
    from the ends. The last point, now the same as the first, is left out."""
    ends = travelled(points)
    way = ends / ends[-1]
    gap = points[:, -1:] - points[:, :1]
    pull = 0.5 * (_falling(way / EASE) - _falling((1 - way) / EASE))
    return (points + gap * pull)[:, :-1]


def _falling(distance: FloatArray) -> FloatArray:
    return cos(np.pi / 2 * np.clip(distance, 0, 1)) ** 2


def _rounded(points: FloatArray, closed: bool, pieces: int = 8) -> FloatArray:
    """Cubics through the points, each cut into pieces: a quick hand leaves few points, but did not mean a polygon. The
    slope at a point leans towards the shorter side, so a corner that was drawn slowly stays a corner."""
    line, _, _ = merged(ring(points, closed))  # closing may have made two into one
    lengths = hypot(*np.diff(line, axis=1))
    slopes = np.diff(line, axis=1) / lengths
    before, after = (np.roll(slopes, 1, axis=1), slopes) if closed else (slopes[:, :-1], slopes[:, 1:])
    short, long = (np.roll(lengths, 1), lengths) if closed else (lengths[:-1], lengths[1:])
    tangents = (long * before + short * after) / (short + long)
    tangents = ring(tangents, True) if closed else np.column_stack([slopes[:, 0], tangents, slopes[:, -1]])
    u = np.arange(pieces) / pieces
    start, end = line[:, :-1, np.newaxis], line[:, 1:, np.newaxis]
    leave, arrive = ((lengths * each)[:, :, np.newaxis] for each in (tangents[:, :-1], tangents[:, 1:]))
    cubics = (
        start * (1 + 2 * u) * (1 - u) ** 2 + leave * u * (1 - u) ** 2
        + end * u**2 * (3 - 2 * u) + arrive * u**2 * (u - 1)
    )  # fmt: skip
    flat: FloatArray = cubics.reshape(2, -1)
    return flat if closed else np.column_stack([flat, line[:, -1]])


def smoothed(points: FloatArray, width: float, closed: bool) -> FloatArray:
    """Evenly spaced points, shape (2, M), smoothed by a Gaussian of a width in points, without shrinking arcs.

    The part that the first smoothing removes is smoothed too and added again: long waves stay, short waves go. The ends
    of an open stroke stay where they are.
    """
    reach = min(int(np.ceil(3 * width)), points.shape[1] - 1)
    weights = exp(-0.5 * (np.arange(-reach, reach + 1) / max(width, 1e-9)) ** 2)
    weights /= weights.sum()
    once = _weighed(points, weights, closed)
    return once + _weighed(points - once, weights, closed)


def _weighed(points: FloatArray, weights: FloatArray, closed: bool) -> FloatArray:
    reach = weights.size // 2
    if closed:
        wide = np.column_stack([points[:, points.shape[1] - reach :], points, points[:, :reach]])
    else:  # mirrored at the ends, so that these stay
        head = 2 * points[:, :1] - points[:, reach:0:-1]
        tail = 2 * points[:, -1:] - points[:, -2 : -2 - reach : -1]
        wide = np.column_stack([head, points, tail])
    sums = np.zeros_like(points)
    for first, weight in enumerate(weights):  # not `np.convolve`, which adds up as the processor likes it
        sums += weight * wide[:, first : first + sums.shape[1]]
    return sums
