"""An exception in a learner's function in plain words: what it means here, and what to look for."""

import ast
import difflib
import re
import textwrap
from collections.abc import Iterable

from curvegui.exercise.learner_file import Definition
from curvegui.exercise.outcome import Raised
from curvegui.exercise.problem import GIVEN, JACOBIANS, PARAMETERS, Problem
from curvegui.exercise.recognition import Recognised

PASSED = ("a0", "z1", "a1", "z2", "a2", "z3", "a3", "x", "y", "np")
KNOWN_NAMES = (*PASSED, *PARAMETERS, *GIVEN, *JACOBIANS, "len", "sum", "print", "range", "J")
NUMBER_ADVICE = "Sizes should come from the arrays, not be written down as numbers."
ADVICE = " Most likely a .T is missing or one too many, or a factor is from another layer."
OURS = re.compile(r"\w+\.<locals>\.")
UNTURNED = re.compile(r"@\s*(a[0-2])\b(?!\s*\.)")
SHAPES = re.compile(r"\([\d, ]+\)")
CORE = re.compile(r"size (\d+) is different from (\d+)")
FUNCTION_WORDS = re.compile(
    r"'(function|builtin_function_or_method|method|type)'|function object|numpy\._ArrayFunctionDispatcher|ufunc"
)
SHAPE_WORDS = re.compile(r"broadcast|mismatch in its core dimension|not aligned|reshape array|shape mismatch|operand")


def in_words(raised: Raised, problem: Problem, definition: Definition | None) -> Recognised:
    """What an exception means.

    Parameters
    ----------
    raised : Raised
    problem : Problem
        The one during which it came: its sizes are named in the words.
    definition : Definition or None
        The function's: names in it are suggested for one that was misspelt.

    Returns
    -------
    Recognised
        Its kind is ``"shape-mismatch"``, ``"name-error"``, ``"function-without-brackets"``, or the exception's name
        in small letters.
    """
    if raised.kind in ("NameError", "UnboundLocalError"):
        return _name(raised, definition)
    if raised.kind == "ValueError" and SHAPE_WORDS.search(raised.message):
        return _shapes(raised, problem)
    if raised.kind == "TypeError":
        return _type(raised)
    return _others(raised)


def _name(raised: Raised, definition: Definition | None) -> Recognised:
    name = raised.missing_name or _quoted(raised.message)
    if raised.kind == "UnboundLocalError":
        words = f"{name} is used before anything has been assigned to it in this function."
        return Recognised("used-before-assigned", words)
    if name in PASSED[:7]:
        words = f"The name {name} is not known here: the line that asks network_function(x) for it is missing."
        return Recognised("name-error", words)
    near = _nearest(name, {*KNOWN_NAMES, *_local_names(definition)} - {name})
    return Recognised("name-error", f"The name {name} is not known here." + (f" Is {near} meant?" if near else ""))


def _nearest(name: str, known: set[str]) -> str:
    """The known name that was most likely meant; empty where there is none."""
    same_letters = sorted(each for each in known if each.lower() == name.lower())
    found = same_letters or difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return found[0] if found else ""


def _local_names(definition: Definition | None) -> Iterable[str]:
    try:
        tree = ast.parse(textwrap.dedent(definition.source)) if definition else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _shapes(raised: Raised, problem: Problem) -> Recognised:
    """Which shapes do not fit, with the sizes' names."""
    turned = UNTURNED.search(raised.text)
    if turned:
        words = f"{turned[1]} should be transposed here: @ {turned[1]}.T."
        return Recognised("missing-transpose", words)
    core = CORE.search(raised.message)
    if core:
        rows, columns = (_size(int(number), problem) for number in core.groups())
        words = (
            f"The arrays on both sides of @ do not fit: the left one has {columns} columns, the right one {rows} rows."
        )
        is_strange = any(int(number) not in _sizes(problem) for number in core.groups())
        return Recognised("shape-mismatch", f"{words} {NUMBER_ADVICE}" if is_strange else f"{words}{ADVICE}")
    if "reshape" in raised.message:
        words = f"An array cannot be brought into this shape: {raised.message}. {NUMBER_ADVICE}"
        return Recognised("shape-mismatch", words)
    if "dimensions" in raised.message:
        words = "One side of @ is a single number or a function, where an array belongs."
        return Recognised("shape-mismatch", words)
    shapes = [_shape(text, problem) for text in SHAPES.findall(raised.message)]
    words = f"Arrays of the shapes {' and '.join(shapes[:2])} do not fit together." if shapes else raised.message
    return Recognised("shape-mismatch", f"{words}{ADVICE}")


def _sizes(problem: Problem) -> set[int]:
    return {1, 2, problem.x.size, problem.parameters["b1"].size, problem.parameters["b2"].size}


def _shape(text: str, problem: Problem) -> str:
    """``"(7, N)"`` with the names of its sizes where they have one."""
    sizes = [_size(int(number), problem) for number in re.findall(r"\d+", text)]
    return f"({', '.join(sizes)})"


def _size(number: int, problem: Problem) -> str:
    parameters = problem.parameters
    names = {problem.x.size: "N", parameters["b2"].size: "n2", parameters["b1"].size: "n1"}
    return f"{names[number]} = {number}" if number in names and number > 2 else str(number)


def _type(raised: Raised) -> Recognised:
    message = raised.message
    if "argument" in message and re.search(r"\w+\(\) (takes|missing|got)", message):
        return Recognised("wrong-arguments", f"A function is called with the wrong arguments: {OURS.sub('', message)}.")
    if "not callable" in message:
        words = "Something that is no function is called like one: perhaps a * or @ is missing before a bracket."
        return Recognised("not-a-function", words)
    if "NoneType" in message:
        words = "It calculates with None: perhaps a function that it uses has no return."
        return Recognised("calculates-with-none", words)
    if FUNCTION_WORDS.search(message):
        words = "It calculates with a function itself: the brackets with its argument are missing after the name."
        return Recognised("function-without-brackets", words)
    return Recognised("type-error", f"These things cannot be put together: {message}.")


def _others(raised: Raised) -> Recognised:
    message = raised.message.rstrip(".")
    words = {
        "NotImplementedError": "It raises NotImplementedError: that line stands for what is still to be written.",
        "IndexError": f"It asks for an entry that is not there: {message}. "
        "Sizes should come from the arrays, not be written down as numbers.",
        "ZeroDivisionError": "It divides by zero.",
        "RecursionError": "It calls itself without end.",
        "MemoryError": "It asks for more memory than there is for it.",
        "AssertionError": f"An assert of yours does not hold{': ' + message if message else ''}.",
        "AttributeError": f"Something is asked for that is not there: {message}.",
        "KeyError": f"There is no such key: {message}.",
        "ModuleNotFoundError": f"A module is not there: {message}.",
        "ValueError": f"A value does not fit: {message}.",
        "SystemExit": "It ends the program (sys.exit).",
    }.get(raised.kind, f"It stops with {raised.kind}{': ' + message if message else ''}.")
    return Recognised(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", raised.kind).lower(), words)


def _quoted(message: str) -> str:
    found = re.search(r"'([^']*)'", message)
    return found.group(1) if found else "?"
