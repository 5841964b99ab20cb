"""Training with the learner's functions, right or wrong, beside training with the right ones from the same start."""

from math import isfinite

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from curvegui.core.language.text import in_row, mark, tr
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.session.study.exercise import LOGISTIC, Pair, exercise_config
from curvegui.ui.exercise.files import ExerciseFiles
from curvegui.ui.look.layouts import filled, named, side_by_side, styled
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.numbers import format_cost, format_number
from curvegui.ui.widgets.small_canvas import FitView

ABOUT = mark("Train a network with your functions, right or wrong, and compare what they draw with the right ones.")
SAVED_SINCE = mark(
    "You have saved the file since. This run still uses the earlier version; train again to use the new one."
)
SET_SINCE = mark("The settings in the window have changed since. This training keeps its own.")
ONLY_LOGISTIC = mark("The exercise always has two hidden layers of logistic neurons.")
ROUNDED = mark("All six are right. The costs differ only by rounding errors, which grow over many iterations.")
USED = ("curve", "hidden", "aggression", "noise", "iterations", "seed", "points", "data_noise")
"""The window's settings that a training takes over."""


class TrainingCard(QFrame):
    """Two small canvases, ``pictures``, side by side: the learner's network, and the one with the right functions. The
    card is hidden until a training begins; ``start`` is the button for the top of the panel."""

    begun = Signal()  # a training has begun, and its pictures are visible

    def __init__(self, study: Study, files: ExerciseFiles) -> None:
        super().__init__()
        styled(named(self, "exercise.training"), "card")
        self._study, self._exercise, self.training = study, files.exercise, files.training
        self._about = named(QLabel(wordWrap=True), "exercise.training.words")
        self.start = named(QPushButton(tr("&Train with these")), "exercise.train", tip=tr(ABOUT))
        self._stop = named(QPushButton(tr("&Stop training")), "exercise.stop")
        self.mine = named(FitView(tr("What your functions draw")), "exercise.training.mine")
        self.right = named(FitView(tr("What the right functions draw")), "exercise.training.right")
        self._titles = {self.mine: tr("Your functions"), self.right: tr("The right functions")}
        self._labels = {view: QLabel(wordWrap=True) for view in self._titles}
        columns = [(filled(QVBoxLayout(), view, label, 1, spacing=6), 1) for view, label in self._labels.items()]
        self.pictures = QFrame()
        filled(QHBoxLayout(self.pictures), *columns, spacing=12)
        parts = self._about, side_by_side(self._stop), self.pictures
        filled(QVBoxLayout(self), *parts, edges=(14, 11, 14, 12), spacing=10)
        self.start.clicked.connect(self._begin)
        self._stop.clicked.connect(self.training.stop)
        self.training.pair_ready.connect(self._show_pair)
        self.training.changed.connect(self._show)
        self.training.ended.connect(self._end)
        self._exercise.changed.connect(self._show)
        study.session.config_changed.connect(self._show_words)
        self._forget()
        self._show()

    @Slot()
    def _show(self) -> None:
        exercise, is_running = self._exercise, self.training.is_running
        if self._file is not None and exercise.path != self._file.path:
            self._forget()
        self.setVisible(self._file is not None)
        self._enable(self.start, not is_running and exercise.is_allowed and not exercise.is_busy)
        self._enable(self._stop, is_running)
        self._show_words()

    def _enable(self, button: QPushButton, enabled: bool) -> None:
        """Enable or disable a button, and keep the focus near: Qt would move the focus to the window's first button."""
        around = button.parentWidget() or self
        if not enabled and button.hasFocus():
            around.setFocus()
        button.setEnabled(enabled)
        if enabled and around.hasFocus():
            button.setFocus()

    def _forget(self) -> None:
        """Show no training, as none has been made with the present file."""
        self._file: LearnerFile | None = None  # the file that trains, or has trained
        self._config: TrainingConfig | None = None  # its settings
        self._resting = self._reason = ""
        self._differ = False

    @Slot()
    def _show_words(self) -> None:
        exercise, trained, config = self._exercise, self._file, self._config
        if trained is None or config is None:
            return
        is_older = exercise.file is not None and exercise.file.digest != trained.digest
        is_right = exercise.report is not None and exercise.report.all_right and not is_older and not exercise.is_busy
        words = [*_settings(config, self._study.session.config), self._resting, self._reason]
        words += [tr(SAVED_SINCE) if is_older else "", tr(ROUNDED) if is_right and self._differ else ""]
        self._about.setText("\n".join(each for each in words if each))

    @Slot()
    def _begin(self) -> None:
        file = self._exercise.file
        if file is None:
            return
        config = exercise_config(self._study.session.config)
        target = TargetDrawing.of(build_target(config))
        for view, label in self._labels.items():
            view.begin(target, self._study.look)
            label.setText(f"{self._titles[view]}\n\n")  # as many lines as later
        self._forget()
        self._file, self._config = file, config
        self.show()
        had_focus = self.start.hasFocus()
        self.training.start(file, config)
        if had_focus:  # what has begun is scrolled into sight
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begun.emit()

    @Slot(object)
    def _show_pair(self, pair: Pair) -> None:
        costs = [
            tr("cost {cost}", cost=format_cost(frame.cost)) if isfinite(frame.cost) else tr("cost too large")
            for frame in (pair.mine, pair.right)
        ]
        for view, frame, cost in zip(self._titles, (pair.mine, pair.right), costs, strict=True):
            view.show_fit(frame.curve)
            words, iteration = mark("{title}\n{cost}\niteration {iteration}"), format_number(frame.iteration)
            self._labels[view].setText(tr(words, title=self._titles[view], cost=cost, iteration=iteration))
        if pair.resting and not self._resting:
            matrices = in_row([name.removeprefix("J_") for name in pair.resting])
            self._resting = tr("Not written yet, so these do not change: {matrices}.", matrices=matrices)
            self._show_words()
        if costs[0] != costs[1] and not self._differ:
            self._differ = True
            self._show_words()

    @Slot(str)
    def _end(self, sentence: str) -> None:
        self._reason = sentence or tr("Finished.")
        self._show_words()


def _settings(used: TrainingConfig, window: TrainingConfig) -> list[str]:
    """The settings that a training uses, in words, and whether the window's settings have changed since."""
    numbers = {name: format_number(getattr(used, name)) for name in ("points", "aggression", "noise")}
    words = mark(
        "{neurons} logistic neurons, N = {points} points, seed {seed}, aggression {aggression}, noise {noise}, "
        "from the start."
    )
    words = tr(words, neurons=" → ".join(map(str, used.sizes)), seed=used.seed, **numbers)
    now = exercise_config(window)
    since = "" if all(getattr(now, name) == getattr(used, name) for name in USED) else tr(SET_SINCE)
    fits = (window.hidden, window.activation, window.output_activation) == (now.hidden, LOGISTIC, LOGISTIC)
    return [words, since or ("" if fits else tr(ONLY_LOGISTIC))]
