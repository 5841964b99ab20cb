"""What came back from a learner's functions: numbers, or why there are none. No verdict yet."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from curvegui.core.arrays import FloatArray, read_only


class Ending(Enum):
    """How a child process came to its end."""

    FINISHED = "it ran to its end"
    TIMED_OUT = "it did not come to an end in time"
    UNWILLING = "it did not come to an end in time, and ignores the signal that asks it to (SIGTERM)"
    OUT_OF_MEMORY = "it asked for too much memory"
    TOO_MUCH_OUTPUT = "it printed without end"
    EXITED = "it ended the program by itself (sys.exit)"
    VANISHED = "it ended the program at once (os._exit)"
    TOO_DEEP = "it called itself without end"
    KILLED = "it was killed by a signal"
    BROKEN = "it could not be started"
    CUT_OFF = "it closed or disturbed the connection to the app"


@dataclass(frozen=True, eq=False)
class Value:
    """An array of numbers came back; any shape."""

    array: FloatArray


@dataclass(frozen=True)
class NoNumbers:
    """Something else came back.

    Attributes
    ----------
    kind : str
        The name of its type: ``"NoneType"``, ``"function"``, ``"str"``, ``"list"``.
    printed : bool
        Whether something was printed meanwhile.
    """

    kind: str
    printed: bool = False


@dataclass(frozen=True)
class Met:
    """Arrays that met in an expression.

    Attributes
    ----------
    text : str
        The expression: ``"W2 @ delta"``; empty where it is too long to repeat.
    shapes : tuple of tuple of int
        Of its operands, or of a call's arguments.
    """

    text: str
    shapes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Raised:
    """An exception.

    Attributes
    ----------
    kind : str
        ``"NameError"``.
    message : str
    line : int or None
        In the learner's file, counted from 1, where it is in it; in a notebook, the line of the cell.
    cell : int or None
        Of a notebook, counted from 1.
    text : str
        That line.
    missing_name : str
        Of a NameError.
    function : str
        That the line is in: the learner's Jacobian, or another one that it calls.
    met : Met or None
        Which arrays met there, where that is known.
    """

    kind: str
    message: str
    line: int | None = None
    cell: int | None = None
    text: str = ""
    missing_name: str = ""
    function: str = ""
    met: Met | None = None


@dataclass(frozen=True)
class Unfinished:
    """The child came to its end in this call."""

    ending: Ending


Answer: TypeAlias = Value | NoNumbers | Raised | Unfinished


@dataclass(frozen=True, eq=False)
class Outcome:
    """What each function answered to each problem.

    Attributes
    ----------
    answers : dict of str to list of Answer
        For the functions that are defined in the file, one answer for each problem, in their order; fewer where the
        child ended before.
    given_answers : dict of str to list of Answer
        The same for the functions that the exercise gives, where the file defines them.
    ending : Ending
        The worst that happened.
    output : str
        The beginning of what was printed.
    top_level : tuple of Raised
        What went wrong in the lines between the functions.
    """

    answers: dict[str, list[Answer]]
    given_answers: dict[str, list[Answer]] = field(default_factory=dict)
    ending: Ending = Ending.FINISHED
    output: str = ""
    top_level: tuple[Raised, ...] = ()


MOST_TEXT = 500  # characters
MOST_SHAPES, MOST_AXES = 4, 8
ENDS = {"SystemExit": Ending.EXITED, "RecursionError": Ending.TOO_DEEP, "MemoryError": Ending.OUT_OF_MEMORY}
"""Exceptions that say how a call ended. The child itself goes on."""
_ALSO_MEMORY = "_ArrayMemoryError"  # NumPy's own


def answer_of(header: dict[str, Any], arrays: list[FloatArray]) -> Answer:
    """What a function answered to a problem."""
    if header.get("is") == "value" and len(arrays) == 1:
        return Value(read_only(arrays[0]))
    if header.get("is") == "raised":
        raised = raised_of(header)
        kind = "MemoryError" if raised.kind == _ALSO_MEMORY else raised.kind
        return Unfinished(ENDS[kind]) if kind in ENDS else raised
    return NoNumbers(_text(header.get("kind")) or "object", printed=header.get("printed") is True)


def raised_of(header: dict[str, Any]) -> Raised:
    """An exception."""
    words = [_text(header.get(key)) for key in ("kind", "message")]
    text, missing, function = (_text(header.get(key)) for key in ("text", "missing_name", "function"))
    line, cell = _whole(header.get("line")), _whole(header.get("cell"))
    return Raised(words[0] or "Exception", words[1], line, cell, text, missing, function, _met(header.get("met")))


def _met(value: Any) -> Met | None:
    if not isinstance(value, dict) or not isinstance(shapes := value.get("shapes"), list):
        return None
    if not 0 < len(shapes) <= MOST_SHAPES or not all(map(is_shape, shapes)):
        return None
    return Met(_text(value.get("text")), tuple(map(tuple, shapes)))


def is_shape(value: Any) -> bool:
    """Whether what a child has sent can be the shape of an array."""
    return (
        isinstance(value, list) and len(value) <= MOST_AXES and all(type(each) is int and each >= 0 for each in value)
    )


def _text(value: Any) -> str:
    return "".join(each if each.isprintable() else " " for each in value[:MOST_TEXT]) if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 10**7 else None
