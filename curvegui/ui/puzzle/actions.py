"""Opens the dialog of puzzles, remembers which are solved, and writes a function into the learner's file."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from curvegui.core.language.text import mark, tr
from curvegui.session.study.puzzle import FunctionChange, PuzzleWork
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Role
from curvegui.ui.exercise.files import ExerciseFiles
from curvegui.ui.puzzle.dialog import PuzzleDialog

NO_FILE = mark("There is no file of an exercise yet. Start one?")
NO_FILE_MORE = mark("A new exercise is a Python file with all that the functions need. Then put the function into it.")
WRITTEN = mark("{name} is in “{file}” now. If the file is open in an editor, load it again there.")


class PuzzleActions(QObject):
    """Opens the dialog of puzzles, which keeps its contents until the window closes."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._preferences = services.preferences
        self._files: ExerciseFiles = services.features["exercise"]
        self._work = PuzzleWork(self._files.exercise, self)
        done = services.preferences.present.puzzles.split()
        self._dialog = PuzzleDialog(done, services.window)
        self._dialog.solved.connect(self._remember)
        self._dialog.put_wanted.connect(self._put)
        self._work.own_version_found.connect(self._ask)
        self._work.written.connect(self._tell)
        self._work.failed.connect(partial(self._dialog.say, is_wrong=True))
        services.closed.connect(self._dialog.close)

    def show(self, name: str = "") -> None:
        """Open the dialog at a function, or at the first function that has not been put together."""
        if name or not self._dialog.isVisible():
            self._dialog.open_puzzle(name)
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot(str)
    def _remember(self, name: str) -> None:
        self._preferences.revise("puzzles", lambda done: " ".join(dict.fromkeys((*done.split(), name))))

    @Slot(str, str)
    def _put(self, name: str, source: str) -> None:
        path = self._files.exercise.path
        if path is not None:
            self._work.put(path, name, source)
            return
        question = QuestionBox(self._dialog, "puzzle.no_file", tr(NO_FILE), tr(NO_FILE_MORE),
                            Choice("new", Role.AcceptRole, tr("&New exercise…")),
                            Choice("open", Role.AcceptRole, tr("&Open an exercise…")), LEAVE)  # fmt: skip
        question.ask(new=self._files.new, open=self._files.choose)

    @Slot(object)
    def _ask(self, change: FunctionChange) -> None:
        words = mark("“{file}” has your own version of {function}. Use the one that you put together?")
        words = tr(words, file=change.path.name, function=change.name)
        more = tr("Your version stays in the file, above the new one, as comments.")
        use = Choice("use", Role.AcceptRole, tr("&Use the new one"))
        question = QuestionBox(self._dialog, "puzzle.own_version", words, more, LEAVE, use)
        question.ask(use=partial(self._work.write, change))

    @Slot(object)
    def _tell(self, change: FunctionChange) -> None:
        self._dialog.note_put(tr(WRITTEN, name=change.name, file=change.path.name))
