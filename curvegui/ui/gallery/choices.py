"""What can be chosen for the gallery, kept for the next time."""

from dataclasses import dataclass

from curvegui.core.presets.preset import PRESETS
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values

SECONDS = 10, 300  # for a curve, at least and at most


@dataclass(frozen=True)
class GalleryChoices:
    """The names of presets with spaces between, or nothing for all of them; the seconds for each; in which order."""

    curves: str = ""
    seconds: int = 30
    shuffled: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The presets that are shown: all of them where none is chosen."""
        chosen = set(self.curves.split())
        return tuple(name for name in PRESETS if name in chosen) or tuple(PRESETS)

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "GalleryChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        made = cls(**kept_values(text, cls()))
        return made if SECONDS[0] <= made.seconds <= SECONDS[1] else cls()
