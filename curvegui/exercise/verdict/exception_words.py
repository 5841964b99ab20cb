"""An exception in a learner's function in plain words: what it means here, and what to look for."""

import ast
import difflib
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from curvegui.core.language.text import listed, mark, tr, tr_n
from curvegui.exercise.file.learner_file import Definition, LearnerFile, Unread
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import ARRAYS, GIVEN, JACOBIANS, PARAMETERS, Problem
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Outcome, Raised, Unfinished
from curvegui.exercise.verdict.shape_words import NUMBER_ADVICE, SHAPE_WORDS, shapes_in_words

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


def said_otherwise(raised: Raised) -> Recognised | None:
    """Python's message in simpler words; None for a message that is in no row of ``SAYINGS``."""
    for pattern, kind, words in SAYINGS:
        if found := re.search(pattern, raised.message):
            groups = dict(zip(("first", "second"), found.groups(), strict=False))
            return Recognised(kind, tr(words, **groups) if isinstance(words, str) else words(found, raised))
    return None


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was most likely meant, or an empty text."""
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
    words = mark("It uses entry {index}, but there are only {size}, counted from 0 to {last}. {advice}")
    return tr(words, index=index, size=size, last=size - 1, advice=tr(NUMBER_ADVICE))


def _axis(found: re.Match[str], raised: Raised) -> str:
    axis, count = found[1], int(found[2])
    if count == 2:
        return tr("There is no axis {axis} here. axis=0 adds up each column, axis=1 each row.", axis=axis)
    return tr("There is no axis {axis}: the array has {count}, counted from 0.", axis=axis, count=count)


def _meant(words: str, near: str) -> str:
    return f"{words} {tr('Did you mean {near}?', near=near)}" if near else words


def _unpacked(found: re.Match[str], raised: Raised) -> str:
    few = mark("There are {names} names to the left of = but only {values} values to the right.")
    many = mark("There are more values to the right of = than the {names} names to the left.")
    names, values = (*found.groups(), "")[:2]
    words = tr(few, names=names, values=values) if values else tr(many, names=names)
    return f"{words} {tr(SEVEN)}" if "network_function" in raised.text else words


def _unknown_attribute(found: re.Match[str], raised: Raised) -> str:
    is_module, name = found[1] == "module 'numpy'", found[2]
    near = nearest(name, (each for each in dir(np if is_module else np.ndarray) if not each.startswith("_")))
    if is_module:
        return _meant(tr("There is no np.{name}.", name=name), near and f"np.{near}")
    return _meant(tr("An array has no .{name}.", name=name), near and f".{near}")


def _unknown_argument(found: re.Match[str], raised: Raised) -> str:
    function, name = OURS.sub("", found[1]).lstrip("_"), found[2]
    near = nearest(name, ARGUMENTS)
    return _meant(tr("{function}() has no argument called {name}.", function=function, name=name), near)


def _missing(found: re.Match[str], raised: Raised) -> str:
    if found[1] in JACOBIANS and raised.line is None:  # by the app's own call
        return tr(BEGINS, first=found[1])
    names = re.findall(r"'(\w+)'", found[2])
    return tr("{found}() is called without {names} in its brackets.", found=found[1], names=listed(names))


def _too_many_arguments(found: re.Match[str], raised: Raised) -> str:
    function, taken, given = found.groups()
    if function in JACOBIANS:
        return tr(BEGINS, first=function)
    return tr_n("{function}() takes {n} argument but gets {given}.",
                "{function}() takes {n} arguments but gets {given}.",
                int(taken), function=function, given=given)  # fmt: skip


def _called(found: re.Match[str], raised: Raised) -> str:
    if re.search(r"\.T\s*\(", raised.text):
        return tr(".T is not a function: write it without brackets.")
    if number := re.search(r"\.(size|shape)\s*\(", raised.text):
        return tr(".{number} is not a function: write it without brackets.", number=number[1])
    return tr("Something is called that is not a function. Perhaps a * or @ is missing before a bracket.")


SAYINGS: tuple[tuple[str, str, str | Callable[[re.Match[str], Raised], str]], ...] = (
    (r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", "index-error", _entry),
    (r"too many indices for array: array is (\d+)-dimensional, but (\d+)", "index-error",
     mark("It uses {second} indices, but the array has only {first} axes.")),
    (r"only integers, slices", "index-error", mark("An index has to be a whole number.")),
    (r"axis (-?\d+) is out of bounds for array of dimension (\d+)", "wrong-axis", _axis),
    (r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)", "value-error", _unpacked),
    (r"too many values to unpack \(expected (\d+)", "value-error", _unpacked),
    (r"truth value of an array", "value-error", mark("if, and, or need a single yes or no, but get a whole array.")),
    (r"inhomogeneous shape", "value-error",
     mark("Arrays of different shapes are used as one array. Unpack them first: "
     "a0, z1, a1, z2, a2, z3, a3 = network_function(x)")),
    (r"einstein sum|subscripts", "value-error", mark("The letters of einsum are wrong: each array needs one "
     "letter for each axis; J has two.")),
    (r"unsupported operand .*'ellipsis'|type ellipsis which", "calculates-with-dots",
     mark("It calculates with ... : this line is not written yet.")),
    (r"'(\w+)' is an invalid keyword argument for sum\(\)", "wrong-arguments", OWN_SUM),
    (r"^sum\(\) got an unexpected keyword argument '(axis|keepdims|dtype|out|initial|where)'", "wrong-arguments",
     OWN_SUM),  # the same, as Python 3.13 says it; np.sum has all of these
    (r"([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'", "wrong-arguments", _unknown_argument),
    (r"(?:[\w.<>]+\.)?(\w+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)",
     "wrong-arguments", _missing),
    (r"(?:[\w.<>]+\.)?(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given",
     "wrong-arguments", _too_many_arguments),
    (r"(\w+\(\) (?:takes|missing|got) .*)", "wrong-arguments",
     mark("A function is called with the wrong arguments: {first}.")),
    (r"not callable", "not-a-function", _called),
    (r"NoneType", "calculates-with-none", NONE),
    (rf"'({_FUNCTIONS})'|function object|argument \d+ of type (function|method)|^numpy\._Arr|^numpy\.ufunc",
     "function-without-brackets", FUNCTION),
    (r"only (?:0-dimensional|length-1|size-1) arrays can be converted", "math-for-np",
     mark("A function for single numbers, such as exp from math, gets a whole array. "
     "np.exp takes arrays.")),
    (r"bitwise_xor|for \^=?:", "caret-for-power", mark("^ does not mean power in Python: write **.")),
    (r"Cannot cast ufunc", "whole-numbers",
     mark("An array of whole numbers cannot hold fractions: make it without dtype=int.")),
    (r"not supported for the input types|contain a loop with signature|loop of ufunc", "type-error",
     mark("It calculates with something that is not an array of numbers.")),
    (r"only integer scalar arrays can be converted", "wrong-arguments",
     mark("An array is used where a single whole number is needed, as in axis=1.")),
    (r"Cannot interpret '(?:True|False)' as a data type", "wrong-arguments",
     mark("The argument after the axis is the type of number: write keepdims=True with its name.")),
    (r"Cannot interpret '.*' as a data type", "wrong-arguments",
     mark("A shape needs its own brackets: np.zeros((2, 3)).")),
    (r"'(?:float|numpy\.float64)' object cannot be interpreted as an integer", "type-error",
     mark("A whole number is needed here: // divides and rounds down.")),
    (r"'(tuple)' and|and '(tuple)'|'tuple' object has no attribute", "calculates-with-tuple",
     lambda _, __: f"{tr('It calculates with a tuple of several arrays.')} {tr(SEVEN)}"),
    (r"'list' and|and 'list'|concatenate list|multiply sequence|'list' object has no attribute",
     "calculates-with-list", mark("It calculates with a list. np.array(...) makes an array from a list.")),
    (r"(module 'numpy'|'numpy\.ndarray' object) has no attribute '(\w+)'", "attribute-error", _unknown_attribute),
)  # fmt: skip
"""A pattern of a message, the mistake's kind, and what is said instead: in words, ``{first}`` and ``{second}`` stand
for the groups of the pattern. The first that is found counts."""


BUILT_IN = "len", "sum", "print", "range", "True", "False", "None"
KNOWN_NAMES = (*ARRAYS, *PARAMETERS, *GIVEN, *JACOBIANS, *BUILT_IN, "x", "y", "np", "J")
SLOPE_NAMES = re.compile(r"d_?sig|sig\w*(prime|der|slope|grad)", re.IGNORECASE)
INNER_WORDS = re.compile(r"ufunc|core dimension|dtype\(")  # NumPy's, for those who write it
IT_STOPS = mark("It stops with {what}")
OWN_WORDS = ("NotImplementedError", "AssertionError", "ModuleNotFoundError", "KeyError", "SystemExit")
"""Whose message is the learner's own, or about nothing else."""


def in_words(raised: Raised, problem: Problem | None, definition: Definition | None) -> Recognised:
    """What an exception means; the words name the sizes of ``problem``, and suggest names from ``definition``. The kind
    is ``"shape-mismatch"``, ``"name-error"``, ``"function-without-brackets"``, or the exception's name."""
    if raised.kind in ("NameError", "UnboundLocalError"):
        return _name(raised, definition)
    found = said_otherwise(raised) if raised.kind not in OWN_WORDS else None
    if found is not None:
        return found
    if raised.kind == "ValueError" and SHAPE_WORDS.search(raised.message):
        return shapes_in_words(raised, problem)
    message = _message(raised)
    if raised.kind == "AssertionError" and not message:
        words = tr("One of your assert lines is not true.")
    elif raised.kind in OTHERS:
        words = tr(OTHERS[raised.kind], message=message, advice=tr(NUMBER_ADVICE))
    else:
        words = tr(IT_STOPS, what=_unexplained(raised))
    return Recognised(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", raised.kind.lstrip("_")).lower(), words)


OTHERS = {
    "NotImplementedError": mark("It raises NotImplementedError: this part is not written yet."),
    "IndexError": mark("It uses an entry that does not exist: {message}. {advice}"),
    "ZeroDivisionError": mark("It divides by zero."),
    "RecursionError": mark("It calls itself again and again, without end."),
    "MemoryError": mark("It needs too much memory."),
    "AssertionError": mark("One of your assert lines is not true: {message}."),
    "AttributeError": mark("There is no such attribute: {message}."),
    "KeyError": mark("There is no such key: {message}."),
    "ModuleNotFoundError": mark("This module is not available: {message}."),
    "ValueError": mark("A value does not fit: {message}."),
    "TypeError": mark("These types do not go together: {message}."),
    "EOFError": mark("It waits for input(), but nobody can answer here."),
    "BdbQuit": mark("It stops at a breakpoint: remove breakpoint()."),
    "SystemExit": mark("It ends the program (sys.exit)."),
}


def told_of(who: str, raised: Raised, problem: Problem | None, definition: Definition | None = None) -> str:
    """A sentence about the function ``who``: where it stops, with which exception, and what that means."""
    inside = raised.function if raised.function not in ("", "<module>", "<lambda>") else who
    sentence = in_words(raised, problem, definition).sentence
    what, kind = _unexplained(raised), raised.kind.lstrip("_")
    is_alone, values = sentence == tr(IT_STOPS, what=what), {"who": who, "line": raised.line, "inside": inside}
    case = 0 if not raised.line else 1 if raised.cell else 2 if inside != who else 3
    if is_alone:
        return tr(STOPS_ALONE[case], what=what, **values)
    return tr(STOPS[case], kind=kind, sentence=sentence, **values)


STOPS = (  # nowhere, in a cell, in another function, in itself
    mark("{who} stops with {kind}: {sentence}"),
    mark("{who} stops with {kind} in line {line} of the cell of {inside}: {sentence}"),
    mark("{who} stops with {kind} in line {line}, in {inside}: {sentence}"),
    mark("{who} stops with {kind} in line {line}: {sentence}"),
)
STOPS_ALONE = (
    mark("{who} stops with {what}"),
    mark("{who} stops in line {line} of the cell of {inside} with {what}"),
    mark("{who} stops in line {line}, in {inside}, with {what}"),
    mark("{who} stops in line {line} with {what}"),
)


def _unexplained(raised: Raised) -> str:
    message = _message(raised)
    return f"{raised.kind.lstrip('_')}{': ' + message if message else ''}."


def _name(raised: Raised, definition: Definition | None) -> Recognised:
    name = raised.missing_name or next(iter(re.findall(r"'([^']*)'", raised.message)), "?")
    if raised.kind == "UnboundLocalError":
        words = tr("{name} is used before this function has given it a value.", name=name)
        return Recognised("used-before-assigned", words)
    if name in ARRAYS:
        words = mark("{name} is not defined here. It is one of the seven arrays that network_function(x) returns.")
        return Recognised("name-error", tr(words, name=name))
    if name in ("N", "n"):
        return Recognised("name-error", tr("{name} is not defined here. The number of points is x.size.", name=name))
    try:
        tree = ast.parse(textwrap.dedent(definition.source if definition else ""))
    except (SyntaxError, ValueError, RecursionError):
        tree = ast.Module([], [])
    local = [each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    near = "d_sigma" if SLOPE_NAMES.match(name) else nearest(name, {*KNOWN_NAMES, *local} - {name})
    return Recognised("name-error", _meant(tr("{name} is not defined.", name=name), near))


def _message(raised: Raised) -> str:
    hides = INNER_WORDS.search(raised.message)
    return tr("NumPy cannot do this with these values") if hides else raised.message.rstrip(".")


NOT_RUN = Ending.BUSY, Ending.BROKEN  # of which nothing follows for the function

RETURN = (r"\breturn\b",)
_ITSELF = mark("It returns a function instead of its result: brackets with the argument are missing after a name.")
_SEVERAL = mark("It returns several values, a tuple: look for a comma after return. Return one array.")
RETURNED = {
    "NoneType": ("no-return", mark("{name} returns nothing: there is no return at its end."), RETURN),
    "generator": ("no-numbers", mark("It uses yield; write return instead."), (r"\byield\b",)),
    "coroutine": ("no-numbers", mark("It starts with async def; write def alone."), ()),
    "list": ("no-numbers", mark("It returns a list. np.array(...) makes an array from a list."), RETURN),
    "tuple": ("no-numbers", _SEVERAL, RETURN),
} | dict.fromkeys(
    ("function", "builtin_function_or_method", "method", "ufunc", "type", "_ArrayFunctionDispatcher"),
    ("returns-function", _ITSELF, RETURN),
)
"""What is said of an answer of such a type: kind, words and clues."""

MOST_UNREAD = 3  # of which the first explains the others most often
MOST_STOPPED = 10  # a child may tell of any number, and a window shows them all
STOPPED = (
    mark("A line stopped. {sentence} The rest was run."),
    mark("Line {line} stopped. {sentence} The rest was run."),
    mark("Line {line} of {cell} stopped. {sentence} The rest was run."),
)
FAILED = (
    mark("A line stopped with {kind}: {sentence} The rest was run."),
    mark("Line {line} stopped with {kind}: {sentence} The rest was run."),
    mark("Line {line} of {cell} stopped with {kind}: {sentence} The rest was run."),
)
"""By whether nothing, the line, or its cell too is known."""
PRINTED_FUNCTION = "<function "  # what Python prints of one
PRINTED_FUNCTION_WORDS = mark("It prints a function instead of its result: brackets are missing after a name.")


def no_numbers(answer: NoNumbers, name: str) -> Recognised:
    """The mistake of an answer that is no array of numbers."""
    if answer.kind == "NoneType" and answer.printed:
        return Recognised("prints", tr("It prints its result instead of returning it: write return instead of print."),
                          (r"\bprint\(",))  # fmt: skip
    if answer.kind in RETURNED:
        kind, words, clues = RETURNED[answer.kind]
        return Recognised(kind, tr(words, name=name), clues)
    other = tr("It returns a value of type {kind}. It has to return an array of numbers.", kind=answer.kind)
    return Recognised("no-numbers", other, RETURN)


def remarks(outcome: Outcome, file: LearnerFile, unread: Sequence[Unread]) -> tuple[str, ...]:
    """Other remarks on the file for the learner; ``unread`` are those of its lines that no verdict is about."""
    sentences = (each.sentence(file.cell_name(each.cell)) for each in unread[:MOST_UNREAD])
    said = [tr("{sentence} The rest was read.", sentence=each) for each in sentences]
    told = {each.ending for answers in outcome.answers.values() for each in answers if isinstance(each, Unfinished)}
    if outcome.ending not in {Ending.FINISHED, *told}:
        said.append(tr(outcome.ending.value))
    said += [top_level_words(raised, file) for raised in outcome.top_level[:MOST_STOPPED]]
    if len(outcome.top_level) > MOST_STOPPED:
        said.append(tr("{count:,} more lines stopped, too.", count=len(outcome.top_level) - MOST_STOPPED))
    if PRINTED_FUNCTION in outcome.output:
        said.append(tr(PRINTED_FUNCTION_WORDS))
    return tuple(dict.fromkeys(said))


def top_level_words(raised: Raised, file: LearnerFile) -> str:
    """A sentence on an exception in a line outside of functions."""
    known = 2 if raised.cell and raised.line else 1 if raised.line else 0
    where = {"line": raised.line, "cell": file.cell_name(raised.cell)}
    if raised.kind == "Unfinished":
        return tr(STOPPED[known], sentence=tr(raised.message), **where)
    return tr(FAILED[known], kind=raised.kind.lstrip("_"), sentence=in_words(raised, None, None).sentence, **where)
