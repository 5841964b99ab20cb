"""The verdict on a function in a row: a sign, the function's name, a word with a line number, and the reason."""

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import card, filled, named, side_by_side, styled
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.spoken import announce

DRAWINGS = {Grade.RIGHT: "check", Grade.WRONG: "warning", Grade.MISSING: "wait", Grade.UNJUDGED: "wait"}
WORDS = {Grade.RIGHT: mark("right"), Grade.WRONG: mark("wrong"), Grade.MISSING: mark("not written yet"),
         Grade.UNJUDGED: mark("not judged yet")}  # fmt: skip
PUZZLE = mark("Put the function together from shuffled lines, without typing")
USUAL = mark("wrong, line 123")  # as wide as the word and the line mostly are beside a sentence


class VerdictRow(QFrame):
    """A function, such as ``"J_W3"``, and its verdict; with ``puzzle``, a button for a missing function's puzzle."""

    chosen = Signal(str)  # a person wants to know more about this function
    moved = Signal(str, int)  # a person goes to the row before (-1) or after (1) this one
    puzzle_wanted = Signal(str)  # a person wants to put the function together from lines

    def __init__(self, name: str, puzzle: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._has_puzzle = name, puzzle
        self._verdict: Verdict | None = None
        styled(named(self, f"verdict.{name}", tip=tr("Show more about {name}, and hints", name=name)), "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sign, self._title, self._state = QLabel(), styled(QLabel(name), "named"), styled(QLabel(), "muted")
        self._why = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.puzzle = styled(named(QPushButton(tr("Put it together…")), f"puzzle.{name}", tip=tr(PUZZLE)), "low")
        self.puzzle.setAccessibleName(tr("Put {name} together", name=name))
        self.puzzle.clicked.connect(lambda: self.puzzle_wanted.emit(name))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 5, 8, 5)
        self._grid.setVerticalSpacing(2)
        self._grid.setHorizontalSpacing(10)
        for column, part in enumerate((self._sign, self._title, self._state)):
            self._grid.addWidget(part, 0, column)
        self._grid.setColumnStretch(3, 1)
        self.arrange(False, True)
        follow_theme(self._show)

    def arrange(self, wide: bool, beside: bool) -> None:
        """Put the reason beside the verdict if ``wide``, and the puzzle's button if ``beside``; else below."""
        self._state.setMinimumWidth(self._state.fontMetrics().horizontalAdvance(tr(USUAL)) if wide else 0)
        self._grid.addWidget(self._why, *((0, 3, 1, 1) if wide else (1, 1, 1, 4)))
        self._grid.addWidget(self.puzzle, *((0, 4, 1, 1) if beside else (2, 1, 1, 3)), Qt.AlignmentFlag.AlignLeft)
        self._show()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show a verdict; None if the function has not been judged."""
        self._verdict = verdict
        self._show()

    def select(self, selected: bool) -> None:
        """Look selected or not."""
        self.setProperty("selected", selected)
        for each in (self, self.puzzle):
            each.style().polish(each)

    @Slot()
    def _show(self) -> None:
        verdict = self._verdict
        grade = verdict.grade if verdict else None
        role = {Grade.RIGHT: "good", Grade.WRONG: "warning"}.get(grade, "muted") if grade else "faint"
        self._sign.setPixmap(icon(DRAWINGS[grade] if grade else "wait", role).pixmap(icon_size(self._title, 1.2)))
        self._state.setText(state_of(verdict, short=True))
        why = more_than_the_word(verdict) if verdict else ""
        first, *more = why.split("\n")
        self._why.setText(tr("{first} (+\xa0{more}\xa0more)", first=first, more=len(more)) if more else first)
        self._why.setVisible(bool(why))
        self.puzzle.setVisible(self._has_puzzle and grade is Grade.MISSING)
        self.setAccessibleName(f"{self.name}: {state_of(verdict)}. {' '.join((first, *more))}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the row, Up and Down go to the rows before and after; other keys are for the window."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in ENTER:
            self.chosen.emit(self.name)
        elif event.key() in steps:
            self.moved.emit(self.name, steps[Qt.Key(event.key())])
        else:
            event.ignore()


def more_than_the_word(verdict: Verdict) -> str:
    """The reason of a verdict; empty if the reason only says that the function has not been written yet."""
    return "" if verdict.reason == tr("{name} is not written yet.", name=verdict.name) else verdict.reason


def state_of(verdict: Verdict | None, short: bool = False) -> str:
    """The verdict in a word or two, and its line: "wrong, line 34"; ``short``: the line only within the function."""
    if verdict is None:
        return tr("not checked yet")
    location = verdict.location
    if short and verdict.cell is not None:
        is_own = verdict.cell_name in ("", tr("the cell of {known}", known=verdict.name))
        location = tr("line {line}", line=verdict.line) if is_own else ""
    state = tr(WORDS[verdict.grade])
    return tr("{state}, {place}", state=state, place=location) if location else state


RIGHT = mark("Right: for every test network, it gives the same numbers as the chain rule.")
MISSING = mark("Write it in the file and save. The hints go through its factors one by one.")
UNCHECKED = mark("This function has not been checked yet.")


class VerdictDetails(QFrame):
    """Shows one verdict, with its hints. Hints that were opened stay open until the verdict changes."""

    equation_wanted = Signal(str)  # of this function

    def __init__(self) -> None:
        super().__init__()
        self._name, self._verdict = "", Verdict("", Grade.MISSING)
        self._opened: dict[str, tuple[str, int]] = {}  # for a function: the reason, and how many of its hints are open
        self._title, self._code, self._words, self._hints = labels = [QLabel(wordWrap=True) for _ in range(4)]
        for name, label in zip(("title", "code", "words", "hints"), labels, strict=True):
            named(label, f"exercise.details.{name}")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        styled(self._title, "heading").setIndent(0)
        styled(self._code, "code").setTextFormat(Qt.TextFormat.PlainText)
        tip = tr("Show the equation of this function in the Maths panel")
        self.hint = named(QPushButton(), "exercise.hint")
        self.equation = named(QPushButton(tr("Show e&quation")), "exercise.equation", tip=tip)
        self.hint.clicked.connect(self._open_next)
        self.equation.clicked.connect(lambda: self.equation_wanted.emit(self._name))
        parts = self._title, self._code, self._words, side_by_side(self.hint, self.equation), self._hints
        filled(QVBoxLayout(self), card(*parts), 1)

    def show_verdict(self, name: str, verdict: Verdict | None, file: LearnerFile | None) -> None:
        """Show the verdict on a function of a ``file``; None if the function has not been judged."""
        self._name, self._verdict = name, verdict or Verdict(name, Grade.MISSING, tr(UNCHECKED))
        self._title.setText(tr("{name}: {state}", name=name, state=state_of(verdict)))
        line = ""
        if verdict is not None and verdict.grade is Grade.WRONG and verdict.line and file is not None:
            line = file.text_of(verdict.line, verdict.cell)
        self._code.setText(line)
        self._code.setAccessibleName(f"{self._verdict.location}: {line}")
        self._code.setVisible(bool(line))
        self._show()

    def _show(self) -> None:
        verdict, opened = self._verdict, self._opened_hints
        said = verdict.reason.split("\n") if verdict.reason else [tr(RIGHT)]
        items = "".join(f"<li>{escape(each)}</li>" for each in said)
        why = f"<ul style='margin-left: -20px'>{items}</ul>" if len(said) > 1 else f"<p>{escape(said[0])}</p>"
        more = tr(MISSING) if verdict.kind == "not-written" else verdict.evidence
        self._words.setText(f"{why}<p>{escape(more)}</p>" if more else why)
        hints = [
            f"<p><b>{tr('Hint {n}.', n=number)}</b> {escape(hint)}</p>"
            for number, hint in enumerate(verdict.hints[:opened], start=1)
        ]
        self._hints.setText("".join(hints))  # below the button, which stays where it was pressed
        self._hints.setVisible(opened > 0)
        left = len(verdict.hints) - opened
        next_hint = tr("Next h&int ({number} of {count})", number=opened + 1, count=len(verdict.hints))
        self.hint.setVisible(bool(verdict.hints))
        self.hint.setEnabled(left > 0)
        self.hint.setText(next_hint if left else tr("No more hints"))

    @property
    def _opened_hints(self) -> int:
        reason, count = self._opened.get(self._name, ("", 0))
        return count if reason == self._verdict.reason else 0

    @Slot()
    def _open_next(self) -> None:
        count = self._opened_hints
        self._opened[self._name] = self._verdict.reason, count + 1
        self._show()
        announce(self, self._verdict.hints[count])
