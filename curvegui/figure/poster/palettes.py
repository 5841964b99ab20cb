"""The colours of a long exposure: from the first iterations to the last, as light on dark paper or ink on white."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark
from curvegui.figure.drawing.look import Ink

SKIPPED = 0.18  # of a palette's dark end: as light it could not be seen
USED = 0.8  # of a palette from its dark end on: beyond, ink could not be seen


@dataclass(frozen=True)
class PosterPalette:
    """Colours ``"#rrggbb"`` in equal steps, each lighter than the one before.

    One that ``is_safe`` can be told apart by colour-blind eyes, too.
    """

    label: str
    stops: tuple[str, ...]
    is_safe: bool = True

    def colours(self, places: FloatArray) -> FloatArray:
        """Red, green and blue from 0 to 1 at places from 0 to 1, shape (n,); the result has shape (n, 3)."""
        known = np.array([[int(stop[at : at + 2], 16) / 255 for at in (1, 3, 5)] for stop in self.stops])
        steps = np.linspace(0.0, 1.0, len(known))
        return np.column_stack([np.interp(places, steps, channel) for channel in known.T])


PALETTES: dict[str, PosterPalette] = {
    "ember": PosterPalette(mark("Ember"), ("#3b0f70", "#8c2981", "#de4968", "#fe9f6d", "#fcfdbf")),
    "viridis": PosterPalette(mark("Viridis"), ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")),
    "cividis": PosterPalette(mark("Cividis"), ("#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838")),
    "silver": PosterPalette(mark("Silver"), ("#101418", "#4a525c", "#8a939e", "#c4cbd2", "#ffffff")),
    "aurora": PosterPalette(mark("Aurora"), ("#5e2ca5", "#2f6df6", "#26c6da", "#b2ff59", "#ffffff"), is_safe=False),
}
"""By their keys, the first for who has chosen none."""


@dataclass(frozen=True)
class Paper:
    """What a long exposure is made on: ``ground`` is its colour, ``text`` that of letters, ``blending`` CSS's word."""

    label: str
    ground: str
    text: Ink
    faint: Ink
    is_dark: bool
    blending: str

    def inks(self, palette: PosterPalette, ages: FloatArray) -> FloatArray:
        """The colour of each curve, from its age from 0 to 1; shape (n, 3)."""
        return palette.colours(SKIPPED + (1 - SKIPPED) * ages if self.is_dark else USED * ages)


PAPERS: dict[str, Paper] = {
    "dark": Paper(mark("Light on dark"), "#08090f", Ink("#e6ebf2"), Ink("#e6ebf2", 0.72), True, "screen"),
    "white": Paper(mark("Ink on white"), "#ffffff", Ink("#1d242c"), Ink("#1d242c", 0.78), False, "multiply"),
}
"""By their keys, the first for who has chosen none."""
