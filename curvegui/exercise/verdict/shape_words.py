"""Shapes that do not fit, in words: which ones, and where, by the names of their sizes."""

import re

from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import Operands, Raised

NUMBER_ADVICE = "Take sizes from the arrays, such as x.size; do not write them as numbers."
ADVICE = "Look for a .T that is missing or one too many, and for a factor of another layer."
SHAPE_WORDS = re.compile(
    r"broadcast|mismatch in its core dimension|not aligned|reshape array|shape.mismatch|operand|enough dimensions"
    r"|must match exactly"
)
_UNTURNED = re.compile(r"@\s*(a[0-2])\b(?!\s*[.\[])")
_SHAPES = re.compile(r"\([\d, ]+\)")
_CORE = re.compile(r"size (\d+) is different from (\d+)")
_RESHAPE = re.compile(r"cannot reshape array of size (\d+) into shape (\(.*?\))")
_ONE_SIDE = "One side of @ is a single number or a function. It has to be an array."
_INTO = re.compile(r"input array from shape (\(.*?\)) into shape (\(.*?\))")
_IN_PLACE = re.compile(r"output operand with shape (\(.*?\)) doesn't match the broadcast shape (\(.*?\))")
_PRODUCT = re.compile(r"matmul|not aligned|core dimension")

Shape = tuple[int, ...]


def named(shape: Shape, problem: Problem | None) -> str:
    """``"(n2 = 7, N = 100)"``: a shape with the names of its sizes, where they have one."""
    if not shape:
        return "() (a single number)"
    return f"({', '.join(_size(each, problem) for each in shape)}{',' if len(shape) == 1 else ''})"


def shapes_in_words(raised: Raised, problem: Problem | None) -> Recognised:
    """Which shapes do not fit, with the sizes of ``problem`` named; the message matches ``SHAPE_WORDS``."""
    turned = _unturned(raised)
    if turned:
        words = "The sizes on both sides of @ do not match: a .T is missing."
        return Recognised("missing-transpose", words, hints=(f"Write @ {turned}.T",))
    if "enough dimensions" in raised.message:
        return Recognised("shape-mismatch", _ONE_SIDE)
    if found := _RESHAPE.search(raised.message):
        shape = found[2].replace("newaxis", "-1").replace(",", ", ").replace(", )", ",)")
        words = f"{found[1]} numbers do not fit into the shape {shape}."
        return Recognised("shape-mismatch", words, hints=(NUMBER_ADVICE,))
    if raised.operands and raised.operands.text.startswith("network_function(") and len(raised.operands.shapes) == 1:
        words = f"{raised.operands.text}: network_function takes an array with one row, like x. This one has the shape"
        return Recognised("shape-mismatch", f"{words} {named(raised.operands.shapes[0], problem)}.")
    words, shapes = _of_places(raised, problem)
    if not words:
        words, shapes = (
            _of_operands(raised.operands, raised.message, problem)
            if raised.operands
            else _of_message(raised.message, problem)
        )
    is_strange = problem is not None and any(each not in _sizes(problem) for shape in shapes for each in shape)
    return Recognised("shape-mismatch", words, hints=(NUMBER_ADVICE if is_strange else ADVICE,))


def _unturned(raised: Raised) -> str:
    """The activations that would fit if they were transposed, or nothing."""
    found = _UNTURNED.search(raised.operands.text if raised.operands and raised.operands.text else raised.text)
    if found is None:
        return ""
    shapes = raised.operands.shapes if raised.operands else ()
    fits = not shapes or (len(shapes) == 2 and all(len(each) == 2 for each in shapes) and shapes[0][1] == shapes[1][1])
    return found[1] if fits else ""


def _of_places(raised: Raised, problem: Problem | None) -> tuple[str, list[Shape]]:
    """Numbers that were to go into a place of another shape."""
    message = raised.message
    if found := _INTO.search(message):
        source, target = map(_shape, found.groups())
        words = f"An array of the shape {named(source, problem)} does not fit into a place of the shape"
        return f"{words} {named(target, problem)}.", [source, target]
    if found := _IN_PLACE.search(message):
        kept, wanted = map(_shape, found.groups())
        words = f"An array changed in place keeps its shape {named(kept, problem)}, but the result has"
        return f"{words} {named(wanted, problem)}.", [kept, wanted]
    return "", []


def _of_operands(operands: Operands, message: str, problem: Problem | None) -> tuple[str, list[Shape]]:
    """By the operands in the learner's line."""
    start = f"{operands.text}: the" if operands.text else "The"
    if len(operands.shapes) == 1:
        return f"{start} shape {named(operands.shapes[0], problem)} does not fit here.", list(operands.shapes)
    shapes = [named(each, problem) for each in operands.shapes]
    listed = f"{', '.join(shapes[:-1])} and {shapes[-1]}"
    return f"{start} shapes {listed} do not fit{_why(operands, message, problem)}.", list(operands.shapes)


def _why(operands: Operands, message: str, problem: Problem | None) -> str:
    """For a product of two matrices, what has to be equal."""
    left, right = operands.shapes[0], operands.shapes[1]
    if len(operands.shapes) != 2 or len(left) != 2 or len(right) != 2 or not _PRODUCT.search(message):
        return ""
    return f": {_size(left[1], problem)} columns on the left, {_size(right[0], problem)} rows on the right"


def _of_message(message: str, problem: Problem | None) -> tuple[str, list[Shape]]:
    """By NumPy's own message, which names less."""
    core = _CORE.search(message)
    if core:
        rows, columns = map(int, core.groups())
        words = (
            "The arrays on both sides of @ do not fit: "
            f"the left one has {_size(columns, problem)} columns, the right one {_size(rows, problem)} rows."
        )
        return words, [(rows, columns)]
    shapes = [_shape(text) for text in _SHAPES.findall(message)][:2]
    if not shapes:
        return "Arrays of different shapes do not fit together.", []
    return f"Arrays of the shapes {' and '.join(named(each, problem) for each in shapes)} do not fit together.", shapes


def _sizes(problem: Problem) -> set[int]:
    return {1, 2, problem.x.size, problem.parameters["b1"].size, problem.parameters["b2"].size}


def _shape(text: str) -> Shape:
    return tuple(int(number) for number in re.findall(r"\d+", text))


def _size(number: int, problem: Problem | None) -> str:
    if problem is None:
        return str(number)
    parameters = problem.parameters
    names = {problem.x.size: "N", parameters["b2"].size: "n2", parameters["b1"].size: "n1"}
    return f"{names[number]} = {number}" if number in names and number > 2 else str(number)
