"""One Jacobian to put together, what each line that stands in it is worth, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from random import Random

from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.file.reading import learner_file
from curvegui.exercise.mistakes.recognition import chain_of
from curvegui.exercise.puzzle.lines import Line, right_lines, wrong_lines

MISSING: dict[str, tuple[int, ...]] = {"J_W3": (), "J_b3": (2,), "J_W2": (2,)}
"""Fading: of the first three functions, the places that a person fills; of the others, all."""
HEAD = '''def {name}(x, y):
    """How the cost depends on {parameter}."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)'''


class Worth(Enum):
    """What a line is worth where it stands; the values are said to people."""

    RIGHT = "right place"
    WRONG = "wrong place"
    FOREIGN = "does not belong"
    GIVEN = ""  # it is only to be read


@dataclass(frozen=True)
class Mark:
    """What a line is worth where it stands, and why."""

    worth: Worth
    why: str


@dataclass(frozen=True)
class Hint:
    """What comes next, in two steps; the third one is to put ``line`` in as number ``to``, counted from 0."""

    factor: str
    code: str
    line: Line
    to: int


class Puzzle:
    """The lines of a Jacobian, ``"J_W3"`` to ``"J_b1"``, and others; ``given`` ones have their places already."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines, self.others = right_lines(name), wrong_lines(name)
        missing = MISSING.get(name, range(len(self.lines)))
        self.given = tuple(line for line in self.lines if line.place not in missing)
        self.loose = [*(line for line in self.lines if line not in self.given), *self.others]
        Random(f"shuffled {name}").shuffle(self.loose)  # in the same order whenever a person comes back

    @property
    def is_to_read(self) -> bool:
        """Whether all lines are given."""
        return self.given == self.lines

    @property
    def head(self) -> str:
        """The function's first lines, which are given."""
        return HEAD.format(name=self.name, parameter=self.name[2:])

    def source(self, placed: Sequence[Line]) -> str:
        """The function with these lines, as it stands in a file."""
        lines = (f"    {line.code}" + (f"  # {line.comment}" if line.comment else "") for line in placed)
        return "\n".join([self.head, *lines])

    def file(self, placed: Sequence[Line]) -> LearnerFile:
        """The function alone, to be judged as a learner's own."""
        return learner_file(Path("function.py"), self.source(placed).encode())

    def is_full(self, placed: Sequence[Line]) -> bool:
        """Whether all its lines are there and no other ones, in whatever order."""
        return set(placed) == set(self.lines)

    def explanations(self) -> list[Mark]:
        """What each line of the function does, to be read."""
        return [Mark(Worth.GIVEN, f"{line.factor}. {line.why}") for line in self.lines]

    def marks(self, placed: Sequence[Line]) -> list[Mark]:
        """What each line is worth: as many as possible are in the right place, and those that are given always are."""
        kept, there = self._in_order(placed), {line.place for line in placed if line.belongs}
        return [self._mark(line, line in kept, there) for line in placed]

    def _mark(self, line: Line, is_kept: bool, there: set[int]) -> Mark:
        if not line.belongs:
            return Mark(Worth.FOREIGN, line.why)
        if not is_kept:
            return Mark(Worth.WRONG, self._where(line))
        gap = "" if not line.place or line.place - 1 in there else " A line is missing before this one."
        return Mark(Worth.RIGHT, f"{line.factor}. {line.why}{gap}")

    def _where(self, line: Line) -> str:
        if not line.place:
            return f"This is {line.factor}. The chain starts with it."
        end = " It comes last." if line.place == len(self.lines) - 1 else ""
        return f"This is {line.factor}. In the chain, it comes after {self.lines[line.place - 1].factor}.{end}"

    def _in_order(self, placed: Sequence[Line]) -> set[Line]:
        """The longest part of the lines whose places rise; a line that is given counts more than all others."""
        best: list[tuple[int, tuple[Line, ...]]] = [(0, ())]
        for line in (each for each in placed if each.belongs):
            weight = len(placed) if line in self.given else 1
            count, before = max((each for each in best if not each[1] or each[1][-1].place < line.place), key=_count)
            best.append((count + weight, (*before, line)))
        return set(max(best, key=_count)[1])

    def hint(self, placed: Sequence[Line]) -> Hint | None:
        """What comes next: the first line that is not where it belongs; None where all of them are."""
        kept = self._in_order(placed)
        line = next((each for each in self.lines if each not in kept), None)
        if line is None:
            return None
        others = [each for each in placed if each != line]
        to = others.index(self.lines[line.place - 1]) + 1 if line.place else 0
        think = chain_of(self.name)[line.place].hints[0]
        return Hint(f"Next comes the factor {line.factor}. {think}", f"The next line is: {line.code}", line, to)


def _count(part: tuple[int, tuple[Line, ...]]) -> int:
    return part[0]
