"""Where everything goes on a poster: its size, the square of the curves, and the words."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from curvegui.core.language.text import mark
from curvegui.figure.formats import SIDE_PX


@dataclass(frozen=True)
class PosterLayout:
    """A format of paper in logical pixels of 1/96 inch.

    The unit square is ``side`` wide with its centre ``across`` and ``down``. What is exposed fills the paper down to
    ``words_top``; the words have the rest. Letters are ``letters`` times as large as on a picture. A card ``has_line``,
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
        """The unit square."""
        half = self.side / 2
        return QRectF(self.across - half, self.down - half, self.side, self.side)

    @property
    def field(self) -> QRectF:
        """What is exposed."""
        bottom = self.height if not self.has_line else self.words_top
        return QRectF(0, 0, self.width, bottom)

    @property
    def words(self) -> QRectF:
        """The room for words."""
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
    """A layout; where a card has no line of text, it is not so high."""
    layout = LAYOUTS[key]
    return layout if has_line or not layout.has_line else replace(layout, height=HIGH_WITHOUT_LINE)
