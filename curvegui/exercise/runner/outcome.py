"""What came back from a learner's functions: numbers, or why there are none; no verdict yet."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.language.text import mark
from curvegui.exercise.child.wire import is_shape
from curvegui.exercise.problem import PARAMETERS

MOST_TEXT = 500  # characters
MOST_SHAPES = 4


class Ending(Enum):
    """How a child process ended, in a sentence; the worst last."""

    FINISHED = ""
    BUSY = mark("The computer is busy: it has not run yet.")
    EXITED = mark("It ended the program (sys.exit).")
    TOO_DEEP = mark("It calls itself again and again, without end.")
    TIMED_OUT = mark("It did not finish in time. Is there an endless loop?")
    TOO_MUCH_OUTPUT = mark("It printed too much. Is there an endless loop?")
    OUT_OF_MEMORY = mark("It needed too much memory.")
    VANISHED = mark("It ended the program at once (os._exit).")
    CUT_OFF = mark("It closed or disturbed the connection to CurveGUI.")
    KILLED = mark("A signal ended the program while it ran.")
    BROKEN = mark("The process that runs it could not be started.")


@dataclass(frozen=True, eq=False)
class Value:
    """An answer of numbers: an array of any shape."""

    array: FloatArray
    changed: tuple[str, ...] = ()  # which of x, y and the parameters are other numbers after the call


@dataclass(frozen=True)
class NoNumbers:
    """An answer of another type."""

    kind: str  # the name of its type: ``"NoneType"``, ``"function"``, ``"str"``, ``"list"``
    printed: bool = False  # whether something was printed meanwhile


@dataclass(frozen=True)
class Operands:
    """The arrays in an expression."""

    text: str  # the expression: ``"W2 @ delta"``; empty where it is too long to repeat
    shapes: tuple[tuple[int, ...], ...]  # of its operands, or of a call's arguments


@dataclass(frozen=True)
class Raised:
    """An exception, and where it was raised in the learner's file."""

    kind: str  # ``"NameError"``
    message: str
    line: int | None = None  # counted from 1; in a notebook, within its cell
    cell: int | None = None  # of a notebook, counted from 1
    text: str = ""  # that line
    missing_name: str = ""  # of a NameError
    function: str = ""  # in which the line is: the learner's Jacobian, or another one that it calls
    operands: Operands | None = None  # where they are known


@dataclass(frozen=True)
class Unfinished:
    """A call in which the child ended."""

    ending: Ending


Answer: TypeAlias = Value | NoNumbers | Raised | Unfinished


@dataclass(frozen=True, eq=False)
class Outcome:
    """What each function answered to each problem."""

    answers: dict[str, list[Answer]]  # to each problem, for each function in the file; fewer if the child ended
    given_answers: dict[str, list[Answer]] = field(default_factory=dict)  # of ``GIVEN`` functions in the file
    ending: Ending = Ending.FINISHED  # the worst that happened
    output: str = ""  # the beginning of what was printed
    top_level: tuple[Raised, ...] = ()  # what went wrong in the lines between the functions


ENDS = {"SystemExit": Ending.EXITED, "RecursionError": Ending.TOO_DEEP, "MemoryError": Ending.OUT_OF_MEMORY}
"""Exceptions that say how a call ended. The child itself goes on."""
_ALSO_MEMORY = "_ArrayMemoryError"  # NumPy's own


def answer_of(header: dict[str, Any], arrays: list[FloatArray]) -> Answer:
    """The answer of a function to a problem, from a child's message."""
    if header.get("is") == "value" and len(arrays) == 1:
        changed = names if isinstance(names := header.get("changed"), list) else []
        return Value(read_only(arrays[0]), tuple(name for name in ("x", "y", *PARAMETERS) if name in changed))
    if header.get("is") == "raised":
        raised = raised_of(header)
        kind = "MemoryError" if raised.kind == _ALSO_MEMORY else raised.kind
        return Unfinished(ENDS[kind]) if kind in ENDS else raised
    return NoNumbers(_text(header.get("kind")) or "object", printed=header.get("printed") is True)


def raised_of(header: dict[str, Any]) -> Raised:
    """An exception, from a child's message."""
    names = "kind", "message", "text", "missing_name", "function"
    kind, message, text, missing, function = (_text(header.get(key)) for key in names)
    line, cell = _whole(header.get("line")), _whole(header.get("cell"))
    found, operands = header.get("operands"), None
    found = found if isinstance(found, dict) else {}
    shapes = found.get("shapes")
    if isinstance(shapes, list) and 0 < len(shapes) <= MOST_SHAPES and all(map(is_shape, shapes)):
        operands = Operands(_text(found.get("text")), tuple(map(tuple, shapes)))
    return Raised(kind or "Exception", message, line, cell, text, missing, function, operands)


def _text(value: Any) -> str:
    return "".join(each if each.isprintable() else " " for each in value[:MOST_TEXT]) if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 10**7 else None
