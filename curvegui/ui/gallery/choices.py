"""What can be chosen for the gallery, kept for the next time."""

from collections.abc import Sequence
from dataclasses import dataclass

from curvegui.core.curve.curve import Curve
from curvegui.core.presets.presets import PRESETS
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values

SECONDS = 10, 300  # for a curve, at least and at most


@dataclass(frozen=True)
class GalleryChoices:
    """How the gallery is: ``left_out`` names what is not shown, with spaces between; ``seconds`` are those for each.

    What is not named is shown, also what is drawn later.
    """

    left_out: str = ""
    seconds: int = 30
    shuffled: bool = True

    def shows(self, curve: str | Curve) -> bool:
        """Whether a preset, or a curve of the person's own, is shown."""
        return key_of(curve) not in self.left_out.split()

    def chosen(self, own: Sequence[Curve]) -> tuple[str | Curve, ...]:
        """What is shown: all there is where none is left."""
        every = choice_of(own)
        return tuple(curve for curve in every if self.shows(curve)) or every

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "GalleryChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        made = cls(**kept_values(text, cls()))
        return made if SECONDS[0] <= made.seconds <= SECONDS[1] else cls()


def choice_of(own: Sequence[Curve]) -> tuple[str | Curve, ...]:
    """All that can be shown, the person's own curves first."""
    return (*own, *PRESETS)


def key_of(curve: str | Curve) -> str:
    """A word by which a curve is known the next time."""
    return curve if isinstance(curve, str) else curve.digest[:8].hex()
