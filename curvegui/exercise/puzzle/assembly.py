"""What a person has put together so far, and every step back."""

from curvegui.exercise.puzzle.lines import Line
from curvegui.exercise.puzzle.puzzle import Puzzle


class Assembly:
    """The lines that are in the function, in their order, and how they were before each move."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        self.placed = puzzle.given
        self._before: list[tuple[Line, ...]] = []

    @property
    def loose(self) -> list[Line]:
        """The lines that are not in the function."""
        return [line for line in self.puzzle.loose if line not in self.placed]

    @property
    def can_undo(self) -> bool:
        """Whether there is a move to take back."""
        return bool(self._before)

    def put(self, line: Line, to: int | None = None) -> bool:
        """Put a line into the function, or to another place in it: as number ``to``, counted from 0, or at the end.

        Returns whether that changes anything: a line that is given is not moved.
        """
        others = [each for each in self.placed if each != line]
        others.insert(len(others) if to is None else max(to, 0), line)
        return self._become(line, others)

    def take_out(self, line: Line) -> bool:
        """Put a line back to the others; returns whether it was in the function, and is not given."""
        return self._become(line, [each for each in self.placed if each != line])

    def _become(self, line: Line, placed: list[Line]) -> bool:
        if line in self.puzzle.given or tuple(placed) == self.placed:
            return False
        self._before.append(self.placed)
        self.placed = tuple(placed)
        return True

    def undo(self) -> None:
        """Take the last move back."""
        if self._before:
            self.placed = self._before.pop()
