"""One outline among several that become a curve, and the ways in which it can be drawn."""

from dataclasses import dataclass, replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import tr

FARTHEST_COORDINATE = 1e9  # in a person's units: beyond this, differences are lost in rounding


@dataclass(frozen=True, eq=False)
class Outline:
    """One outline of several. Raises ``CurveError`` if it has no points, or coordinates that cannot be used."""

    points: FloatArray  # shape (2, m), in a person's units, m at least 1
    closed: bool  # goes on from its last point to its first, which is not repeated
    label: str = ""  # what lists call it: "path 3", "letter “a”"

    def __post_init__(self) -> None:
        points = np.asarray(self.points, np.float64)
        if points.ndim != 2 or len(points) != 2 or not points.size:
            raise CurveError(tr("This is not a curve: an outline has no points."))
        if not (np.abs(points) <= FARTHEST_COORDINATE).all():  # also what is no number
            raise CurveError(
                tr(
                    "This is not a curve: an outline has coordinates beyond {farthest:,.0f}, or some that "
                    "are no numbers. Make the drawing smaller.",
                    farthest=FARTHEST_COORDINATE,
                )
            )
        if self.closed and points.shape[1] > 1 and (points[:, 0] == points[:, -1]).all():
            points = points[:, :-1]
        object.__setattr__(self, "points", points)

    @property
    def entry(self) -> FloatArray:
        """Where the pen comes down, shape (2,)."""
        return self.points[:, 0]

    @property
    def exit(self) -> FloatArray:
        """Where the pen is lifted, shape (2,)."""
        return self.points[:, 0 if self.closed else -1]

    def places(self) -> int:
        """In how many ways it can be drawn: from each of its points if it is closed, else from either end."""
        return self.points.shape[1] if self.closed else 2

    def entered(self, place: int) -> "Outline":
        """The same, drawn in another way: from its ``place``-th point, or backwards."""
        if not place:
            return self
        return replace(self, points=np.roll(self.points, -place, axis=1) if self.closed else self.points[:, ::-1])

    def entries(self) -> FloatArray:
        """Where each way to draw it begins, shape (2, ways)."""
        return self.points if self.closed else self.points[:, [0, -1]]

    def exits(self) -> FloatArray:
        """Where each way to draw it ends, shape (2, ways)."""
        return self.points if self.closed else self.points[:, [-1, 0]]
