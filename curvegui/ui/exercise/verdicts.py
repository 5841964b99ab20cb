"""The verdict on one function in a row: a sign, its name, a word with its place, and what is wrong in one sentence."""

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import card, named, side_by_side, styled, wrapped
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.spoken import announce

DRAWINGS = {Grade.RIGHT: "check", Grade.WRONG: "warning", Grade.MISSING: "wait", Grade.UNJUDGED: "wait"}
WORDS = {Grade.RIGHT: mark("right"), Grade.WRONG: mark("wrong"), Grade.MISSING: mark("not written yet"),
         Grade.UNJUDGED: mark("not judged yet")}  # fmt: skip
PUZZLE = mark("Put the function together from shuffled lines, without typing")
USUAL = mark("wrong, line 123")  # as wide as the word and the place mostly are beside a sentence


class VerdictRow(QFrame):
    """A function and the verdict on it; ``name`` is, for example, ``"J_W3"``.

    Where there is a ``puzzle`` of it, the row of a function that is not written yet has a button for it.
    """

    chosen = Signal(str)  # a person wants to know more about this function
    moved = Signal(str, int)  # a person goes to the row before (-1) or after (1) this one
    puzzle_wanted = Signal(str)  # a person wants to put the function together from lines

    def __init__(self, name: str, puzzle: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._has_puzzle = name, puzzle
        self._verdict: Verdict | None = None
        self._times = 1.0
        self.setObjectName(f"verdict.{name}")
        self.setProperty("row", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(wrapped(tr("Show more about {name}, and hints", name=name)))
        self._sign, self._title, self._state = QLabel(), styled(QLabel(name), "named"), styled(QLabel(), "muted")
        self._why = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.puzzle = styled(named(QPushButton(tr("Put it together…")), f"puzzle.{name}", tip=tr(PUZZLE)), "low")
        self.puzzle.setAccessibleName(tr("Put {name} together", name=name))
        self.puzzle.clicked.connect(self._want_puzzle)
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self._sign, 0, 0)
        self._grid.addWidget(self._title, 0, 1)
        self._grid.addWidget(self._state, 0, 2)
        self._grid.setColumnStretch(3, 1)
        self.arrange(False, 1.0, True)
        follow_theme(self._show)

    def arrange(self, wide: bool, times: float, beside: bool) -> None:
        """What is wrong is beside the rest, or below it; the letters are so many times as large as usual.

        The button is ``beside`` the rest, or below it.
        """
        self._times = times
        self._state.setMinimumWidth(self._state.fontMetrics().horizontalAdvance(tr(USUAL)) if wide else 0)
        self._grid.addWidget(self._why, *((0, 3, 1, 1) if wide else (1, 1, 1, 4)))
        left = Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(self.puzzle, *((0, 4, 1, 1) if beside else (2, 1, 1, 3)), left)
        self._grid.setHorizontalSpacing(round(10 * times))
        above = round(5 * times * times)
        self._grid.setContentsMargins(8, above, 8, above)
        self._show()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show another verdict, or that there is none yet."""
        self._verdict = verdict
        self._show()

    def select(self, selected: bool) -> None:
        """Look like the row about which more is shown."""
        self.setProperty("selected", selected)
        for each in (self, self.puzzle):
            each.style().polish(each)

    @Slot()
    def _show(self) -> None:
        verdict = self._verdict
        grade = verdict.grade if verdict else None
        role = {Grade.RIGHT: "good", Grade.WRONG: "warning"}.get(grade, "muted") if grade else "faint"
        size = icon_size(self, 1.2 * self._times)
        self._sign.setPixmap(icon(DRAWINGS[grade] if grade else "wait", role).pixmap(size))
        self._state.setText(state_of(verdict, short=True))
        why = more_than_the_word(verdict) if verdict else ""
        first, *more = why.split("\n")
        self._why.setText(tr("{first} (+\xa0{more}\xa0more)", first=first, more=len(more)) if more else first)
        self._why.setVisible(bool(why))
        self.puzzle.setVisible(self._has_puzzle and grade is Grade.MISSING)
        self.setAccessibleName(f"{self.name}: {state_of(verdict)}. {' '.join((first, *more))}".strip())

    @Slot()
    def _want_puzzle(self) -> None:
        self.puzzle_wanted.emit(self.name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses it, Up and Down go to its neighbours; the space bar runs and pauses."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in ENTER:
            self.chosen.emit(self.name)
        elif event.key() in steps:
            self.moved.emit(self.name, steps[Qt.Key(event.key())])
        else:
            event.ignore()


def more_than_the_word(verdict: Verdict) -> str:
    """The reason, if it says more than that the function has not been written yet."""
    return "" if verdict.reason == tr("{name} is not written yet.", name=verdict.name) else verdict.reason


def state_of(verdict: Verdict | None, short: bool = False) -> str:
    """The verdict in a word or two, and its place, as in "wrong, line 34"; ``short``: its own line."""
    if verdict is None:
        return tr("not checked yet")
    place = verdict.location
    if short and verdict.cell is not None:
        is_own = verdict.cell_name in ("", tr("the cell of {known}", known=verdict.name))
        place = tr("line {line}", line=verdict.line) if is_own else ""
    state = tr(WORDS[verdict.grade])
    return tr("{state}, {place}", state=state, place=place) if place else state


RIGHT = mark("Right: for every test network, it gives the same numbers as the chain rule.")
MISSING = mark("Write it in the file and save. The hints go through its factors one by one.")
UNCHECKED = mark("This function has not been checked yet.")


class VerdictDetails(QFrame):
    """Shows one verdict at a time. Hints that were opened stay open until the verdict is another one."""

    equation_wanted = Signal(str)  # of this function

    def __init__(self) -> None:
        super().__init__()
        self._name, self._verdict = "", Verdict("", Grade.MISSING)
        self._opened: dict[str, tuple[str, int]] = {}  # for a function: the reason, and how many of its hints are open
        self._title, self._code, self._words, self._hints = (QLabel() for _ in range(4))
        self._title.setProperty("heading", True)
        self._title.setIndent(0)
        self._code.setProperty("code", True)
        self._code.setTextFormat(Qt.TextFormat.PlainText)
        parts = {"title": self._title, "code": self._code, "words": self._words, "hints": self._hints}
        for name, label in parts.items():
            label.setObjectName(f"exercise.details.{name}")
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hint, self.equation = QPushButton(), QPushButton(tr("Show e&quation"))
        self.hint.setObjectName("exercise.hint")
        self.equation.setObjectName("exercise.equation")
        self.equation.setToolTip(wrapped(tr("Show the equation of this function in the Maths panel")))
        self.hint.clicked.connect(self._open_next)
        self.equation.clicked.connect(self._ask)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(self._title, self._code, self._words, side_by_side(self.hint, self.equation), self._hints))
        outer.addStretch(1)

    def show_verdict(self, name: str, verdict: Verdict | None, file: LearnerFile | None) -> None:
        """Show the verdict on a function, or that there is none; ``file`` is what was judged."""
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
        verdict, opened = self._verdict, self._count
        said = verdict.reason.split("\n") if verdict.reason else [tr(RIGHT)]
        items = "".join(f"<li>{escape(each)}</li>" for each in said)
        parts = [f"<ul style='margin-left: -20px'>{items}</ul>" if len(said) > 1 else f"<p>{escape(said[0])}</p>"]
        more = tr(MISSING) if verdict.kind == "not-written" else verdict.evidence
        parts += [f"<p>{escape(more)}</p>"] if more else []
        self._words.setText("".join(parts))
        hints = enumerate(verdict.hints[:opened], start=1)  # below the button, which stays where it was pressed
        self._hints.setText(
            "".join(f"<p><b>{tr('Hint {n}.', n=number)}</b> {escape(hint)}</p>" for number, hint in hints)
        )
        self._hints.setVisible(opened > 0)
        left = opened < len(verdict.hints)
        self.hint.setVisible(bool(verdict.hints))
        self.hint.setEnabled(left)
        self.hint.setText(
            tr("Next h&int ({number} of {count})", number=opened + 1, count=len(verdict.hints))
            if left
            else tr("No more hints")
        )

    @property
    def _count(self) -> int:
        reason, count = self._opened.get(self._name, ("", 0))
        return count if reason == self._verdict.reason else 0

    @Slot()
    def _open_next(self) -> None:
        count = self._count
        self._opened[self._name] = self._verdict.reason, count + 1
        self._show()
        announce(self, self._verdict.hints[count])

    @Slot()
    def _ask(self) -> None:
        self.equation_wanted.emit(self._name)
