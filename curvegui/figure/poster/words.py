"""The words on a poster: a title, what was trained in small print, and on a card the run as a line of text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter

from curvegui.core.language.text import capitalised, is_right_to_left
from curvegui.core.learner.caption import SEPARATOR, caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.comparison import NOT_THERE, compare_settings
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.figure.drawing.caption import broken_lines, draw_text, text_font
from curvegui.figure.drawing.look import Ink
from curvegui.figure.poster.style import Paper, PosterLayout

TITLE_PX, TEXT_PX, SMALL_PX, LINE_PX = 25.0, 13.0, 10.5, 10.0  # heights of letters, times those of the layout
LEADING, BETWEEN = 1.45, 0.4  # between lines, and more between blocks, in heights of letters
SMALLEST = 0.5  # of the usual letters
SAID_ALREADY = "curve", "hidden", "activation", "output_activation", "optimizer", "aggression", "noise", "seed"
LONGEST_LINE = 1_400  # characters: of a longer one, nobody would type any


@dataclass(frozen=True)
class Words:
    """A title, what was trained, other settings, and the run as a line of text.

    The line is empty where there is none, and None where that is not known yet.
    """

    title: str
    about: str
    settings: str = ""
    line: str | None = None

    @property
    def has_line(self) -> bool:
        """Whether a card has the line: perhaps there is one that is not too long."""
        return self.line is None or 0 < len(self.line) <= LONGEST_LINE

    @classmethod
    def of(cls, snapshot: Snapshot, line: str | None = None) -> "Words":
        """Those of a run."""
        title, *about = caption(snapshot).split(SEPARATOR)
        return cls(capitalised(title), SEPARATOR.join(about), other_settings(snapshot.config), line)


def other_settings(config: TrainingConfig) -> str:
    """The settings that no caption names, where they are not as usual."""
    compared = compare_settings(config, TrainingConfig())
    already = {SETTINGS[name].label for name in SAID_ALREADY}
    changed = [each for each in compared if not (each.is_same or each.one == NOT_THERE or each.label in already)]
    return SEPARATOR.join(f"{each.label} {each.one}" for each in changed)


def paint_words(painter: QPainter, words: Words, layout: PosterLayout, paper: Paper, scale: float) -> None:
    """Write them where a layout has room for them; what is too long gets smaller letters."""
    room, unit = layout.words, layout.letters
    line = words.line if words.line and words.has_line else ""
    blocks = [
        _Block(words.title, text_font(TITLE_PX * unit * scale), paper.text, 1.35),
        _Block(words.about, text_font(TEXT_PX * unit * scale), paper.faint, LEADING),
    ]
    if layout.has_line:
        blocks.append(_Block(words.settings, text_font(SMALL_PX * scale), paper.faint, LEADING))
        blocks.append(_Block(line, _fixed(LINE_PX * scale), paper.faint, 1.3, is_code=True))
    area = QRectF(room.x() * scale, room.y() * scale, room.width() * scale, room.height() * scale)
    _write(painter, area, [block for block in blocks if block.text])


@dataclass(frozen=True)
class _Block:
    """A text that begins a new line, how it is written, and how far its lines are apart in heights of letters.

    ``is_code`` begins at the left in every language.
    """

    text: str
    font: QFont
    ink: Ink
    leading: float
    is_code: bool = False


@dataclass(frozen=True)
class _Line:
    """A line of a block, where it begins from the left, and where its baseline is below the top."""

    text: str
    start: float
    baseline: float
    font: QFont
    ink: Ink


def _write(painter: QPainter, area: QRectF, blocks: Sequence[_Block]) -> None:
    factor = 1.0
    lines, height = _laid_out(area.width(), blocks, factor)
    while height > area.height() and factor > SMALLEST:
        factor -= 0.05
        lines, height = _laid_out(area.width(), blocks, factor)
    for line in lines:
        place = area.topLeft() + QPointF(line.start, line.baseline)
        draw_text(painter, place, line.text, line.font, line.ink)


def _laid_out(width: float, blocks: Sequence[_Block], factor: float) -> tuple[list[_Line], float]:
    """The lines of all blocks, and the height of all, with letters of ``factor`` times their size."""
    lines, y = list[_Line](), 0.0
    for block in blocks:
        font = QFont(block.font)
        font.setPixelSize(max(1, round(font.pixelSize() * factor)))
        metrics, pitch = QFontMetricsF(font), font.pixelSize() * block.leading
        for text in broken_lines(block.text, width, metrics):
            free = width - metrics.horizontalAdvance(text) if is_right_to_left() and not block.is_code else 0.0
            lines.append(_Line(text, free, y + metrics.ascent(), font, block.ink))
            y += pitch
        y += BETWEEN * pitch
    return lines, y


def _fixed(pixels: float) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(max(1, round(pixels)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
