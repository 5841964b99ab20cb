"""The distance between the fit and each of its points, along t: the numbers, and how they are told."""

from math import isfinite

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.round_numbers import round_up
from curvegui.ui.widgets.numbers import format_number

SMALLEST = 1e-9  # smaller errors count as none
ROOM = 1.25  # a new scale is at least so many times the largest error


class ErrorAlong:
    """The errors at one iteration.

    ``t`` and ``distance``, shape (N,), belong to all points, also those of the test; the distance is |a(t) - y(t)|, and
    ``parts``, shape (2, N), are its size in x and in y. ``jumps``, shape (N,), says where the way on to the next point
    was not drawn. ``trained`` says which points the network trains on.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        target = snapshot.target
        self.t, self.jumps = target.t[0], target.jumps
        with np.errstate(all="ignore"):  # of a diverged run; the diagnosis tells
            self.parts: FloatArray = np.abs(snapshot.fit - target.points)
            self.distance: FloatArray = np.hypot(*self.parts)
        self.trained = np.flatnonzero(target.trained) if target.has_test else np.arange(self.t.size)

    @property
    def largest(self) -> int | None:
        """The point with the largest error; None if none is a number."""
        finite = np.where(np.isfinite(self.distance), self.distance, -1.0)
        index = int(finite.argmax())
        return index if finite[index] >= 0 else None

    def nearest(self, t: float) -> int:
        """The point nearest to a place along the curve."""
        return int(np.abs(self.t - t).argmin())

    def training_point(self, index: int) -> int:
        """The training point nearest to a point, by its number among the training points."""
        return int(np.abs(self.trained - index).argmin())

    def words_at(self, index: int) -> tuple[str, str]:
        """The error at a point in words, long and short."""
        x, y = self.parts[:, index].tolist()
        place, distance = f"t = {_shown(float(self.t[index]))}", _shown(float(self.distance[index]))
        return tr(
            "{place}: error {distance} (x {x}, y {y})", place=place, distance=distance, x=_shown(x), y=_shown(y)
        ), f"{place}: {distance}"

    @property
    def summary(self) -> tuple[str, str]:
        """The mean and the largest error in words, long and short."""
        index, finite = self.largest, self.distance[np.isfinite(self.distance)]
        if index is None:
            return tr("not a number"), tr("not a number")
        largest, t = _shown(float(self.distance[index])), _shown(float(self.t[index]))
        whole = tr("mean {mean}, largest {largest} at t = {t}", mean=_shown(float(finite.mean())), largest=largest, t=t)
        return whole, tr("largest {shown}", shown=largest)


class ErrorCursor:
    """The point whose error a person reads: ``pointed`` with the mouse, or else ``at`` where the keys have gone.

    While Shift is held, the keys brush from the point where that began.
    """

    def __init__(self) -> None:
        self.at: int | None = None
        self.pointed: int | None = None
        self._began: int | None = None

    @property
    def read(self) -> int | None:
        """The point to read out; None for no single one."""
        return self.at if self.pointed is None else self.pointed

    def keep_within(self, count: int) -> None:
        """Forget points that a curve of ``count`` points does not have."""
        self.at, self.pointed, self._began = (
            None if index is None or index >= count else index for index in (self.at, self.pointed, self._began)
        )

    def go(self, index: int, brushing: bool) -> int | None:
        """Go to a point, and return the one from which a stretch is brushed up to there, if one is."""
        before, self.at, self.pointed = self.at, index, None
        if before is None or not brushing:
            self._began = None
        elif self._began is None:
            self._began = before
        return self._began

    def end_brushing(self) -> None:
        """Let the next stretch begin where the cursor is then."""
        self._began = None

    def put_away(self) -> None:
        """Have no place any more."""
        self.at = self._began = None


def _shown(number: float) -> str:
    return format_number(float(f"{number:.3g}")) if isfinite(number) else tr("not a number")


def ceiling(largest: float, before: float) -> float:
    """The upper end of a scale for errors, a round number; it stays as it was while that is good enough."""
    largest = max(largest, SMALLEST)
    found = round_up(ROOM * largest)
    return before if largest <= before <= found else found
