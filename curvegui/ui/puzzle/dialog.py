"""The dialog of puzzles: a function is put together from its shuffled lines, by mouse or keys, and checked."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, mark_in, tr, tr_in, tr_n
from curvegui.exercise.puzzle.puzzle import Mark, Puzzle, PuzzleLine, Worth
from curvegui.exercise.verdict.judge import ORDER
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import filled, named, open_as_large_as, side_by_side, styled
from curvegui.ui.puzzle.list import LineList
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.spoken import announce

READ = mark("Read how the chain rule becomes a function: each line multiplies by one factor.")
ONE = mark("One line is missing. Choose it from the lines at the left; the others there do not belong.")
ALL = mark("Put the lines into the function, in order. {number} of them do not belong.")
KEYS = mark(
    "Drag a line, or select it and press Enter. In the function, Alt+Up and Alt+Down move it, and Left takes it out."
)
EMPTY = mark("Put a line into the function first.")
RIGHT = mark("Right: each line multiplies by the next factor of the chain.")
ALL_DONE = mark("All six functions are put together.")
NUMBERS = [
    *(mark_in("lines", "None"), mark_in("lines", "One"), mark_in("lines", "Two"), mark_in("lines", "Three")),
    *(mark_in("lines", "Four"), mark_in("lines", "Five"), mark_in("lines", "Six")),
]


def task(puzzle: Puzzle) -> str:
    """What a person has to do in a puzzle, in words, and how lines are moved."""
    missing = len(puzzle.lines) - len(puzzle.given)
    if not missing:
        return tr(READ)
    return f"{tr(ONE) if missing == 1 else tr(ALL, number=tr_in('lines', NUMBERS[len(puzzle.others)]))} {tr(KEYS)}"


def summary(puzzle: Puzzle, marks: Sequence[Mark]) -> str:
    """How many lines are where they belong, how many are not, and how many are missing."""
    worths = [mark.worth for mark in marks]
    right, wrong, foreign = (worths.count(each) for each in (Worth.RIGHT, Worth.WRONG, Worth.FOREIGN))
    missing = len(puzzle.lines) - right - wrong
    words = [tr_n("{n} of {lines} lines is in the right place.", "{n} of {lines} lines are in the right place.",
                  right, lines=len(puzzle.lines))]  # fmt: skip
    words += [tr_n("{n} is in the wrong place.", "{n} are in the wrong place.", wrong)] if wrong else []
    words += [tr_n("{n} does not belong.", "{n} do not belong.", foreign)] if foreign else []
    words += [tr_n("{n} is missing.", "{n} are missing.", missing)] if missing else []
    return " ".join(words)


SHARES = 4, 5  # of the width


class Sides(QWidget):
    """The loose lines of a puzzle at the left, its function at the right; a person moves lines between them."""

    moved = Signal(str)  # what has been moved where, for people

    def __init__(self, puzzle: Puzzle) -> None:
        super().__init__()
        self._puzzle = puzzle
        self.loose = LineList("puzzle.lines", tr("Lines to choose from"), (*ENTER, Qt.Key.Key_Right))
        self.loose.setDropIndicatorShown(False)  # their order is not to be changed
        self.function = LineList("puzzle.function", tr("Lines of the function"), (Qt.Key.Key_Left, Qt.Key.Key_Delete))
        self._head = styled(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "code")
        right = filled(QVBoxLayout(), named(self._head, "puzzle.head"), self.function, spacing=6)
        filled(QHBoxLayout(self), (self.loose, SHARES[0]), (right, SHARES[1]), spacing=14)
        self.loose.leaving.connect(self._take)
        self.loose.arriving.connect(self._take_out)
        self.function.leaving.connect(self._take_out)
        self.function.arriving.connect(self._drop)

    def open(self, puzzle: Puzzle) -> None:
        """Show another puzzle; the line before the first gap is selected, so that Enter fills the gap."""
        self._puzzle = puzzle
        self._head.setText(puzzle.head)
        self.loose.setVisible(not puzzle.is_to_read)
        gap = next((row for row, line in enumerate(puzzle.lines) if line not in puzzle.placed), 0)
        self.show_marks(puzzle.marks() if puzzle.is_to_read else None, gap - 1)

    def show_marks(self, marks: Sequence[Mark] | None, at: int | None = None) -> None:
        """Show all lines, with the marks of a check or without; ``at`` is the row to select in the function."""
        at, row = self.function.currentRow() if at is None else at, max(self.loose.currentRow(), 0)
        self.loose.show_lines(self._puzzle.loose, (), None, row)
        self.function.show_lines(self._puzzle.placed, self._puzzle.given, marks, at)

    def select(self, code: str) -> None:
        for each in (self.loose, self.function):
            for item in each.findItems(code, Qt.MatchFlag.MatchExactly):
                each.setCurrentItem(item)

    @property
    def _codes(self) -> list[str]:
        return [line.code for line in self._puzzle.placed]

    @Slot(str)
    def _take(self, code: str) -> None:
        row = self.function.currentRow()
        self._put(code, row + 1 if row >= 0 else len(self._codes))

    @Slot(str, int)
    def _drop(self, code: str, to: int) -> None:
        self._put(code, to - 1 if code in self._codes[: max(to, 0)] else to)

    def _put(self, code: str, to: int) -> None:
        if self._puzzle.put(code, to):
            row = self._codes.index(code)
            self.show_marks(None, row)
            words = mark("{code} is line {place} of {count} now.")
            self.moved.emit(tr(words, code=code, place=row + 1, count=len(self._codes)))

    @Slot(str)
    def _take_out(self, code: str) -> None:
        if self._puzzle.take_out(code):
            self.show_marks(None, max(self.function.currentRow() - 1, 0))
            self.moved.emit(tr("{code} is out of the function.", code=code))


LINES, SAYS_LINES = (66, 42), 2  # width and height at first, and of the latter for what is said: nothing moves below
STEPS = 3  # of a hint


class PuzzleDialog(Dialog):
    """A puzzle for each of the six functions; ``done`` has the names of the functions that are solved."""

    solved = Signal(str)  # a function's name
    put_wanted = Signal(str, str)  # its name and its source

    def __init__(self, done: Collection[str], parent: QWidget) -> None:
        super().__init__("puzzle", tr("Put it together"), parent, is_kept=True)
        self._done = set(done)
        self._puzzles = [Puzzle(name) for name in ORDER]
        self._hinted: tuple[PuzzleLine | None, int] = (None, 0)  # the line of the last hint, and how many steps it went
        self._path = named(QTabBar(expanding=False, drawBase=False), "puzzle.path", tr("Functions"))
        self._task = named(QLabel(wordWrap=True), "puzzle.task")
        self._says = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "puzzle.says")
        self.sides = Sides(self._puzzles[0])
        buttons = {
            "check": (tr("&Check"), tr("See which lines are in the right place")),
            "hint": (tr("&Hint"), tr("First the factor that comes next, then its line, then put it in")),
            "undo": (tr("Undo"), tr("Take the last move back")),
            "put": (tr("&Put into my file"), tr("Put the function into the file of the exercise")),
            "next": (tr("&Next"), tr("Go on to the next function")),
        }
        self._check, self._hint, self._undo, self._put, self._next = (
            named(QPushButton(words, autoDefault=False), f"puzzle.{name}", tip=tip)
            for name, (words, tip) in buttons.items()
        )
        for name in ORDER:
            self._path.addTab(name)
        self._undo.setShortcut(QKeySequence.StandardKey.Undo)
        self._says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._says.setMinimumHeight(SAYS_LINES * self.fontMetrics().height())
        ends = side_by_side(self._check, self._hint, self._undo), side_by_side(self._put, self._next)
        below = filled(QHBoxLayout(), ends[0], 1, ends[1])
        parts = self._path, self._task, (self.sides, 1), self._says, below
        filled(QVBoxLayout(self), *parts, edges=(14, 11, 14, 12), spacing=10)
        self._path.currentChanged.connect(self._change)
        self.sides.moved.connect(self._note_move)
        self._hint.clicked.connect(self._give_hint)
        self._undo.clicked.connect(self._take_back)
        self._check.clicked.connect(self._mark)
        self._put.clicked.connect(lambda: self.put_wanted.emit(self._puzzle.name, self._puzzle.source))
        self._next.clicked.connect(self._go_on)
        self.open_puzzle("")
        open_as_large_as(self, LINES)

    def open_puzzle(self, name: str) -> None:
        """Go to a function; without a name, to the first function that is not solved."""
        wanted = name or next((each for each in ORDER if each not in self._done), ORDER[-1])
        self._path.setCurrentIndex(ORDER.index(wanted))
        self._change()

    @property
    def _puzzle(self) -> Puzzle:
        return self._puzzles[self._path.currentIndex()]

    @Slot()
    def _change(self) -> None:
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
        """Go to the next function, or close after the last one; a function that is only to be read counts as solved."""
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
        """Say that the function is in the file; the button for the next function becomes the prominent one."""
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
        self._says.setText(words)
        self._says.setProperty("error", is_wrong)
        self._says.style().polish(self._says)
        if words:
            announce(self, words)

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
        """Name the next factor, then select its line, then put the line in; if no line is missing, check."""
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
        puzzle, marks = self._puzzle, self._puzzle.marks()
        self.sides.show_marks(marks, next((row for row, mark in enumerate(marks) if mark.worth is not Worth.RIGHT), 0))
        if puzzle.is_solved:
            self._note_solved()
        solved = f"{tr(RIGHT)} {tr(ALL_DONE)}" if self._done.issuperset(ORDER) else tr(RIGHT)
        self.say(solved if puzzle.is_solved else summary(puzzle, marks) if marks else tr(EMPTY))
