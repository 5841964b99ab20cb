"""A morph: the curve to train on goes over into another one, and from there into the next."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import floor

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray, Curve, spaced
from curvegui.core.language.text import english, tr
from curvegui.core.learner.target import is_closed, points_at
from curvegui.core.presets.names import name_between
from curvegui.core.presets.presets import PRESETS

MOST_KEYFRAMES = 20
USUAL_ITERATIONS, MOST_ITERATIONS = 5_000, 10_000_000  # from one keyframe to the next
GRID = 200  # places at which two curves are compared


@dataclass(frozen=True)
class Morph:
    """The curves that follow each other, none or at least two, and the ``position`` on the way: 0 is the first curve, 1
    the second. ``iterations`` updates lead from each curve to the next. Raises ``ValueError`` for other values."""

    keyframes: tuple[str | Curve, ...] = ()  # names of presets, and curves of the user's own
    position: float = 0.0
    iterations: int = USUAL_ITERATIONS

    def __post_init__(self) -> None:
        known = all(isinstance(each, Curve) or each in PRESETS for each in self.keyframes)
        fits = len(self.keyframes) != 1 and len(self.keyframes) <= MOST_KEYFRAMES
        if not (known and fits and 0 <= self.position <= self.end and 1 <= self.iterations <= MOST_ITERATIONS):
            raise ValueError(tr("This is not a morph."))

    @property
    def end(self) -> int:
        return max(len(self.keyframes) - 1, 0)

    def curve(self, points: int) -> str | Curve:
        """The curve to train on at the present position, in so many points; the first keyframe is unchanged.

        Each later keyframe is passed from the point, and in the direction, in which its points are nearest to those of
        the keyframe before: so no curve turns over or collapses on the way.
        """
        index = min(floor(self.position), self.end - 1)
        share, pair = self.position - index, self.keyframes[index : index + 2]
        if self.position == 0:
            return self.keyframes[0]
        if share in (0, 1):
            at = index + int(share)
            closed = is_closed(self.keyframes[at])
            t = spaced(points, closed)
            whole, jumps = _passed(self.keyframes, at, t)
            return Curve(name_of(self.keyframes[at]), whole, t, closed, jumps)
        closed = all(map(is_closed, pair))
        t = spaced(points, closed)
        (one, jumps), (other, more) = (_passed(self.keyframes, index + step, t) for step in (0, 1))
        name = name_between(*map(name_of, pair))
        return Curve(name, (1 - share) * one + share * other, t, closed, jumps | more)


def name_of(curve: str | Curve) -> str:
    """The name of a curve in files."""
    return curve.name if isinstance(curve, Curve) else english(PRESETS[curve], "label").lower()


def _passed(keyframes: tuple[str | Curve, ...], index: int, t: FloatArray) -> tuple[FloatArray, BoolArray]:
    """The points of a keyframe in the morph's order, shape (2, n), and whether there are jumps."""
    curve, (start, way) = keyframes[index], _ways(keyframes)[index]
    places = start + way * t
    places = places % 1.0 if is_closed(curve) else places
    jumps = curve.jumps_at(places) if isinstance(curve, Curve) else np.zeros(t.size, np.bool_)
    return points_at(curve, places), jumps


@lru_cache(maxsize=8)
def _ways(keyframes: tuple[str | Curve, ...]) -> tuple[tuple[float, int], ...]:
    """Where along each keyframe the morph begins, and whether it goes on (1) or back (-1)."""
    ways = [(0.0, 1)]
    t = np.arange(GRID) / GRID
    for before, curve in pairwise(keyframes):
        start, way = ways[-1]
        places = start + way * t
        present = points_at(before, places % 1.0 if is_closed(before) else places)
        ways.append(_nearest(present, curve, t))
    return tuple(ways)


def _nearest(present: FloatArray, curve: str | Curve, t: FloatArray) -> tuple[float, int]:
    """The start and direction in which a curve is nearest to points, shape (2, n), by the mean squared distance."""
    if not is_closed(curve):
        errors = [float(np.square(present - points_at(curve, each)).sum()) for each in (t, 1 - t)]
        return (0.0, 1) if errors[0] <= errors[1] else (1.0, -1)
    points, steps = points_at(curve, t), np.arange(t.size)
    best = min(
        (float(np.square(present - points[:, (begin + way * steps) % t.size]).sum()), begin, -way)
        for way in (1, -1)
        for begin in range(t.size)
    )
    return best[1] / t.size, -best[2]
