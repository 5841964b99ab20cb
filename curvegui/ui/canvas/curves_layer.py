"""What changes slowly on the canvas, painted once into an image: background, axes, target and trail.

A frame then costs one copy of the image, however many curves the trail has. New curves are added to it; after a zoom or
a new size the whole trail is painted again, a few curves a frame, into a second image, and until that is done the first
one is shown, stretched. Curves are strokes, or in a look of light they are light; then some evenly picked curves are
already as bright as all, and axes and target lie in a second image over the trail.

Where curves arrive faster than they can be painted, `keep_up` paints only some of them, evenly picked, so that the
image shows the present. Such an image is rough, and so is one of strokes painted before the trail was thinned: `work`
paints it anew from all curves.
"""

from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QSize

from curvegui.core.learner.recording import Trail
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas.light_painting import LightPainting
from curvegui.ui.canvas.trail import STILL_S, Painting, TrailCopies

NOW = 2**62  # an iteration later than all
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
        before = self._look, replace(self._options, target=options.target, axes=options.axes)
        if (look, options) != (self._look, self._options):
            self._look, self._options = look, options
            self._repaint(only_over=look.is_light and before == (look, options))

    def set_trail(self, trail: Trail) -> None:
        """Take the trail of the same run, which has been thinned."""
        before, self._trail = self._trail, trail
        self._copies.clear()
        if self._is_refining:
            self._coming, self._is_refining = None, False
        for painting in self._paintings:
            left, were = (each.count_since(-1, painting.iteration) for each in (trail, before))
            painting.thin(left / max(were, 1))

    def set_run(self, target: TargetDrawing, trail: Trail) -> None:
        """Paint anew another target or another run's trail; the trail may grow afterwards."""
        self._target, self._trail = target, trail
        self._repaint()

    def set_target(self, target: TargetDrawing) -> None:
        """Take another target of the same run; paint anew if it is shown."""
        self._target = target
        if self._options.target:
            self._repaint(only_over=self._look.is_light)

    def set_view(self, size: QSize, ratio: float, plane: DataMap) -> None:
        """Show another part of the plane, or at another size. ``size`` is in device pixels; ``plane`` maps to them."""
        self._copies.clear()
        self._start(self._new(size, ratio, plane))

    def _new(self, size: QSize, ratio: float, plane: DataMap) -> Painting:
        return (LightPainting if self._look.is_light else Painting)(size, ratio, plane)

    def _again(self, painting: Painting) -> Painting:
        """Another painting of the same view, without a trail."""
        return self._new(painting.image.size(), painting.ratio, painting.plane)

    def _start(self, painting: Painting) -> None:
        """Start from the latest copy that can be used, or from nothing."""
        copy = self._copies.before(self._last)
        if copy is None:
            painting.begin(self._target, self._look, self._options)
            if self.shown is None:  # else there is time
                painting.go_on(STILL_S)
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
            self._start(self._again(latest))
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
        return any(painting.iteration > iteration for painting in self._paintings)

    @property
    def _paintings(self) -> list[Painting]:
        return [painting for painting in (self.shown, self._coming) if painting is not None]

    def _repaint(self, only_over: bool = False) -> None:
        """Paint all anew, or only what lies over the trail, where that is in an image of its own."""
        if only_over:
            for painting in self._paintings:
                painting.begin(self._target, self._look, self._options)
                painting.go_on(STILL_S)
        elif (latest := self._coming or self.shown) is not None:
            self.shown = None  # it would be wrong, not just blurred
            self._copies.clear()
            self._start(self._again(latest))

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
        has_more = shown.is_rough or shown.is_behind or self._is_waiting(shown)
        return shown.is_unfinished or (self._options.trail and has_more)

    def _is_waiting(self, painting: Painting) -> bool:
        """Whether curves are missing on a painting."""
        return self._options.trail and self._trail.count_since(painting.iteration, self._last) >= painting.one_in

    def work(self, seconds: float) -> bool:
        """Paint all that is missing, in order, for about ``seconds``. Return whether anything was painted."""
        shown = self.shown
        if shown is None:
            return self._coming is not None and self._paint(self._coming, seconds)
        if self._coming is None and shown.is_rough and not self._is_waiting(shown):
            self._start(self._again(shown))
            self._is_refining = True
        painting = self._coming or shown
        if self._is_refining and (self._is_waiting(shown) or shown.is_unfinished):
            painting = shown  # first what is new: a better painting takes longer
        painting.one_in = self._few(painting) if self.is_renewing and self._look.is_light else 1
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
        painting.one_in = self._few(painting) if self.is_renewing else max(1, waiting // painting.at_once)
        return self._paint(painting, seconds)

    def _few(self, painting: Painting) -> int:
        """One curve in so many is enough at first."""
        return max(painting.one_in, self._trail.count_since(painting.iteration, self._last) // ENOUGH)

    def _paint(self, painting: Painting, seconds: float) -> bool:
        if painting.is_unfinished:
            painting.go_on(seconds)
            if self.shown is None and not painting.is_unfinished:
                self.shown = painting
            return True
        painted = 0
        if self._options.trail:
            until = perf_counter() + seconds
            painted = painting.paint_trail(self._trail, self._last, self._look, until)
            if self.looks_back and not (painting.is_rough or self._look.is_light):
                self._copies.painted(painted, painting.iteration, painting.image)
        if self._coming is painting and not (self._is_waiting(painting) or painting.is_behind):
            self.shown, self._coming, self._is_refining = painting, None, False
            return True
        return painted > 0
