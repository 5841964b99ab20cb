"""Many outlines become one curve: drawn one after the other, with jumps between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import (
    MOST_POINTS,
    BoolArray,
    Curve,
    CurveError,
    arc_fractions,
    arc_length,
    curve_through,
    merged,
)
from curvegui.core.curve.outline import Part
from curvegui.core.curve.outline_order import entered_well, shortest_order

MOST_PARTS = 20_000
FEWEST_POINTS = 3  # of a part that is thinned: less is no outline


@dataclass(frozen=True)
class Joined:
    """A curve made of outlines, and what a person should know about it.

    Attributes
    ----------
    curve : Curve
    notes : tuple of str
        Sentences; mostly none.
    """

    curve: Curve
    notes: tuple[str, ...] = ()


def joined_curve(name: str, parts: Sequence[Part], *, reorder: bool = True, flipped: bool = False) -> Joined:
    """One curve through all parts, whose jumps are marked.

    A single part that is closed makes a closed curve. Where there are several, the curve is open, from the first
    to the last: a way back would only be one more jump, and the longest.

    Parameters
    ----------
    name : str
    parts : sequence of Part
    reorder : bool
        Whether to look for an order with short jumps. If not, the parts stay in theirs, and only where each is
        entered is chosen.
    flipped : bool
        Whether y points down.

    Returns
    -------
    Joined

    Raises
    ------
    CurveError
        If there are fewer than 2 distinct points, or more than 20,000 parts.
    """
    if len(parts) > MOST_PARTS:
        raise CurveError(
            f"This drawing has {len(parts):,} separate outlines, and at most {MOST_PARTS:,} can be joined. "
            "Leave some out."
        )
    distinct, notes = _thinned([replace(part, points=merged(part.points)[0]) for part in parts])
    if len(distinct) == 1:
        points, jumps, closed = distinct[0].points, np.zeros(distinct[0].points.shape[1], np.bool_), distinct[0].closed
    else:
        points, jumps = _one_after_the_other(shortest_order(distinct) if reorder else entered_well(distinct))
        closed = False
    if not points.size or not np.ptp(points, axis=1).any():
        raise CurveError("This is not a curve: it has fewer than 2 different points.")
    return Joined(curve_through(name, points, closed=closed, jumps=jumps, flipped=flipped), notes)


def _one_after_the_other(parts: Sequence[Part]) -> tuple[FloatArray, BoolArray]:
    """The points of all parts, shape (2, M), and whether a jump begins at each, shape (M,)."""
    if not parts:
        return np.empty((2, 0)), np.empty(0, np.bool_)
    drawn = [np.column_stack([part.points, part.entry]) if part.closed else part.points for part in parts]
    points = np.concatenate(drawn, axis=1)
    jumps = np.zeros(points.shape[1], np.bool_)
    jumps[np.cumsum([each.shape[1] for each in drawn[:-1]], dtype=np.intp) - 1] = True
    last = np.append((np.diff(points, axis=1) != 0).any(axis=0), True)  # of those that coincide, for what follows it
    return points[:, last], jumps[last]


def _thinned(parts: list[Part]) -> tuple[list[Part], tuple[str, ...]]:
    """The parts with as many points as a curve may have, and a word about it."""
    count = sum(part.points.shape[1] + part.closed for part in parts)
    if count <= MOST_POINTS:
        return parts, ()
    lengths = np.array([arc_length(part.points, part.closed) for part in parts])
    room = MOST_POINTS - (FEWEST_POINTS + 1) * len(parts)
    share = lengths / (lengths.sum() or 1.0)
    kept = [_spaced(part, FEWEST_POINTS + int(room * each)) for part, each in zip(parts, share, strict=True)]
    return kept, (f"It has {count:,} points; {MOST_POINTS:,} at most were kept, evenly spaced.",)


def _spaced(part: Part, count: int) -> Part:
    """A part through at most so many points, evenly spaced along it."""
    if part.points.shape[1] <= count:
        return part
    ring = np.column_stack([part.points, part.entry]) if part.closed else part.points
    ends = arc_fractions(ring, False)
    t = np.linspace(0, 1, count, endpoint=not part.closed)
    return replace(part, points=np.stack([np.interp(t, ends, ring[0]), np.interp(t, ends, ring[1])]))
