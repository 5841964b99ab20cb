"""What NumPy and Python say about calls, indices and types that do not fit, in a learner's words."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from curvegui.core.language.text import listed, mark, tr, tr_n
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import JACOBIANS
from curvegui.exercise.runner.outcome import Raised
from curvegui.exercise.verdict.shape_words import NUMBER_ADVICE

OURS = re.compile(r"\w+\.<locals>\.")
SEVEN = mark("network_function(x) returns seven arrays: a0, z1, a1, z2, a2, z3, a3.")
BEGINS = mark("{first} gets two arguments, x and y: its first line has to be def {first}(x, y):")
FUNCTION = mark(
    "It calculates with a function instead of its result: brackets with the argument are missing after a name."
)
OWN_SUM = mark("Python's own sum has no {first}; np.sum has.")
NONE = mark("It calculates with None. Perhaps a function that it uses has no return.")
MEANT = {"dim": "axis", "dims": "axis", "length": "size"}
"""What other libraries call it."""
ARGUMENTS = ("axis", "keepdims", "dtype", "out", "where", "initial")
_FUNCTIONS = r"function|builtin_function_or_method|method|type|numpy\.ufunc|numpy\._ArrayFunctionDispatcher"


@dataclass(frozen=True)
class _Saying:
    """A message, and what is said in its place; in ``words``, ``{first}`` and ``{second}`` stand for the "
    "message's groups."""

    pattern: str
    kind: str
    words: str | Callable[[re.Match[str], Raised], str]


def said_otherwise(raised: Raised) -> Recognised | None:
    """A message in other words; None if there are none for it."""
    for each in SAYINGS:
        found = re.search(each.pattern, raised.message)
        if found:
            words = _filled(each.words, found) if isinstance(each.words, str) else each.words(found, raised)
            return Recognised(each.kind, words)
    return None


def _filled(words: str, found: re.Match[str]) -> str:
    return tr(words, **dict(zip(("first", "second"), found.groups(), strict=False)))


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was most likely meant, or nothing."""
    names = sorted(known)
    if MEANT.get(name) in names:
        return MEANT[name]
    same_letters = [each for each in names if each.lower() == name.lower()]
    found = same_letters or difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return found[0] if found else ""


def _entry(found: re.Match[str], raised: Raised) -> str:
    index, size = int(found[1]), int(found[2])
    if size == 0:
        return tr("It uses entry {index} of an empty array. {advice}", index=index, advice=tr(NUMBER_ADVICE))
    return tr(
        "It uses entry {index}, but there are only {size}, counted from 0 to {last}. {advice}",
        index=index,
        size=size,
        last=size - 1,
        advice=tr(NUMBER_ADVICE),
    )


def _axis(found: re.Match[str], raised: Raised) -> str:
    axis, count = found[1], int(found[2])
    if count == 2:
        return tr("There is no axis {axis} here. axis=0 adds up each column, axis=1 each row.", axis=axis)
    return tr("There is no axis {axis}: the array has {count}, counted from 0.", axis=axis, count=count)


def _too_few(found: re.Match[str], raised: Raised) -> str:
    names, values = found.groups()
    words = mark("There are {names} names to the left of = but only {values} values to the right.")
    return _with_seven(tr(words, names=names, values=values), raised)


def _too_many(found: re.Match[str], raised: Raised) -> str:
    words = mark("There are more values to the right of = than the {names} names to the left.")
    return _with_seven(tr(words, names=found[1]), raised)


def _with_seven(words: str, raised: Raised) -> str:
    return f"{words} {tr(SEVEN)}" if "network_function" in raised.text else words


def _meant(words: str, near: str) -> str:
    return f"{words} {tr('Did you mean {near}?', near=near)}" if near else words


def _unknown_argument(found: re.Match[str], raised: Raised) -> str:
    function, name = OURS.sub("", found[1]).lstrip("_"), found[2]
    near = nearest(name, ARGUMENTS)
    return _meant(tr("{function}() has no argument called {name}.", function=function, name=name), near)


def _of_tuple(found: re.Match[str], raised: Raised) -> str:
    return f"{tr('It calculates with a tuple of several arrays.')} {tr(SEVEN)}"


def _missing(found: re.Match[str], raised: Raised) -> str:
    if found[1] in JACOBIANS and raised.line is None:  # by the app's own call
        return tr(BEGINS, first=found[1])
    names = re.findall(r"'(\w+)'", found[2])
    return tr("{found}() is called without {names} in its brackets.", found=found[1], names=listed(names))


def _too_many_arguments(found: re.Match[str], raised: Raised) -> str:
    function, taken, given = found.groups()
    if function in JACOBIANS:
        return tr(BEGINS, first=function)
    return tr_n(
        "{function}() takes {n} argument but gets {given}.",
        "{function}() takes {n} arguments but gets {given}.",
        int(taken),
        function=function,
        given=given,
    )


def _not_in_numpy(found: re.Match[str], raised: Raised) -> str:
    near = nearest(found[1], (name for name in dir(np) if not name.startswith("_")))
    return _meant(tr("There is no np.{name}.", name=found[1]), near and f"np.{near}")


def _not_of_an_array(found: re.Match[str], raised: Raised) -> str:
    near = nearest(found[1], (name for name in dir(np.ndarray) if not name.startswith("_")))
    return _meant(tr("An array has no .{name}.", name=found[1]), near and f".{near}")


def _called(found: re.Match[str], raised: Raised) -> str:
    if re.search(r"\.T\s*\(", raised.text):
        return tr(".T is not a function: write it without brackets.")
    if number := re.search(r"\.(size|shape)\s*\(", raised.text):
        return tr(".{number} is not a function: write it without brackets.", number=number[1])
    return tr("Something is called that is not a function. Perhaps a * or @ is missing before a bracket.")


SAYINGS = (
    _Saying(r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", "index-error", _entry),
    _Saying(r"too many indices for array: array is (\d+)-dimensional, but (\d+)", "index-error",
            mark("It uses {second} indices, but the array has only {first} axes.")),
    _Saying(r"only integers, slices", "index-error", mark("An index has to be a whole number.")),
    _Saying(r"axis (-?\d+) is out of bounds for array of dimension (\d+)", "wrong-axis", _axis),
    _Saying(r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)", "value-error", _too_few),
    _Saying(r"too many values to unpack \(expected (\d+)", "value-error", _too_many),
    _Saying(r"truth value of an array", "value-error",
            mark("if, and, or need a single yes or no, but get a whole array.")),
    _Saying(r"inhomogeneous shape", "value-error",
            mark("Arrays of different shapes are used as one array. Unpack them first: "
            "a0, z1, a1, z2, a2, z3, a3 = network_function(x)")),
    _Saying(r"einstein sum|subscripts", "value-error", mark("The letters of einsum are wrong: each array needs one "
            "letter for each axis; J has two.")),
    _Saying(r"unsupported operand .*'ellipsis'|type ellipsis which", "calculates-with-dots",
            mark("It calculates with ... : this line is not written yet.")),
    _Saying(r"'(\w+)' is an invalid keyword argument for sum\(\)", "wrong-arguments", OWN_SUM),
    _Saying(r"^sum\(\) got an unexpected keyword argument '(axis|keepdims|dtype|out|initial|where)'", "wrong-arguments",
            OWN_SUM),  # the same, as Python 3.13 says it; np.sum has all of these
    _Saying(r"([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'", "wrong-arguments", _unknown_argument),
    _Saying(r"(?:[\w.<>]+\.)?(\w+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)",
            "wrong-arguments", _missing),
    _Saying(r"(?:[\w.<>]+\.)?(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given",
            "wrong-arguments", _too_many_arguments),
    _Saying(r"(\w+\(\) (?:takes|missing|got) .*)", "wrong-arguments",
            mark("A function is called with the wrong arguments: {first}.")),
    _Saying(r"not callable", "not-a-function", _called),
    _Saying(r"NoneType", "calculates-with-none", NONE),
    _Saying(rf"'({_FUNCTIONS})'|function object|argument \d+ of type (function|method)|^numpy\._Arr|^numpy\.ufunc",
            "function-without-brackets", FUNCTION),
    _Saying(r"only (?:0-dimensional|length-1|size-1) arrays can be converted", "math-for-np",
            mark("A function for single numbers, such as exp from math, gets a whole array. "
            "np.exp takes arrays.")),
    _Saying(r"bitwise_xor|for \^=?:", "caret-for-power", mark("^ does not mean power in Python: write **.")),
    _Saying(r"Cannot cast ufunc", "whole-numbers",
            mark("An array of whole numbers cannot hold fractions: make it without dtype=int.")),
    _Saying(r"not supported for the input types|contain a loop with signature|loop of ufunc", "type-error",
            mark("It calculates with something that is not an array of numbers.")),
    _Saying(r"only integer scalar arrays can be converted", "wrong-arguments",
            mark("An array is used where a single whole number is needed, as in axis=1.")),
    _Saying(r"Cannot interpret '(?:True|False)' as a data type", "wrong-arguments",
            mark("The argument after the axis is the type of number: write keepdims=True with its name.")),
    _Saying(r"Cannot interpret '.*' as a data type", "wrong-arguments",
            mark("A shape needs its own brackets: np.zeros((2, 3)).")),
    _Saying(r"'(?:float|numpy\.float64)' object cannot be interpreted as an integer", "type-error",
            mark("A whole number is needed here: // divides and rounds down.")),
    _Saying(r"'(tuple)' and|and '(tuple)'|'tuple' object has no attribute", "calculates-with-tuple",
            _of_tuple),
    _Saying(r"'list' and|and 'list'|concatenate list|multiply sequence|'list' object has no attribute",
            "calculates-with-list", mark("It calculates with a list. np.array(...) makes an array from a list.")),
    _Saying(r"module 'numpy' has no attribute '(\w+)'", "attribute-error", _not_in_numpy),
    _Saying(r"'numpy\.ndarray' object has no attribute '(\w+)'", "attribute-error", _not_of_an_array),
)  # fmt: skip
"""The first that is found counts."""
