"""The verdict on one function: a sign, its name, a word, and the reason."""

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.look.tips import wrapped

DRAWINGS = {Grade.RIGHT: "check", Grade.WRONG: "warning", Grade.MISSING: "wait"}
WORDS = {Grade.RIGHT: "right", Grade.WRONG: "wrong", Grade.MISSING: "not written yet"}


class VerdictRow(QFrame):
    """A function and the verdict on it; ``name`` is, for example, ``"J_W3"``."""

    chosen = Signal(str)  # a person wants to see the equation of this function

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._verdict: Verdict | None = None
        self.setObjectName(f"verdict.{name}")
        self.setProperty("row", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(wrapped(f"Show the equation of {name} in the Maths panel"))
        self._sign, self._title, self._why = QLabel(), QLabel(), QLabel()
        self._why.setWordWrap(True)
        self._why.setTextFormat(Qt.TextFormat.RichText)
        self._title.setTextFormat(Qt.TextFormat.RichText)
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 5, 6, 5)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._why, 1, 1)
        grid.setColumnStretch(1, 1)
        follow_theme(self._show)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show another verdict, or that there is none yet."""
        self._verdict = verdict
        self._show()

    @Slot()
    def _show(self) -> None:
        verdict = self._verdict
        grade = verdict.grade if verdict else None
        role = {Grade.RIGHT: "good", Grade.WRONG: "warning"}.get(grade, "muted") if grade else "faint"
        self._sign.setPixmap(icon(DRAWINGS[grade] if grade else "wait", role).pixmap(icon_size(self, 1.2)))
        word = WORDS[grade] if grade else "not checked yet"
        place = "" if verdict is None else place_of(verdict)
        muted = f"<span style='color:{current_theme().muted}'>{word}{f', {place}' if place else ''}</span>"
        self._title.setText(f"<b>{self.name}</b> &nbsp;{muted}")
        why = more_than_the_word(verdict) if verdict else ""
        self._why.setText(escape(why))
        self._why.setVisible(bool(why))
        self.setAccessibleName(f"{self.name}: {word}{f', {place}' if place else ''}. {why}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses it; the space bar runs and pauses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.name)
        else:
            event.ignore()


def more_than_the_word(verdict: Verdict) -> str:
    """The reason, if it says more than that the function has not been written yet."""
    return "" if verdict.reason == f"{verdict.name} is {WORDS[Grade.MISSING]}." else verdict.reason


def place_of(verdict: Verdict) -> str:
    """The line in the file: "line 34", or "cell 5, line 3"."""
    cell = "" if verdict.cell is None else f"cell {verdict.cell}"
    line = "" if verdict.line is None else f"line {verdict.line}"
    return ", ".join(each for each in (cell, line) if each)
