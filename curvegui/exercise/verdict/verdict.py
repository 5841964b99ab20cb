"""The verdict on a learner's function, and the report on a file."""

import io
import re
import textwrap
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.file.parsing import parse
from curvegui.exercise.mistakes.factors import chain_of
from curvegui.exercise.mistakes.recognition import Recognised, same
from curvegui.exercise.mistakes.written import network_names, written_mistake
from curvegui.exercise.problem import Problem, decides
from curvegui.exercise.runner.outcome import Answer, Value


class Grade(Enum):
    """The grade of a function; the values are those that ``--json`` prints."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    UNJUDGED = "unjudged"  # it has not run


BUSY = "busy"  # the kind of a verdict


@dataclass(frozen=True)
class Verdict:
    """The result of a check of one function of the learner."""

    name: str  # ``"J_W3"``
    grade: Grade
    reason: str = ""  # what is wrong, for people, each mistake in a line; empty where it is right
    evidence: str = ""  # the shape or the entry that shows it; may be empty
    hints: tuple[str, ...] = ()  # what to try, one after the other; the last ones say the code
    kind: str = ""  # of the mistake, for programs and tests: ``"sigma-for-d_sigma"``; empty where none was recognised
    line: int | None = None  # where, as in `Definition`
    cell: int | None = None
    cell_name: str = ""  # ``"the cell of J_b3"``; notebooks show no numbers of cells

    @property
    def location(self) -> str:
        """The line in the file: "line 34", or "in the cell of J_b3, its line 4"; empty if the line is not known."""
        if self.cell is None:
            return "" if self.line is None else tr("line {line}", line=self.line)
        cell = self.cell_name or tr("cell {cell}", cell=self.cell)
        if self.line is None:
            return tr("in {cell}", cell=cell)
        return tr("in {cell}, its line {line}", cell=cell, line=self.line)


@dataclass(frozen=True)
class Report:
    """All verdicts on a file."""

    functions: dict[str, Verdict]  # all six Jacobians, in the exercise's order
    altered: dict[str, str]  # given functions that the file has changed, with what is different about them
    remarks: tuple[str, ...] = ()  # what else a learner should know, such as that the file ended the program

    @property
    def all_right(self) -> bool:
        """Whether all six functions are right."""
        return all(verdict.grade is Grade.RIGHT for verdict in self.functions.values())

    @property
    def is_held_up(self) -> bool:
        """Whether some functions have not run, as the computer was busy: another check with more time may tell."""
        return any(verdict.kind == BUSY for verdict in self.functions.values())


TELLS_NOTHING = re.compile(r"^\s*(def|async def|@)|network_function\s*\(")
"""The lines in which every name occurs."""


def line_of(definition: Definition | None, clues: Sequence[str]) -> int | None:
    """The line in the file that shows the best of these clues (regular expressions), or the line of the ``def``. All
    clues but the best are guesses, which count only where a single line shows them. None if ``definition`` is None."""
    if definition is None:
        return None
    lines = plain_lines(definition.source)
    for clue in clues:
        found = [at for at, line in enumerate(lines) if not TELLS_NOTHING.search(line) and re.search(clue, line)]
        if found and (clue == clues[0] or len(found) == 1):
            return definition.line + found[0]
    return definition.line


def shows(definition: Definition | None, line: int, clues: Sequence[str]) -> bool:
    """Whether a line of the file, inside the definition, shows the best clue."""
    if definition is None or not clues:
        return False
    lines = plain_lines(definition.source)
    return 0 <= line - definition.line < len(lines) and bool(re.search(clues[0], lines[line - definition.line]))


def plain_lines(source: str) -> list[str]:
    """The lines from `code_lines`, with the exercise's names for x, y and the network's arrays."""
    try:
        names = network_names(parse(textwrap.dedent(source)))
    except SyntaxError:
        names = {}
    name = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
    return [name.sub(lambda each: names.get(each[0], each[0]), line) for line in code_lines(source)]


def code_lines(source: str) -> list[str]:
    """The lines without comments and strings, which compute nothing."""
    lines = [list(line) for line in source.splitlines()]
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in (tokenize.COMMENT, tokenize.STRING):
                (top, left), (bottom, right) = token.start, token.end
                for row in range(top - 1, min(bottom, len(lines))):
                    first = left if row == top - 1 else 0
                    last = right if row == bottom - 1 else len(lines[row])
                    lines[row][first:last] = " " * len(lines[row][first:last])
    except (tokenize.TokenError, SyntaxError):
        pass  # what has been blanked out by then
    return ["".join(line) for line in lines]


def ideas(name: str) -> tuple[str, ...]:
    """Questions to think about, factor by factor, where the mistake is not known, or nothing is written."""
    return tuple(hint for factor in chain_of(name) for hint in factor.hints[:1])


@dataclass(frozen=True, eq=False)
class CheckedFunction:
    """One function, with its problems and its answers."""

    name: str
    definition: Definition | None  # None where the file does not show where it is from
    problems: Sequence[Problem]
    right: Sequence[FloatArray]  # the right answer to each problem
    answers: Sequence[Answer]  # fewer than problems where the program ended before

    @property
    def code(self) -> str:
        """The function's source as `plain_lines` has it; empty if the source is not known."""
        return "\n".join(plain_lines(self.definition.source)) if self.definition else ""

    @property
    def deciding(self) -> list[int]:
        """Which of the test problems decide whether the function is right, by their numbers."""
        return [number for number, problem in enumerate(self.problems) if decides(problem)]

    def answer(self, number: int) -> Answer | None:
        """The function's answer to a problem; None if the function was no longer asked."""
        return self.answers[number] if number < len(self.answers) else None

    def is_right(self, number: int) -> bool:
        """Whether the answer to a problem is right."""
        answer = self.answer(number)
        return isinstance(answer, Value) and same(answer.array, self.right[number])

    @property
    def changes(self) -> list[str]:
        """Which of x, y and the parameters a call has changed."""
        return list(dict.fromkeys(name for each in self.answers if isinstance(each, Value) for name in each.changed))

    def arrays(self) -> list[FloatArray | None]:
        """The answers as arrays; None for an answer without numbers."""
        return [each.array if isinstance(each, Value) else None for each in self.answers]

    def wrong(self, found: Recognised, line: int | None = None, cell: int | None = None, evidence: str = "") -> Verdict:
        """A verdict with the given line, or else the line that the clues show."""
        if line is None:
            line, cell = line_of(self.definition, found.clues), self.definition.cell if self.definition else None
        return Verdict(self.name, Grade.WRONG, found.sentence, evidence, found.hints, found.kind, line, cell)

    def written(self, data: Mapping[str, int]) -> Verdict | None:
        """The verdict if a mistake can be read in the source; ``data`` is as from `data_outside`."""
        definition = self.definition
        found = written_mistake(definition.source, data) if definition else None
        return self.wrong(found[0], definition.line + found[1], definition.cell) if found and definition else None

    def unjudged(self, reason: str, kind: str) -> Verdict:
        """The verdict on a function that has not run: nothing is known about it."""
        line, cell = (self.definition.line, self.definition.cell) if self.definition else (None, None)
        return Verdict(self.name, Grade.UNJUDGED, reason, kind=kind, line=line, cell=cell)

    def missing(self, reason: str, line: int | None = None) -> Verdict:
        """The verdict on a function that is not yet written."""
        definition = self.definition
        where = (line or definition.line, definition.cell) if definition else (None, None)
        return Verdict(self.name, Grade.MISSING, reason, "", ideas(self.name), "not-written", *where)
