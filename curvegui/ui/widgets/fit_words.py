"""How a fit lies on its target, in words: where it is farthest off, and by how much."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import Target
from curvegui.core.presets.names import worded
from curvegui.ui.widgets.numbers import format_number

PLACES = (
    (mark("the lower left"), mark("the bottom"), mark("the lower right")),
    (mark("the left side"), mark("the middle"), mark("the right side")),
    (mark("the upper left"), mark("the top"), mark("the upper right")),
)
DIGITS = 2  # of a place in the unit square


@dataclass(frozen=True)
class Farthest:
    """The point of a fit that is farthest from its target: at ``t``, ``distance`` away; its number is ``index``."""

    index: int
    t: float
    distance: float
    place: str  # of the target there, within its outline: "the lower left"

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Farthest | None":
        """That of a snapshot; None where no number is left."""
        target = snapshot.target
        with np.errstate(all="ignore"):  # of a diverged run
            distances = np.hypot(*(snapshot.fit - target.points))
        seen = np.where(np.isfinite(distances), distances, -1.0)
        index = int(seen.argmax())
        if seen[index] < 0:
            return None
        place = place_words(target, target.points[:, index])
        return cls(index, float(target.t[0, index]), float(seen[index]), place)


def place_words(target: Target, point: FloatArray) -> str:
    """Where within the outline of a target a point is, shape (2,)."""
    low, high = target.curve_points.min(axis=1), target.curve_points.max(axis=1)
    column, row = np.clip(3 * (point - low) / np.maximum(high - low, 1e-9), 0, 2).astype(int).tolist()
    return tr(PLACES[row][column])


def short(value: float, digits: int = DIGITS) -> str:
    """A place or a distance as it is spoken: 0.37, and a small one with as many digits as it has."""
    return format_number(round(value, digits) or float(f"{value:.1g}"))


def fit_words(snapshot: Snapshot) -> str:
    """What the canvas shows, in a sentence or two."""
    iterations, name = format_number(snapshot.iteration), worded(snapshot.target.name)
    farthest = Farthest.of(snapshot)
    if farthest is None:
        return tr("The target is {name}. After {iterations} iterations, the fit has no numbers any more.", name=name,
                  iterations=iterations)  # fmt: skip
    return tr(
        "The target is {name}. After {iterations} iterations, the fit is off by {far} at most, at {place}, t {t}.",
        name=name,
        iterations=iterations,
        far=short(farthest.distance),
        place=farthest.place,
        t=short(farthest.t),
    )
