"""Put it together: a function from its shuffled lines, by mouse or keys, checked line by line when a person asks."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.exercise.puzzle.lines import Line
from curvegui.exercise.puzzle.puzzle import Puzzle, Worth
from curvegui.exercise.verdict.judge import ORDER
from curvegui.ui.dialogs.dialog import Dialog
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import filled, open_as_large_as, side_by_side
from curvegui.ui.look.tips import named
from curvegui.ui.puzzle.sides import Sides
from curvegui.ui.puzzle.words import ALL_DONE, EMPTY, RIGHT, summary, task
from curvegui.ui.widgets.spoken import announce

LINES, SAYS_LINES = (66, 42), 2  # width and height at first, and of the latter for what is said: nothing moves below
STEPS = 3  # of a hint


class PuzzleDialog(Dialog):
    """All six functions, one at a time; ``done`` are those that were put together before."""

    solved = Signal(str)  # a function's name
    put_wanted = Signal(str, str)  # its name and its source

    def __init__(self, done: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("puzzle")
        self.setWindowTitle(tr("Put it together"))
        self._done = set(done)
        self._puzzles = [Puzzle(name) for name in ORDER]
        self._hinted: tuple[Line | None, int] = None, 0  # what the last hint was about, and how many steps it has gone
        self._path = named(QTabBar(expanding=False, drawBase=False), "puzzle.path", tr("Functions"))
        self._task = named(QLabel(wordWrap=True), "puzzle.task")
        self._says = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "puzzle.says")
        self.sides = Sides(self._puzzles[0])
        self._hint = self._button(
            "hint", tr("&Hint"), tr("First the factor that comes next, then its line, then put it in")
        )
        self._undo = self._button("undo", tr("Undo"), tr("Take the last move back"))
        self._check = self._button("check", tr("&Check"), tr("See which lines are in the right place"))
        self._put = self._button("put", tr("&Put into my file"), tr("Put the function into the file of the exercise"))
        self._next = self._button("next", tr("&Next"), tr("Go on to the next function"))
        self._build()
        self.open_puzzle("")
        open_as_large_as(self, LINES)

    def _button(self, name: str, words: str, tip: str) -> QPushButton:
        return named(QPushButton(words, autoDefault=False), f"puzzle.{name}", tip=tip)

    def _build(self) -> None:
        for name in ORDER:
            self._path.addTab(name)
        self._undo.setShortcut(QKeySequence.StandardKey.Undo)
        self._says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._says.setMinimumHeight(SAYS_LINES * self.fontMetrics().height())
        buttons = side_by_side(self._check, self._hint, self._undo), 1, side_by_side(self._put, self._next)
        below = filled(QHBoxLayout(), *buttons)
        filled(
            QVBoxLayout(self), self._path, self._task, (self.sides, 1), self._says, below, edges=(14, 11, 14, 12),
            spacing=10,
        )  # fmt: skip
        self._path.currentChanged.connect(self._change)
        self.sides.moved.connect(self._note_move)
        self._hint.clicked.connect(self._give_hint)
        self._undo.clicked.connect(self._take_back)
        self._check.clicked.connect(self._mark)
        self._put.clicked.connect(self._want_put)
        self._next.clicked.connect(self._go_on)

    # Which function

    def open_puzzle(self, name: str) -> None:
        """Go to a function; without a name, to the first one that has not been done."""
        wanted = name or next((each for each in ORDER if each not in self._done), ORDER[-1])
        self._path.setCurrentIndex(ORDER.index(wanted))
        self._change()

    @property
    def _puzzle(self) -> Puzzle:
        return self._puzzles[self._path.currentIndex()]

    @Slot()
    def _change(self) -> None:
        """Another function: as it was left, without its marks."""
        puzzle = self._puzzle
        self._task.setText(task(puzzle))
        self._hinted, self._is_right, self._is_put = (None, 0), puzzle.is_to_read, False
        self._next.setText(tr("Close") if self._is_last else tr("&Next"))
        self.sides.open(puzzle)
        self.say("")
        for button in (self._check, self._hint, self._undo):
            button.setVisible(not puzzle.is_to_read)
        self._enable()
        if not self._path.hasFocus():  # there, arrow keys go on to other functions
            (self._next if puzzle.is_to_read else self.sides.loose).setFocus()

    @Slot()
    def _go_on(self) -> None:
        """To the next function, and from the last one out; one that was only to be read has been read."""
        if self._puzzle.is_to_read:
            self._note_solved()
        if self._is_last:
            self.close()
        else:
            self._path.setCurrentIndex(self._path.currentIndex() + 1)

    @property
    def _is_last(self) -> bool:
        return self._path.currentIndex() == len(ORDER) - 1

    def note_put(self, words: str) -> None:
        """The function is in the file: what comes next is the next one."""
        self._is_put = True
        self._enable()
        self.say(words)

    def _note_solved(self) -> None:
        name = self._puzzle.name
        self._is_right, self._hinted = True, (None, 0)
        if name not in self._done:
            self._done.add(name)
            self.solved.emit(name)
        self._enable()

    def _enable(self) -> None:
        is_right, to_read = self._is_right, self._puzzle.is_to_read
        primary = self._next if to_read or self._is_put else self._put if is_right else self._check
        states = {self._check: not is_right, self._hint: not is_right, self._undo: self._puzzle.can_undo,
                  self._put: is_right}  # fmt: skip
        for button, enabled in states.items():
            had_focus = button.hasFocus()
            button.setEnabled(enabled)
            if had_focus and not enabled:  # it would go to some other part
                self.sides.function.setFocus()
        if is_right and self.sides.function.hasFocus():
            primary.setFocus()
        for button in (self._check, self._put, self._next):
            button.setProperty("primary", button is primary)
            button.style().polish(button)
        self._hint.setText(tr("&Hint ({number} of {count})", number=self._hinted[1] + 1, count=STEPS))
        for number, name in enumerate(ORDER):
            is_done = name in self._done
            self._path.setTabIcon(number, icon("check", "good") if is_done else QIcon())
            self._path.setAccessibleTabName(number, f"{name}, {tr('done') if is_done else tr('to do')}")

    def say(self, words: str, is_wrong: bool = False) -> None:
        """Say something below the lines."""
        self._says.setText(words)
        self._says.setProperty("error", is_wrong)
        self._says.style().polish(self._says)
        if words:
            announce(self, words)

    # Moving

    @Slot(str)
    def _note_move(self, words: str) -> None:
        self._is_right = self._is_put = False
        hint = self._puzzle.hint()
        if hint is None or hint.line != self._hinted[0]:  # another line comes next now
            self._hinted = None, 0
        self.say(words)
        self._enable()

    @Slot()
    def _take_back(self) -> None:
        self._puzzle.undo()
        self.sides.show_marks(None)
        self._note_move(tr("The last move is undone."))

    @Slot()
    def _give_hint(self) -> None:
        """The factor that comes next, then its line, then the line is put in; where none comes next, check."""
        hint, step = self._puzzle.hint(), self._hinted[1] + 1
        if hint is None:
            self._mark()
        elif step == STEPS:
            self._puzzle.put(hint.line.code, hint.to)
            self.sides.show_marks(None, hint.to)
            self._note_move(tr("{code} is in its place now.", code=hint.line.code))
        else:
            self._hinted = hint.line, step
            if step > 1:
                self.sides.select(hint.line.code)
            self.say(hint.words[step - 1])
            self._enable()

    @Slot()
    def _mark(self) -> None:
        """Mark each line, and select the first one that is not right."""
        puzzle, marks = self._puzzle, self._puzzle.marks()
        self.sides.show_marks(marks, next((row for row, mark in enumerate(marks) if mark.worth is not Worth.RIGHT), 0))
        if puzzle.is_solved:
            self._note_solved()
        solved = f"{tr(RIGHT)} {tr(ALL_DONE)}" if self._done.issuperset(ORDER) else tr(RIGHT)
        self.say(solved if puzzle.is_solved else summary(puzzle, marks) if marks else tr(EMPTY))

    @Slot()
    def _want_put(self) -> None:
        self.put_wanted.emit(self._puzzle.name, self._puzzle.source)
