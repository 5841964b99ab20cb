"""What a child's messages say, as values. A child may send anything: nothing of it is trusted."""

from typing import Any

from curvegui.core.arrays import FloatArray, read_only
from curvegui.exercise.outcome import Answer, Ending, NoNumbers, Raised, Unfinished, Value

MOST_TEXT = 500  # characters
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
    rest = [_text(header.get(key)) for key in ("text", "missing_name")]
    return Raised(words[0] or "Exception", words[1], _whole(header.get("line")), _whole(header.get("cell")), *rest)


def _text(value: Any) -> str:
    return "".join(each if each.isprintable() else " " for each in value[:MOST_TEXT]) if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 10**7 else None
