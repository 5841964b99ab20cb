"""The exercise's dock: a learner's own Jacobians, judged whenever they are saved, and trained with."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Parameter
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade, Report
from curvegui.ui.actions.view import VIEWS
from curvegui.ui.exercise.details import VerdictDetails
from curvegui.ui.exercise.editors import open_in_editor
from curvegui.ui.exercise.files import ExerciseFiles
from curvegui.ui.exercise.head import Head, sentence_of
from curvegui.ui.exercise.training import TrainingCard
from curvegui.ui.exercise.verdict_row import VerdictRow
from curvegui.ui.look.layouts import card, filled, line_px
from curvegui.ui.look.theme import LARGE, follow_theme
from curvegui.ui.look.tips import named
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.scrolled import hold_page
from curvegui.ui.widgets.spoken import tell_news

JUDGED_WITH_OWN = mark("The Jacobians were checked with the original function.")
VERDICT = "verdict"  # a topic for screen readers
MARGIN_PX = 8  # around what is scrolled to
WIDE_LINES, BESIDE_LINES = 42, 60  # from these widths, a row is a single line, and the details are beside the rows
SAFETY = mark(
    "Your code runs in a separate process. That protects the app, not your computer: run only code that you trust."
)


class ExercisePanel(QWidget):
    """Opens an exercise, shows the verdicts, and trains with it."""

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        files: ExerciseFiles = study.services.features["exercise"]
        self.setObjectName("exercise")
        self._study, self._exercise = study, files.exercise
        self._chosen, self._arranged = "", (0.0, 0)
        self.training = TrainingCard(study, files)
        self.head = Head(files, self.training.start)
        self.rows = {name: VerdictRow(name, "puzzle" in study.services.features) for name in ORDER}
        self.details = VerdictDetails()
        self._remarks, self._safety = self._label("exercise.remarks"), self._label("exercise.safety")
        self._safety.setText(tr(SAFETY))
        self._safety.setProperty("muted", True)
        self._build()
        self._exercise.changed.connect(self._show)
        self._exercise.failed.connect(self._fail)
        self.head.edit.clicked.connect(self._open_in_editor)
        self.details.equation_wanted.connect(self._show_equation)
        study.view_changed.connect(self._arrange)
        self._show()
        follow_theme(self._restyle)

    def _label(self, name: str) -> QLabel:
        return named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), name)

    def _build(self) -> None:
        rows = QFrame()
        filled(QVBoxLayout(rows), *self.rows.values(), spacing=2)
        for row in self.rows.values():
            row.chosen.connect(self._choose)
            row.moved.connect(self._move)
            row.puzzle_wanted.connect(self._put_together)
        self._verdicts = QWidget()
        sides, page = ((card(rows, self._remarks), 3), (self.details, 2)), QWidget()
        self._parts = filled(QBoxLayout(QBoxLayout.Direction.TopToBottom, self._verdicts), *sides, spacing=12)
        cards = self.head, self._verdicts, self.training, self._safety
        filled(QVBoxLayout(page), *cards, 1, edges=(6, 8, 12, 8), spacing=12)
        area = QScrollArea()
        hold_page(area, page)
        filled(QVBoxLayout(self), area)
        self._area = area
        self._sight = QTimer(self, singleShot=True)  # when it rings, new widgets have been laid out
        self._sight.timeout.connect(self._bring_pictures)
        self.training.begun.connect(self._sight.start)

    # How large it is

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _restyle(self) -> None:
        """All is styled anew, perhaps in other letters."""
        self._arranged = 0.0, 0
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """The view may be another one than when it was seen last."""
        super().showEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Large in the view for it, where there is room."""
        if not self.isVisible():
            return
        lines = self.width() / line_px(self)
        times = LARGE if self._study.services.views.now is VIEWS["exercise"] and lines >= WIDE_LINES else 1.0
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
            row.arrange(room == 1, times, room > 0)

    # A study panel

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        """Nothing: the panel does not depend on the run in the window."""

    def in_words(self) -> str:
        """How many of the functions are right."""
        return sentence_of(self._exercise)

    # The file

    @Slot()
    def _show(self) -> None:
        exercise, report = self._exercise, self._exercise.report
        self.head.show_state()
        self._verdicts.setVisible(exercise.path is not None and not exercise.problem)
        for name, row in self.rows.items():
            row.show_verdict(report.functions.get(name) if report else None)
        self._show_remarks(report)
        self._show_details()
        if exercise.path is None:
            self._chosen = ""
        is_judged = report is not None and not exercise.is_busy
        tell_news(self, VERDICT, sentence_of(exercise) if is_judged else "")

    @property
    def _selected(self) -> str:
        """The function that was chosen, or else the first one that is not right."""
        report = self._exercise.report
        grades = {name: report.functions[name].grade for name in ORDER} if report else {}
        return self._chosen or next((name for name in grades if grades[name] is not Grade.RIGHT), ORDER[0])

    def _show_details(self) -> None:
        selected, report = self._selected, self._exercise.report
        for name, row in self.rows.items():
            row.select(name == selected)
        verdict = report.functions.get(selected) if report else None
        self.details.show_verdict(selected, verdict, self._exercise.file)

    def _show_remarks(self, report: Report | None) -> None:
        altered = tuple(report.altered.values()) if report else ()
        lines = [*altered, tr(JUDGED_WITH_OWN)] if altered else []
        lines += report.remarks if report else ()
        self._remarks.setText("\n".join(lines))
        self._remarks.setVisible(bool(lines))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        tell_news(self, VERDICT, sentence)

    @Slot()
    def _bring_pictures(self) -> None:
        """Scroll to what a training draws: the whole card if it fits, or else its pictures."""
        for part in (self.training, self.training.pictures):
            self._area.ensureWidgetVisible(part, 0, MARGIN_PX)

    # What a person does

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
        """Show the same Jacobian in the Maths panel."""
        kind, layer = name[2], int(name[3])
        self._study.inspection.select(Parameter(layer, 0, None if kind == "b" else 0))
        self._study.show_panel("maths")

    @Slot()
    def _open_in_editor(self) -> None:
        """At the selected function, which is the next one to write or fix unless a person has chosen another."""
        path, report = self._exercise.path, self._exercise.report
        if path is None:
            return
        line = report.functions[self._selected].line if report else None
        if not open_in_editor(path.absolute(), line or 1):
            self._study.message.emit(tr("No editor was found. Open the file from its folder."))
