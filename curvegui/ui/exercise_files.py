"""Which exercise: a new file, one of a person's own, or one that was dropped on the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from curvegui.exercise.exercise_error import ExerciseError
from curvegui.exercise.learner_file import LearnerFile
from curvegui.exercise.template import write_exercise
from curvegui.session.exercise_desk import ExerciseDesk
from curvegui.session.exercise_training import ExerciseTraining
from curvegui.ui.document_questions import trouble
from curvegui.ui.exercise_questions import ask_to_run
from curvegui.ui.question import Question

if TYPE_CHECKING:
    from curvegui.ui.study import Study

FILES = "Python and Jupyter (*.py *.ipynb);;All files (*)"
NEW_NAME = "my_jacobians.py"


class ExerciseFiles(QObject):
    """Asks for the file of an exercise, and whether its code may run.

    Parameters
    ----------
    study : Study

    Attributes
    ----------
    desk : ExerciseDesk
    training : ExerciseTraining
    """

    def __init__(self, study: "Study") -> None:
        super().__init__(study)
        self._study, self._window = study, study.window
        self.desk, self.training = ExerciseDesk(self), ExerciseTraining(self)
        self._question: Question | None = None
        self.desk.consent_wanted.connect(self.ask_to_run)
        self.desk.failed.connect(self._close_question)

    @Slot()
    def new(self) -> None:
        """Ask where a new exercise is to be, write it, and look at it."""
        dialog = self._dialog("New exercise", "exercise.new_file", str(_free(_documents() / NEW_NAME)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # what is there is never replaced
        dialog.setDefaultSuffix("py")
        dialog.fileSelected.connect(self._begin)
        dialog.open()

    @Slot()
    def choose(self) -> None:
        """Ask for a file that is there."""
        dialog = self._dialog("Open an exercise", "exercise.open_file", str(_documents()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open)
        dialog.open()

    def _dialog(self, title: str, name: str, start: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, start, FILES)
        dialog.setObjectName(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @Slot(str)
    def _begin(self, path: str) -> None:
        try:
            write_exercise(Path(path))
        except ExerciseError as error:
            self._warn(str(error))
        else:
            self.open(path)

    @Slot(str)
    def open(self, path: str) -> None:
        """Look at a file; its code runs only with consent."""
        self.training.stop()
        self._close_question()
        self._study.panel("exercise")  # it hears what becomes of the file, whenever it is first seen
        self._study.show_panel("exercise")
        self.desk.open(Path(path))

    @Slot(object)
    def ask_to_run(self, file: LearnerFile) -> None:
        """Ask whether a file's code may run."""
        self._close_question()  # about a content that is no longer there
        self._question = ask_to_run(self._window, file.path, self.desk.allow)
        self._question.finished.connect(self._forget_question)

    @Slot()
    def _forget_question(self) -> None:
        self._question = None

    @Slot()
    def _close_question(self) -> None:
        if self._question is not None:
            self._question.close()

    def close(self) -> None:
        """Let go of the file, and end the learner's training."""
        self._close_question()
        self.training.stop()
        self.desk.close()

    def _warn(self, sentence: str) -> None:
        trouble(self._window, sentence).open()


def _documents() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


def _free(path: Path) -> Path:
    """The path, or one like it where there is no file yet."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return free
