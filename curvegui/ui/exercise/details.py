"""More about the function that is selected: the line, each mistake, what shows it, and hints, one after the other."""

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.ui.exercise.verdict_row import state_of
from curvegui.ui.look.layouts import card, side_by_side
from curvegui.ui.look.tips import wrapped
from curvegui.ui.widgets.spoken import announce

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
        self._code.setAccessibleName(f"{self._verdict.place}: {line}")
        self._code.setVisible(bool(line))
        self._show()

    def _show(self) -> None:
        verdict, opened = self._verdict, self._count
        said = verdict.reason.split("\n") if verdict.reason else [tr(RIGHT)]
        parts = [_list(said) if len(said) > 1 else f"<p>{escape(said[0])}</p>"]
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
        """How many hints are open."""
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


def _list(lines: list[str]) -> str:
    return f"<ul style='margin-left: -20px'>{''.join(f'<li>{escape(each)}</li>' for each in lines)}</ul>"
