"""The exercise's dock: a learner's own Jacobians, judged whenever their file is saved, and training with them."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import in_row, mark, tr, tr_n
from curvegui.core.network.parts import Parameter
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade
from curvegui.session.study.exercise import LearnerExercise
from curvegui.ui.actions.view import VIEWS
from curvegui.ui.dialogs.paths import show_folder
from curvegui.ui.exercise.files import ExerciseFiles, open_in_editor
from curvegui.ui.exercise.training import TrainingCard
from curvegui.ui.exercise.verdicts import VerdictDetails, VerdictRow
from curvegui.ui.look.layouts import card, filled, line_px, named, side_by_side, styled, wrapped
from curvegui.ui.look.scale import BETWEEN_PX, BODY, HEADING
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.labels import ElidedLabel
from curvegui.ui.widgets.scrolled import hold_page
from curvegui.ui.widgets.spoken import announce_news

EMPTY = mark(
    "1. Start a new exercise: a Python file that lacks only four functions.\n"
    "2. Open it in your editor and write them.\n"
    "3. Each time you save it, you see here which functions are right."
)
HELD_UP = mark("Not judged yet: the computer is busy. CurveGUI tries again by itself.")
OWN = mark("You can also open your own file, or a notebook from the course.")


def button(name: str, text: str, tip: str = "") -> QPushButton:
    return named(QPushButton(text), f"exercise.{name}", tip=tip)


class Head(QFrame):
    """The card at the top, with the file's name and buttons; the button ``train`` stands beside them."""

    def __init__(self, files: ExerciseFiles, train: QPushButton) -> None:
        super().__init__()
        styled(self, "card")
        self._files, self._exercise, self._train = files, files.exercise, train
        self._name = styled(named(ElidedLabel(), "exercise.name"), "heading")
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._words = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "exercise.words")
        self.new, self.open = button("new", tr("&New exercise…")), button("open", tr("&Open…"), tr(OWN))
        self.edit = button("edit", tr("Open in e&ditor"), tr("Open the file in your editor, at the selected function"))
        tip = tr("Open the folder of the file, to edit it in any editor")
        self.folder = button("folder", tr("Show in folder"), tip)
        self.again = button("again", tr("Chec&k again"), tr("Check the file with other random networks"))
        self.run = styled(button("run", tr("R&un…")), "primary")
        self._state = QWidget()
        sides = (self._words, 1), side_by_side(self.again, self.run, train)
        self._beside = filled(QBoxLayout(QBoxLayout.Direction.LeftToRight, self._state), *sides)
        self._buttons = side_by_side(self._name, self.edit, self.folder, self.new, self.open)
        self._rows = filled(QVBoxLayout(self), edges=(14, 11, 14, 12), spacing=10)
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
        """Show the state of the file in words, and the buttons that are useful in this state."""
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
        """Open the file's folder, not the file: on Windows, opening a .py file runs it."""
        if self._exercise.path is not None:
            show_folder(self._exercise.path.absolute().parent, self)

    @Slot()
    def _ask(self) -> None:
        if self._exercise.file is not None:
            self._files.ask_to_run(self._exercise.file)


def sentence_of(exercise: LearnerExercise) -> str:
    """The state of the exercise in a sentence or two."""
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
    grades = [verdict.grade for verdict in exercise.report.functions.values()]
    right, wrong, missing, unjudged = (grades.count(grade) for grade in Grade)
    words = {
        tr_n("{n} right", "{n} right", right): right,
        tr_n("{n} wrong", "{n} wrong", wrong): wrong,
        tr_n("{n} to write", "{n} to write", missing): missing,
        tr_n("{n} not judged yet", "{n} not judged yet", unjudged): unjudged,
    }
    counted = in_row([word for word, count in words.items() if count])
    asked = mark("{counted}. Save the file to check it again; you will be asked first.")
    return tr(mark("{counted}. Save the file to check it again.") if exercise.follows else asked, counted=counted)


JUDGED_WITH_OWN = mark("The Jacobians were checked with the original function.")
VERDICT = "verdict"  # a topic for screen readers
MARGIN_PX = 8  # around what is scrolled to
WIDE_LINES, BESIDE_LINES = 42, 60  # from these widths, a row is a single line, and the details are beside the rows
SAFETY = mark(
    "Your code runs in a separate process. That protects the app, not your computer: run only code that you trust."
)


class ExercisePanel(QWidget):
    """Opens an exercise, shows the verdicts on its functions, and trains with them."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        files: ExerciseFiles = study.services.features["exercise"]
        self.setObjectName("exercise")
        self._study, self._exercise = study, files.exercise
        self._chosen, self._arranged = "", (0.0, 0)
        self.training = TrainingCard(study, files)
        self.head = Head(files, self.training.start)
        self.rows = {name: VerdictRow(name, "puzzle" in study.services.features) for name in ORDER}
        self.details = VerdictDetails()
        labels = (QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText) for _ in range(2))
        self._remarks, self._safety = map(named, labels, ("exercise.remarks", "exercise.safety"))
        styled(self._safety, "muted").setText(tr(SAFETY))
        rows = QFrame()
        filled(QVBoxLayout(rows), *self.rows.values(), spacing=2)
        for row in self.rows.values():
            row.chosen.connect(self._choose)
            row.moved.connect(self._move)
            row.puzzle_wanted.connect(self._put_together)
        self._verdicts = QWidget()
        sides, page = ((card(rows, self._remarks), 3), (self.details, 2)), QWidget()
        self._parts = filled(QBoxLayout(QBoxLayout.Direction.TopToBottom, self._verdicts), *sides, spacing=BETWEEN_PX)
        cards = self.head, self._verdicts, self.training, self._safety
        filled(QVBoxLayout(page), *cards, 1, spacing=BETWEEN_PX)
        area = QScrollArea()
        hold_page(area, page)
        filled(QVBoxLayout(self), area)
        self._area = area
        laid_out = QTimer(self, singleShot=True)  # when it rings, new widgets have been laid out
        laid_out.timeout.connect(self._bring_pictures)
        self.training.begun.connect(laid_out.start)
        self._exercise.changed.connect(self._show)
        self._exercise.failed.connect(partial(announce_news, self, VERDICT))
        self.head.edit.clicked.connect(self._open_in_editor)
        self.details.equation_wanted.connect(self._show_equation)
        study.view_changed.connect(self._arrange)
        self._show()
        follow_theme(self._restyle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _restyle(self) -> None:
        self._arranged = 0.0, 0
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Arrange the parts by the width of the panel; in the view Exercise, the text is large if the panel is wide."""
        if not self.isVisible():
            return
        lines = self.width() / line_px(self)
        times = HEADING / BODY if self._study.services.views.now is VIEWS["exercise"] and lines >= WIDE_LINES else 1.0
        room = sum(lines >= times * each for each in (WIDE_LINES, BESIDE_LINES))
        if (times, room) == self._arranged:
            return
        self._arranged = times, room
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if room == 2 else direction.TopToBottom)
        self.head.arrange(room > 0)
        for part in (self.head, self.details, *self.rows.values()):
            for each in (*part.findChildren(QLabel), self.head.new):
                each.setProperty("large", times > 1)
                each.style().polish(each)
        for row in self.rows.values():
            row.arrange(room == 1, room > 0)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        """Do nothing: the panel does not depend on the run in the window."""

    def in_words(self) -> str:
        return sentence_of(self._exercise)

    @Slot()
    def _show(self) -> None:
        exercise, report = self._exercise, self._exercise.report
        self.head.show_state()
        self._verdicts.setVisible(exercise.path is not None and not exercise.problem)
        for name, row in self.rows.items():
            row.show_verdict(report.functions.get(name) if report else None)
        altered = tuple(report.altered.values()) if report else ()
        lines = [*altered, tr(JUDGED_WITH_OWN)] if altered else []
        lines += report.remarks if report else ()
        self._remarks.setText("\n".join(lines))
        self._remarks.setVisible(bool(lines))
        self._show_details()
        if exercise.path is None:
            self._chosen = ""
        is_judged = report is not None and not exercise.is_busy
        announce_news(self, VERDICT, sentence_of(exercise) if is_judged else "")

    @property
    def _selected(self) -> str:
        """The name of the function that the person chose, or else of the first function that is not right."""
        report = self._exercise.report
        grades = {name: report.functions[name].grade for name in ORDER} if report else {}
        return self._chosen or next((name for name in grades if grades[name] is not Grade.RIGHT), ORDER[0])

    def _show_details(self) -> None:
        selected, report = self._selected, self._exercise.report
        for name, row in self.rows.items():
            row.select(name == selected)
        verdict = report.functions.get(selected) if report else None
        self.details.show_verdict(selected, verdict, self._exercise.file)

    @Slot()
    def _bring_pictures(self) -> None:
        """Scroll to the card of the training, or if the card does not fit, to its pictures."""
        for part in (self.training, self.training.pictures):
            self._area.ensureWidgetVisible(part, 0, MARGIN_PX)

    @Slot(str)
    def _choose(self, name: str) -> None:
        self._chosen = name
        self._show_details()

    @Slot(str, int)
    def _move(self, name: str, by: int) -> None:
        to = ORDER[max(0, min(ORDER.index(name) + by, len(ORDER) - 1))]
        self.rows[to].setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(to)

    @Slot(str)
    def _put_together(self, name: str) -> None:
        self._study.services.features["puzzle"].show(name)

    @Slot(str)
    def _show_equation(self, name: str) -> None:
        kind, layer = name[2], int(name[3])
        self._study.inspection.select(Parameter(layer, 0, None if kind == "b" else 0))
        self._study.show_panel("maths")

    @Slot()
    def _open_in_editor(self) -> None:
        """Open the file at the function that a person chose, or else at the first function that is not right."""
        path, report = self._exercise.path, self._exercise.report
        if path is None:
            return
        line = report.functions[self._selected].line if report else None
        if not open_in_editor(path.absolute(), line or 1):
            self._study.message.emit(tr("No editor was found. Open the file from its folder."))
