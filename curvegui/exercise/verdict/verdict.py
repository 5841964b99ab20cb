"""What is said about a learner's function."""

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How a function is; the values are what ``--json`` prints."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True)
class Verdict:
    """About one function.

    Attributes
    ----------
    name : str
        ``"J_W3"``.
    grade : Grade
    reason : str
        One or two sentences for people; empty where it is right.
    kind : str
        Which mistake was recognised, for programs and tests: ``"sigma-for-d_sigma"``; empty where none was.
    line, cell : int or None
        Where, as in `Definition`.
    entry : (int, int) or None
        The entry that differs most, counted from 0.
    found, expected : float or None
        That entry, and what the finite difference gives.
    """

    name: str
    grade: Grade
    reason: str = ""
    kind: str = ""
    line: int | None = None
    cell: int | None = None
    entry: tuple[int, int] | None = None
    found: float | None = None
    expected: float | None = None


@dataclass(frozen=True)
class Report:
    """About a file.

    Attributes
    ----------
    functions : dict of str to Verdict
        All six Jacobians, in the exercise's order.
    altered : dict of str to str
        Functions that the exercise gives and the file has changed, with what is different about them.
    remarks : tuple of str
        What else a learner should know, such as that the file ended the program.
    """

    functions: dict[str, Verdict]
    altered: dict[str, str]
    remarks: tuple[str, ...] = ()

    @property
    def all_right(self) -> bool:
        """Whether all six are right."""
        return all(verdict.grade is Grade.RIGHT for verdict in self.functions.values())
