"""What a film is to be like: its format, its size, its pace, and what is painted on its frames."""

from dataclasses import dataclass

from curvegui.core.settings.setting import Setting
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.picture.formats import SIDE_PX
from curvegui.files.film.animation import Animation, Sheet
from curvegui.files.film.formats import ANIMATION_FORMATS

FORMAT = Setting(
    "Format",
    "GIF plays everywhere, WebP has all colours, MP4 is the smallest.",
    choices=lambda: [(ending, ending.upper()) for ending in ANIMATION_FORMATS],
)
TIME = Setting(
    "Time",
    "With a slow start, each frame goes further than the one before, in the same proportion; or each goes equally far.",
    choices=lambda: [("log", "Slow start (logarithmic)"), ("even", "Even")],
)
LENGTH = Setting("Length", "How long it lasts. The last frame is held for the last second.", unit="s", low=1, high=600)
RATE = Setting("Frames per second", "More are smoother, and make a larger file.", low=5, high=60)
SIZE = Setting("Size", "The side of its square frames.", unit="px", low=64, high=2_160)


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
            raise ValueError(f"{RATE.label}: {self.ending.upper()} films have at most {most}.")
        if kind.even_sides and self.side_px % 2:
            nearby = f"{self.side_px - 1} or {self.side_px + 1}"
            raise ValueError(f"{SIZE.label}: {self.ending.upper()} films need an even number of pixels: {nearby}.")

    @property
    def format(self) -> type[Animation]:
        """The class that writes it."""
        return ANIMATION_FORMATS[self.ending]

    @property
    def layers(self) -> FigureOptions:
        """What is painted on a frame."""
        return FigureOptions(trail=self.trail, target=self.target, axes=self.axes, caption=self.caption)

    @property
    def scale(self) -> float:
        """Pixels to a logical pixel: lines and letters grow with large frames, and stay legible on small ones."""
        return max(1.0, self.side_px / SIDE_PX)

    def sheet(self, description: str) -> Sheet:
        """What the writer of the file has to know."""
        return Sheet(self.side_px, self.frames_per_second, self.loop, description)
