"""What changes slowly on the canvas, painted once into an image: background, axes, target and trail.

A frame then costs one copy of the image, however many curves the trail has. New curves are stroked over it;
after a zoom or a new size the whole trail is painted again, a few curves a frame, into a second image, and
until that is done the first one is shown, stretched.
"""

from time import perf_counter

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from curvegui.core.recording import Trail
from curvegui.figure.data_map import DataMap
from curvegui.figure.figure import (
    FigureOptions,
    TargetDrawing,
    paint_axes,
    paint_background,
    paint_target,
    paint_trail_curves,
)
from curvegui.figure.look import Look
from curvegui.ui.trail_copies import TrailCopies

NOW = 2**62  # an iteration later than all
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
        painted, fresh = 0, trail.since(self.iteration, at_once, last)
        if not len(fresh):
            return 0
        painter = self._painter()
        while len(fresh):
            paint_trail_curves(painter, self.plane.map(fresh.curves), look, self.ratio)
            self.iteration, painted = int(fresh.iterations[-1]), painted + len(fresh)
            fresh = trail.since(self.iteration, at_once, last)
            if perf_counter() >= until:
                break
        painter.end()
        return painted

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
        self._target: TargetDrawing | None = None  # before the first snapshot
        self._trail = Trail()
        self.shown: Painting | None = None
        self._coming: Painting | None = None
        self._last = NOW
        self._copies = TrailCopies()

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

    def set_run(self, target: TargetDrawing, trail: Trail) -> None:
        """Paint anew another target or another run's trail; the trail may grow afterwards."""
        self._target, self._trail = target, trail
        self._repaint()

    def set_target(self, target: TargetDrawing) -> None:
        """Take another target of the same run; paint anew if it is to be seen."""
        self._target = target
        if self._options.target:
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
        self._copies.clear()
        self._start(Painting(size, ratio, plane))

    def _start(self, painting: Painting) -> None:
        """Paint from where a copy has got to, or from nothing."""
        copy = self._copies.before(self._last)
        if copy is None:
            painting.paint_still(self._target, self._look, self._options)
        else:
            painting.iteration, painting.image = copy
        self._coming = painting
        if self.shown is None:
            self.shown = painting

    def show_until(self, iteration: int = NOW) -> None:
        """Show the trail up to an iteration only; what is shown stays until that is painted."""
        self._last = iteration
        latest = self._coming or self.shown
        if latest is not None and latest.iteration > iteration:
            self._start(Painting(latest.image.size(), latest.ratio, latest.plane))
        if iteration == NOW:
            self._copies.clear()

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
        return self.is_renewing or self._is_waiting(painting)

    def _is_waiting(self, painting: Painting) -> bool:
        """Whether curves are missing on a painting."""
        return self._options.trail and bool(len(self._trail.since(painting.iteration, 1, self._last)))

    def work(self, seconds: float, at_once: int = CURVES_AT_ONCE) -> bool:
        """Paint some of what is missing: one batch, and more for about so long. Return whether anything was painted."""
        painting = self._coming or self.shown
        if painting is None:
            return False
        painted = 0
        if self._options.trail:
            until = perf_counter() + seconds
            painted = painting.paint_trail(self._trail, self._last, self._look, until, at_once)
            if self._last != NOW:
                self._copies.painted(painted, painting.iteration, painting.image)
        if self._coming is not None and not self._is_waiting(painting):
            self.shown, self._coming = self._coming, None
            return True
        return painted > 0

    def taken_back(self, iteration: int) -> None:
        """Paint anew if curves of later iterations have been painted, which are no longer true."""
        latest = self._coming or self.shown
        if latest is not None and latest.iteration > iteration:
            self._repaint()
