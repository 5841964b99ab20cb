"""The brush: pushes the target on the canvas while the network trains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.learner.reshaping import distance_to, moved_point, nearest_point, pushed, reshaped, stretch
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.look import Ink, LineStyle, Look
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import TOOLS, lay_over
from curvegui.ui.tools.overlay import LineSheet

CURVE_PX, STRETCH_PX = 2.0, 7.0
STRETCH_ALPHA = 0.45
CIRCLE_ALPHA = 0.55
DOT_PX = 5.5
SHOWN_POINTS = 2_000  # about one for each pixel; a scribble of very many points would take seconds to stroke


def joined(points: FloatArray, target: Target) -> tuple[FloatArray, NDArray[np.bool_]]:
    """A target's points, shape (2, N), if closed with the first one again; and which are joined to the next."""
    goes_round = target.closed and not target.jumps[-1]
    ring = np.column_stack([points, points[:, 0]]) if goes_round else points
    return ring, ~target.jumps[: ring.shape[1] - 1]


def thinned(points: FloatArray, joined: NDArray[np.bool_]) -> tuple[FloatArray, NDArray[np.bool_]]:
    """About `SHOWN_POINTS` points of shape (2, N), with all ends of lines; and which are joined to the next."""
    every = max(1, points.shape[1] // SHOWN_POINTS)
    begins, ends = np.append(True, ~joined), np.append(~joined, True)
    index = np.arange(points.shape[1])
    kept = np.flatnonzero(((index - np.maximum.accumulate(index * begins)) % every == 0) | ends)
    return points[:, kept], joined[kept[:-1]]


@dataclass
class BrushGrip:
    """What the brush holds during a drag: the point ``index``, and no other if ``alone``. ``target``, ``curve`` and the
    pointer in the plane, ``start``, are those at its start; ``sent`` is the curve that was sent last."""

    target: Target
    curve: str | Curve
    index: int
    alone: bool
    start: tuple[float, float]
    sent: Curve | None = None

    def points(self, position: tuple[float, float], radius: float) -> FloatArray:
        """The training points when the pointer is at ``position`` in the plane, with a brush of ``radius``."""
        held = self.target.curve_points[:, self.index]
        x, y = _kept_inside(held + np.subtract(position, self.start), held).tolist()
        if self.alone:
            return moved_point(self.target, self.index, (x, y))
        shift = x - float(held[0]), y - float(held[1])
        return _kept_inside(pushed(self.target, self.index, radius, shift), self.target.curve_points)


def _kept_inside(points: FloatArray, before: FloatArray) -> FloatArray:
    return np.clip(points, np.minimum(before, 0.0), np.maximum(before, 1.0))


REACH_PX = 24  # how near the pointer must be to the curve to take hold of it
LEAST, MOST = 0.02, 0.6  # the brush's radius, in the unit square
RADIUS = 0.15
NOTCH = 1.15  # a notch of the wheel multiplies the radius by it
SHORTEST_MS = 50  # between two changes of the curve: after each, the trainer starts again with other points
BYTES_PER_S = 600_000  # of changes, which the run keeps: 36 MB in a minute, for any number of points


class Brush(QObject):
    """Pushes the curve; shows the part that it holds or would hold, as lines on a sheet, a dot and a circle."""

    began = Signal()  # a drag of the curve begins
    # the Curve as it is now, at most about 20 times a second; after Esc that of before, maybe a preset's name
    reshaped = Signal(object)
    finished = Signal()  # the drag has ended; ``reshaped`` has sent the last shape

    def __init__(self, canvas: Canvas, sheet: LineSheet) -> None:
        super().__init__(canvas)
        self._canvas, self._sheet = canvas, sheet
        self._target: Target | None = None
        self._curve: str | Curve = ""
        self._grip: BrushGrip | None = None
        self._points: FloatArray | None = None  # as long as they are dragged
        self._unsent = False
        self._pointer: QPointF | None = None
        self._precise = False
        self.radius = RADIUS  # in the plane
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._send)
        self.is_stale = False  # shown anew with the next frame: a view may move twice in one
        self._circle, self._dot = QGraphicsEllipseItem(), QGraphicsEllipseItem(-DOT_PX, -DOT_PX, 2 * DOT_PX, 2 * DOT_PX)
        lay_over(canvas.scene(), TOOLS, self._circle, self._dot)
        self._circle_pens = self._line, self._wide = QPen(), QPen()
        self._hide()

    def set_look(self, look: Look) -> None:
        colour = look.target.colour
        # solid, because dashes would crawl while the curve is pushed
        self._line = LineStyle(colour, CURVE_PX, round=False).pen(1.0)
        self._wide = LineStyle(colour, STRETCH_PX, alpha=STRETCH_ALPHA, round=False).pen(1.0)
        self._dot.setBrush(QColor(colour))
        self._dot.setPen(QPen(QColor(look.background.stops[-1][1]), 1.8))
        edge = Ink(look.text.colour, CIRCLE_ALPHA).qcolor()
        self._circle_pens = QPen(edge, 1.2, Qt.PenStyle.DashLine), QPen(edge, 1.2)

    def take_up(self) -> None:
        self._canvas.framed.connect(self._frame)

    def put_down(self) -> None:
        self._canvas.framed.disconnect(self._frame)
        self._pointer = None
        self._hide()

    def _hide(self) -> None:
        for part in (self._circle, self._dot, self._sheet):
            part.hide()

    def show_target(self, target: Target, curve: str | Curve) -> None:
        """Take the present target and its curve; a drag ends if another curve than the last one of the brush comes."""
        self._target, self._curve = target, curve
        if self._grip is not None and curve is not self._grip.sent:
            self._let_go()
        self.is_stale = True

    def press(self, position: QPointF, precise: bool) -> None:
        self.hover(position, precise)
        index = self._index()
        if index is None or self._target is None:
            return
        start = self._canvas.to_plane(position)
        self._grip = BrushGrip(self._target, self._curve, index, self._is_alone, start)
        self.redraw()
        self.began.emit()

    def drag(self, position: QPointF) -> None:
        self._pointer = position
        if self._grip is not None:
            self._points = self._grip.points(self._canvas.to_plane(position), self.radius)
            self._unsent = True
            if not self._timer.isActive():
                self._send()
        self.is_stale = True

    def release(self, position: QPointF) -> None:
        if self._grip is not None:
            self._send()
            self._let_go()
        self._pointer = position
        self.redraw()

    def cancel(self) -> bool:
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

    def hover(self, position: QPointF | None, precise: bool) -> None:
        self._pointer, self._precise = position, precise
        self.is_stale = True

    def turn(self, notches: float) -> None:
        self.radius = float(np.clip(self.radius * NOTCH**notches, LEAST, MOST))
        if self._grip is not None and self._pointer is not None:
            self.drag(self._pointer)
        self.is_stale = True

    @property
    def _is_alone(self) -> bool:
        return self._precise or self.radius <= LEAST

    def _index(self) -> int | None:
        if self._grip is not None:
            return self._grip.index
        if self._pointer is None or self._target is None:
            return None
        target, position = self._target, (self._pointer.x(), self._pointer.y())
        seen = self._canvas.from_plane(target.curve_points)
        if distance_to(seen, target.jumps, target.closed, position) > REACH_PX:
            return None
        return nearest_point(seen, position)

    @Slot()
    def _send(self) -> None:
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

    @Slot()
    def _frame(self) -> None:
        if self.is_stale:
            self.redraw()

    def redraw(self) -> None:
        """Show the curve, the part that the brush holds or would hold, and a circle as wide as the brush reaches."""
        self.is_stale = False
        index, grip, canvas = self._index(), self._grip, self._canvas
        target = grip.target if grip is not None else self._target
        if target is None:
            return
        alone = grip.alone if grip is not None else self._is_alone
        seen = canvas.from_plane(target.curve_points if self._points is None else self._points)
        strokes = [(*thinned(*joined(seen, target)), self._line)]
        self._dot.setVisible(index is not None)
        if index is not None:
            self._dot.setPos(*seen[:, index].tolist())
            taken = stretch(target, index, self.radius)
            if not alone and taken.size > 1:
                held = thinned(seen[:, taken], np.ones(taken.size - 1, dtype=np.bool_))
                strokes.insert(0, (*held, self._wide))
        self._sheet.draw(strokes, canvas.size(), canvas.devicePixelRatioF())
        position = None if alone else self._pointer
        self._circle.setVisible(position is not None)
        if position is not None:
            (left, right), _ = canvas.from_plane(np.array([[0.0, self.radius], [0.0, 0.0]])).tolist()
            reach = right - left
            self._circle.setRect(position.x() - reach, position.y() - reach, 2 * reach, 2 * reach)
            self._circle.setPen(self._circle_pens[grip is not None])  # dashed until the brush holds something
