"""A small typesetter for equations: rows, fractions, scripts, roots, brackets and matrices, on any paint device.

An expression says what stands where; `typeset` turns it into a picture, whose lengths all come from a font.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath, QPen


class Slant(Enum):
    """How letters stand: variables slant, functions and figures are upright, matrices are bold."""

    ITALIC = "italic"
    UPRIGHT = "upright"
    BOLD = "bold"


@dataclass(frozen=True)
class Letters:
    """Some letters. ``ink`` is their colour, ``#rrggbb``, or empty for the expression's colour."""

    text: str
    slant: Slant = Slant.ITALIC
    ink: str = ""


@dataclass(frozen=True)
class PartsInRow:
    """Parts side by side on one baseline."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Fraction:
    """One part over another."""

    above: "Expression"
    below: "Expression"


@dataclass(frozen=True)
class Script:
    """A part of a formula with an exponent ``above`` or an index ``below``, both smaller and at its right."""

    body: "Expression"
    above: "Expression | None" = None
    below: "Expression | None" = None


@dataclass(frozen=True)
class Root:
    """A part under the sign of a root, with a small index unless the root is a square root."""

    body: "Expression"
    index: "Expression | None" = None


@dataclass(frozen=True)
class Fenced:
    """A part in brackets as high as the part; ``signs`` are the two brackets: "()", "||", "⌊⌋" or "⌈⌉"."""

    body: "Expression"
    signs: str = "()"


@dataclass(frozen=True)
class Matrix:
    """Rows of parts in square brackets."""

    rows: tuple[tuple["Expression", ...], ...]


Expression: TypeAlias = Letters | PartsInRow | Fraction | Script | Root | Fenced | Matrix


@dataclass(frozen=True)
class Glyphs:
    """Letters in a picture: the start of their baseline, and the box around the letters."""

    position: QPointF
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
class Stroke:
    """A line in a picture that is not straight, of a root or a round bracket."""

    path: QPainterPath
    width: float
    ink: str

    @property
    def box(self) -> QRectF:
        half = self.width / 2
        return self.path.boundingRect().adjusted(-half, -half, half, half)


Mark: TypeAlias = Glyphs | Bar | Stroke


@dataclass(frozen=True)
class Picture:
    """A typeset expression, in logical pixels: the origin is the start of the baseline, y points down. ``ascent`` and
    ``descent`` are measured from the baseline; fractions' lines are ``axis`` above it."""

    width: float
    ascent: float
    descent: float
    marks: tuple[Mark, ...]
    axis: float

    @property
    def height(self) -> float:
        return self.ascent + self.descent

    @property
    def size(self) -> QSizeF:
        return QSizeF(self.width, self.height)

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Paint the picture with its baseline's start at a position."""
        painter.save()
        painter.translate(x, baseline)
        for mark in self.marks:
            if isinstance(mark, Bar):
                painter.fillRect(mark.box, QColor(mark.ink))
            elif isinstance(mark, Stroke):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.strokePath(mark.path, QPen(QColor(mark.ink), mark.width))
            else:
                painter.setFont(mark.font)
                painter.setPen(QColor(mark.ink))
                painter.drawText(mark.position, mark.text)
        painter.restore()


def moved(marks: Iterable[Mark], x: float, y: float) -> Iterator[Mark]:
    for mark in marks:
        match mark:
            case Stroke():
                yield replace(mark, path=mark.path.translated(x, y))
            case Bar():
                yield Bar(mark.box.translated(x, y), mark.ink)
            case Glyphs():
                yield replace(mark, position=mark.position + QPointF(x, y), box=mark.box.translated(x, y))


def fence(sign: str, box: QRectF, line: float, ink: str) -> Stroke:
    """A bracket that fills a box: ``sign`` is one of ( ) | ⌊ ⌋ ⌈ ⌉."""
    inner, outer = (box.left(), box.right()) if sign in ")⌋⌉" else (box.right(), box.left())
    path = QPainterPath(QPointF(inner, box.top()))
    if sign in "()":
        bend = outer + (outer - inner) * 0.35
        path.cubicTo(
            QPointF(bend, box.top() + 0.3 * box.height()),
            QPointF(bend, box.bottom() - 0.3 * box.height()),
            QPointF(inner, box.bottom()),
        )
        return Stroke(path, line * 1.15, ink)
    path.moveTo(inner if sign in "⌈⌉" else outer, box.top())
    path.lineTo(outer, box.top())
    path.lineTo(outer, box.bottom())
    path.lineTo(inner if sign in "⌊⌋" else outer, box.bottom())
    return Stroke(path, line, ink)


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
HOOK = 0.62  # em: how wide a root's hook is
BRACKET = 0.22  # em: how wide a bracket's feet are
RISE, SINK = 0.62, 0.22  # of the letter's height above the baseline: where scripts have their baselines


@cache
def maths_family() -> str:
    """The serif face of equations: the first of ``FACES`` on this computer, else any serif."""
    known = set(QFontDatabase.families())
    return next((face for face in FACES if face in known), "serif")


def typeset(expression: Expression, font: QFont, ink: str) -> Picture:
    """Set an expression in letters of the font's size, in the face of `maths_family`. Parts without a colour get
    ``ink``, ``#rrggbb``."""
    face = QFont(font)
    face.setFamilies([maths_family(), "serif"])
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # so that widths grow with the size
    return _set(expression, face, ink)


def _set(expression: Expression, font: QFont, ink: str) -> Picture:
    return SETTERS[type(expression)](expression, font, ink)


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


def _set_row(row: PartsInRow, font: QFont, ink: str) -> Picture:
    marks: list[Mark] = []
    x, parts = 0.0, [_set(part, font, ink) for part in row.parts]
    for part in parts:
        marks += moved(part.marks, x, 0.0)
        x += part.width
    ascent = max((part.ascent for part in parts), default=0.0)
    descent = max((part.descent for part in parts), default=0.0)
    return Picture(x, ascent, descent, tuple(marks), _axis(font))


def _set_fraction(fraction: Fraction, font: QFont, ink: str) -> Picture:
    above, below, em, axis = _set(fraction.above, font, ink), _set(fraction.below, font, ink), _em(font), _axis(font)
    half, gap = _line(font) / 2, GAP * em
    width = max(above.width, below.width) + 2 * OVERHANG * em
    up, down = axis + half + gap + above.descent, half + gap + below.ascent - axis
    marks = (
        *moved(above.marks, (width - above.width) / 2, -up),
        Bar(QRectF(0.0, -axis - half, width, 2 * half), ink),
        *moved(below.marks, (width - below.width) / 2, down),
    )
    return Picture(width, up + above.ascent, down + below.descent, marks, axis)


def _set_script(script: Script, font: QFont, ink: str) -> Picture:
    body, small, em = _set(script.body, font, ink), _smaller(font), _em(font)
    x, marks, width = body.width + 0.04 * em, list(body.marks), body.width
    ascent, descent, floor = body.ascent, body.descent, -body.ascent
    if script.above is not None:
        above = _set(script.above, small, ink)
        rise = max(RISE * max(body.ascent, QFontMetricsF(font).xHeight()), body.ascent - 0.4 * em) + above.descent * 0.5
        marks += moved(above.marks, x, -rise)
        width, ascent, floor = x + above.width, max(ascent, rise + above.ascent), above.descent - rise
    if script.below is not None:
        below = _set(script.below, small, ink)
        sink = max(SINK * body.ascent + body.descent, floor + 0.08 * em + below.ascent)  # clear of the upper one
        marks += moved(below.marks, x, sink)
        width, descent = max(width, x + below.width), max(descent, sink + below.descent)
    return Picture(width, ascent, descent, tuple(marks), _axis(font))


def _set_root(root: Root, font: QFont, ink: str) -> Picture:
    body, em, line = _set(root.body, font, ink), _em(font), _line(font)
    top, bottom = body.ascent + GAP * em + line, max(body.descent, line)
    index = _set(root.index, _smaller(_smaller(font)), ink) if root.index else Picture(0.0, 0.0, 0.0, (), 0.0)
    hook = QRectF(max(index.width - 0.3 * em, 0.0), -top, HOOK * em, top + bottom)
    width = hook.right() + body.width + GAP * em
    sign = QPainterPath(QPointF(hook.left() + line, hook.top() + 0.6 * hook.height()))
    sign.lineTo(hook.left() + 0.3 * hook.width(), hook.top() + 0.55 * hook.height())
    sign.lineTo(hook.left() + 0.55 * hook.width(), hook.bottom())
    sign.lineTo(hook.right(), hook.top())
    sign.lineTo(width, hook.top())
    rise = 0.55 * (top + bottom) - bottom  # clear of the hook, which is below
    marks = (Stroke(sign, line, ink), *moved(index.marks, 0.0, -rise), *moved(body.marks, hook.right(), 0.0))
    return Picture(width + line, max(top + line, rise + index.ascent), bottom + line, marks, _axis(font))


def _set_fenced(fenced: Fenced, font: QFont, ink: str) -> Picture:
    """Brackets are centred on the height of fractions' lines, and as high as the expression between them."""
    body, em, axis, line = _set(fenced.body, font, ink), _em(font), _axis(font), _line(font)
    half = max(body.ascent - axis, body.descent + axis, 0.5 * em) + 0.04 * em
    width, gap = (0.1 if "|" in fenced.signs else 0.28) * em, 0.12 * em
    box = QRectF(line, -axis - half, width, 2 * half)
    left, right = (fence(sign, box, line, ink) for sign in fenced.signs)
    start = line + width + gap / 2
    far = start + body.width + gap / 2
    marks = (left, *moved(body.marks, start, 0.0), *moved([right], far, 0.0))
    return Picture(far + width + 2 * line, half + axis + line, half - axis + line, marks, axis)


def _set_matrix(matrix: Matrix, font: QFont, ink: str) -> Picture:
    em, axis = _em(font), _axis(font)
    rows = [[_set(part, font, ink) for part in row] for row in matrix.rows]
    widths = [max(part.width for part in column) for column in zip(*rows, strict=True)]
    foot, line = BRACKET * em, _line(font)
    left = foot + 0.1 * em
    marks: list[Mark] = []
    inner = ROW_GAP * em
    for row in rows:
        inner += max(part.ascent for part in row)
        x = 0.0
        for part, width in zip(row, widths, strict=True):  # numbers end at the right of their column
            marks += moved(part.marks, x + width - part.width, inner)
            x += width + COLUMN_GAP * em
        inner += max(part.descent for part in row) + ROW_GAP * em
    height, width = inner + 2 * line, 2 * left + sum(widths) + COLUMN_GAP * em * (len(widths) - 1)
    top = -axis - height / 2
    placed = list(moved(marks, left, top + line))
    for x, inward in ((0.0, 0.0), (width - line, width - foot)):
        placed.append(Bar(QRectF(x, top, line, height), ink))
        placed += [Bar(QRectF(inward, y, foot, line), ink) for y in (top, top + height - line)]
    return Picture(width, -top, top + height, tuple(placed), axis)


SETTERS: dict[type, Callable[[Any, QFont, str], Picture]] = {
    Letters: _set_letters,
    PartsInRow: _set_row,
    Fraction: _set_fraction,
    Script: _set_script,
    Root: _set_root,
    Fenced: _set_fenced,
    Matrix: _set_matrix,
}


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    if font.pixelSize() > 0:
        smaller.setPixelSize(max(SMALLEST_PX, round(font.pixelSize() * SCRIPT_SIZE)))
    else:
        smaller.setPointSizeF(max(SMALLEST_PT, font.pointSizeF() * SCRIPT_SIZE))
    return smaller


def _em(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("M")


def _line(font: QFont) -> float:
    """The thickness of lines, px: at least one pixel, so that a line is always seen."""
    return max(RULE * _em(font), 1.0)


def _axis(font: QFont) -> float:
    return QFontMetricsF(font).xHeight() / 2
