"""A line for one formula, and below it the formula set in type, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QPaintEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.curve.curve import CurveError
from curvegui.core.formula.curve import FormulaError, parse_formula
from curvegui.core.formula.parser import spoken
from curvegui.core.language.text import tr
from curvegui.figure.drawing.typeset import Expression, PartsInRow, Picture, typeset
from curvegui.ui.curve_dialog.formula_terms import lines_of
from curvegui.ui.dialogs.save_dialog import message_label
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme

SIZE = 1.3  # of the window's font
ROOM = 2.4  # heights of a line: most formulas fit in, so that nothing below moves
INDENT = 1.5  # of the lines after the first, in heights of a line
LINE_GAP = 0.25


class FormulaField(QWidget):
    """``axis`` is "x" or "y"."""

    def __init__(self, axis: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label, self.edit, self._error = QLabel(f"&{axis}(t) ="), QLineEdit(), message_label()
        self._axis, self._picture = axis, FormulaPicture()
        label.setBuddy(self.edit)
        self.edit.setObjectName(f"formula.{axis}")
        self.edit.setAccessibleName(f"{axis}(t)")
        self.edit.setMaxLength(2_000)
        self._picture.setObjectName(f"formula.{axis}.picture")
        self._error.setObjectName(f"formula.{axis}.error")
        self._error.setProperty("error", True)
        self._error.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._error.setMinimumHeight(self._picture.minimumHeight())
        filled(QVBoxLayout(self), label, self.edit, self._picture, self._error, spacing=4)

    def set_in_type(self, values: Mapping[str, float]) -> None:
        """Show what is typed as mathematics, with parameters of these values; nothing while it is no formula."""
        text, lines, words = self.edit.text(), list[Expression](), ""
        with suppress(FormulaError):
            lines, words = lines_of(parse_formula(text, values).term), spoken(text)
        self._picture.show_lines(lines, tr("{axis} of t equals {words}", axis=self._axis, words=words) if words else "")
        if not self._error.isVisibleTo(self):
            self.edit.setAccessibleDescription(words)

    def show_error(self, error: CurveError | None) -> None:
        """Mark the place of an error, if it has one, and say what it is; or that there is none."""
        self.edit.setProperty("wrong", error is not None)
        self.edit.style().polish(self.edit)
        self.edit.setAccessibleDescription(str(error or self._picture.accessibleName()))
        self._error.setText(str(error or ""))
        self._error.setVisible(error is not None)
        self._picture.setVisible(error is None)
        self._mark(error if isinstance(error, FormulaError) else None)

    def _mark(self, error: FormulaError | None) -> None:
        """Underline the place like a spelling mistake; a text line offers this to input methods only."""
        marks = []
        if error is not None and self.edit.text():
            ink = QTextCharFormat()
            ink.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            ink.setUnderlineColor(self.palette().brightText().color())
            ink.setForeground(self.palette().brightText())
            place = min(error.position, len(self.edit.text()) - 1)
            start, kind = place - self.edit.cursorPosition(), QInputMethodEvent.AttributeType.TextFormat
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
        """Be as high as the formula is at another width."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        line = self.fontMetrics().height()
        height = sum(each.height + LINE_GAP * line for each in self._pictures())
        self.setMinimumHeight(max(round(ROOM * line), round(height)))

    def _pictures(self) -> list[Picture]:
        """The lines that the formula takes at this width; one that would be wider is set smaller."""
        font, room = QFont(self.font()), self.width() - INDENT * self.fontMetrics().height()
        font.setPointSizeF(SIZE * font.pointSizeF())
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
        """Paint line below line; a single one in the middle of its room."""
        painter, line = painter_for(self), self.fontMetrics().height()
        pictures = self._pictures()
        y = (self.height() - pictures[0].height) / 2 if len(pictures) == 1 else 0.0
        for number, picture in enumerate(pictures):
            picture.paint(painter, INDENT * line if number else 0.0, y + picture.ascent)
            y += picture.height + LINE_GAP * line
