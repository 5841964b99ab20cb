"""The exercise's dock: a learner's own Jacobians, judged whenever they are saved, and trained with."""

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.parts import Parameter
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade, Report
from curvegui.ui.exercise.editors import open_in_editor
from curvegui.ui.exercise.files import ExerciseFiles
from curvegui.ui.exercise.training import TrainingCard
from curvegui.ui.exercise.verdict_row import VerdictRow
from curvegui.ui.look.layouts import card, side_by_side
from curvegui.ui.look.tips import wrapped
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.scrolled import hold_page

EMPTY = (
    "Write the four missing Jacobians yourself. A new exercise is a Python file with everything else in it. "
    "Edit it in any editor; each time you save, you see here which functions are right. "
    "Your own file or notebook from the course works too."
)
JUDGED_WITH_OWN = "The Jacobians were checked with the original function."
MARGIN_PX = 8  # around what is scrolled to
SAFETY = "Your code runs in a separate process. That protects the app, not your computer: run only code that you trust."


class ExercisePanel(QWidget):
    """Opens an exercise, shows the verdicts, and trains with it."""

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        files: ExerciseFiles = study.services.features["exercise"]
        self.setObjectName("exercise")
        self._study, self._files = study, files
        self._exercise = files.exercise
        self.new, self.open = self._button("new", "&New exercise…"), self._button("open", "&Open…")
        self.edit, self.folder = self._button("edit", "Open in &editor"), self._button("folder", "Show in folder")
        self.again = self._button("again", "Chec&k again")
        self.run = self._button("run", "Run &it…")
        self.run.setProperty("primary", True)
        self.folder.setToolTip(wrapped("Open the folder of the file, to edit it in any editor"))
        self.again.setToolTip("Check the file with other random networks")
        self.edit.setToolTip(wrapped("Open the file in your editor, at the next function to write or fix"))
        buttons = side_by_side(self.edit, self.folder, self.again, self.run, self.new, self.open)
        self._words = self._label("exercise.words")
        self.rows = {name: VerdictRow(name) for name in ORDER}
        self._verdicts = QFrame()
        column = QVBoxLayout(self._verdicts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for row in self.rows.values():
            column.addWidget(row)
            row.chosen.connect(self._show_equation)
        self._remarks, self._safety = self._label("exercise.remarks"), self._label("exercise.safety")
        self._safety.setText(SAFETY)
        self._safety.setProperty("muted", True)
        self.training = TrainingCard(study, files)
        self._build(buttons)
        self._exercise.changed.connect(self._show)
        self._exercise.failed.connect(self._fail)
        self.new.clicked.connect(files.new)
        self.open.clicked.connect(files.choose)
        self.edit.clicked.connect(self._open_in_editor)
        self.folder.clicked.connect(self._show_folder)
        self.again.clicked.connect(files.check_again)
        self.run.clicked.connect(self._ask)
        self._show()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"exercise.{name}")
        return button

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _build(self, buttons: QWidget) -> None:
        page = QWidget()
        cards = QVBoxLayout(page)
        cards.setContentsMargins(6, 8, 12, 8)
        cards.setSpacing(12)
        cards.addWidget(card(self._words, buttons, self._verdicts, self._remarks, self._safety))
        cards.addWidget(self.training)
        cards.addStretch(1)
        area = QScrollArea()
        hold_page(area, page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._area = area
        self._sight = QTimer(self, singleShot=True)  # when it rings, new widgets have been laid out
        self._sight.timeout.connect(self._bring_pictures)
        self.training.begun.connect(self._sight.start)

    # A study panel

    def show_portrait(self, portrait: Portrait) -> None:
        """Nothing: the panel does not depend on the run in the window."""

    # The file

    @Slot()
    def _show(self) -> None:
        exercise = self._exercise
        has_file = exercise.path is not None
        self._words.setText(exercise.problem or self._sentence())
        self._words.setToolTip(wrapped(str(exercise.path) if has_file else ""))
        self._words.setProperty("error", bool(exercise.problem))
        self._words.style().polish(self._words)
        for button in (self.edit, self.folder, self.again):
            button.setVisible(has_file)
        self.run.setVisible(exercise.file is not None and not exercise.is_allowed)
        self._verdicts.setVisible(has_file and not exercise.problem)
        report = exercise.report
        for name, row in self.rows.items():
            row.show_verdict(report.functions.get(name) if report else None)
        self._show_remarks(report)
        if report is not None and not exercise.is_busy:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._sentence()))

    def _sentence(self) -> str:
        exercise = self._exercise
        if exercise.path is None:
            return EMPTY
        name = exercise.path.name
        if exercise.is_busy:
            return f"{name}: being checked…"
        if exercise.file is not None and not exercise.is_allowed:
            return f"{name} has not been run yet. It runs only if you allow it."
        if exercise.report is None:
            return f"{name}: being read…"
        if exercise.report.all_right:
            return f"{name}: all six Jacobians are right."
        grades = [verdict.grade for verdict in exercise.report.functions.values()]
        words = {Grade.RIGHT: "right", Grade.WRONG: "wrong", Grade.MISSING: "to write"}
        counted = [f"{grades.count(grade)} {word}" for grade, word in words.items() if grade in grades]
        more = (
            "Save the file to check it again."
            if exercise.follows
            else "Save the file to check it again; you will be asked first."
        )
        return f"{name}: {', '.join(counted)}. {more}"

    def _show_remarks(self, report: Report | None) -> None:
        altered = tuple(report.altered.values()) if report else ()
        lines = [*altered, JUDGED_WITH_OWN] if altered else []
        lines += report.remarks if report else ()
        self._remarks.setText("\n".join(lines))
        self._remarks.setVisible(bool(lines))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    @Slot(str)
    def _show_equation(self, name: str) -> None:
        """Show the same Jacobian in the Maths panel."""
        kind, layer = name[2], int(name[3])
        self._study.inspection.select(Parameter(layer, 0, None if kind == "b" else 0))
        self._study.show_panel("maths")

    @Slot()
    def _bring_pictures(self) -> None:
        """Scroll to what a training draws: the whole card if it fits, or else its pictures."""
        for part in (self.training, self.training.pictures):
            self._area.ensureWidgetVisible(part, 0, MARGIN_PX)

    # What a person does

    @Slot()
    def _open_in_editor(self) -> None:
        path, report = self._exercise.path, self._exercise.report
        if path is None:
            return
        verdicts = [report.functions[name] for name in ORDER if name in report.functions] if report else []
        line = next((each.line for each in verdicts if each.grade is not Grade.RIGHT and each.line), 1)
        if not open_in_editor(path.absolute(), line):
            self._study.told.emit("No editor was found. Open the file from its folder.")

    @Slot()
    def _show_folder(self) -> None:
        """Open the file's folder, not the file: on Windows, opening a .py runs it."""
        if self._exercise.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exercise.path.absolute().parent)))

    @Slot()
    def _ask(self) -> None:
        if self._exercise.file is not None:
            self._files.ask_to_run(self._exercise.file)
