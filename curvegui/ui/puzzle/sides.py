"""The two sides of a puzzle: the lines to choose from, and the function, into which a person moves them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.exercise.puzzle.puzzle import Mark, Puzzle
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.tips import named, styled
from curvegui.ui.puzzle.list import LineList
from curvegui.ui.widgets.number_box import ENTER

SHARES = 4, 5  # of the width


class Sides(QWidget):
    """Shows one puzzle at a time, and moves its lines as a person wants."""

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
        """Show another one; the line before the first gap is selected, so that Enter fills it."""
        self._puzzle = puzzle
        self._head.setText(puzzle.head)
        self.loose.setVisible(not puzzle.is_to_read)
        gap = next((row for row, line in enumerate(puzzle.lines) if line not in puzzle.placed), 0)
        self.show_marks(puzzle.marks() if puzzle.is_to_read else None, gap - 1)

    def show_marks(self, marks: Sequence[Mark] | None, at: int | None = None) -> None:
        """Show what a check has found; the line in row ``at`` of the function is selected."""
        at, row = self.function.currentRow() if at is None else at, max(self.loose.currentRow(), 0)
        self.loose.show_lines(self._puzzle.loose, (), current=row)
        self.function.show_lines(self._puzzle.placed, self._puzzle.given, marks, at)

    def select(self, code: str) -> None:
        """Select a line, on whichever side it is."""
        for each in (self.loose, self.function):
            for item in each.findItems(code, Qt.MatchFlag.MatchExactly):
                each.setCurrentItem(item)

    @property
    def _codes(self) -> list[str]:
        """Of the lines that are in the function."""
        return [line.code for line in self._puzzle.placed]

    @Slot(str)
    def _take(self, code: str) -> None:
        """Put a line after the selected one of the function."""
        row = self.function.currentRow()
        self._put(code, row + 1 if row >= 0 else len(self._codes))

    @Slot(str, int)
    def _drop(self, code: str, to: int) -> None:
        self._put(code, to - 1 if code in self._codes[: max(to, 0)] else to)

    def _put(self, code: str, to: int) -> None:
        if self._puzzle.put(code, to):
            row = self._codes.index(code)
            self.show_marks(None, row)
            self.moved.emit(
                tr("{code} is line {place} of {count} now.", code=code, place=row + 1, count=len(self._codes))
            )

    @Slot(str)
    def _take_out(self, code: str) -> None:
        if self._puzzle.take_out(code):
            self.show_marks(None, max(self.function.currentRow() - 1, 0))
            self.moved.emit(tr("{code} is out of the function.", code=code))
