"""The trail on the canvas: its curves stroked into an image, and copies of that image."""

from collections.abc import Iterator
from math import inf
from time import perf_counter, thread_time

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from curvegui.core.learner.recording import Trail, TrailCurves
from curvegui.figure.drawing.axes import paint_axes
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import FigureOptions, paint_background, paint_trail_curves
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing, target_strokes
from curvegui.ui.look.painter import painter_for

STILL_S = 0.02  # of painting what is under the trail in one go: usual targets take less


class Painting:
    """An ``image`` of one part of the plane, with the trail up to ``iteration``, -1 for none of it. ``plane`` maps to
    pixels, ``ratio`` of them to a logical one; ``image`` is a pixmap, which Qt's items show unconverted. One curve in
    ``one_in`` is painted. It ``is_rough`` if curves were skipped or the trail was thinned since."""

    at_once = 8  # curves between two looks at the clock; one at a time costs twice as much a curve, 24 a tenth less
    over: QPixmap | None = None  # what lies over the trail and the glow of the fit, if it is not in the image
    over_at = QPoint()

    def __init__(self, size: QSize, ratio: float, plane: DataMap) -> None:
        self.plane, self.ratio = plane, ratio
        self.image = QPixmap(size)
        self.iteration, self.one_in, self.is_rough = -1, 1, False
        self._still: Iterator[None] | None = None

    def begin(self, target: TargetDrawing | None, look: Look, options: FigureOptions) -> None:
        """Have all but the trail painted, by `go_on`."""
        self._still = strokes(self.image, self.plane, self.ratio, target, look=look, options=options)

    def thin(self, share: float) -> None:
        """Take note that only this share of the curves on the image is left in the trail."""
        self.is_rough = True

    @property
    def is_behind(self) -> bool:
        """Whether the image does not show yet all that the painting has of the trail."""
        return False

    @property
    def is_unfinished(self) -> bool:
        """Whether there is more to paint before the trail, and before the image is shown."""
        return self._still is not None

    def go_on(self, seconds: float) -> None:
        """Paint more of an unfinished image, for about ``seconds`` of this thread's own time."""
        until = thread_time() + seconds
        for _ in self._still or ():
            if thread_time() > until:
                return
        self._still = None

    def paint_trail(self, trail: Trail, last: int, look: Look, until: float) -> int:
        """Paint the trail up to the iteration ``last`` or the time ``until``; return how many curves were painted."""
        if trail.count_since(self.iteration, last) < self.one_in:
            return 0  # a painter would have the image copied
        painter, painted = _painter(self.image), 0
        for fresh in self._pieces(trail, last, until):
            paint_trail_curves(painter, self.plane.map(fresh.curves), look, self.ratio)
            painted += len(fresh)
        painter.end()
        return painted

    def _pieces(self, trail: Trail, last: int, until: float) -> Iterator[TrailCurves]:
        """Curves to paint next, a few at a time, until there are no more or as many again would take too long."""
        began, took = perf_counter(), -inf
        while len(fresh := trail.since(self.iteration, self.at_once, last, self.one_in)) and began + took < until:
            yield fresh
            self.iteration, self.is_rough = int(fresh.iterations[-1]), self.is_rough or self.one_in > 1
            began, took = perf_counter(), perf_counter() - began


def _painter(image: QPixmap) -> QPainter:
    painter = painter_for(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def strokes(
    image: QPixmap, plane: DataMap, ratio: float, target: TargetDrawing | None, *, look: Look, options: FigureOptions
) -> Iterator[None]:
    """Paint all but the trail, in pieces; the painter ends after the last piece, or when the generator is dropped."""
    painter = _painter(image)
    try:
        if not look.is_light:
            paint_background(painter, QRectF(image.rect()), look)
        if options.axes:
            paint_axes(painter, plane, look, ratio)
        if options.target and target is not None:
            yield from target_strokes(painter, target, plane, look, ratio)
    finally:
        painter.end()


COPIES_BYTES = 48_000_000  # more than a dozen at 900 × 900 pixels
FEWEST_CURVES = 32  # between two copies: as many as are painted in two frames


class TrailCopies:
    """Images of one view, by the iteration of their last curve. A copy is made after a number of curves; when there is
    no room for more copies, every second one is dropped."""

    def __init__(self) -> None:
        self._copies: dict[int, QPixmap] = {}
        self._every, self._curves = FEWEST_CURVES, 0

    def clear(self) -> None:
        """Forget all copies, for another view or another run."""
        self._copies.clear()
        self._every, self._curves = FEWEST_CURVES, 0

    def forget_after(self, iteration: int) -> None:
        """Forget the copies that show curves after ``iteration``, which are no longer part of the run."""
        self._copies = {each: copy for each, copy in self._copies.items() if each <= iteration}

    def painted(self, curves: int, iteration: int, image: QPixmap) -> None:
        """Note that ``curves`` were added to an image, up to ``iteration``."""
        self._curves += curves
        if self._curves < self._every or iteration in self._copies:
            return
        self._curves = 0
        self._copies[iteration] = QPixmap(image)  # shared until it is painted on
        size = 4 * image.width() * image.height()
        if len(self._copies) * size > COPIES_BYTES:
            self._copies = {each: self._copies[each] for each in sorted(self._copies)[1::2]}
            self._every *= 2

    def before(self, iteration: int) -> tuple[int, QPixmap] | None:
        """The latest copy that shows nothing after ``iteration``, with the iteration of its last curve."""
        found = [each for each in self._copies if each <= iteration]
        return (max(found), QPixmap(self._copies[max(found)])) if found else None
