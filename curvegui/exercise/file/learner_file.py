"""A learner's file as it was read: its definitions, and where each is. Nothing of it has been run."""

from dataclasses import dataclass
from pathlib import Path

from curvegui.exercise.file.parsing import cannot_read


@dataclass(frozen=True)
class Definition:
    """A function's definition in the file.

    Attributes
    ----------
    name : str
    source : str
        Its lines.
    line : int
        Of its first line in the file, counted from 1; in a notebook, within its cell.
    cell : int or None
        Of a notebook, counted from 1 among all cells.
    error : str
        Why it cannot be parsed, in words; empty where it can.
    error_line : int or None
        Counted as ``line``.
    """

    name: str
    source: str
    line: int
    cell: int | None = None
    error: str = ""
    error_line: int | None = None


@dataclass(frozen=True)
class Unread:
    """Lines outside of the six functions that Python cannot read.

    Attributes
    ----------
    line, cell : int or None
        As of a `Definition`.
    error : str
        Why not, as the second half of a sentence.
    """

    line: int
    cell: int | None
    error: str

    @property
    def sentence(self) -> str:
        """All of it for people."""
        place = f"line {self.line}" + (f" of cell {self.cell}" if self.cell else "")
        return cannot_read(self.error, place)


@dataclass(frozen=True)
class LearnerFile:
    """What is in a file.

    Attributes
    ----------
    path : Path
    digest : str
        SHA-256 of its bytes, in hex: what a person agreed to run.
    definitions : tuple of Definition
        In the order in which they stand there; of a name that is defined twice, both.
    chunks : tuple of (str, int, int or None)
        What the child executes, top-level statement by statement: source, line, cell. Magics and what cannot be
        parsed have been left out.
    unread : tuple of Unread
        What could not be parsed and is in none of the six Jacobians.
    """

    path: Path
    digest: str
    definitions: tuple[Definition, ...]
    chunks: tuple[tuple[str, int, int | None], ...]
    unread: tuple[Unread, ...] = ()

    def last(self, name: str) -> Definition | None:
        """The definition of a name that counts: the last one."""
        return next((each for each in reversed(self.definitions) if each.name == name), None)
