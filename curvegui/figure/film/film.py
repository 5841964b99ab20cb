"""A film of a run, from its record to a file: in pieces, in any thread, with one frame in memory at a time."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import either, mark, tr
from curvegui.core.learner.caption import caption, moving_caption
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Playback
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting import Setting
from curvegui.figure.drawing.axes import paint_axes
from curvegui.figure.drawing.caption import caption_layout, paint_caption
from curvegui.figure.drawing.figure import (
    BATCH,
    PIECE_S,
    Figure,
    FigureOptions,
    figure_map,
    line_scale,
    paint_background,
    paint_figure,
    paint_fit,
    paint_trail_curves,
)
from curvegui.figure.drawing.light import Light, paint_glow
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import painting, saved
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_dots, paint_target
from curvegui.figure.formats import SIDE_PX, FilmFormat, formats, spelled
from curvegui.figure.picture.surfaces import blank_image
from curvegui.files.disk.atomic import replacement
from curvegui.files.film.animation import FilmSpec, Pixels

FORMAT = Setting(
    "Format",
    "GIF plays everywhere, WebP has all colours, MP4 is the smallest.",
    choices=lambda: [(ending, spelled(ending)) for ending in formats(FilmFormat)],
)
TIME = Setting(
    "Time",
    "A slow start shows more of the beginning; even gives every iteration the same time.",
    choices=lambda: [("log", tr("Ease in")), ("even", tr("Even"))],
)
LENGTH = Setting("Length", "How long the video is. The last frame is shown for a second.", unit="s", low=1, high=600)
RATE = Setting("Frames per second", "More is smoother, but makes a larger file.", low=5, high=60)
SIZE = Setting("Size", "Width and height of the video.", unit="px", low=64, high=2_160)


@dataclass(frozen=True)
class FilmOptions:
    """A film's format, pace and layers.

    A film lasts ``seconds``, with the last frame held at the end. ``time`` is "log" or "even": how the iterations are
    spread over the frames. ``loop`` lets the film begin again at the end, but not in MP4. Raises ``ValueError``, a
    sentence for people, for values that are not allowed, or not possible in the format.
    """

    ending: str = "gif"
    side_px: int = 600
    seconds: float = 9.0
    frames_per_second: int = 25
    time: str = "log"
    loop: bool = True
    trail: bool = True
    target: bool = True
    axes: bool = False
    caption: bool = True

    def __post_init__(self) -> None:
        FORMAT.check_choice(self.ending)
        TIME.check_choice(self.time)
        object.__setattr__(self, "seconds", float(LENGTH.check_number(self.seconds, whole=False)))
        for name, setting in (("side_px", SIZE), ("frames_per_second", RATE)):
            object.__setattr__(self, name, setting.check_number(getattr(self, name), whole=True))
        kind = self.format
        if self.frames_per_second > kind.most_frames_per_second:
            words, most = mark("{label}: {format} videos can have at most {most}."), kind.most_frames_per_second
            raise ValueError(tr(words, label=RATE.label, format=spelled(self.ending), most=most))
        if kind.even_sides and self.side_px % 2:
            nearby = either([f"{self.side_px - 1}", f"{self.side_px + 1}"])
            words = mark("{label}: {format} videos need an even number of pixels: {nearby}.")
            raise ValueError(tr(words, label=SIZE.label, format=spelled(self.ending), nearby=nearby))

    @property
    def format(self) -> FilmFormat:
        return formats(FilmFormat)[self.ending]

    @property
    def layers(self) -> FigureOptions:
        return FigureOptions(trail=self.trail, target=self.target, axes=self.axes, caption=self.caption)

    @property
    def scale(self) -> float:
        """Pixels to a logical pixel: lines and letters grow with large frames, and stay legible on small frames."""
        return max(1.0, self.side_px / SIDE_PX)


HELD_S = 1.0  # of the last frame: time to look at what has become of it
LARGEST_HELD_SHARE = 0.25  # of a short film


@dataclass(frozen=True)
class Shot:
    """The frame of an iteration, shown for some ticks; a tick is one frame at the film's rate."""

    iteration: int
    ticks: int


TIMINGS: dict[str, Callable[[FloatArray, int], FloatArray]] = {
    "log": lambda shares, span: (1.0 + span) ** shares - 1,  # each iteration is the one before times a factor
    "even": lambda shares, span: shares * span,
}
"""From the share of a film that is over, from 0 to 1, to how many iterations of the span have passed."""


def frame_counts(options: FilmOptions) -> tuple[int, int]:
    """How many frames of a film show new iterations, and how many repeat the last frame."""
    held = round(min(HELD_S, options.seconds * LARGEST_HELD_SHARE) * options.frames_per_second)
    return round(options.seconds * options.frames_per_second) - held, held


def shots(first: int, last: int, options: FilmOptions) -> tuple[Shot, ...]:
    """The frames of a film from one iteration to another, both among them, ascending. Where fewer iterations than
    frames pass, an iteration is shown for several frames."""
    moving, held = frame_counts(options)
    passed = TIMINGS[options.time](np.linspace(0.0, 1.0, moving), last - first)
    iterations, ticks = np.unique(first + np.rint(passed).astype(np.int64), return_counts=True)
    ticks[-1] += held
    return tuple(Shot(*pair) for pair in zip(iterations.tolist(), ticks.tolist(), strict=True))


COSTS = 8.88e-5, 8.88e-4, 0.888, 0.0  # of all widths: a caption that is too wide has smaller letters, and may be lower
LAID_OUT = 20  # captions, the longest: a slider that was dragged makes thousands
SAMPLE_PX = 300  # logical pixels: the side of frames that are painted for their colours alone
SAMPLE_CURVES = 1_000  # of the trail at most: they cover each other by then
SAMPLED = (0.0, 0.5, 1.0)  # of the trail


class Reel:
    """A run's frames, to be asked for in ascending order; ``shots`` are the frames of the film, ``image`` is the last.

    With ``side_px``, the frames have another size than the film's. All leave room for the caption ``room_for``, which
    takes the most height. Raises ``MemoryError`` if there is no room for the pixels.
    """

    def __init__(self, record: RunRecord, look: Look, options: FilmOptions, side_px: int | None = None) -> None:
        self._run = Trainer.going_on(record)
        self._last = self._run.snapshot()
        self._playback = Playback(self._run)
        self.shots: tuple[Shot, ...] = shots(int(record.keyframe_iterations[0]), record.iteration, options)
        self.description = caption(self._last)
        side = side_px or options.side_px
        self._scale, self._look, self._layers = options.scale * side / options.side_px, look, options.layers
        self.room_for = self._tallest_caption(side) if options.caption else ""
        # what is below the fit and the caption; in the look of light without the light, which lies below
        self._kept = blank_image(side, side, opaque=not look.is_light)
        self._rect = QRectF(self._kept.rect())
        self._plane = figure_map(self._rect, self.room_for, self._layers, self._scale)
        self._lines = line_scale(look, self._rect, self._scale)
        self._light = self._new_light()
        self._target: TargetDrawing | None = None
        self._painted = -1  # the iteration of the last trail curve in ``_kept``
        self.image = self._kept.copy()

    @property
    def pixels(self) -> Pixels:
        """The pixels of the last frame, valid until the next frame is painted."""
        return np.frombuffer(self.image.constBits(), np.uint32).reshape(self.image.height(), -1)

    def frame(self, iteration: int) -> Iterator[None]:
        """Compute and paint an iteration's frame, in pieces of a few milliseconds; a frame before the last takes
        longer."""
        yield from self._playback.go_to(iteration)
        snapshot = self._playback.snapshot
        if snapshot is None:
            return
        target = TargetDrawing.of(snapshot.target)
        if self._target is None or self._painted > snapshot.iteration or not target.is_like(self._target):
            self._target, self._painted, self._light = target, -1, self._new_light()
            if self._light is not None:
                self._kept.fill(Qt.GlobalColor.transparent)
            with painting(self._kept) as painter:
                if self._light is None:
                    paint_background(painter, self._rect, self._look)
                self._paint_below(painter, target)
            yield
        if self._layers.trail:
            yield from self._paint_trail(snapshot.iteration)
        fit, light = self._plane.map(snapshot.smooth_fit()), self._light
        while light is not None and light.is_due:
            light.develop(light.laid, light.iteration, PIECE_S)
            yield
        image = (self._kept if light is None else light.picture).copy()
        with painting(image) as painter:
            if light is not None:
                with saved(painter):
                    self._clip(painter)
                    paint_glow(painter, fit, self._lines, self._plane.rect)
                painter.drawImage(0, 0, self._kept)
            if self._layers.caption:
                paint_caption(painter, self._rect, moving_caption(snapshot), self._look, self._scale)
            self._clip(painter)
            if self._layers.target:
                paint_dots(painter, target, self._plane, self._look, self._lines)
            paint_fit(painter, fit, self._look, self._lines)
        self.image = image
        yield

    def _new_light(self) -> Light | None:
        """The light of a trail that has just begun, where the look has light."""
        if not self._look.is_light:
            return None
        return Light(self._plane.over(self._rect), width=self._lines, within=self._plane.rect)

    def _paint_below(self, painter: QPainter, target: TargetDrawing) -> None:
        """Paint the axes and the target."""
        with saved(painter):
            if self._layers.axes:
                paint_axes(painter, self._plane, self._look, self._scale)
            if self._layers.target:
                self._clip(painter)
                paint_target(painter, target, self._plane, self._look, self._lines)

    def _paint_trail(self, iteration: int) -> Iterator[None]:
        """Paint the curves of the trail up to an iteration that are not painted yet."""
        while True:
            fresh = self._run.trail.since(self._painted, BATCH)
            due = int(np.searchsorted(fresh.iterations, iteration, side="right"))
            if not due:
                return
            if self._light is not None:
                self._light.add(fresh.curves[:due], fresh.iterations[:due])
                self._light.ask(everything=True)  # all of it is older now
            else:
                with painting(self._kept) as painter:
                    self._clip(painter)
                    paint_trail_curves(painter, self._plane.map(fresh.curves[:due]), self._look, self._scale)
            self._painted = int(fresh.iterations[due - 1])
            yield

    def _clip(self, painter: QPainter) -> None:
        painter.setClipRect(self._plane.rect.toAlignedRect())

    def samples(self) -> Iterator[Pixels | None]:
        """Paint small frames with the film's colours; each comes after some pieces of work."""
        for share in SAMPLED:
            curves = self._run.trail.since(-1).curves
            side = min(round(SAMPLE_PX * self._scale), self.image.width())
            image = blank_image(side, side)
            until = max(1, round(len(curves) * share))
            some, fit = curves[: until : -(-until // SAMPLE_CURVES)], curves[until - 1].astype(np.float64)
            figure = Figure(TargetDrawing.of(self._last.target), some, fit, moving_caption(self._last))
            with painting(image) as painter:
                rect = QRectF(image.rect())
                for _ in paint_figure(painter, rect, figure, self._look, self._layers, scale=self._scale):
                    yield None
            yield np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()

    def _tallest_caption(self, side: float) -> str:
        """The caption that takes the most height, of the captions that the run's settings may lead to."""

        def height(text: str) -> float:
            return caption_layout(QRectF(0, 0, side, side), text, self._scale).strip.height()

        def written(config: TrainingConfig, cost: float) -> str:
            test_cost = cost if config.train_one_in > 1 else None
            return moving_caption(replace(self._last, config=config, cost=cost, test_cost=test_cost))

        configs = dict.fromkeys(config for _, config in self._run.changes.all())
        longest = sorted(configs, key=lambda config: len(written(config, COSTS[0])))[-LAID_OUT:]
        return max((written(config, cost) for config in longest for cost in COSTS), key=height)


def render_film(
    record: RunRecord,
    look: Look,
    options: FilmOptions,
    path: str | os.PathLike[str],
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Paint a film of a run and save the film; return whether it is saved. If not, nothing has changed.

    An existing file is replaced when the film is complete, and not before. Every few milliseconds, ``progress`` is
    given how much is done, from 0 to 1, and ``should_stop`` is asked whether to give up. Raises ``WriteError`` if the
    file cannot be written, ``MissingLibraryError`` if a library for the format is missing, and ``MemoryError`` if there
    is no room for a frame.
    """
    return carry_out(film_pieces(record, look, options, path), progress=progress, should_stop=should_stop)


def carry_out(
    pieces: Generator[float, None, None],
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Do work that was cut into pieces; ``progress``, ``should_stop`` and the result are as in `render_film`."""
    with closing(pieces):
        for done in pieces:
            if should_stop and should_stop():
                return False
            if progress:
                progress(done)
    if progress:
        progress(1.0)
    return True


def film_pieces(
    record: RunRecord, look: Look, options: FilmOptions, path: str | os.PathLike[str]
) -> Generator[float, None, None]:
    """`render_film` as an iterator: each step is a piece of work, and yields how much is done, below 1. When the
    iterator ends, the film is saved; an iterator closed before leaves no file behind."""
    reel = Reel(record, look, options)
    spec = FilmSpec(options.side_px, options.frames_per_second, options.loop, reel.description)
    with replacement(path) as file, closing(options.format.load()(file, spec)) as animation:
        samples: list[Pixels] = []
        for sample in reel.samples() if animation.wants_samples else ():
            samples += [] if sample is None else [sample]
            yield 0.0
        animation.begin(samples)
        for number, shot in enumerate(reel.shots):
            done = 0.99 * number / len(reel.shots)
            for _ in reel.frame(shot.iteration):
                yield done
            for _ in animation.add(reel.pixels, shot.ticks):
                yield done
        for _ in animation.end():
            yield 0.99
