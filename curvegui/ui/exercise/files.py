"""Choosing an exercise: a new file, an existing file, or a file that was dropped on the window."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import is_there
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.session.jobs.job import Jobs
from curvegui.session.study.exercise import ExerciseTraining, LearnerExercise, write_exercise
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import documents_folder, file_dialog
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Role, trouble
from curvegui.ui.study.study import Study

NAME = "exercise.consent"
CONSENT = mark(
    "{path}\n\nIt runs in a separate process, with limits on time, memory and output. They protect the "
    "app, not your computer: the code can do anything that you can. Run it only if you trust it."
)
FILES = mark("Python and Jupyter (*.py *.ipynb);;All files (*)")


class ExerciseFiles(QObject):
    """Asks for the file of an exercise, and whether its code may run."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        self.exercise, self.training = LearnerExercise(self), ExerciseTraining(self)
        self._jobs = Jobs(self)
        services.closed.connect(self.close)
        self.exercise.consent_wanted.connect(self._consider)
        self._asked: LearnerFile | None = None  # whose question is open
        self._declined = False  # nobody is asked at each save who has said no
        self._written: Path | None = None  # the app's own new file: there is nothing to ask

    @Slot()
    def new(self) -> None:
        """Ask where to put a new exercise, write it, and open it."""
        names = (f"my_jacobians{f'_{number}' if number > 1 else ''}.py" for number in count(1))
        free = next(path for name in names if not is_there(path := documents_folder() / name))
        title = tr("New exercise")
        dialog = file_dialog(self._window, "exercise.new_file", title, str(free), tr(FILES), saves=True)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing file is never replaced
        dialog.setDefaultSuffix("py")
        dialog.fileSelected.connect(self._begin)
        dialog.open()

    @Slot()
    def choose(self) -> None:
        """Ask for an existing file of an exercise."""
        title, folder = tr("Open an exercise"), str(documents_folder())
        dialog = file_dialog(self._window, "exercise.open_file", title, folder, tr(FILES))
        dialog.fileSelected.connect(self.open)
        dialog.open()

    @Slot(str)
    def _begin(self, path: str) -> None:
        self._jobs.do(partial(write_exercise, Path(path)), self._open_written, self._warn)

    def _open_written(self, path: Path) -> None:
        self._written = path
        self.open(str(path))

    @Slot(str)
    def open(self, path: str) -> None:
        """Open a file of an exercise; its code runs only after the person has agreed."""
        self.training.stop()
        self._declined = False
        study: Study = self._services.features["study"]
        study.show_panel("exercise")
        study.panel("exercise")  # it is there when the file cannot be read, and says so
        self.exercise.open(Path(path))

    @Slot()
    def check_again(self) -> None:
        """Judge the file again, on other random networks."""
        self._declined = False
        self.exercise.check_again()

    @Slot(object)
    def _consider(self, file: LearnerFile) -> None:
        written, self._written = self._written, None
        if file.path == written:
            self._allow(file, follow=True)
        elif not self._declined:
            self.ask_to_run(file)

    def ask_to_run(self, file: LearnerFile) -> None:
        """Ask whether a file's code may run; a question about an earlier version is closed."""
        self._close_question()
        self._asked = file
        question = QuestionBox(
            self._window, NAME, tr("Run the code in “{name}”?", name=file.path.name), tr(CONSENT, path=file.path),
            LEAVE,  # the first is the one for Enter: nothing runs unless the user has allowed it
            Choice("follow", Role.AcceptRole, tr("Run now and after every &save")),
            Choice("once", Role.AcceptRole, tr("Run &once")),
        )  # fmt: skip
        allow = partial(self._allow, file)
        question.ask(follow=partial(allow, True), once=partial(allow, False), cancel=partial(self._decline, file))

    def _close_question(self) -> None:
        for question in self._window.findChildren(QuestionBox, NAME):
            question.close()

    def _allow(self, file: LearnerFile, follow: bool) -> None:
        self._asked, self._declined = None, False
        self.exercise.allow(follow, file)

    def _decline(self, file: LearnerFile) -> None:
        if file is self._asked:
            self._asked, self._declined = None, True

    def close(self) -> None:
        """Close the file, and end the training with it."""
        self._asked = None
        self._close_question()
        self.training.stop()
        self.exercise.close()

    def _warn(self, sentence: str) -> None:
        trouble(self._window, sentence).open()


AT_LINE: Mapping[str, tuple[str, ...]] = {
    "code": ("--goto", "{file}:{line}"),
    "codium": ("--goto", "{file}:{line}"),
    "pycharm": ("--line", "{line}", "{file}"),
    "charm": ("--line", "{line}", "{file}"),
    "subl": ("{file}:{line}",),
    "kate": ("--line", "{line}", "{file}"),
    "gedit": ("+{line}", "{file}"),
    "gnome-text-editor": ("+{line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
    "gvim": ("+{line}", "{file}"),
    "mvim": ("+{line}", "{file}"),
}
"""The editors that are known, the best to learn with first, and how each takes a line."""
IN_TERMINAL = ("vi", "vim", "nvim", "nano", "emacs", "micro", "hx")  # they need one, which a window does not have


def editor_command(
    path: Path, line: int, visual: str | None = None, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The program and arguments that open a file at a line; empty if no editor is known. ``visual`` is the person's own
    choice, the variable ``VISUAL``; ``which`` finds programs."""
    wanted = shlex.split(visual, posix=sys.platform != "win32") if visual else []
    name = Path(wanted[0]).stem.lower() if wanted else ""
    if name and name not in IN_TERMINAL and which(wanted[0]):
        command = [*wanted, *AT_LINE.get(name, ("{file}",))]
    else:
        known = next((known for known in AT_LINE if which(known)), None)
        command = [which(known) or "", *AT_LINE[known]] if known else []
    return [each.format(file=path, line=line) for each in command]


def open_in_editor(path: Path, line: int = 1) -> bool:
    """Open a file in the person's editor, a known editor, or the system's; return whether there was an editor."""
    is_code = path.suffix.lower() == ".py"
    command = editor_command(path, line, os.environ.get("VISUAL")) if is_code else []
    if not command and is_code and sys.platform == "win32":
        command = ["notepad", str(path)]  # the system's own way would run it
    if command:
        return QProcess.startDetached(command[0], command[1:])[0]
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
