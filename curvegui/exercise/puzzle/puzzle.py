"""One Jacobian to put together: its lines, what each is worth where it stands, and what comes next."""

from dataclasses import dataclass
from enum import Enum
from random import Random

from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.recognition import chain_of
from curvegui.exercise.puzzle.lines import Line, right_lines, wrong_lines

MISSING: dict[str, tuple[int, ...]] = {"J_W3": (), "J_b3": (2,), "J_W2": (2,)}
"""Fading: of the first three functions, the places that a person fills; of the others, all."""
HEAD = '''def {name}(x, y):
    """How the cost depends on {parameter}."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)'''


class Worth(Enum):
    """What a line is worth where it stands; the values are said to people."""

    RIGHT = mark("right place")
    WRONG = mark("wrong place")
    FOREIGN = mark("does not belong")
    GIVEN = ""  # it is only to be read


SENTENCES = {
    Worth.RIGHT: mark("Right place."),
    Worth.WRONG: mark("Wrong place."),
    Worth.FOREIGN: mark("Does not belong."),
}


@dataclass(frozen=True)
class Mark:
    """What a line is worth where it stands, and why."""

    worth: Worth
    why: str

    @property
    def words(self) -> str:
        """Both, for people."""
        return f"{tr(SENTENCES[self.worth])} {self.why}" if self.worth.value else self.why


@dataclass(frozen=True)
class Hint:
    """What comes next, in two steps of words; the third one is to put ``line`` in as number ``to``, counted from 0."""

    line: Line
    to: int
    words: tuple[str, str]


class Puzzle:
    """The lines of a Jacobian, ``"J_W3"`` to ``"J_b1"``, and others; ``given`` ones have their places already.

    ``placed`` are the lines that are in the function now, in their order.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines, self.others = right_lines(name), wrong_lines(name)
        missing = MISSING.get(name, range(len(self.lines)))
        self.given = self.placed = tuple(line for line in self.lines if line.place not in missing)
        self.movable = [*(line for line in self.lines if line not in self.given), *self.others]
        Random(f"shuffled {name}").shuffle(self.movable)  # in the same order whenever a person comes back
        self._before: list[tuple[Line, ...]] = []

    @property
    def is_to_read(self) -> bool:
        """Whether all lines are given."""
        return self.given == self.lines

    @property
    def is_solved(self) -> bool:
        """Whether the lines are all right: each multiplies what the one before has left, so no other order is."""
        return self.placed == self.lines

    @property
    def loose(self) -> list[Line]:
        """The lines that are not in the function."""
        return [line for line in self.movable if line not in self.placed]

    @property
    def head(self) -> str:
        """The function's first lines, which are given."""
        return HEAD.format(name=self.name, parameter=self.name[2:])

    @property
    def source(self) -> str:
        """The function as it stands in a file."""
        lines = (f"    {line.code}" + (f"  # {line.comment}" if line.comment else "") for line in self.placed)
        return "\n".join([self.head, *lines])

    # Moving

    def put(self, code: str, to: int) -> bool:
        """Put a line into the function, or to another place in it, as number ``to``, counted from 0.

        Returns whether that changes anything: a line that is given is not moved.
        """
        others = [line for line in self.placed if line.code != code]
        return self._become([*others[: max(to, 0)], *self._movable(code), *others[max(to, 0) :]], code)

    def take_out(self, code: str) -> bool:
        """Put a line back to the others; returns whether it was in the function, and is not given."""
        return self._become([line for line in self.placed if line.code != code], code)

    def _movable(self, code: str) -> list[Line]:
        return [line for line in self.movable if line.code == code]

    def _become(self, placed: list[Line], code: str) -> bool:
        if not self._movable(code) or tuple(placed) == self.placed:
            return False
        self._before.append(self.placed)
        self.placed = tuple(placed)
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a move to take back."""
        return bool(self._before)

    def undo(self) -> None:
        """Take the last move back."""
        if self._before:
            self.placed = self._before.pop()

    # What the lines are worth

    def marks(self) -> list[Mark]:
        """What each line is worth: as many as possible are in the right place, and those that are given always are.

        Where all are given, what each does, to be read.
        """
        kept = self._in_order()
        return [self._mark(line, line in kept) for line in self.placed]

    def _mark(self, line: Line, is_kept: bool) -> Mark:
        if not line.belongs:
            return Mark(Worth.FOREIGN, line.why)
        before = self.lines[line.place - 1] if line.place else None
        if not is_kept:
            where = (
                tr("In the chain, it comes after {factor}.", factor=before.factor)
                if before
                else tr("The chain starts with it.")
            )
            last = tr("It comes last.") if line == self.lines[-1] else ""
            words = tr("This is {factor}. {where}", factor=line.factor, where=where)
            return Mark(Worth.WRONG, f"{words} {last}".rstrip())
        gap = tr("A line is missing before this one.") if before and before not in self.placed else ""
        return Mark(Worth.GIVEN if self.is_to_read else Worth.RIGHT, f"{line.factor}. {line.why} {gap}".rstrip())

    def _in_order(self) -> tuple[Line, ...]:
        """The longest part of the lines whose places rise; a line that is given counts more than all others."""
        parts: list[tuple[int, tuple[Line, ...]]] = [(0, ())]
        for line in (each for each in self.placed if each.belongs):
            before = (each for each in parts if not each[1] or each[1][-1].place < line.place)
            count, part = max(before, key=lambda each: each[0])
            parts.append((count + (len(self.placed) if line in self.given else 1), (*part, line)))
        return max(parts, key=lambda each: each[0])[1]

    def hint(self) -> Hint | None:
        """What comes next: the first line that is not where it belongs; None where all of them are."""
        kept = self._in_order()
        line = next((each for each in self.lines if each not in kept), None)
        if line is None:
            return None
        others = [each for each in self.placed if each != line]
        to = others.index(self.lines[line.place - 1]) + 1 if line.place else 0
        think = chain_of(self.name)[line.place].hints[0]
        words = (
            tr("Next comes the factor {factor}. {think}", factor=line.factor, think=think),
            tr("The next line is: {code}", code=line.code),
        )
        return Hint(line, to, words)
