"""The words on a poster: a title, what was trained in small print, and on a card the run as a line of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter

from curvegui.core.language.text import capitalised, is_right_to_left
from curvegui.core.learner.caption import SEPARATOR, caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.comparison import NOT_THERE, compare_settings
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.figure.drawing.caption import broken_lines, draw_text, text_font
from curvegui.figure.drawing.data_map import scaled
from curvegui.figure.drawing.look import Ink
from curvegui.figure.poster.style import Paper, PosterLayout

TITLE_PX, TEXT_PX, SMALL_PX, LINE_PX = 25.0, 13.0, 10.5, 10.0  # heights of letters, times those of the layout
LEADING, BETWEEN = 1.45, 0.4  # between lines, and more between blocks, in heights of letters
SMALLEST = 0.5  # of the usual letters
SAID_ALREADY = "curve", "hidden", "activation", "output_activation", "optimizer", "aggression", "noise", "seed"
LONGEST_LINE = 1_400  # characters: of a longer one, nobody would type any


@dataclass(frozen=True)
class Words:
    """A title, the trained network, other settings, and the run as a line of text: empty for a run without a line, and
    None while the line is not known yet."""

    title: str
    about: str
    settings: str = ""
    line: str | None = None

    @property
    def has_line(self) -> bool:
        """Whether a card has room for the run's line of text; while that is not known, it is assumed to have room."""
        return self.line is None or 0 < len(self.line) <= LONGEST_LINE

    @classmethod
    def of(cls, snapshot: Snapshot, line: str | None = None) -> "Words":
        title, *about = caption(snapshot).split(SEPARATOR)
        return cls(capitalised(title), SEPARATOR.join(about), other_settings(snapshot.config), line)


def other_settings(config: TrainingConfig) -> str:
    """The unusual settings that no caption says."""
    compared = compare_settings(config, TrainingConfig())
    already = {SETTINGS[name].label for name in SAID_ALREADY}
    changed = [each for each in compared if not (each.is_same or each.one == NOT_THERE or each.label in already)]
    return SEPARATOR.join(f"{each.label} {each.one}" for each in changed)


class _Block(NamedTuple):
    """A text of one or more lines, with its font and colour; ``leading`` is from line to line, in heights of letters.
    Blocks with ``is_code`` begin at the left in every language."""

    text: str
    font: QFont
    ink: Ink
    leading: float
    is_code: bool = False


def paint_words(painter: QPainter, words: Words, layout: PosterLayout, paper: Paper, scale: float) -> None:
    """Write the words in a layout's area for words, in smaller letters where they are too long."""
    unit, area = layout.letters, scaled(layout.words, scale)
    blocks = [
        _Block(words.title, text_font(TITLE_PX * unit * scale), paper.text, 1.35),
        _Block(words.about, text_font(TEXT_PX * unit * scale), paper.faint, LEADING),
    ]
    if layout.has_line:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(max(1, round(LINE_PX * scale)))
        fixed.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        blocks.append(_Block(words.settings, text_font(SMALL_PX * scale), paper.faint, LEADING))
        blocks.append(_Block(words.line or "" if words.has_line else "", fixed, paper.faint, 1.3, is_code=True))
    blocks = [block for block in blocks if block.text]
    factor = 1.0
    while _written(None, area, blocks, factor) > area.height() and factor > SMALLEST:
        factor -= 0.05
    _written(painter, area, blocks, factor)


def _written(painter: QPainter | None, area: QRectF, blocks: Sequence[_Block], factor: float) -> float:
    """Write blocks with letters of ``factor`` times their size; return the height. Without a painter, only measure."""
    y = 0.0
    for text, usual, ink, leading, is_code in blocks:
        font = QFont(usual)
        font.setPixelSize(max(1, round(font.pixelSize() * factor)))
        metrics, pitch = QFontMetricsF(font), font.pixelSize() * leading
        for line in broken_lines(text, area.width(), metrics):
            if painter is not None:
                is_mirrored = is_right_to_left() and not is_code
                left = area.width() - metrics.horizontalAdvance(line) if is_mirrored else 0.0
                draw_text(painter, area.topLeft() + QPointF(left, y + metrics.ascent()), line, font, ink)
            y += pitch
        y += BETWEEN * pitch
    return y
