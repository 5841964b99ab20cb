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
    """``"(n2 = 7, N = 100)"``: a shape with the names of its sizes, where they have one."""
    if not shape:
        return tr("() (a single number)")
    return f"({', '.join(_size(each, problem) for each in shape)}{',' if len(shape) == 1 else ''})"


def shapes_in_words(raised: Raised, problem: Problem | None) -> Recognised:
    """Which shapes do not fit, with the sizes of ``problem`` named; the message matches ``SHAPE_WORDS``."""
    turned = _unturned(raised)
    if turned:
        words = tr("The sizes on both sides of @ do not match: a .T is missing.")
        return Recognised("missing-transpose", words, hints=(tr("Write @ {turned}.T", turned=turned),))
    if "enough dimensions" in raised.message:
        return Recognised("shape-mismatch", tr(_ONE_SIDE))
    if found := _RESHAPE.search(raised.message):
        shape = found[2].replace("newaxis", "-1").replace(",", ", ").replace(", )", ",)")
        words = tr("{found} numbers do not fit into the shape {shape}.", found=found[1], shape=shape)
        words = _with_written(words, _strange([_shape(shape)], problem), raised.text)
        return Recognised("shape-mismatch", words, hints=(tr(NUMBER_ADVICE),))
    if raised.operands and raised.operands.text.startswith("network_function(") and len(raised.operands.shapes) == 1:
        words = tr(
            "{text}: network_function takes an array with one row, like x. This one has the shape {shape}.",
            text=raised.operands.text,
            shape=named(raised.operands.shapes[0], problem),
        )
        return Recognised("shape-mismatch", words)
    words, shapes = _of_places(raised, problem)
    if not words:
        words, shapes = (
            _of_operands(raised.operands, raised.message, problem)
            if raised.operands
            else _of_message(raised.message, problem)
        )
    strange = _strange(shapes, problem)
    words = _with_written(words, strange, raised.text)
    return Recognised("shape-mismatch", words, hints=(tr(NUMBER_ADVICE) if strange else tr(ADVICE),))


def _strange(shapes: Iterable[Shape], problem: Problem | None) -> list[int]:
    """The sizes that the network of a problem does not have."""
    known = _sizes(problem) if problem is not None else set()
    return [each for shape in shapes for each in shape if problem is not None and each not in known]


def _with_written(words: str, strange: Iterable[int], line: str) -> str:
    """The words, and that a size which stands as a number in the learner's line is not that of the test network."""
    number = next((each for each in strange if re.search(rf"(?<![\w.]){each}(?![\w.])", line)), None)
    return words if number is None else f"{words} {tr(OTHER_SIZES, number=number)}"


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
        words = tr(
            "An array of the shape {source} does not fit into a place of the shape {target}.",
            source=named(source, problem),
            target=named(target, problem),
        )
        return words, [source, target]
    if found := _IN_PLACE.search(message):
        kept, wanted = map(_shape, found.groups())
        words = tr(
            "An array changed in place keeps its shape {kept}, but the result has {wanted}.",
            kept=named(kept, problem),
            wanted=named(wanted, problem),
        )
        return words, [kept, wanted]
    return "", []


def _of_operands(operands: Operands, message: str, problem: Problem | None) -> tuple[str, list[Shape]]:
    """By the operands in the learner's line."""
    words = _misfit(operands, message, problem)
    if operands.text:
        words = tr("{text}: {sentence}", text=operands.text, sentence=lowered(words))
    return words, list(operands.shapes)


def _misfit(operands: Operands, message: str, problem: Problem | None) -> str:
    """Their shapes, and for a product of two matrices, what has to be equal."""
    if len(operands.shapes) == 1:
        return tr("The shape {shape} does not fit here.", shape=named(operands.shapes[0], problem))
    shapes = listed([named(each, problem) for each in operands.shapes])
    left, right = operands.shapes[0], operands.shapes[1]
    if len(operands.shapes) != 2 or len(left) != 2 or len(right) != 2 or not _PRODUCT.search(message):
        return tr("The shapes {shapes} do not fit.", shapes=shapes)
    return tr(
        "The shapes {shapes} do not fit: {columns} columns on the left, {rows} rows on the right.",
        shapes=shapes,
        columns=_size(left[1], problem),
        rows=_size(right[0], problem),
    )


def _of_message(message: str, problem: Problem | None) -> tuple[str, list[Shape]]:
    """By NumPy's own message, which names less."""
    core = _CORE.search(message)
    if core:
        rows, columns = map(int, core.groups())
        words = tr(
            "The arrays on both sides of @ do not fit: the left one has {columns} columns, the right one {rows} rows.",
            columns=_size(columns, problem),
            rows=_size(rows, problem),
        )
        return words, [(rows, columns)]
    shapes = [_shape(text) for text in _SHAPES.findall(message)][:2]
    if not shapes:
        return tr("Arrays of different shapes do not fit together."), []
    return tr(
        "Arrays of the shapes {shapes} do not fit together.", shapes=listed([named(each, problem) for each in shapes])
    ), shapes


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
