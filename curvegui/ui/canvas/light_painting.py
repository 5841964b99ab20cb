"""The trail on the canvas as light that adds up: its curves added to sums of light, of which an image is made."""

from collections.abc import Iterator
from itertools import chain
from math import inf
from time import perf_counter

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPixmap

from curvegui.core.learner.recording import Trail
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.light import Light
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas.trail import Painting, strokes

DEVELOP_S = 0.002  # of a frame at least, where light waits to be made an image
PIECE_S = 0.001  # of work between two looks at the clock
EVERY_S = 0.1  # between two times that new light is made an image
CASING_PX = 4  # around the target, in logical pixels


class LightPainting(Painting):
    """A painting whose ``image`` shows what the light of its curves has added up to, and shares its memory: the image
    may be shown only as long as the painting is there. Axes and target lie ``over`` it."""

    def __init__(self, size: QSize, ratio: float, plane: DataMap) -> None:
        super().__init__(size, ratio, plane)
        self._light, self._next = Light(plane), inf  # not before there is all of it

    def begin(self, target: TargetDrawing | None, look: Look, options: FigureOptions) -> None:
        """Have axes and target painted, and at first the ground; until the new image is done, the one before stays."""
        self._still = chain(self._paint_ground(), self._paint_over(target, look, options))

    def _paint_ground(self) -> Iterator[None]:
        while self._light.is_due and not self._light.laid:
            self._light.develop(0, 0, PIECE_S)
            yield
        self._show()

    def _show(self) -> None:
        self.image = QPixmap.fromImage(self._light.picture, Qt.ImageConversionFlag.NoFormatConversion)

    def _paint_over(self, target: TargetDrawing | None, look: Look, options: FigureOptions) -> Iterator[None]:
        size, box = self.image.size(), QRect()
        if options.axes:
            box = self.image.rect()
        elif options.target and target is not None and target.line.size:
            pixels = self.plane.map(target.line)
            low, high = np.clip([pixels.min(axis=1), pixels.max(axis=1)], -1, max(size.toTuple()) + 1).astype(int)
            edge = round(CASING_PX * self.ratio)
            box = QRect(*(low - edge).tolist(), *(high - low + 2 * edge).tolist()).intersected(self.image.rect())
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        yield from strokes(image, self.plane, self.ratio, target, look=look, options=options)
        self.over, self.over_at = image.copy(box) if not box.isEmpty() else QPixmap(), box.topLeft()

    def thin(self, share: float) -> None:
        self._light.thin(share)

    @property
    def is_behind(self) -> bool:
        return self._light.is_behind

    def paint_trail(self, trail: Trail, last: int, look: Look, until: float) -> int:
        """Add the light of more curves, or make an image of the light that was added, each for some milliseconds."""
        light, painted = self._light, 0
        if light.is_due:
            light.develop(trail.count_since(-1, last), self.iteration, max(until - perf_counter(), DEVELOP_S))
            self._show()
            return 1
        for fresh in self._pieces(trail, last, until):
            light.add(fresh.curves, fresh.iterations)
            painted += len(fresh)
        is_whole = self._next == inf and trail.count_since(self.iteration, last) < self.one_in
        if light.is_behind and (is_whole or perf_counter() > self._next):
            self._next = perf_counter() + EVERY_S
            light.ask()
        return painted
