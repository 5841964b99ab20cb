"""A learner's file as it was read: its definitions, and where each is. Nothing in it has been run."""

from dataclasses import dataclass
from pathlib import Path

from curvegui.core.language.text import tr
from curvegui.exercise.file.parsing import cannot_read
from curvegui.exercise.problem import JACOBIANS


@dataclass(frozen=True)
class Definition:
    """A function's definition in the file."""

    name: str
    source: str  # its lines
    line: int  # of its first line, counted from 1; in a notebook, within its cell
    cell: int | None = None  # of a notebook, counted from 1 among all cells
    error: str = ""  # why it cannot be parsed, in words; empty where it can
    error_line: int | None = None  # counted as ``line``


@dataclass(frozen=True)
class Unread:
    """Lines outside the six functions that Python cannot read; ``line`` and ``cell`` are as in `Definition`."""

    line: int
    cell: int | None
    error: str  # why not, as the second half of a sentence

    def sentence(self, cell_name: str = "") -> str:
        """The whole sentence for people; ``cell_name`` is as in `LearnerFile.cell_name`."""
        if not self.cell:
            return cannot_read(self.error, tr("line {line}", line=self.line))
        cell = cell_name or tr("cell {cell}", cell=self.cell)
        return cannot_read(self.error, tr("line {line} of {cell}", line=self.line, cell=cell))


@dataclass(frozen=True)
class LearnerFile:
    """What is in a file."""

    path: Path
    digest: str  # SHA-256 of its bytes, in hex: what a person agreed to run
    definitions: tuple[Definition, ...]  # in their order; of a name that is defined twice, both
    chunks: tuple[tuple[str, int, int | None], ...]  # what the child executes: source, line, cell of each statement
    unread: tuple[Unread, ...] = ()  # what could not be parsed and is in none of the six Jacobians

    def last(self, name: str) -> Definition | None:
        """The last definition of a name, which is the one that counts."""
        return next((each for each in reversed(self.definitions) if each.name == name), None)

    def cell_name(self, cell: int | None, name: str = "") -> str:
        """A cell as a person finds it: "the cell of J_b3", by ``name`` if that is in it; empty outside of notebooks."""
        if cell is None:
            return ""
        names = [each.name for each in self.definitions if each.cell == cell]
        known = [each for each in names if each == name] or [each for each in names if each in JACOBIANS] or names
        return tr("the cell of {known}", known=known[0]) if known else tr("cell {cell}", cell=cell)

    def text_of(self, line: int, cell: int | None) -> str:
        """A line of a function or a statement, counted as in `Definition`; empty where there is none."""
        parts = (*((each.source, each.line, each.cell) for each in self.definitions), *self.chunks)
        for source, first, where in parts:
            lines = source.splitlines()
            if where == cell and 0 <= line - first < len(lines):
                return lines[line - first].strip()
        return ""
