"""Train with the learner's own functions, right or wrong, beside the right ones from the same start."""

from math import isfinite

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from curvegui.core.target import build_target
from curvegui.exercise.learner_file import LearnerFile
from curvegui.figure.target_drawing import TargetDrawing
from curvegui.session.exercise_training import Pair, exercise_config
from curvegui.ui.exercise_files import ExerciseFiles
from curvegui.ui.fit_view import FitView
from curvegui.ui.numbers import format_cost, format_number
from curvegui.ui.study import Study
from curvegui.ui.theme import Theme

ABOUT = "Train a network with your functions, right or wrong, and see what they draw beside the right ones."
SAVED_SINCE = "The file has been saved since: what trains is how it was before."


class TrainingCard(QFrame):
    """Two small canvases side by side: yours, and the right ones.

    Parameters
    ----------
    study : Study
    files : ExerciseFiles
    """

    def __init__(self, study: Study, files: ExerciseFiles) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setObjectName("exercise.training")
        self._study, self._desk, self.training = study, files.desk, files.training
        self._about = QLabel(ABOUT)
        self._about.setWordWrap(True)
        self._about.setObjectName("exercise.training.words")
        self.button = QPushButton()
        self.button.setObjectName("exercise.train")
        self.mine, self.right = FitView("What your functions draw"), FitView("What the right functions draw")
        self.mine.setObjectName("exercise.training.mine")
        self.right.setObjectName("exercise.training.right")
        self._titles = {self.mine: "Yours", self.right: "The right ones"}
        self._labels = {view: QLabel() for view in self._titles}
        self._pair = QFrame()
        grid = QGridLayout(self._pair)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for column, view in enumerate(self._titles):
            label = self._labels[view]
            label.setWordWrap(True)
            grid.addWidget(view, 0, column)
            grid.addWidget(label, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 11, 14, 12)
        rows.setSpacing(10)
        for part in (self._about, self.button, self._pair):
            rows.addWidget(part)
        self.button.clicked.connect(self._toggle)
        self.training.pair_ready.connect(self._show_pair)
        self.training.changed.connect(self._show)
        self.training.ended.connect(self._end)
        self._desk.changed.connect(self._show)
        self._file: LearnerFile | None = None  # that trains, or has trained
        self._settings = self._resting = self._reason = ""
        self._pair.hide()
        self._show()

    def dress(self, theme: Theme) -> None:
        """Its canvases have the look of the window's own when training begins."""

    @Slot()
    def _show(self) -> None:
        desk, is_running = self._desk, self.training.is_running
        if self._file is not None and desk.path != self._file.path:
            self._forget()
        self.setVisible(desk.path is not None)
        self.button.setText("&Stop training" if is_running else "&Train with mine")
        self.button.setEnabled(is_running or (desk.is_allowed and not desk.is_busy))
        self._show_words()

    def _forget(self) -> None:
        """Another file is looked at: what the one before drew is gone."""
        self._file = None
        self._settings = self._resting = self._reason = ""
        self._pair.hide()

    def _show_words(self) -> None:
        now, trained = self._desk.file, self._file
        is_older = trained is not None and now is not None and now.digest != trained.digest
        words = [self._settings or ABOUT, self._resting, self._reason, SAVED_SINCE if is_older else ""]
        self._about.setText(" ".join(each for each in words if each))

    @Slot()
    def _toggle(self) -> None:
        if self.training.is_running:
            self.training.stop()
            return
        file = self._desk.file
        if file is None:
            return
        config = exercise_config(self._study.session.config)
        target = TargetDrawing.of(build_target(config))
        for view, label in self._labels.items():
            view.begin(target, self._study.look)
            label.setText(f"{self._titles[view]}\n\n")  # as many lines as it has later
        sizes = " → ".join(map(str, config.sizes))
        self._settings = (
            f"{sizes} neurons, seed {config.seed}, aggression {format_number(config.aggression)}, "
            f"noise {format_number(config.noise)}: as in the window, from the start."
        )
        self._file, self._resting, self._reason = file, "", ""
        self._pair.show()
        self.training.start(file, config)

    @Slot(object)
    def _show_pair(self, pair: Pair) -> None:
        for view, frame in ((self.mine, pair.mine), (self.right, pair.right)):
            view.show_fit(frame.curve)
            cost = format_cost(frame.cost) if isfinite(frame.cost) else "beyond all bounds"
            self._labels[view].setText(f"{self._titles[view]}\ncost {cost}\niteration {format_number(frame.iteration)}")
        if pair.resting and not self._resting:
            matrices = ", ".join(name.removeprefix("J_") for name in pair.resting)
            self._resting = f"Not yet written, so that it stays as it is: {matrices}."
            self._show_words()

    @Slot(str)
    def _end(self, sentence: str) -> None:
        self._reason = sentence or "All iterations are made."
        self._show_words()
