"""What changes slowly on the canvas, painted once into an image: background, axes, target and trail.

A frame then costs one copy of the image, however many curves the trail has. New curves are stroked over it; after a
zoom or a new size the whole trail is painted again, a few curves a frame, into a second image, and until that is done
the first one is shown, stretched.

Where curves arrive faster than they can be painted, `keep_up` paints only some of them, evenly picked, so that the
image shows the present. Such an image is rough, and so is one painted before the trail was thinned: `work` paints it
anew from all curves.
"""

from time import perf_counter

from PySide6.QtCore import QSize

from curvegui.core.learner.recording import Trail
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas.trail import Painting, TrailCopies

NOW = 2**62  # an iteration later than all
AT_ONCE = 8  # curves between two looks at the clock; one at a time costs twice as much a curve, 24 a tenth less
ENOUGH = 240  # so many curves show what a trail is like until there is time for all of them


class CurvesLayer:
    """The image, kept up to date in small pieces; ``shown`` is what to show now."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._options = FigureOptions()
        self._target: TargetDrawing | None = None  # before the first snapshot
        self._trail = Trail()
        self.shown: Painting | None = None
        self._coming: Painting | None = None
        self._is_refining = False  # the coming image shows the same as now, painted from all curves
        self._last = NOW
        self._copies = TrailCopies()

    def set_look(self, look: Look, options: FigureOptions) -> None:
        """Paint anew with another look or other layers."""
        if (look, options) != (self._look, self._options):
            self._look, self._options = look, options
            self._repaint()

    def set_trail(self, trail: Trail) -> None:
        """Take the trail of the same run, which has been thinned."""
        self._trail = trail
        self._copies.clear()
        if self._is_refining:
            self._coming, self._is_refining = None, False
        for painting in (self.shown, self._coming):
            if painting is not None:
                painting.is_rough = True

    def set_run(self, target: TargetDrawing, trail: Trail) -> None:
        """Paint anew another target or another run's trail; the trail may grow afterwards."""
        self._target, self._trail = target, trail
        self._repaint()

    def set_target(self, target: TargetDrawing) -> None:
        """Take another target of the same run; paint anew if it is shown."""
        self._target = target
        if self._options.target:
            self._repaint()

    def set_view(self, size: QSize, ratio: float, plane: DataMap) -> None:
        """Show another part of the plane, or at another size. ``size`` is in device pixels; ``plane`` maps to them."""
        self._copies.clear()
        self._start(Painting(size, ratio, plane))

    def _start(self, painting: Painting) -> None:
        """Start from the latest copy that can be used, or from nothing."""
        copy = self._copies.before(self._last)
        if copy is None:
            painting.begin(self._target, self._look, self._options)
        else:
            painting.iteration, painting.image = copy
        self._coming, self._is_refining = painting, False
        if self.shown is None and not painting.is_unfinished:
            self.shown = painting

    def show_until(self, iteration: int = NOW) -> None:
        """Show the trail up to an iteration only; the old image stays until that is painted."""
        self._last = iteration
        latest = self._coming or self.shown
        if latest is not None and latest.iteration > iteration:
            self._start(latest.again())
        elif self._is_refining and self._is_painted_after(iteration):
            self._is_refining = False  # the coming image ends at the iteration that is wanted now
        if iteration == NOW:
            self._copies.clear()

    def taken_back(self, iteration: int) -> None:
        """Paint anew if curves after ``iteration`` have been painted: they are no longer part of the run."""
        self._copies.forget_after(iteration)
        if self._is_painted_after(iteration):
            self._repaint()

    def _is_painted_after(self, iteration: int) -> bool:
        return any(painting.iteration > iteration for painting in (self.shown, self._coming) if painting is not None)

    def _repaint(self) -> None:
        latest = self._coming or self.shown
        if latest is not None:
            self.shown = None  # it would be wrong, not just blurred
            self._copies.clear()
            self._start(latest.again())

    # The work

    @property
    def is_renewing(self) -> bool:
        """Whether the image is still of another view, look, run or iteration than is wanted."""
        return self._coming is not None and not self._is_refining

    @property
    def looks_back(self) -> bool:
        """Whether an earlier iteration is wanted, which another one may soon follow."""
        return self._last != NOW

    @property
    def has_work(self) -> bool:
        """Whether curves are waiting to be painted, or to be painted better."""
        shown = self.shown
        if shown is None or self._coming is not None:
            return self._coming is not None
        return bool(self._options.trail and (shown.is_rough or self._is_waiting(shown)))

    def _is_waiting(self, painting: Painting) -> bool:
        """Whether curves are missing on a painting."""
        return self._options.trail and self._trail.count_since(painting.iteration, self._last) >= painting.one_in

    def work(self, seconds: float) -> bool:
        """Paint all that is missing, in order, for about ``seconds``. Return whether anything was painted."""
        shown = self.shown
        if shown is None:
            return self._coming is not None and self._paint(self._coming, seconds)
        if self._coming is None and shown.is_rough and not self._is_waiting(shown):
            self._start(shown.again())
            self._is_refining = True
        painting = self._coming or shown
        if self._is_refining and self._is_waiting(shown):
            painting = shown  # first what is new: a better painting takes longer
        painting.one_in = 1
        return self._paint(painting, seconds)

    def keep_up(self, seconds: float) -> bool:
        """Paint what is missing, or every so many of it, up to the newest; return whether anything was painted.

        It takes about ``seconds``. A better painting that was begun waits meanwhile. While an earlier iteration is
        shown, no curves arrive, and all are painted.
        """
        shown = self.shown
        if shown is None or self.looks_back:
            return self.work(seconds)
        painting = shown if self._is_refining else self._coming or shown
        waiting = self._trail.count_since(painting.iteration, NOW)
        painting.one_in = max(painting.one_in, waiting // ENOUGH) if self.is_renewing else max(1, waiting // AT_ONCE)
        return self._paint(painting, seconds)

    def _paint(self, painting: Painting, seconds: float) -> bool:
        if painting.is_unfinished:
            painting.go_on(seconds)
            if self.shown is None and not painting.is_unfinished:
                self.shown = painting
            return True
        painted = 0
        if self._options.trail:
            until = perf_counter() + seconds
            painted = painting.paint_trail(self._trail, self._last, self._look, until, AT_ONCE)
            if self.looks_back and not painting.is_rough:
                self._copies.painted(painted, painting.iteration, painting.image)
        if self._coming is painting and not self._is_waiting(painting):
            self.shown, self._coming, self._is_refining = painting, None, False
            return True
        return painted > 0
