"""Paints a run, snapshot by snapshot: what has been there before is kept, and only what is new is painted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.core.learner.caption import moving_caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import Trail
from curvegui.figure.drawing.axes import paint_axes
from curvegui.figure.drawing.caption import paint_caption
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.layers import BATCH, figure_map, paint_background, paint_fit, paint_trail_curves
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_dots, paint_target
from curvegui.figure.picture.surfaces import blank_image
from curvegui.files.film.animation import Pixels


@dataclass(frozen=True)
class FrameStyle:
    """How frames look; ``scale`` is pixels to a logical pixel.

    All frames leave room for the caption ``room_for``, which takes the most.
    """

    side_px: int
    scale: float
    look: Look
    layers: FigureOptions
    room_for: str = ""


class FramePainter:
    """Paints one frame after the other; ``image`` is the last one. ``trail`` is that of the whole run.

    Raises ``MemoryError`` if there is no room for the pixels.
    """

    def __init__(self, trail: Trail, style: FrameStyle) -> None:
        self._trail, self._style = trail, style
        self._kept = blank_image(style.side_px, opaque=True)  # all but fit and caption
        self._rect = QRectF(self._kept.rect())
        self._plane = figure_map(self._rect, style.room_for, style.layers, style.scale)
        self._target: TargetDrawing | None = None
        self._painted = -1  # the iteration of the last trail curve on it
        self.image = self._kept.copy()

    @property
    def pixels(self) -> Pixels:
        """The last frame's, until the next one is painted."""
        side = self._style.side_px
        return np.frombuffer(self.image.constBits(), np.uint32).reshape(side, side)

    def paint(self, snapshot: Snapshot) -> Iterator[None]:
        """Paint a snapshot, a piece at a time; one that is earlier than the last one takes longer."""
        target = TargetDrawing.of(snapshot.target)
        if self._target is None or self._painted > snapshot.iteration or not target.is_like(self._target):
            self._paint_still(target)
            yield
        if self._style.layers.trail:
            yield from self._paint_trail(snapshot.iteration)
        self._paint_moving(snapshot)
        yield

    def _paint_still(self, target: TargetDrawing) -> None:
        style = self._style
        self._target, self._painted = target, -1
        with _painting(self._kept) as painter:
            paint_background(painter, self._rect, style.look)
            if style.layers.axes:
                paint_axes(painter, self._plane, style.look, style.scale)
            if style.layers.target:
                self._clip(painter)
                paint_target(painter, target, self._plane, style.look, style.scale)

    def _paint_trail(self, iteration: int) -> Iterator[None]:
        """Paint the curves that have been drawn up to an iteration and are not there yet."""
        while True:
            fresh = self._trail.since(self._painted, BATCH)
            due = int(np.searchsorted(fresh.iterations, iteration, side="right"))
            if not due:
                return
            with _painting(self._kept) as painter:
                self._clip(painter)
                curves = self._plane.map(fresh.curves[:due])
                paint_trail_curves(painter, curves, self._style.look, self._style.scale)
            self._painted = int(fresh.iterations[due - 1])
            yield

    def _paint_moving(self, snapshot: Snapshot) -> None:
        style = self._style
        image = self._kept.copy()
        with _painting(image) as painter:
            if style.layers.caption:
                paint_caption(painter, self._rect, moving_caption(snapshot), style.look, style.scale)
            self._clip(painter)
            if style.layers.target and self._target is not None:
                paint_dots(painter, self._target, self._plane, style.look, style.scale)
            paint_fit(painter, self._plane.map(snapshot.fit), style.look, style.scale)
        self.image = image

    def _clip(self, painter: QPainter) -> None:
        """Let nothing come over the caption."""
        painter.setClipRect(self._plane.rect.toAlignedRect())


@contextmanager
def _painting(image: QImage) -> Iterator[QPainter]:
    """A painter that ends whatever happens: it must not outlast its image."""
    painter = QPainter(image)
    try:
        yield painter
    finally:
        painter.end()
