"""The pencil: a line that is drawn on the canvas becomes a curve."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QPen

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.hand_drawn import drawn_curve
from curvegui.figure.drawing.look import LineStyle, Look
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.tools.overlay import LineSheet

INK_PX = 2.5  # a little wider than the target
APART_PX = 1.0  # nearer points are skipped
MOST_POINTS = 50_000  # of a stroke, about as many pixels: nobody draws a longer one


class Pencil(QObject):
    """Draws a line after the pointer, in the canvas's frames, on a ``sheet``."""

    drawn = Signal(object)  # a Curve
    refused = Signal(str)  # what was drawn is no curve; a sentence that says why

    def __init__(self, canvas: Canvas, sheet: LineSheet) -> None:
        super().__init__(canvas)
        self._canvas, self._sheet = canvas, sheet
        self._points: list[tuple[float, float]] = []  # in the plane, so that keys may zoom meanwhile
        self._last, self._inked = QPointF(), 0
        self._ink = QPen()

    def set_look(self, look: Look) -> None:
        self._ink = LineStyle(look.target.colour, INK_PX).pen(1.0)

    def press(self, position: QPointF, precise: bool) -> None:
        self._points = [self._canvas.to_plane(position)]
        self.redraw()
        self._last = position
        self._canvas.framed.connect(self._draw)

    def drag(self, position: QPointF) -> None:
        moved = position - self._last
        if abs(moved.x()) + abs(moved.y()) >= APART_PX and len(self._points) < MOST_POINTS:
            self._points.append(self._canvas.to_plane(position))
            self._last = position

    def release(self, position: QPointF) -> None:
        points = np.array([*self._points, self._canvas.to_plane(position)]).T
        self.cancel()
        try:
            curve = drawn_curve(points)
        except CurveError as error:
            self.refused.emit(str(error))
        else:
            self.drawn.emit(curve)

    def cancel(self) -> bool:
        if not self._points:
            return False
        self._canvas.framed.disconnect(self._draw)
        self._points = []
        self.redraw()
        return True

    def hover(self, position: QPointF | None, precise: bool) -> None:
        """Do nothing: the pencil shows nothing before it is down."""

    def turn(self, notches: float) -> None:
        """Do nothing: the plane must not move while a person draws on it."""

    def redraw(self) -> None:
        self._sheet.draw([], self._canvas.size(), self._canvas.devicePixelRatioF())
        self._inked = 0
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if len(self._points) > max(self._inked, 1):
            line = self._canvas.from_plane(np.array(self._points[max(self._inked - 1, 0) :]).T)
            self._sheet.add([(line, np.ones(line.shape[1] - 1, dtype=np.bool_), self._ink)])
            self._inked = len(self._points)
