"""The verdict on a learner's function, and the report on a file."""

from dataclasses import dataclass
from enum import Enum

from curvegui.core.language.text import tr


class Grade(Enum):
    """How a function is; the values are what ``--json`` prints."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    UNJUDGED = "unjudged"  # it has not run


BUSY = "busy"  # the kind of a verdict


@dataclass(frozen=True)
class Verdict:
    """About one function."""

    name: str  # ``"J_W3"``
    grade: Grade
    reason: str = ""  # what is wrong, for people, each mistake in a line; empty where it is right
    evidence: str = ""  # the shape or the entry that shows it; may be empty
    hints: tuple[str, ...] = ()  # what to try, one after the other; the last ones say the code
    kind: str = ""  # of the mistake, for programs and tests: ``"sigma-for-d_sigma"``; empty where none was recognised
    line: int | None = None  # where, as in `Definition`
    cell: int | None = None
    cell_name: str = ""  # ``"the cell of J_b3"``; notebooks show no numbers of cells
    entry: tuple[int, int] | None = None  # the entry that differs most, counted from 0
    found: float | None = None  # that entry
    expected: float | None = None  # what the finite difference gives for it

    @property
    def place(self) -> str:
        """The line in the file: "line 34", or "in the cell of J_b3, its line 4"; empty if it is not known."""
        if self.cell is None:
            return "" if self.line is None else tr("line {line}", line=self.line)
        cell = self.cell_name or tr("cell {cell}", cell=self.cell)
        return (
            tr("in {cell}", cell=cell)
            if self.line is None
            else tr("in {cell}, its line {line}", cell=cell, line=self.line)
        )


@dataclass(frozen=True)
class Report:
    """About a file."""

    functions: dict[str, Verdict]  # all six Jacobians, in the exercise's order
    altered: dict[str, str]  # given functions that the file has changed, with what is different about them
    remarks: tuple[str, ...] = ()  # what else a learner should know, such as that the file ended the program

    @property
    def all_right(self) -> bool:
        """Whether all six are right."""
        return all(verdict.grade is Grade.RIGHT for verdict in self.functions.values())

    @property
    def is_held_up(self) -> bool:
        """Whether some have not run, as the computer was busy: another check with more time may tell."""
        return any(verdict.kind == BUSY for verdict in self.functions.values())
