"""What changes slowly on the canvas, painted once into an image: background, axes, target and trail.

A frame then costs one copy of the image, however many curves the trail has. New curves are stroked over it;
after a zoom or a new size the whole trail is painted again, a few curves a frame, into a second image, and
until that is done the first one is shown, stretched.
"""

from time import perf_counter

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from curvegui.core.arrays import FloatArray
from curvegui.core.recording import Trail
from curvegui.figure.data_map import DataMap
from curvegui.figure.figure import FigureOptions, paint_axes, paint_background, paint_target, paint_trail_curves
from curvegui.figure.look import Look

CURVES_AT_ONCE = 24  # between two looks at the clock; one at a time costs twice as much a curve


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
    """

    def __init__(self, size: QSize, ratio: float, plane: DataMap) -> None:
        self.plane, self.ratio = plane, ratio
        self.image = QPixmap(size)
        self.iteration = -1

    def paint_still(self, target: FloatArray, look: Look, options: FigureOptions) -> None:
        """Paint all but the trail."""
        painter = self._painter()
        paint_background(painter, QRectF(self.image.rect()), look)
        if options.axes:
            paint_axes(painter, self.plane, look, self.ratio)
        if options.target and target.size:  # there is none before the first snapshot
            paint_target(painter, self.plane.map(target), look, self.ratio)
        painter.end()

    def paint_trail(self, trail: Trail, look: Look, until: float) -> bool:
        """Paint on until a time; return whether the trail is complete."""
        fresh = trail.since(self.iteration, CURVES_AT_ONCE)
        if not len(fresh):
            return True
        painter = self._painter()
        while len(fresh):
            paint_trail_curves(painter, self.plane.map(fresh.curves), look, self.ratio)
            self.iteration = int(fresh.iterations[-1])
            fresh = trail.since(self.iteration, CURVES_AT_ONCE)
            if perf_counter() >= until:
                break
        painter.end()
        return not len(fresh)

    def _painter(self) -> QPainter:
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter


class CurvesLayer:
    """The image, kept up to date in small pieces.

    Parameters
    ----------
    look : Look

    Attributes
    ----------
    shown : Painting or None
        What to show now.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._options = FigureOptions()
        self._target: FloatArray = np.empty((2, 0))
        self._trail = Trail()
        self.shown: Painting | None = None
        self._coming: Painting | None = None

    def set_look(self, look: Look, options: FigureOptions) -> None:
        """Paint anew with another look or other layers."""
        if (look, options) != (self._look, self._options):
            self._look, self._options = look, options
            self._repaint()

    def set_trail(self, trail: Trail) -> None:
        """Paint anew the same run's trail, thinned by now; until that is done, what is shown stays."""
        self._trail = trail
        latest = self._coming or self.shown
        if latest is not None:
            self.set_view(latest.image.size(), latest.ratio, latest.plane)

    def set_run(self, target: FloatArray, trail: Trail) -> None:
        """Paint anew another target or another run's trail; the trail may grow afterwards."""
        self._target, self._trail = target, trail
        self._repaint()

    def set_view(self, size: QSize, ratio: float, plane: DataMap) -> None:
        """Show another part of the plane, or in another size.

        Parameters
        ----------
        size : QSize
            Device pixels.
        ratio : float
            Device pixels to a logical pixel.
        plane : DataMap
            To device pixels.
        """
        self._coming = Painting(size, ratio, plane)
        self._coming.paint_still(self._target, self._look, self._options)
        if self.shown is None:
            self.shown = self._coming

    def _repaint(self) -> None:
        latest = self._coming or self.shown
        if latest is not None:
            self.shown = None  # what is shown would be wrong, not just blurred
            self.set_view(latest.image.size(), latest.ratio, latest.plane)

    @property
    def is_renewing(self) -> bool:
        """Whether the whole trail is being painted anew."""
        return self._coming is not None

    @property
    def has_work(self) -> bool:
        """Whether curves are waiting to be painted."""
        painting = self._coming or self.shown
        if painting is None:
            return False
        waiting = self._options.trail and bool(len(self._trail.since(painting.iteration, 1)))
        return waiting or self.is_renewing

    def work(self, seconds: float) -> bool:
        """Paint some of what is missing: one batch, and more for about so long. Return whether anything was painted."""
        painting = self._coming or self.shown
        if painting is None:
            return False
        before = painting.iteration
        complete = not self._options.trail or painting.paint_trail(self._trail, self._look, perf_counter() + seconds)
        changed = painting.iteration != before
        if self._coming is not None and complete:
            self.shown, self._coming = self._coming, None
            return True
        return changed

    def taken_back(self, iteration: int) -> None:
        """Paint anew if curves of later iterations have been painted, which are no longer true."""
        latest = self._coming or self.shown
        if latest is not None and latest.iteration > iteration:
            self._repaint()
