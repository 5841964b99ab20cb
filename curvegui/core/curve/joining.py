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
    arc_length,
    curve_through,
    evenly_spaced,
    merged,
)
from curvegui.core.curve.outline import Outline
from curvegui.core.curve.outline_order import entered_well, shortest_order
from curvegui.core.language.text import tr

MOST_OUTLINES = 20_000
FEWEST_POINTS = 3  # of a outline that is thinned: less is no outline


@dataclass(frozen=True)
class Joined:
    """A curve made of outlines, and sentences that a person should read about it, mostly none."""

    curve: Curve
    notes: tuple[str, ...] = ()


def joined_curve(name: str, outlines: Sequence[Outline], *, reorder: bool = True, flipped: bool = False) -> Joined:
    """One curve through all outlines, one after the other, whose jumps are marked.

    A single closed outline makes a closed curve. Several make an open one, from the first to the last: a way back would
    only be one more jump, and the longest. With ``reorder``, an order with short jumps is looked for; without, the
    outlines keep their order, and only where each is entered is chosen. Where they are ``flipped``, y points down.
    Raises ``CurveError`` if there are fewer than 2 different points, or more than 20,000 outlines.
    """
    if len(outlines) > MOST_OUTLINES:
        raise CurveError(
            tr(
                "This drawing has {count:,} separate outlines, and at most {most:,} can be joined. Leave some out.",
                count=len(outlines),
                most=MOST_OUTLINES,
            )
        )
    distinct, notes = _thinned([replace(outline, points=merged(outline.points)[0]) for outline in outlines])
    if len(distinct) == 1:
        points, jumps, closed = distinct[0].points, np.zeros(distinct[0].points.shape[1], np.bool_), distinct[0].closed
    else:
        points, jumps = _one_after_the_other(shortest_order(distinct) if reorder else entered_well(distinct))
        closed = False
    if not points.size or not np.ptp(points, axis=1).any():
        raise CurveError(tr("This is not a curve: it has fewer than 2 different points."))
    return Joined(curve_through(name, points, closed=closed, jumps=jumps, flipped=flipped), notes)


def _one_after_the_other(outlines: Sequence[Outline]) -> tuple[FloatArray, BoolArray]:
    """The points of all outlines, shape (2, M), and whether a jump begins at each, shape (M,)."""
    if not outlines:
        return np.empty((2, 0)), np.empty(0, np.bool_)
    drawn = [
        np.column_stack([outline.points, outline.entry]) if outline.closed else outline.points for outline in outlines
    ]
    points = np.concatenate(drawn, axis=1)
    jumps = np.zeros(points.shape[1], np.bool_)
    jumps[np.cumsum([each.shape[1] for each in drawn[:-1]], dtype=np.intp) - 1] = True
    last = np.append((np.diff(points, axis=1) != 0).any(axis=0), True)  # of equal neighbours, the last knows of a jump
    return points[:, last], jumps[last]


def _thinned(outlines: list[Outline]) -> tuple[list[Outline], tuple[str, ...]]:
    """The outlines with as many points as a curve may have, and a sentence about it."""
    count = sum(outline.points.shape[1] + outline.closed for outline in outlines)
    if count <= MOST_POINTS:
        return outlines, ()
    lengths = np.array([arc_length(outline.points, outline.closed) for outline in outlines])
    room = MOST_POINTS - (FEWEST_POINTS + 1) * len(outlines)
    share = lengths / (lengths.sum() or 1.0)
    kept = [_spaced(outline, FEWEST_POINTS + int(room * each)) for outline, each in zip(outlines, share, strict=True)]
    return kept, (
        tr(
            "It has {count:,} points; {most:,} at most were kept, evenly spaced.",
            count=count,
            most=MOST_POINTS,
        ),
    )


def _spaced(outline: Outline, count: int) -> Outline:
    """An outline with at most ``count`` points, evenly spaced along it."""
    if outline.points.shape[1] <= count:
        return outline
    return replace(outline, points=evenly_spaced(outline.points, count, outline.closed))
