"""The frames of a film: snapshots of a recorded run, computed anew and painted."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.core.learner.caption import caption, moving_caption
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Playback
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.caption import caption_layout
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.layers import paint_figure
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.film.frame_painter import FramePainter, FrameStyle
from curvegui.figure.film.options import FilmOptions, Shot, shots
from curvegui.figure.picture.surfaces import blank_image
from curvegui.files.film.animation import Pixels

COSTS = 8.88e-5, 8.88e-4, 0.888, 0.0  # of all widths: a caption that is too wide has smaller letters, and may be lower
LAID_OUT = 20  # captions, the longest: a slider that was dragged makes thousands
SAMPLE_PX = 300  # logical pixels: the side of frames that are painted for their colours alone
SAMPLE_CURVES = 1_000  # of the trail at most: they cover each other by then
SAMPLED = (0.0, 0.5, 1.0)  # of the trail


class Reel:
    """A run's frames, to be asked for in ascending order; ``shots`` are what the film shows.

    They can be painted in another size than the film's: ``side_px``.
    """

    def __init__(self, record: RunRecord, look: Look, options: FilmOptions, side_px: int | None = None) -> None:
        self._run = Trainer.going_on(record)
        self._last = self._run.snapshot()
        self._options = options
        self._playback = Playback(self._run)
        self.shots: tuple[Shot, ...] = shots(int(record.keyframe_iterations[0]), record.iteration, options)
        self.description = caption(self._last)
        side = side_px or options.side_px
        scale = options.scale * side / options.side_px
        style = FrameStyle(side, scale, look, options.layers)
        self._style = replace(style, room_for=self._tallest_caption(style) if options.caption else "")
        self._painter = FramePainter(self._run.trail, self._style)

    @property
    def image(self) -> QImage:
        """The last frame."""
        return self._painter.image

    @property
    def pixels(self) -> Pixels:
        """The last frame's, until the next one is painted."""
        return self._painter.pixels

    def frame(self, iteration: int) -> Iterator[None]:
        """Compute and paint the frame of an iteration, a piece of a few milliseconds at a time."""
        yield from self._playback.go_to(iteration)
        if self._playback.snapshot is not None:
            yield from self._painter.paint(self._playback.snapshot)

    def samples(self) -> Iterator[Pixels | None]:
        """Paint small frames with the film's colours; each comes after some pieces of work."""
        for share in SAMPLED:
            image = blank_image(min(round(SAMPLE_PX * self._style.scale), self._style.side_px), opaque=True)
            for _ in _painted(image, self._sample(share), self._style):
                yield None
            yield np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()

    def _sample(self, share: float) -> Figure:
        curves = self._run.trail.since(-1).curves
        until = max(1, round(len(curves) * share))
        step = -(-until // SAMPLE_CURVES)
        return Figure(
            TargetDrawing.of(self._last.target),
            curves[:until:step],
            fit=curves[until - 1].astype(np.float64),
            caption=moving_caption(self._last),
        )

    def _tallest_caption(self, style: FrameStyle) -> str:
        """The one that takes the most height of the captions that the run's settings lead to at its end."""
        rect = QRectF(0, 0, style.side_px, style.side_px)

        def height(text: str) -> float:
            return caption_layout(rect, text, style.scale).strip.height()

        def written(config: TrainingConfig, cost: float) -> str:
            test_cost = cost if config.train_one_in > 1 else None
            return moving_caption(replace(self._last, config=config, cost=cost, test_cost=test_cost))

        configs = dict.fromkeys(config for _, config in self._run.changes.all())
        longest = sorted(configs, key=lambda config: len(written(config, COSTS[0])))[-LAID_OUT:]
        return max((written(config, cost) for config in longest for cost in COSTS), key=height)


def _painted(image: QImage, figure: Figure, style: FrameStyle) -> Iterator[float]:
    """Paint a figure; the painter ends with the iterator, wherever it is dropped."""
    painter, rect = QPainter(image), QRectF(image.rect())
    try:
        yield from paint_figure(painter, rect, figure, style.look, style.layers, scale=style.scale)
    finally:
        painter.end()
