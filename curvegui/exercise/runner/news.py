"""What a child's messages say, as values. A child may send anything: nothing of it is trusted."""

from typing import Any

from curvegui.core.arrays import FloatArray, read_only
from curvegui.exercise.runner.outcome import Answer, Ending, Met, NoNumbers, Raised, Unfinished, Value

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
