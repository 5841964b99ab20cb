"""A small typesetter for the equations of the exercise: rows, fractions, scripts and matrices, on any paint device.

An expression says what stands where; `typeset` turns it into a picture, whose lengths all come from a font.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter

from curvegui.figure.drawing.expression import Expression, Fraction, Letters, Matrix, Row, Script, Slant

FACES = (  # those with italics of their own come first
    "STIX Two Text", "Cambria", "Latin Modern Roman", "STIX Two Math", "Cambria Math", "Latin Modern Math",
    "DejaVu Serif",
)  # fmt: skip
SCRIPT_SIZE = 0.68  # of the letter that it belongs to
SMALLEST_PT, SMALLEST_PX = 6.0, 8  # scripts of scripts can still be read
RULE = 0.055  # em: how thick lines are
GAP = 0.16  # em: between a fraction's line and what is over and under it
OVERHANG = 0.08  # em: how far a fraction's line goes beyond what it divides
COLUMN_GAP, ROW_GAP = 0.7, 0.28  # em, in a matrix
BRACKET = 0.22  # em: how wide a bracket's feet are
RISE, SINK = 0.62, 0.22  # of the letter's height above the baseline: where scripts have their baselines


@dataclass(frozen=True)
class Glyphs:
    """Letters in a picture: where they start on their baseline, and the box that they fill."""

    place: QPointF
    box: QRectF
    text: str
    font: QFont
    ink: str


@dataclass(frozen=True)
class Bar:
    """A line in a picture: of a fraction or a bracket."""

    box: QRectF
    ink: str


@dataclass(frozen=True)
class Picture:
    """An expression that is set, in logical pixels: the origin is where its baseline begins, y points down.

    ``ascent`` and ``descent`` are measured from the baseline; ``axis`` is how far over it a fraction's line is.
    """

    width: float
    ascent: float
    descent: float
    marks: tuple[Glyphs | Bar, ...]
    axis: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.ascent + self.descent

    @property
    def size(self) -> QSizeF:
        """Width and height."""
        return QSizeF(self.width, self.height)

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Paint it with its origin at a place."""
        painter.save()
        painter.translate(x, baseline)
        for mark in self.marks:
            if isinstance(mark, Bar):
                painter.fillRect(mark.box, QColor(mark.ink))
            else:
                painter.setFont(mark.font)
                painter.setPen(QColor(mark.ink))
                painter.drawText(mark.place, mark.text)
        painter.restore()


@cache
def maths_family() -> str:
    """The serif face that equations are set in, where the machine has one that we know; else whatever serif it has."""
    known = set(QFontDatabase.families())
    return next((face for face in FACES if face in known), "serif")


def typeset(expression: Expression, font: QFont, ink: str) -> Picture:
    """Set an expression.

    The font's size is that of the letters; its face is ours. What has no colour of its own gets ``ink``, ``#rrggbb``.
    """
    face = QFont(font)
    face.setFamilies([maths_family(), "serif"])
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # so that widths grow with the size
    return _set(expression, face, ink)


def _set(expression: Expression, font: QFont, ink: str) -> Picture:
    match expression:
        case Letters():
            return _set_letters(expression, font, ink)
        case Row():
            return _in_row([_set(part, font, ink) for part in expression.parts], font)
        case Fraction():
            return _set_fraction(expression, font, ink)
        case Script():
            return _set_script(expression, font, ink)
        case Matrix():
            return _set_matrix(expression, font, ink)


def _set_letters(letters: Letters, font: QFont, ink: str) -> Picture:
    face = QFont(font)
    face.setItalic(letters.slant is Slant.ITALIC)
    face.setBold(letters.slant is Slant.BOLD)
    metrics = QFontMetricsF(face)
    box = metrics.tightBoundingRect(letters.text) if letters.text.strip() else QRectF()
    start = max(-box.left(), 0.0)  # some slanted letters begin before their origin, or end behind their advance
    width = max(start + metrics.horizontalAdvance(letters.text), start + box.right())
    glyphs = Glyphs(QPointF(start, 0.0), box.translated(start, 0.0), letters.text, face, letters.ink or ink)
    ascent, descent = max(-box.top(), metrics.xHeight()), max(box.bottom(), 0.0)
    return Picture(width, ascent, descent, (glyphs,), _axis(font))


def _in_row(parts: Sequence[Picture], font: QFont) -> Picture:
    marks: list[Glyphs | Bar] = []
    x = 0.0
    for part in parts:
        marks += _moved(part, x, 0.0)
        x += part.width
    ascent = max((part.ascent for part in parts), default=0.0)
    descent = max((part.descent for part in parts), default=0.0)
    return Picture(x, ascent, descent, tuple(marks), _axis(font))


def _set_fraction(fraction: Fraction, font: QFont, ink: str) -> Picture:
    above, below, em, axis = _set(fraction.above, font, ink), _set(fraction.below, font, ink), _em(font), _axis(font)
    half, gap = RULE * em / 2, GAP * em
    width = max(above.width, below.width) + 2 * OVERHANG * em
    up, down = axis + half + gap + above.descent, half + gap + below.ascent - axis
    marks = (
        *_moved(above, (width - above.width) / 2, -up),
        Bar(QRectF(0.0, -axis - half, width, 2 * half), ink),
        *_moved(below, (width - below.width) / 2, down),
    )
    return Picture(width, up + above.ascent, down + below.descent, marks, axis)


def _set_script(script: Script, font: QFont, ink: str) -> Picture:
    body, small, em = _set(script.body, font, ink), _smaller(font), _em(font)
    x, marks, width = body.width + 0.04 * em, list(body.marks), body.width
    ascent, descent, floor = body.ascent, body.descent, -body.ascent
    if script.above is not None:
        above = _set(script.above, small, ink)
        rise = RISE * max(body.ascent, QFontMetricsF(font).xHeight()) + above.descent * 0.5
        marks += _moved(above, x, -rise)
        width, ascent, floor = x + above.width, max(ascent, rise + above.ascent), above.descent - rise
    if script.below is not None:
        below = _set(script.below, small, ink)
        sink = max(SINK * body.ascent + body.descent, floor + 0.08 * em + below.ascent)  # clear of the upper one
        marks += _moved(below, x, sink)
        width, descent = max(width, x + below.width), max(descent, sink + below.descent)
    return Picture(width, ascent, descent, tuple(marks), _axis(font))


def _set_matrix(matrix: Matrix, font: QFont, ink: str) -> Picture:
    em, axis = _em(font), _axis(font)
    rows = [[_set(part, font, ink) for part in row] for row in matrix.rows]
    widths = [max(part.width for part in column) for column in zip(*rows, strict=True)]
    foot, line = BRACKET * em, RULE * em
    left = foot + 0.1 * em
    inner, marks = _stacked(rows, widths, em)
    height, width = inner + 2 * line, 2 * left + sum(widths) + COLUMN_GAP * em * (len(widths) - 1)
    top = -axis - height / 2
    placed = [_shifted(mark, left, top + line) for mark in marks]
    for x, inward in ((0.0, 0.0), (width - line, width - foot)):
        placed.append(Bar(QRectF(x, top, line, height), ink))
        placed += [Bar(QRectF(inward, y, foot, line), ink) for y in (top, top + height - line)]
    return Picture(width, -top, top + height, tuple(placed), axis)


def _stacked(rows: Sequence[Sequence[Picture]], widths: Sequence[float], em: float) -> tuple[float, list[Glyphs | Bar]]:
    """The height of a matrix's rows, and their marks from the top left on; numbers end at the right of their column."""
    marks: list[Glyphs | Bar] = []
    y = ROW_GAP * em
    for row in rows:
        y += max(part.ascent for part in row)
        x = 0.0
        for part, width in zip(row, widths, strict=True):
            marks += _moved(part, x + width - part.width, y)
            x += width + COLUMN_GAP * em
        y += max(part.descent for part in row) + ROW_GAP * em
    return y, marks


def _moved(picture: Picture, x: float, y: float) -> list[Glyphs | Bar]:
    return [_shifted(mark, x, y) for mark in picture.marks]


def _shifted(mark: Glyphs | Bar, x: float, y: float) -> Glyphs | Bar:
    if isinstance(mark, Bar):
        return Bar(mark.box.translated(x, y), mark.ink)
    return Glyphs(mark.place + QPointF(x, y), mark.box.translated(x, y), mark.text, mark.font, mark.ink)


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    if font.pixelSize() > 0:
        smaller.setPixelSize(max(SMALLEST_PX, round(font.pixelSize() * SCRIPT_SIZE)))
    else:
        smaller.setPointSizeF(max(SMALLEST_PT, font.pointSizeF() * SCRIPT_SIZE))
    return smaller


def _em(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("M")


def _axis(font: QFont) -> float:
    return QFontMetricsF(font).xHeight() / 2
