"""An image of what changes slowly on the canvas, and how much of the trail is on it."""

from time import perf_counter

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from curvegui.core.learner.recording import Trail
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import (
    FigureOptions,
    TargetDrawing,
    paint_axes,
    paint_background,
    paint_target,
    paint_trail_curves,
)
from curvegui.figure.drawing.look import Look


class Painting:
    """An image of one part of the plane, and how much of the trail is on it.

    Attributes
    ----------
    image : QPixmap
        A pixmap, because Qt's own items show one as it is.
    plane : DataMap
        From the plane to its pixels.
    ratio : float
        Its pixels to a logical pixel.
    iteration : int
        Of the last trail curve on it; -1 for none.
    one_in : int
        Of so many curves, one is painted.
    is_rough : bool
        Whether the curves on it may be others than the trail's: some were passed over, or it was thinned since.
    """

    def __init__(self, size: QSize, ratio: float, plane: DataMap) -> None:
        self.plane, self.ratio = plane, ratio
        self.image = QPixmap(size)
        self.iteration, self.one_in, self.is_rough = -1, 1, False

    def again(self) -> "Painting":
        """Another one of the same view, empty."""
        return Painting(self.image.size(), self.ratio, self.plane)

    def paint_still(self, target: TargetDrawing | None, look: Look, options: FigureOptions) -> None:
        """Paint all but the trail."""
        painter = self._painter()
        paint_background(painter, QRectF(self.image.rect()), look)
        if options.axes:
            paint_axes(painter, self.plane, look, self.ratio)
        if options.target and target is not None:
            paint_target(painter, target, self.plane, look, self.ratio)
        painter.end()

    def paint_trail(self, trail: Trail, last: int, look: Look, until: float, at_once: int) -> int:
        """Paint on, up to the iteration ``last``, until a time; return how many curves were painted."""
        painted, fresh = 0, trail.since(self.iteration, at_once, last, self.one_in)
        if not len(fresh):
            return 0
        self.is_rough |= self.one_in > 1
        painter = self._painter()
        while len(fresh):
            paint_trail_curves(painter, self.plane.map(fresh.curves), look, self.ratio)
            self.iteration, painted = int(fresh.iterations[-1]), painted + len(fresh)
            fresh = trail.since(self.iteration, at_once, last, self.one_in)
            if perf_counter() >= until:
                break
        painter.end()
        return painted

    def _painter(self) -> QPainter:
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter
