"""The file of the exercise: its name, what can be done with it, and how it is; or how to begin, where there is none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.language.text import in_row, mark, tr, tr_n
from curvegui.exercise.verdict.verdict import Grade
from curvegui.session.study.exercise import LearnerExercise
from curvegui.ui.dialogs.paths import show_folder
from curvegui.ui.exercise.files import ExerciseFiles
from curvegui.ui.look.layouts import filled, side_by_side
from curvegui.ui.look.tips import named, styled, wrapped
from curvegui.ui.widgets.labels import ElidedLabel

EMPTY = mark(
    "1. Start a new exercise: a Python file that lacks only four functions.\n"
    "2. Open it in your editor and write them.\n"
    "3. Each time you save it, you see here which functions are right."
)
HELD_UP = mark("Not judged yet: the computer is busy. CurveGUI tries again by itself.")
OWN = mark("You can also open your own file, or a notebook from the course.")


def button(name: str, text: str, tip: str = "") -> QPushButton:
    """A button of the panel."""
    return named(QPushButton(text), f"exercise.{name}", tip=tip)


class Head(QFrame):
    """The card at the top. ``edit`` is the button that opens the file in an editor; ``train`` is put in it."""

    def __init__(self, files: ExerciseFiles, train: QPushButton) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._files, self._exercise = files, files.exercise
        self._name = styled(named(ElidedLabel(), "exercise.name"), "heading")
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._words = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "exercise.words")
        self.new, self.open = button("new", tr("&New exercise…")), button("open", tr("&Open…"), tr(OWN))
        self.edit = button("edit", tr("Open in e&ditor"), tr("Open the file in your editor, at the selected function"))
        self.folder = button(
            "folder", tr("Show in folder"), tr("Open the folder of the file, to edit it in any editor")
        )
        self.again = button("again", tr("Chec&k again"), tr("Check the file with other random networks"))
        self.run = styled(button("run", tr("R&un…")), "primary")
        self._train = train
        self._state = QWidget()
        sides = (self._words, 1), side_by_side(self.again, self.run, train)
        self._beside = filled(QBoxLayout(QBoxLayout.Direction.LeftToRight, self._state), *sides)
        self._buttons = side_by_side(self._name, self.edit, self.folder, self.new, self.open)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 11, 14, 12)
        self._rows.setSpacing(10)
        self.new.clicked.connect(files.new)
        self.open.clicked.connect(files.choose)
        self.folder.clicked.connect(self._show_folder)
        self.again.clicked.connect(files.check_again)
        self.run.clicked.connect(self._ask)

    def arrange(self, wide: bool) -> None:
        """Put the words beside their buttons, or above them."""
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def show_state(self) -> None:
        """Say how the file is now, with the buttons that are of use."""
        exercise = self._exercise
        has_file = exercise.path is not None
        order = (self._buttons, self._state) if has_file else (self._state, self._buttons)
        for each in order:
            self._rows.addWidget(each)  # which moves it to the end
        self._name.say(exercise.path.name if exercise.path else "")
        self._name.setToolTip(wrapped(str(exercise.path or "")))
        self._words.setText(exercise.problem or sentence_of(exercise))
        self._words.setProperty("error", bool(exercise.problem))
        self.new.setProperty("primary", not has_file)
        for each in (self._words, self.new):
            each.style().polish(each)
        for shown in (self._name, self.edit, self.folder, self.again, self._train):
            shown.setVisible(has_file)
        self.again.setEnabled(not exercise.is_busy)
        self.run.setVisible(exercise.file is not None and not exercise.is_allowed)

    @Slot()
    def _show_folder(self) -> None:
        """Open the file's folder, not the file: on Windows, opening a .py runs it."""
        if self._exercise.path is not None:
            show_folder(self._exercise.path.absolute().parent, self)

    @Slot()
    def _ask(self) -> None:
        if self._exercise.file is not None:
            self._files.ask_to_run(self._exercise.file)


def sentence_of(exercise: LearnerExercise) -> str:
    """How the file is, in a sentence or two."""
    if exercise.path is None:
        return f"{tr(EMPTY)}\n\n{tr(OWN)}"
    if exercise.is_busy or exercise.is_held_up:
        return tr(HELD_UP) if exercise.is_held_up else tr("Being checked…")
    if exercise.file is not None and not exercise.is_allowed:
        return tr("This file has not been run yet. It runs only if you allow it.")
    if exercise.report is None:
        return tr("Being read…")
    if exercise.report.all_right:
        return tr("All six Jacobians are right.")
    counted = _counted([verdict.grade for verdict in exercise.report.functions.values()])
    asked = mark("{counted}. Save the file to check it again; you will be asked first.")
    return tr(mark("{counted}. Save the file to check it again.") if exercise.follows else asked, counted=counted)


def _counted(grades: Sequence[Grade]) -> str:
    counts = {grade: grades.count(grade) for grade in Grade}
    words = {
        Grade.RIGHT: tr_n("{n} right", "{n} right", counts[Grade.RIGHT]),
        Grade.WRONG: tr_n("{n} wrong", "{n} wrong", counts[Grade.WRONG]),
        Grade.MISSING: tr_n("{n} to write", "{n} to write", counts[Grade.MISSING]),
        Grade.UNJUDGED: tr_n("{n} not judged yet", "{n} not judged yet", counts[Grade.UNJUDGED]),
    }
    return in_row([word for grade, word in words.items() if counts[grade]])
