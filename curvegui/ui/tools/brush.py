"""The brush: pushes the target on the canvas while the network trains."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.learner.reshaping import distance_to, moved_point, nearest_point, pushed, reshaped, stretch
from curvegui.core.learner.target import Target
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.tools.brush_marks import BrushMarks


@dataclass
class Grip:
    """What the brush holds.

    ``target`` and ``curve`` are those at the start, ``start`` is where the pointer was then, in the plane. It holds the
    point ``index``, and no other if ``alone``. ``sent`` is what was sent last.
    """

    target: Target
    curve: str | Curve
    index: int
    alone: bool
    start: tuple[float, float]
    sent: Curve | None = None

    def points(self, place: tuple[float, float], radius: float) -> FloatArray:
        """The training points when the pointer is at a place of the plane."""
        held = self.target.curve_points[:, self.index]
        x, y = _kept_inside(held + np.subtract(place, self.start), held).tolist()
        if self.alone:
            return moved_point(self.target, self.index, (x, y))
        shift = x - float(held[0]), y - float(held[1])
        return _kept_inside(pushed(self.target, self.index, radius, shift), self.target.curve_points)


def _kept_inside(points: FloatArray, before: FloatArray) -> FloatArray:
    """Points no farther outside of the unit square than they were before: the network could not follow."""
    return np.clip(points, np.minimum(before, 0.0), np.maximum(before, 1.0))


REACH_PX = 24  # how near the pointer must be to the curve to take hold of it
LEAST, MOST = 0.02, 0.6  # the brush's radius, in the unit square
RADIUS = 0.15
NOTCH = 1.15  # a notch of the wheel multiplies the radius by it
SHORTEST_MS = 50  # between two changes of the curve: after each, the trainer starts again with other points
BYTES_PER_S = 600_000  # of changes, which the run keeps: 36 MB in a minute, for any number of points


class Brush(QObject):
    """Shows what it would take hold of, and the curve as it is pushed."""

    began = Signal()  # a drag of the curve begins
    reshaped = Signal(object)  # the Curve as it is now; after Esc what it was before, which can be the name of a preset
    finished = Signal()  # the drag has ended

    def __init__(self, canvas: Canvas, marks: BrushMarks) -> None:
        super().__init__(canvas)
        self._canvas, self._marks = canvas, marks
        self._target: Target | None = None
        self._curve: str | Curve = ""
        self._grip: Grip | None = None
        self._points: FloatArray | None = None  # as long as they are dragged
        self._unsent = False
        self._hand: QPointF | None = None
        self._precise = False
        self._radius = RADIUS
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._send)
        self._is_stale = False

    @property
    def radius(self) -> float:
        """The radius of the brush, in the plane."""
        return self._radius

    def take_up(self) -> None:
        """Follow the pointer from now on."""
        self._canvas.framed.connect(self._frame)

    def put_down(self) -> None:
        """Show nothing any more."""
        self._canvas.framed.disconnect(self._frame)
        self._hand = None
        self._marks.hide()

    def show_target(self, target: Target, curve: str | Curve) -> None:
        """Take the present target, and the curve it was made of; if it is not the one that was sent, a drag ends."""
        self._target, self._curve = target, curve
        if self._grip is not None and curve is not self._grip.sent:
            self._let_go()
        self._is_stale = True

    # The pointer

    def press(self, place: QPointF, precise: bool) -> None:
        """Take hold of the curve, if it is near."""
        self.hover(place, precise)
        index = self._index()
        if index is None or self._target is None:
            return
        start = self._canvas.to_plane(place)
        self._grip = Grip(self._target, self._curve, index, self._is_alone, start)
        self.redraw()
        self.began.emit()

    def drag(self, place: QPointF) -> None:
        """Push; the next frame shows it."""
        self._hand = place
        if self._grip is not None:
            self._points = self._grip.points(self._canvas.to_plane(place), self._radius)
            self._unsent = True
            if not self._timer.isActive():
                self._send()
        self._is_stale = True

    def release(self, place: QPointF) -> None:
        """Let go of the curve where it is."""
        if self._grip is not None:
            self._send()
            self._let_go()
        self._hand = place
        self.redraw()

    def cancel(self) -> bool:
        """Put the curve back as it was, if it is dragged."""
        grip = self._grip
        if grip is None:
            return False
        self._unsent = False
        if grip.sent is not None:
            self._grip = None  # the curve that comes back now does not end a drag
            self.reshaped.emit(grip.curve)
        self._let_go()
        self.redraw()
        return True

    def hover(self, place: QPointF | None, precise: bool) -> None:
        """Mark what is near the pointer."""
        self._hand, self._precise = place, precise
        self._is_stale = True

    def turn(self, notches: float) -> None:
        """Make the brush larger or smaller."""
        self._radius = float(np.clip(self._radius * NOTCH**notches, LEAST, MOST))
        if self._grip is not None and self._hand is not None:
            self.drag(self._hand)
        self._is_stale = True

    @property
    def _is_alone(self) -> bool:
        return self._precise or self._radius <= LEAST

    def _index(self) -> int | None:
        """The point that is held, or could be."""
        if self._grip is not None:
            return self._grip.index
        if self._hand is None or self._target is None:
            return None
        target, place = self._target, (self._hand.x(), self._hand.y())
        seen = self._canvas.from_plane(target.curve_points)
        if distance_to(seen, target.jumps, target.closed, place) > REACH_PX:
            return None
        return nearest_point(seen, place)

    # Changes of the curve

    @Slot()
    def _send(self) -> None:
        """Send the newest shape, and wait before the next one."""
        grip, points = self._grip, self._points
        if not self._unsent or grip is None or points is None:
            self._timer.stop()
            return
        self._unsent = False
        grip.sent = reshaped(grip.curve, grip.target, points)
        self._timer.start(max(SHORTEST_MS, 1000 * points.nbytes // BYTES_PER_S))
        self.reshaped.emit(grip.sent)

    def _let_go(self) -> None:
        self._timer.stop()
        self._grip, self._points, self._unsent = None, None, False
        self.finished.emit()

    # What is shown

    @Slot()
    def _frame(self) -> None:
        if self._is_stale:
            self.redraw()

    def renew(self) -> None:
        """Show all anew with the next frame: one of very many points takes long, and a view may move twice in one."""
        self._is_stale = True

    def redraw(self) -> None:
        """Show the curve, what is held or could be, and the brush."""
        self._is_stale = False
        target, index = self._target, self._index()
        if target is None:
            return
        points = target.curve_points if self._points is None else self._points
        held = self._grip.target if self._grip is not None else target
        alone = self._grip.alone if self._grip is not None else self._is_alone
        taken = None
        if index is not None:
            taken = np.array([index]) if alone else stretch(held, index, self._radius)
        self._marks.show_curve(points, held, index, taken)
        self._marks.show_circle(None if alone else self._hand, self._radius, self._grip is not None)
