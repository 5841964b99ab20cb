"""The brush that asks which neurons draw a stretch of the fit; it changes nothing in the run."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QApplication

from curvegui.core.learner.learner import Snapshot
from curvegui.session.study.inspection import Inspection
from curvegui.ui.canvas.canvas import Canvas

REACH_PX = 28  # how near the pointer must be to the fit to take hold of it
TIE_PX = 6  # where the fit crosses itself, the brush goes on along the part it came from
WIDTH = 0.1  # the first stretch by keys, in t
LEAST = 0.01  # the narrowest stretch by keys, in t
MOVE, WIDEN = 0.02, 0.02  # by one key, in t


class StretchBrush(QObject):
    """A drag along the fit brushes a stretch of it, a click looks at a training point; ``inspection`` keeps both."""

    brushed = Signal()  # a drag has brushed a stretch

    def __init__(self, canvas: Canvas, inspection: Inspection) -> None:
        super().__init__(canvas)
        self._canvas, self._inspection = canvas, inspection
        self._began: QPointF | None = None
        self._start: int | None = None  # the point of the fit that was pressed on
        self._end = 0  # the point of the fit at the pointer; beyond its ends after going round
        self._before: tuple[float, float] | None = None
        self._drags = False

    def press(self, position: QPointF, precise: bool) -> None:
        self._began, self._drags, self._before = position, False, self._inspection.stretch
        distance = self._distances(position)
        self._start = int(distance.argmin()) if distance.size and distance.min() <= REACH_PX else None
        self._end = self._start or 0

    def drag(self, position: QPointF) -> None:
        self._canvas.point_at(position)
        if self._began is None:
            return
        if not self._drags and (position - self._began).manhattanLength() < QApplication.startDragDistance():
            return
        self._drags = True
        snapshot = self._canvas.snapshot
        if self._start is None or snapshot is None:
            return
        self._end = self._followed(position, snapshot)
        last = snapshot.target.t.size - 1
        low, high = sorted((min(self._start, last), int(np.clip(self._end, 0, last))))
        if low < high:
            t = snapshot.target.t[0]
            self._inspection.brush((float(t[low]), float(t[high])))

    def release(self, position: QPointF) -> None:
        """End a drag; after a click, look at the training point there, or clear the stretch beside the fit."""
        began, self._began = self._began, None
        if began is None:
            return
        if self._drags:
            if self._start is not None and self._inspection.stretch is not None:
                self.brushed.emit()
        elif self._start is None:
            self._inspection.brush(None)
        else:
            self._look_near(self._start)

    def cancel(self) -> bool:
        was_under_way, self._began = self._began is not None, None
        if was_under_way:
            self._inspection.brush(self._before)
        return was_under_way

    def hover(self, position: QPointF | None, precise: bool) -> None:
        self._canvas.point_at(position)

    def turn(self, notches: float) -> None:
        if self._inspection.stretch is not None:
            self.widen(notches * WIDEN)

    def shift(self, by: float) -> None:
        """Move the stretch along the curve, at most to its ends; without a stretch, brush one."""
        low, high = self._inspection.stretch or (0.5 - WIDTH / 2 - by, 0.5 + WIDTH / 2 - by)
        by = min(max(by, -low), 1.0 - high)
        self._inspection.brush((low + by, high + by))

    def widen(self, by: float) -> None:
        """Make the stretch longer at both ends, or shorter if ``by`` is negative; without a stretch, brush one."""
        low, high = self._inspection.stretch or (0.5 - WIDTH / 2, 0.5 + WIDTH / 2)
        middle, half = (low + high) / 2, max((high - low + by) / 2, LEAST / 2)
        self._inspection.brush((max(middle - half, 0.0), min(middle + half, 1.0)))

    def look(self) -> None:
        """Look at the training point in the middle of the stretch; if it is looked at already, look at no point."""
        snapshot, stretch = self._canvas.snapshot, self._inspection.stretch
        if snapshot is not None and stretch is not None:
            self._look_near(int(np.argmin(np.abs(snapshot.target.t[0] - sum(stretch) / 2))))

    def _distances(self, position: QPointF) -> np.ndarray:
        snapshot = self._canvas.snapshot
        if snapshot is None:
            return np.empty(0)
        x, y = self._canvas.from_plane(snapshot.fit)
        with np.errstate(all="ignore"):
            distance: np.ndarray = np.hypot(x - position.x(), y - position.y())
        return np.where(np.isfinite(distance), distance, np.inf)

    def _followed(self, position: QPointF, snapshot: Snapshot) -> int:
        """The point of the fit at the pointer: of points equally near, the one next to the point before. Across the
        seam of a closed curve, its index goes on beyond the end, and comes back the same way."""
        distance, count = self._distances(position), snapshot.target.t.size
        near = np.flatnonzero(distance <= distance.min() + TIE_PX)
        ways = near - self._end  # in points of the curve
        if snapshot.target.closed:
            ways = (ways + count // 2) % count - count // 2
        return self._end + int(ways[np.argmin(np.abs(ways))])

    def _look_near(self, index: int) -> None:
        snapshot = self._canvas.snapshot
        if snapshot is None:
            return
        trained = np.flatnonzero(snapshot.target.trained) if snapshot.target.has_test else None
        self._inspection.toggle_point(index if trained is None else int(np.argmin(np.abs(trained - index))))
