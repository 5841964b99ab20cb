"""An exception in a learner's function in plain words: what it means here, and what to look for."""

import ast
import re
import textwrap
from collections.abc import Iterable

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import GIVEN, JACOBIANS, PARAMETERS, Problem
from curvegui.exercise.runner.outcome import Raised
from curvegui.exercise.verdict.numpy_words import nearest, said_otherwise
from curvegui.exercise.verdict.shape_words import NUMBER_ADVICE, SHAPE_WORDS, shapes_in_words

PASSED = ("a0", "z1", "a1", "z2", "a2", "z3", "a3", "x", "y", "np")
KNOWN_NAMES = (*PASSED, *PARAMETERS, *GIVEN, *JACOBIANS, "len", "sum", "print", "range", "J", "True", "False", "None")
SLOPE_NAMES = re.compile(r"d_?sig|sig\w*(prime|der|slope|grad)", re.IGNORECASE)
INNER_WORDS = re.compile(r"ufunc|core dimension|dtype\(")  # NumPy's, for those who write it
IT_STOPS = mark("It stops with {what}")
OWN_WORDS = ("NotImplementedError", "AssertionError", "ModuleNotFoundError", "KeyError", "SystemExit")
"""Whose message is the learner's own, or about nothing else."""


def in_words(raised: Raised, problem: Problem | None, definition: Definition | None) -> Recognised:
    """What an exception means; the words name the sizes of ``problem``, and suggest names from ``definition``.

    Its kind is ``"shape-mismatch"``, ``"name-error"``, ``"function-without-brackets"``, or the exception's name.
    """
    if raised.kind in ("NameError", "UnboundLocalError"):
        return _name(raised, definition)
    if raised.kind not in OWN_WORDS:
        found = said_otherwise(raised)
        if found is not None:
            return found
    if raised.kind == "ValueError" and SHAPE_WORDS.search(raised.message):
        return shapes_in_words(raised, problem)
    return _others(raised)


def told_of(who: str, raised: Raised, problem: Problem | None, definition: Definition | None = None) -> str:
    """The same as a sentence about the function ``who``: where it stops, with what, and what that means."""
    inside = raised.function if raised.function not in ("", "<module>", "<lambda>") else who
    sentence = in_words(raised, problem, definition).sentence
    what, kind = _unexplained(raised), raised.kind.lstrip("_")
    is_alone, values = sentence == tr(IT_STOPS, what=what), {"who": who, "line": raised.line, "inside": inside}
    place = 0 if not raised.line else 1 if raised.cell else 2 if inside != who else 3
    if is_alone:
        return tr(STOPS_ALONE[place], what=what, **values)
    return tr(STOPS[place], kind=kind, sentence=sentence, **values)


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
    message = raised.message.rstrip(".")
    if INNER_WORDS.search(message):
        message = tr("NumPy cannot do this with these values")
    return f"{raised.kind.lstrip('_')}{': ' + message if message else ''}."


def _name(raised: Raised, definition: Definition | None) -> Recognised:
    name = raised.missing_name or _quoted(raised.message)
    if raised.kind == "UnboundLocalError":
        words = tr("{name} is used before this function has given it a value.", name=name)
        return Recognised("used-before-assigned", words)
    if name in PASSED[:7]:
        words = tr(
            "{name} is not defined here. It is one of the seven arrays that network_function(x) returns.", name=name
        )
        return Recognised("name-error", words)
    if name in ("N", "n"):
        return Recognised("name-error", tr("{name} is not defined here. The number of points is x.size.", name=name))
    near = "d_sigma" if SLOPE_NAMES.match(name) else nearest(name, {*KNOWN_NAMES, *_local_names(definition)} - {name})
    words = tr("{name} is not defined.", name=name)
    return Recognised("name-error", f"{words} {tr('Did you mean {near}?', near=near)}" if near else words)


def _local_names(definition: Definition | None) -> Iterable[str]:
    try:
        tree = ast.parse(textwrap.dedent(definition.source)) if definition else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _others(raised: Raised) -> Recognised:
    message = raised.message.rstrip(".")
    if INNER_WORDS.search(message):
        message = tr("NumPy cannot do this with these values")
    words = {
        "NotImplementedError": tr("It raises NotImplementedError: this part is not written yet."),
        "IndexError": tr(
            "It uses an entry that does not exist: {message}. {advice}",
            message=message,
            advice=tr(NUMBER_ADVICE),
        ),
        "ZeroDivisionError": tr("It divides by zero."),
        "RecursionError": tr("It calls itself again and again, without end."),
        "MemoryError": tr("It needs too much memory."),
        "AssertionError": tr("One of your assert lines is not true: {message}.", message=message)
        if message
        else tr("One of your assert lines is not true."),
        "AttributeError": tr("There is no such attribute: {message}.", message=message),
        "KeyError": tr("There is no such key: {message}.", message=message),
        "ModuleNotFoundError": tr("This module is not available: {message}.", message=message),
        "ValueError": tr("A value does not fit: {message}.", message=message),
        "TypeError": tr("These types do not go together: {message}.", message=message),
        "EOFError": tr("It waits for input(), but nobody can answer here."),
        "BdbQuit": tr("It stops at a breakpoint: remove breakpoint()."),
        "SystemExit": tr("It ends the program (sys.exit)."),
    }.get(raised.kind, tr(IT_STOPS, what=_unexplained(raised)))
    return Recognised(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", raised.kind.lstrip("_")).lower(), words)


def _quoted(message: str) -> str:
    found = re.search(r"'([^']*)'", message)
    return found.group(1) if found else "?"
