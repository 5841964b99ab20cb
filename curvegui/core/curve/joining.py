"""Many outlines become one curve: drawn one after the other, with jumps between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
from curvegui.core.elementary import hypot
from curvegui.core.language.text import mark, tr

FARTHEST_COORDINATE = 1e9  # in a person's units: beyond this, differences are lost in rounding


@dataclass(frozen=True, eq=False)
class Outline:
    """One outline of several. Raises ``CurveError`` for no points, or coordinates that cannot be used."""

    points: FloatArray  # shape (2, m), in a person's units, m at least 1
    closed: bool  # goes on from its last point to its first, which is not repeated
    label: str = ""  # what lists call it: "path 3", "letter “a”"

    def __post_init__(self) -> None:
        points = np.asarray(self.points, np.float64)
        if points.ndim != 2 or len(points) != 2 or not points.size:
            raise CurveError(tr("This is not a curve: an outline has no points."))
        if not (np.abs(points) <= FARTHEST_COORDINATE).all():  # also what is no number
            words = mark(
                "This is not a curve: an outline has coordinates beyond {farthest:,.0f}, or some that are no numbers. "
                "Make the drawing smaller."
            )
            raise CurveError(tr(words, farthest=FARTHEST_COORDINATE))
        if self.closed and points.shape[1] > 1 and (points[:, 0] == points[:, -1]).all():
            points = points[:, :-1]
        object.__setattr__(self, "points", points)

    @property
    def entry(self) -> FloatArray:
        return self.points[:, 0]

    @property
    def exit(self) -> FloatArray:
        return self.points[:, 0 if self.closed else -1]

    def entered(self, index: int) -> "Outline":
        """The same outline, drawn from its point ``index`` if closed, else backwards."""
        if not index:
            return self
        return replace(self, points=np.roll(self.points, -index, axis=1) if self.closed else self.points[:, ::-1])

    def entries(self) -> FloatArray:
        """Points where the pen can enter: all of a closed outline, the ends of an open outline; shape (2, n)."""
        return self.points if self.closed else self.points[:, [0, -1]]

    def exits(self) -> FloatArray:
        """The points where the pen leaves the outline, one for each entry; shape (2, n)."""
        return self.points if self.closed else self.points[:, [-1, 0]]


MOST_COMPARED = 1_000  # outlines whose distances are all looked at; more are taken strip by strip
MOST_ENTRIES = 20_000  # points of all closed outlines where they may be entered, in the search for an order
MOST_SWEEPS = 30  # of turning stretches round: it ends long before
FEWEST_TRIED, MOST_TRIED = 2, 60  # where one outline may be entered while all are looked at together


def shortest_order(outlines: Sequence[Outline]) -> tuple[Outline, ...]:
    """All outlines in an order, and each entered at a point, that make the jumps between them short.

    The first outline stays first if that is not worse. The work is bounded: up to 1,000 outlines are compared with one
    another, more are taken strip by strip, as one reads; closed outlines are entered at a limited number of points.
    """
    if len(outlines) < 2:
        return tuple(outlines)
    if len(outlines) > MOST_COMPARED:
        return entered_well(_strips(outlines))  # where the nearest one followed, 20,000 would take 20 s
    tour = entered_well(_untangled(_nearest_first(outlines)))
    return min(entered_well(_untangled(tour)), tour, entered_well(outlines), key=jump_length)


def entered_well(outlines: Sequence[Outline]) -> tuple[Outline, ...]:
    """The outlines in their order, each entered where the jumps before and after it are short in all."""
    if len(outlines) < 2:
        return tuple(outlines)
    most = int(np.clip(MOST_ENTRIES / len(outlines), FEWEST_TRIED, MOST_TRIED))
    possible = [_spread(outline, most) for outline in outlines]
    tour = [outline.entered(index) for outline, index in zip(outlines, _best_entries(outlines, possible), strict=True)]
    for k, outline in enumerate(tour):  # among all of its points
        tour[k] = outline.entered(_best_entry(tour[k - 1 : k], outline, tour[k + 1 : k + 2]))
    return tuple(tour)


def jump_length(outlines: Sequence[Outline]) -> float:
    """The length of all jumps of the pen together."""
    return sum(float(hypot(*(before.exit - after.entry))) for before, after in pairwise(outlines))


def _spread(outline: Outline, most: int) -> FloatArray:
    """At most ``most`` of the entries of an outline, by index, spread over all of them."""
    count = outline.entries().shape[1]
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))


def _nearest_first(outlines: Sequence[Outline]) -> list[Outline]:
    most = int(np.clip(MOST_ENTRIES / len(outlines), FEWEST_TRIED, MOST_ENTRIES))
    possible = [_spread(outline, most) for outline in outlines]
    entries = np.concatenate(
        [outline.entries()[:, index] for outline, index in zip(outlines, possible, strict=True)], axis=1
    )
    owner = np.repeat(np.arange(len(outlines)), [len(each) for each in possible])
    index = np.concatenate(possible)
    tour = [outlines[0]]
    left = owner != 0
    while len(tour) < len(outlines):
        entries, owner, index = entries[:, left], owner[left], index[left]
        nearest = int(np.argmin(hypot(*(entries - tour[-1].exit[:, np.newaxis]))))
        tour.append(outlines[owner[nearest]].entered(int(index[nearest])))
        left = owner != owner[nearest]
    return tour


def _untangled(tour: Sequence[Outline]) -> list[Outline]:
    """Reverse stretches of the order while that makes the jumps shorter (2-opt)."""
    entries, exits = np.stack([outline.entry for outline in tour], 1), np.stack([outline.exit for outline in tour], 1)
    order = np.arange(len(tour))
    turned = np.zeros(len(tour), np.bool_)
    enough = 1e-12 * np.abs(entries).max()  # what is less is rounding
    for _ in range(MOST_SWEEPS):
        better = False
        for first in range(len(tour) - 1):
            gain, last = _best_turn(entries, exits, first)
            if gain > enough:
                better = True
                stretch = slice(first, last + 1)
                entries[:, stretch], exits[:, stretch] = exits[:, stretch][:, ::-1], entries[:, stretch][:, ::-1].copy()
                order[stretch] = order[stretch][::-1]
                turned[stretch] = ~turned[stretch][::-1]
        if not better:
            break
    turns = zip([tour[k] for k in order.tolist()], turned, strict=True)
    return [outline.entered(1) if back and not outline.closed else outline for outline, back in turns]


def _best_turn(entries: FloatArray, exits: FloatArray, first: int) -> tuple[float, int]:
    after = hypot(*(exits[:, first:-1] - entries[:, first + 1 :]))  # the jumps after each possible end
    gains = np.append(after - hypot(*(entries[:, [first]] - entries[:, first + 1 :])), 0.0)
    if first:
        before = exits[:, [first - 1]]
        gains += hypot(*(before - entries[:, [first]])) - hypot(*(before - exits[:, first:]))
    best = int(np.argmax(gains))
    return float(gains[best]), first + best


def _best_entries(outlines: Sequence[Outline], possible: Sequence[FloatArray]) -> list[int]:
    """Which of some entries of each outline make the jumps shortest in all: dynamic programming."""
    length = np.zeros(len(possible[0]))
    choices = []
    for k in range(1, len(outlines)):
        leave, enter = outlines[k - 1].exits()[:, possible[k - 1]], outlines[k].entries()[:, possible[k]]
        totals = length[:, np.newaxis] + hypot(*(leave[:, :, np.newaxis] - enter[:, np.newaxis, :]))
        choices.append(np.argmin(totals, axis=0))
        length = totals.min(axis=0)
    chosen = [int(np.argmin(length))]
    for choice in reversed(choices):
        chosen.append(int(choice[chosen[-1]]))
    return [int(some[chosen_index]) for some, chosen_index in zip(possible, reversed(chosen), strict=True)]


def _best_entry(before: Sequence[Outline], outline: Outline, after: Sequence[Outline]) -> int:
    """The entry of an outline that suits the outlines before and after it, where there are any."""
    length = np.zeros(outline.entries().shape[1])
    for each in before:
        length += hypot(*(outline.entries() - each.exit[:, np.newaxis]))
    for each in after:
        length += hypot(*(outline.exits() - each.entry[:, np.newaxis]))
    return int(np.argmin(length))


def _strips(outlines: Sequence[Outline]) -> list[Outline]:
    middles = np.stack([outline.points.mean(axis=1) for outline in outlines], 1)
    low, size = middles.min(axis=1), np.ptp(middles, axis=1)
    count = max(1, round(float(np.sqrt(len(outlines) / 2))))
    strip = np.minimum((middles[1] - low[1]) / (size[1] or 1.0) * count, count - 1).astype(np.intp)
    along = np.where(strip % 2 == 0, middles[0], -middles[0])
    return [outlines[k] for k in np.lexsort([along, strip]).tolist()]


MOST_OUTLINES = 20_000
FEWEST_POINTS = 3  # of an outline that is thinned: less is no outline


def joined_curve(
    name: str, outlines: Sequence[Outline], *, reorder: bool = True, flipped: bool = False
) -> tuple[Curve, tuple[str, ...]]:
    """A curve through all outlines, one after the other, with marked jumps; and notes about the curve, mostly none.

    A single closed outline makes a closed curve. Several outlines make an open curve, from the first to the last: a way
    back would be one more jump, the longest. With ``reorder``, an order with short jumps is looked for; without, the
    outlines keep their order, and only the point where each is entered is chosen. Where they are ``flipped``, y points
    down. Raises ``CurveError`` if there are fewer than 2 different points, or more than 20,000 outlines.
    """
    if len(outlines) > MOST_OUTLINES:
        words = mark(
            "This drawing has {count:,} separate outlines, and at most {most:,} can be joined. Leave some out."
        )
        raise CurveError(tr(words, count=len(outlines), most=MOST_OUTLINES))
    distinct, notes = _thinned([replace(outline, points=merged(outline.points)[0]) for outline in outlines])
    if len(distinct) == 1:
        points, jumps, closed = distinct[0].points, np.zeros(distinct[0].points.shape[1], np.bool_), distinct[0].closed
    else:
        points, jumps = _one_after_the_other(shortest_order(distinct) if reorder else entered_well(distinct))
        closed = False
    if not points.size or not np.ptp(points, axis=1).any():
        raise CurveError(tr("This is not a curve: it has fewer than 2 different points."))
    return curve_through(name, points, closed=closed, jumps=jumps, flipped=flipped), notes


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
    """The outlines with as many points in all as a curve may have, and a sentence that says so."""
    count = sum(outline.points.shape[1] + outline.closed for outline in outlines)
    if count <= MOST_POINTS:
        return outlines, ()
    lengths = np.array([arc_length(outline.points, outline.closed) for outline in outlines])
    room = MOST_POINTS - (FEWEST_POINTS + 1) * len(outlines)
    share = lengths / (lengths.sum() or 1.0)
    kept = list[Outline]()
    for outline, most in zip(outlines, (FEWEST_POINTS + room * share).astype(np.intp).tolist(), strict=True):
        points = outline.points
        points = points if points.shape[1] <= most else evenly_spaced(points, most, outline.closed)
        kept.append(replace(outline, points=points))
    return kept, (
        tr("It has {count:,} points; {most:,} at most were kept, evenly spaced.", count=count, most=MOST_POINTS),
    )
