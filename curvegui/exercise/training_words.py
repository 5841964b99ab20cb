"""Why a training with a learner's functions could not go on, in sentences."""

from typing import Any

from curvegui.core.arrays import FloatArray
from curvegui.exercise.news import answer_of
from curvegui.exercise.outcome import NoNumbers, Raised, Unfinished
from curvegui.exercise.problem import JACOBIANS
from curvegui.exercise.words import dimensions


def stop_words(header: dict[str, Any], arrays: list[FloatArray]) -> str:
    """Why a child could not go on, in a sentence."""
    name = header.get("name") if header.get("name") in JACOBIANS else "A function"
    match header.get("is"):
        case "shape":
            found, wanted = (_shape_words(header.get(key)) for key in ("found", "expected"))
            return f"{name} returns an array of the shape {found}, and its parameter has the shape {wanted}."
        case "not finite":
            return f"With {name}, the numbers grow beyond all bounds. A smaller aggression may help."
    answer = answer_of(header, arrays)
    match answer:
        case Raised():
            place = f" in line {answer.line}" if answer.line else ""
            place += f" of cell {answer.cell}" if place and answer.cell else ""
            return f"{name} stops with {answer.kind}{place}{': ' + answer.message if answer.message else ''}."
        case Unfinished():
            return f"{name}: {answer.ending.value}."
        case NoNumbers():
            return f"{name} returns no array of numbers but something of the type {answer.kind}."
    return f"{name} returns nothing that can be used."


def _shape_words(shape: Any) -> str:
    is_shape = isinstance(shape, list) and len(shape) <= 8 and all(type(each) is int for each in shape)
    return dimensions(tuple(shape)) if is_shape else "that it should not have"
