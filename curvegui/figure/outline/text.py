"""The outlines of a line of text, letter by letter, in the order in which it is read."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QFont, QGlyphRun, QPainterPath, QTextLayout, QTextLine

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.joining import Outline
from curvegui.core.language.text import in_quotes, in_row, mark, tr
from curvegui.figure.drawing.polyline import written
from curvegui.figure.outline.flattening import Elements, outlines

MOST_LETTERS = 200
GLYPH_PX = 400  # so large that Qt's rounding of glyphs to 1/64 pixel cannot be seen
AS_PICTURE, AS_TEXT = "\ufe0f", "\ufe0e"  # variation selectors: colour emoji have no outlines, so ask for plain ones
WIDEST = 1e7  # pixels of a line, more than 200 letters can take
NO_GLYPH = 0  # the index of the box that every font has for what it lacks


@dataclass(frozen=True)
class TextOutline:
    """The outlines of a text, in reading order, in pixels of a font `GLYPH_PX` high, y down. ``missing`` are its
    characters without an outline, each once: no installed font has them, or only as a colour picture."""

    parts: tuple[Outline, ...]
    missing: tuple[str, ...] = ()


def text_parts(text: str, font: QFont) -> TextOutline:
    """The outlines of a text, set on one line in a font of any size.

    Qt takes characters that the font lacks from other installed fonts. Line breaks and other control characters count
    as blanks. Raises ``CurveError`` if there is nothing to draw, or more than 200 characters.
    """
    words = _one_line(text)
    if _is_blank(words):
        raise CurveError(tr("There is no text to draw. Type a word."))
    if len(words) > MOST_LETTERS:
        sentence = mark("This text has {count:,} characters, and at most {most} can be drawn. Use fewer words.")
        raise CurveError(tr(sentence, count=len(words), most=MOST_LETTERS))
    large = QFont(font)
    large.setPixelSize(GLYPH_PX)
    large.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # letters are where they were designed to be
    has_outline = cache(partial(_can_be_drawn, font=large))  # of a letter that comes again, asked once
    words = "".join(_plain(each, has_outline) for each in _letters(words))
    missing = tuple(dict.fromkeys(each for each in _letters(words) if not has_outline(each)))
    parts = _parts(words, large)
    if not parts:
        sentence = mark("No installed font has an outline for {missing}. Try another font or another word.")
        raise CurveError(tr(sentence, missing=in_row(list(map(in_quotes, missing)))))
    return TextOutline(parts, missing)


def _one_line(text: str) -> str:
    """A text without control characters and needless blanks; half of a surrogate pair is no character."""
    kept = ["�" if unicodedata.category(each) == "Cs" else each for each in text[: 20 * MOST_LETTERS]]
    blank = "".join(" " if unicodedata.category(each) == "Cc" else each for each in kept)
    return " ".join(blank.split()).replace(AS_PICTURE, AS_TEXT)


def _letters(text: str) -> Iterator[str]:
    """The characters as people count them: an accent belongs to its letter."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    units = text.encode("utf-16-le")  # Qt counts in these
    start, end = 0, finder.toNextBoundary()
    while end > start:
        yield units[2 * start : 2 * end].decode("utf-16-le")
        start, end = end, finder.toNextBoundary()


def _set(text: str, font: QFont) -> tuple[QTextLayout, QTextLine]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(WIDEST)
    layout.endLayout()
    return layout, line


def _plain(letter: str, has_outline: Callable[[str], bool]) -> str:
    """A character, with the sign that asks for text instead of a colour picture where the sign brings an outline."""
    plain = letter + AS_TEXT
    return plain if not has_outline(letter) and has_outline(plain) else letter


def _can_be_drawn(letter: str, font: QFont) -> bool:
    runs = _set(letter, font)[0].glyphRuns()
    glyphs = [(run, index) for run in runs for index in run.glyphIndexes()]
    if any(index == NO_GLYPH for _, index in glyphs):
        return False
    return _is_blank(letter) or any(not _outline(run, index).isEmpty() for run, index in glyphs)


def _outline(run: QGlyphRun, index: int) -> QPainterPath:
    return run.rawFont().pathForGlyph(index)


def _is_blank(letter: str) -> bool:
    """Whether a character is invisible by nature: blanks, joiners, marks of direction."""
    return all(unicodedata.category(each) in {"Zs", "Zl", "Zp", "Cf"} or each == AS_TEXT for each in letter)


def _parts(text: str, font: QFont) -> tuple[Outline, ...]:
    layout, line = _set(text, font)
    units = text.encode("utf-16-le")
    glyphs = [
        (position, _outline(run, index))
        for run in layout.glyphRuns()
        for index, position in zip(run.glyphIndexes(), run.positions(), strict=True)
        if index != NO_GLYPH
    ]
    glyphs = [(position, path) for position, path in glyphs if not path.isEmpty()]
    directions = (unicodedata.bidirectional(each) for each in text)
    runs_left = next((each in {"R", "AL"} for each in directions if each in {"L", "R", "AL"}), False)
    glyphs.sort(key=lambda glyph: glyph[0].x(), reverse=runs_left)
    labels = []
    for position, path in glyphs:
        middle = position.x() + path.boundingRect().center().x()
        cursor = line.xToCursor(middle, QTextLine.CursorPosition.CursorOnCharacter)
        letter = units[2 * cursor :].decode("utf-16-le", "ignore")[:1]
        labels.append(tr("letter “{letter}”", letter=letter))
    paths = [written(path.translated(position)) for position, path in glyphs]
    return outlines(Elements.of(paths), [True] * len(paths), labels)
