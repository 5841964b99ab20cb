"""What a person chose to have on the last picture, kept for the next one."""

from dataclasses import dataclass

from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.picture.formats import LARGEST_SCALE, PICTURE_FORMATS
from curvegui.files.disk.portable_name import portable_stem
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values

LAYERS = {
    "background": "Background",
    "target": "Target",
    "trail": "Trail",
    "axes": "Axes",
    "caption": "Caption",
}


@dataclass(frozen=True)
class PictureChoices:
    """A format, a size, the layers that are painted, and whether the file contains the run."""

    ending: str = "png"
    scale: int = 2
    background: bool = True
    target: bool = True
    trail: bool = True
    axes: bool = False
    caption: bool = False
    contain_run: bool = True

    @property
    def options(self) -> FigureOptions:
        """The layers, for the painter."""
        return FigureOptions(**{name: getattr(self, name) for name in LAYERS})

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "PictureChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        default = cls()
        made = cls(**kept_values(text, default))
        return made if made.ending in PICTURE_FORMATS and 1 <= made.scale <= LARGEST_SCALE else default


def picture_name(snapshot: Snapshot | None) -> str:
    """A file name without its ending: "heart-30000"."""
    return f"{portable_stem(snapshot.target.name, 'curve')}-{snapshot.iteration}" if snapshot else "curve"
