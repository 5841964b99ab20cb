"""How a poster looks: the size of paper, where everything goes, and the colours of the long exposure."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from curvegui.core.language.text import mark
from curvegui.figure.drawing.light import AGES, GROUND
from curvegui.figure.drawing.look import Ink
from curvegui.figure.formats import SIDE_PX


@dataclass(frozen=True)
class PosterLayout:
    """A format of paper in logical pixels of 1/96 inch.

    The unit square is ``side`` wide with its centre ``across`` and ``down``. The exposure fills the paper down to
    ``words_top``; the words fill the rest. Letters are ``letters`` times as large as on a picture. A card ``has_line``,
    the run as a line of text, and says more about the settings.
    """

    label: str
    width: int
    height: int
    across: float
    down: float
    side: float
    words_top: float
    letters: float = 1.0
    has_line: bool = False

    @property
    def square(self) -> QRectF:
        half = self.side / 2
        return QRectF(self.across - half, self.down - half, self.side, self.side)

    @property
    def field(self) -> QRectF:
        bottom = self.height if not self.has_line else self.words_top
        return QRectF(0, 0, self.width, bottom)

    @property
    def words(self) -> QRectF:
        edge = 0.055 * min(self.width, self.height)
        return QRectF(edge, self.words_top, self.width - 2 * edge, self.height - self.words_top - edge)


A3_PX = 1123, 1588  # 297 × 420 mm
_SHORT, _LONG = A3_PX
LAYOUTS: dict[str, PosterLayout] = {
    "square": PosterLayout(mark("Square"), SIDE_PX, SIDE_PX, 450, 405, 850, 766),
    "portrait": PosterLayout(mark("A3 portrait"), _SHORT, _LONG, _SHORT / 2, 690, 1100, 1380, 1.5),
    "landscape": PosterLayout(mark("A3 landscape"), _LONG, _SHORT, _LONG / 2, 530, 1060, 955, 1.4),
    "card": PosterLayout(mark("Card for a forum"), SIDE_PX, 1090, 450, 425, 850, 845, has_line=True),
}
"""By their keys, the usual one first."""
HIGH_WITHOUT_LINE = 1_000  # of a card


def layout_of(key: str, has_line: bool) -> PosterLayout:
    """A layout by its key; a card without a line of text is less high."""
    layout = LAYOUTS[key]
    return layout if has_line or not layout.has_line else replace(layout, height=HIGH_WITHOUT_LINE)


@dataclass(frozen=True)
class PosterPalette:
    """Colours ``"#rrggbb"`` in equal steps, each lighter than the colour before; ``is_safe`` where colour-blind eyes,
    too, can tell them apart."""

    label: str
    stops: tuple[str, ...]
    is_safe: bool = True


PALETTES: dict[str, PosterPalette] = {
    "ember": PosterPalette(mark("Ember"), AGES),
    "viridis": PosterPalette(mark("Viridis"), ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")),
    "cividis": PosterPalette(mark("Cividis"), ("#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838")),
    "silver": PosterPalette(mark("Silver"), ("#101418", "#4a525c", "#8a939e", "#c4cbd2", "#ffffff")),
    "aurora": PosterPalette(mark("Aurora"), ("#5e2ca5", "#2f6df6", "#26c6da", "#b2ff59", "#ffffff"), is_safe=False),
}
"""By their keys, the first for who has chosen none."""


@dataclass(frozen=True)
class Paper:
    """The ground of a long exposure, with its colour, the letters' colours, and ``blending``, a CSS blend mode."""

    label: str
    ground: str
    text: Ink
    faint: Ink
    is_dark: bool
    blending: str


PAPERS: dict[str, Paper] = {
    "dark": Paper(mark("Dark"), GROUND, Ink("#e6ebf2"), Ink("#e6ebf2", 0.72), True, "screen"),
    "white": Paper(mark("Ink on white"), "#ffffff", Ink("#1d242c"), Ink("#1d242c", 0.78), False, "multiply"),
}
"""By their keys, the first for who has chosen none."""
