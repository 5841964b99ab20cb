"""A line for one formula, and below it the formula set in type, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QPaintEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.curve.curve import CurveError
from curvegui.core.formula.curve import FormulaError, parse_formula
from curvegui.core.formula.functions import CONSTANTS
from curvegui.core.formula.parser import Term, spoken
from curvegui.core.language.text import tr
from curvegui.figure.drawing.typeset import (
    Expression,
    Fenced,
    Fraction,
    Letters,
    PartsInRow,
    Picture,
    Root,
    Script,
    Slant,
    typeset,
)
from curvegui.ui.dialogs.progress import message_label
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.scale import MATHS, in_type
from curvegui.ui.look.theme import current_theme

UP = Slant.UPRIGHT
SYMBOLS = {"pi": "π", "tau": "τ", "phi": "φ"}
FENCES = {"(": "()", "abs": "||", "floor": "⌊⌋", "ceil": "⌈⌉"}
DIGITS = "0123456789."
ROOTS = {"sqrt": None, "cbrt": Letters("3", UP)}
WRITTEN = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
BASES = {"log2": ("log", "2"), "log10": ("log", "10")}
THIN = "\u2009"


def expression_of(term: Term) -> Expression:
    """A parsed formula as an expression for the typesetter."""
    head, parts = term
    bare = [_bare(part) for part in parts]
    if head in FENCES:
        found: Expression = Fenced(bare[0], FENCES[head])
    elif head in ROOTS:
        found = Root(bare[0], ROOTS[head])
    elif head == "/":
        found = Fraction(bare[0], bare[1])
    elif head == "^":
        base, exponent = parts
        is_at_name = _is_call(base) and base.head not in ROOTS and exponent.head[0] in DIGITS
        found = _call(base.head, base.parts, bare[1]) if is_at_name else Script(expression_of(base), bare[1])
    elif head in ("+", "-", "*"):
        *left, right = map(expression_of, parts)
        found = PartsInRow((*left, Letters(_sign(head, parts), UP), right))
    elif parts:
        found = _call(head, parts)
    else:
        found = Letters(SYMBOLS.get(head, head), Slant.ITALIC if head.isalpha() and head not in CONSTANTS else UP)
    return found


def lines_of(term: Term) -> list[Expression]:
    """The parts of a sum, each with its sign: a long sum may be broken between the parts."""
    if term.head in ("+", "-") and len(term.parts) > 1:
        sign = Letters(f" {term.head.replace('-', '−')} ", UP)
        return [*lines_of(term.parts[0]), PartsInRow((sign, expression_of(term.parts[1])))]
    return [expression_of(term)]


def _bare(term: Term) -> Expression:
    """A term without its brackets, where a root or a fraction bar takes their place."""
    return expression_of(term.parts[0] if term.head == "(" else term)


def _sign(head: str, parts: tuple[Term, ...]) -> str:
    """The sign between two terms, or before one term; for a product, often no sign."""
    if head != "*":
        sign = head.replace("-", "−")
        return f" {sign} " if len(parts) > 1 else sign
    before, after = _edge(parts[0], -1), _edge(parts[1], 0)
    if after.head in "/+-" or after.head[0] in DIGITS:
        return " · "  # a number would run into another one
    return THIN if _is_call(before) or _is_call(after) else ""


def _edge(term: Term, side: int) -> Term:
    """The first factor of a product (``side`` 0) or its last one (``side`` -1)."""
    while term.parts and (term.head == "*" or (term.head == "^" and side == 0) or (term.head in "+-" and side)):
        term = term.parts[side]
    return term.parts[0] if term.head == "^" else term


def _is_call(term: Term) -> bool:
    return bool(term.parts) and term.head.isalnum() and term.head not in FENCES


def _call(name: str, parts: tuple[Term, ...], exponent: Expression | None = None) -> Expression:
    """A function with its arguments; an exponent stands at the function's name, as in sin²(t)."""
    written, below = BASES.get(name, (WRITTEN.get(name, name), ""))
    body: Expression = Letters(written, UP)
    if exponent or below:
        body = Script(body, exponent, Letters(below, UP) if below else None)
    inside = [expression_of(parts[0])]
    for part in parts[1:]:
        inside += [Letters(", ", UP), expression_of(part)]
    return PartsInRow((body, Fenced(PartsInRow(tuple(inside)))))


ROOM = 2.6  # heights of a line: most formulas fit in, so that nothing below moves
INDENT = 1.5  # of the lines after the first, in heights of a line
LINE_GAP = 0.25


class FormulaField(QWidget):
    """A field for the formula of one axis, "x" or "y", with the formula in type below."""

    def __init__(self, axis: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis, label = axis, QLabel(f"&{axis}(t) =")
        self.edit = named(QLineEdit(maxLength=2_000), f"formula.{axis}", f"{axis}(t)")
        label.setBuddy(self.edit)
        self._picture = named(FormulaPicture(), f"formula.{axis}.picture")
        self._error = styled(named(message_label(), f"formula.{axis}.error"), "error")
        self._error.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._error.setMinimumHeight(self._picture.minimumHeight())
        filled(QVBoxLayout(self), label, self.edit, self._picture, self._error, spacing=4)

    def set_in_type(self, values: Mapping[str, float]) -> None:
        """Set the typed formula in type, with these values of its parameters; nothing if it cannot be read."""
        text, lines, words = self.edit.text(), list[Expression](), ""
        with suppress(FormulaError):
            lines, words = lines_of(parse_formula(text, values).term), spoken(text)
        self._picture.show_lines(lines, tr("{axis} of t equals {words}", axis=self._axis, words=words) if words else "")
        if not self._error.isVisibleTo(self):
            self.edit.setAccessibleDescription(words)

    def show_error(self, error: CurveError | None) -> None:
        """Say what is wrong with the formula, and underline where; for None, remove words and underline."""
        self.edit.setProperty("wrong", error is not None)
        self.edit.style().polish(self.edit)
        self.edit.setAccessibleDescription(str(error or self._picture.accessibleName()))
        self._error.setText(str(error or ""))
        self._error.setVisible(error is not None)
        self._picture.setVisible(error is None)
        marks = []  # underline the error like a spelling mistake; a text line offers this to input methods only
        if isinstance(error, FormulaError) and self.edit.text():
            ink = QTextCharFormat()
            ink.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            ink.setUnderlineColor(self.palette().brightText().color())
            ink.setForeground(self.palette().brightText())
            position = min(error.position, len(self.edit.text()) - 1)
            start, kind = position - self.edit.cursorPosition(), QInputMethodEvent.AttributeType.TextFormat
            marks = [QInputMethodEvent.Attribute(kind, start, 1, ink)]
        QCoreApplication.sendEvent(self.edit, QInputMethodEvent("", marks))


class FormulaPicture(QLabel):
    """A formula set in type; its accessible name reads it out."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[Expression] = ()
        self.setMinimumHeight(round(ROOM * self.fontMetrics().height()))

    def show_lines(self, parts: Sequence[Expression], words: str) -> None:
        """Show another formula: the parts of a sum, side by side as far as they fit."""
        self._parts = parts
        self.setAccessibleName(words)
        self._make_room()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        line = self.fontMetrics().height()
        height = sum(each.height + LINE_GAP * line for each in self._pictures())
        self.setMinimumHeight(max(round(ROOM * line), round(height)))

    def _pictures(self) -> list[Picture]:
        font, room = in_type(self.font(), MATHS), self.width() - INDENT * self.fontMetrics().height()
        lines = self._lines(font, room)
        widest = max((each.width for each in lines), default=0.0)
        if widest > room > 0:
            font.setPointSizeF(font.pointSizeF() * room / widest)
            lines = self._lines(font, room)
        return lines

    def _lines(self, font: QFont, room: float) -> list[Picture]:
        ink, lines, widths = current_theme().text, list[list[Expression]](), list[float]()
        for part in self._parts:
            width = typeset(part, font, ink).width
            if not lines or widths[-1] + width > room:
                lines.append([])
                widths.append(0.0)
            lines[-1].append(part)
            widths[-1] += width
        return [typeset(PartsInRow(tuple(each)), font, ink) for each in lines]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = painter_for(self), self.fontMetrics().height()
        pictures = self._pictures()
        y = (self.height() - pictures[0].height) / 2 if len(pictures) == 1 else 0.0
        for number, picture in enumerate(pictures):
            picture.paint(painter, INDENT * line if number else 0.0, y + picture.ascent)
            y += picture.height + LINE_GAP * line
