"""What a film is to be like: its format, size, pace and layers, and which iterations it shows for how long."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import either, tr
from curvegui.core.settings.setting import Setting
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.formats import SIDE_PX, FilmFormat, formats, spelled
from curvegui.files.film.animation import FilmSpec

FORMAT = Setting(
    "Format",
    "GIF plays everywhere, WebP has all colours, MP4 is the smallest.",
    choices=lambda: [(ending, spelled(ending)) for ending in formats(FilmFormat)],
)
TIME = Setting(
    "Time",
    "A slow start shows more of the beginning; even gives every iteration the same time.",
    choices=lambda: [("log", tr("Slow start (logarithmic)")), ("even", tr("Even"))],
)
LENGTH = Setting("Length", "How long the video is. The last frame is shown for a second.", unit="s", low=1, high=600)
RATE = Setting("Frames per second", "More is smoother, but makes a larger file.", low=5, high=60)
SIZE = Setting("Size", "Width and height of the video.", unit="px", low=64, high=2_160)


@dataclass(frozen=True)
class FilmOptions:
    """A film's format, pace and layers.

    It lasts ``seconds``, with the last frame held at its end. ``time`` is "log" or "even": how the iterations are
    spread over the frames. ``loop`` lets it begin again at the end; MP4 cannot say so. Raises ``ValueError``, a
    sentence for people, if a value is not allowed, or the format cannot do it.
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
            most = kind.most_frames_per_second
            raise ValueError(
                tr(
                    "{label}: {format} videos can have at most {most}.",
                    label=RATE.label,
                    format=spelled(self.ending),
                    most=most,
                )
            )
        if kind.even_sides and self.side_px % 2:
            nearby = either([f"{self.side_px - 1}", f"{self.side_px + 1}"])
            raise ValueError(
                tr(
                    "{label}: {format} videos need an even number of pixels: {nearby}.",
                    label=SIZE.label,
                    format=spelled(self.ending),
                    nearby=nearby,
                )
            )

    @property
    def format(self) -> FilmFormat:
        """All that is known of its format."""
        return formats(FilmFormat)[self.ending]

    @property
    def layers(self) -> FigureOptions:
        """What is painted on a frame."""
        return FigureOptions(trail=self.trail, target=self.target, axes=self.axes, caption=self.caption)

    @property
    def scale(self) -> float:
        """Pixels to a logical pixel: lines and letters grow with large frames, and stay legible on small ones."""
        return max(1.0, self.side_px / SIDE_PX)

    def spec(self, description: str) -> FilmSpec:
        """What the writer of the file has to know."""
        return FilmSpec(self.side_px, self.frames_per_second, self.loop, description)


HELD_S = 1.0  # of the last frame: time to look at what has become of it
LARGEST_HELD_SHARE = 0.25  # of a short film


@dataclass(frozen=True)
class Shot:
    """One frame, which is shown for some ticks: frames of the film's rate."""

    iteration: int
    ticks: int


def _even(shares: FloatArray, span: int) -> FloatArray:
    return shares * span


def _log(shares: FloatArray, span: int) -> FloatArray:
    """The same factor from each frame to the next, counted from 1: the first iterations get a frame each, or more."""
    passed: FloatArray = (1.0 + span) ** shares - 1
    return passed


TIMINGS: dict[str, Callable[[FloatArray, int], FloatArray]] = {"log": _log, "even": _even}
"""From the share of a film that is over, from 0 to 1, to how many iterations of the span have passed."""


def frame_counts(options: FilmOptions) -> tuple[int, int]:
    """How many frames a film has in which something happens, and how many that hold the last one."""
    held = round(min(HELD_S, options.seconds * LARGEST_HELD_SHARE) * options.frames_per_second)
    return round(options.seconds * options.frames_per_second) - held, held


def shots(first: int, last: int, options: FilmOptions) -> tuple[Shot, ...]:
    """The frames of a film from one iteration to another, both among them, ascending.

    Where fewer iterations than frames pass, an iteration is shown for several.
    """
    moving, held = frame_counts(options)
    passed = TIMINGS[options.time](np.linspace(0.0, 1.0, moving), last - first)
    iterations, ticks = np.unique(first + np.rint(passed).astype(np.int64), return_counts=True)
    return _listed(iterations, ticks, held)


def _listed(iterations: NDArray[np.int64], ticks: NDArray[np.intp], held: int) -> tuple[Shot, ...]:
    ticks[-1] += held
    return tuple(Shot(*pair) for pair in zip(iterations.tolist(), ticks.tolist(), strict=True))
