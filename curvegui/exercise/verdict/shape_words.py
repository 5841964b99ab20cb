"""Shapes that do not fit, in words: which ones, and where, by the names of their sizes."""

import re
from collections.abc import Iterable

from curvegui.core.language.text import listed, lowered, mark, tr
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import Operands, Raised

NUMBER_ADVICE = mark("Take sizes from the arrays, such as x.size; do not write them as numbers.")
OTHER_SIZES = mark("The test networks have other sizes than yours: do not write {number}.")
ADVICE = mark("Look for a .T that is missing or one too many, and for a factor of another layer.")
SHAPE_WORDS = re.compile(
    r"broadcast|mismatch in its core dimension|not aligned|reshape array|shape.mismatch|operand|enough dimensions"
    r"|must match exactly"
)
_UNTURNED = re.compile(r"@\s*(a[0-2])\b(?!\s*[.\[])")
_SHAPES = re.compile(r"\([\d, ]+\)")
_CORE = re.compile(r"size (\d+) is different from (\d+)")
_RESHAPE = re.compile(r"cannot reshape array of size (\d+) into shape (\(.*?\))")
_ONE_SIDE = mark("One side of @ is a single number or a function. It has to be an array.")
_INTO = re.compile(r"input array from shape (\(.*?\)) into shape (\(.*?\))")
_IN_PLACE = re.compile(r"output operand with shape (\(.*?\)) doesn't match the broadcast shape (\(.*?\))")
_PRODUCT = re.compile(r"matmul|not aligned|core dimension")

Shape = tuple[int, ...]


def named(shape: Shape, problem: Problem | None) -> str:
    """A shape with the names of known sizes: ``"(n2 = 7, N = 100)"``."""
    if not shape:
        return tr("() (a single number)")
    return f"({', '.join(_size(each, problem) for each in shape)}{',' if len(shape) == 1 else ''})"


def shapes_in_words(raised: Raised, problem: Problem | None) -> Recognised:
    """Which shapes do not fit, with the sizes of ``problem`` named; the message matches ``SHAPE_WORDS``."""
    operands, message = raised.operands, raised.message
    turned = _UNTURNED.search(operands.text if operands and operands.text else raised.text)
    shapes = list(operands.shapes) if operands else []
    is_product = len(shapes) == 2 and all(len(each) == 2 for each in shapes)
    if turned and (not shapes or (is_product and shapes[0][1] == shapes[1][1])):
        words = tr("The sizes on both sides of @ do not match: a .T is missing.")
        return Recognised("missing-transpose", words, hints=(tr("Write @ {turned}.T", turned=turned[1]),))
    if "enough dimensions" in message:
        return Recognised("shape-mismatch", tr(_ONE_SIDE))
    if found := _RESHAPE.search(message):
        shape = found[2].replace("newaxis", "-1").replace(",", ", ").replace(", )", ",)")
        words = tr("{found} numbers do not fit into the shape {shape}.", found=found[1], shape=shape)
        words, _ = _with_written(words, [_shape(shape)], problem, raised.text)
        return Recognised("shape-mismatch", words, hints=(tr(NUMBER_ADVICE),))
    if operands and operands.text.startswith("network_function(") and len(shapes) == 1:
        words = mark("{text}: network_function takes an array with one row, like x. This one has the shape {shape}.")
        return Recognised("shape-mismatch", tr(words, text=operands.text, shape=named(shapes[0], problem)))
    if found := _INTO.search(message):
        shapes = [*map(_shape, found.groups())]
        words = mark("An array of the shape {source} does not fit into a place of the shape {target}.")
        words = tr(words, source=named(shapes[0], problem), target=named(shapes[1], problem))
    elif found := _IN_PLACE.search(message):
        shapes = [*map(_shape, found.groups())]
        words = mark("An array changed in place keeps its shape {kept}, but the result has {wanted}.")
        words = tr(words, kept=named(shapes[0], problem), wanted=named(shapes[1], problem))
    elif operands:
        words = _misfit(operands, message, problem)
        words = tr("{text}: {sentence}", text=operands.text, sentence=lowered(words)) if operands.text else words
    else:
        words, shapes = _of_message(message, problem)
    words, is_strange = _with_written(words, shapes, problem, raised.text)
    return Recognised("shape-mismatch", words, hints=(tr(NUMBER_ADVICE) if is_strange else tr(ADVICE),))


def _with_written(words: str, shapes: Iterable[Shape], problem: Problem | None, line: str) -> tuple[str, bool]:
    """The words, and whether a size is none of the test network's; a number for such a size in the learner's line is
    named."""
    sizes = [each for shape in shapes for each in shape]
    strange = []
    if problem is not None:
        own = {1, 2, problem.x.size, problem.parameters["b1"].size, problem.parameters["b2"].size}
        strange = [each for each in sizes if each not in own]
    number = next((each for each in strange if re.search(rf"(?<![\w.]){each}(?![\w.])", line)), None)
    return words if number is None else f"{words} {tr(OTHER_SIZES, number=number)}", bool(strange)


def _misfit(operands: Operands, message: str, problem: Problem | None) -> str:
    if len(operands.shapes) == 1:
        return tr("The shape {shape} does not fit here.", shape=named(operands.shapes[0], problem))
    shapes = listed([named(each, problem) for each in operands.shapes])
    left, right = operands.shapes[0], operands.shapes[1]
    if len(operands.shapes) != 2 or len(left) != 2 or len(right) != 2 or not _PRODUCT.search(message):
        return tr("The shapes {shapes} do not fit.", shapes=shapes)
    words = mark("The shapes {shapes} do not fit: {columns} columns on the left, {rows} rows on the right.")
    return tr(words, shapes=shapes, columns=_size(left[1], problem), rows=_size(right[0], problem))


def _of_message(message: str, problem: Problem | None) -> tuple[str, list[Shape]]:
    if core := _CORE.search(message):
        rows, columns = map(int, core.groups())
        words = mark(
            "The arrays on both sides of @ do not fit: the left one has {columns} columns, the right one {rows} rows."
        )
        return tr(words, columns=_size(columns, problem), rows=_size(rows, problem)), [(rows, columns)]
    shapes = [_shape(text) for text in _SHAPES.findall(message)][:2]
    if not shapes:
        return tr("Arrays of different shapes do not fit together."), []
    said = listed([named(each, problem) for each in shapes])
    return tr("Arrays of the shapes {shapes} do not fit together.", shapes=said), shapes


def _shape(text: str) -> Shape:
    return tuple(int(number) for number in re.findall(r"\d+", text))


def _size(number: int, problem: Problem | None) -> str:
    if problem is None:
        return str(number)
    parameters = problem.parameters
    names = {problem.x.size: "N", parameters["b2"].size: "n2", parameters["b1"].size: "n1"}
    return f"{names[number]} = {number}" if number in names and number > 2 else str(number)
