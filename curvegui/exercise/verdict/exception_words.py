"""An exception in a learner's function in plain words: what it means here, and what to look for."""

import ast
import re
import textwrap
from collections.abc import Iterable

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
IT_STOPS = "It stops with "
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
    place = f" in line {raised.line}" if raised.line else ""
    inside = raised.function if raised.function not in ("", "<module>", "<lambda>") else who
    if place and raised.cell:
        place += f" of the cell of {inside}"
    elif place and inside != who:
        place += f", in {inside},"
    sentence = in_words(raised, problem, definition).sentence
    if sentence.startswith(IT_STOPS):
        return f"{who} stops{place} with {sentence.removeprefix(IT_STOPS)}"
    return f"{who} stops with {raised.kind.lstrip('_')}{place.removesuffix(',')}: {sentence}"


def _name(raised: Raised, definition: Definition | None) -> Recognised:
    name = raised.missing_name or _quoted(raised.message)
    if raised.kind == "UnboundLocalError":
        words = f"{name} is used before this function has given it a value."
        return Recognised("used-before-assigned", words)
    if name in PASSED[:7]:
        words = f"{name} is not defined here. It is one of the seven arrays that network_function(x) returns."
        return Recognised("name-error", words)
    if name in ("N", "n"):
        return Recognised("name-error", f"{name} is not defined here. The number of points is x.size.")
    near = "d_sigma" if SLOPE_NAMES.match(name) else nearest(name, {*KNOWN_NAMES, *_local_names(definition)} - {name})
    return Recognised("name-error", f"{name} is not defined." + (f" Did you mean {near}?" if near else ""))


def _local_names(definition: Definition | None) -> Iterable[str]:
    try:
        tree = ast.parse(textwrap.dedent(definition.source)) if definition else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _others(raised: Raised) -> Recognised:
    message = raised.message.rstrip(".")
    if INNER_WORDS.search(message):
        message = "NumPy cannot do this with these values"
    words = {
        "NotImplementedError": "It raises NotImplementedError: this part is not written yet.",
        "IndexError": f"It uses an entry that does not exist: {message}. {NUMBER_ADVICE}",
        "ZeroDivisionError": "It divides by zero.",
        "RecursionError": "It calls itself again and again, without end.",
        "MemoryError": "It needs too much memory.",
        "AssertionError": f"One of your assert lines is not true{': ' + message if message else ''}.",
        "AttributeError": f"There is no such attribute: {message}.",
        "KeyError": f"There is no such key: {message}.",
        "ModuleNotFoundError": f"This module is not available: {message}.",
        "ValueError": f"A value does not fit: {message}.",
        "TypeError": f"These types do not go together: {message}.",
        "EOFError": "It waits for input(), but nobody can answer here.",
        "BdbQuit": "It stops at a breakpoint: remove breakpoint().",
        "SystemExit": "It ends the program (sys.exit).",
    }.get(raised.kind, f"{IT_STOPS}{raised.kind.lstrip('_')}{': ' + message if message else ''}.")
    return Recognised(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", raised.kind.lstrip("_")).lower(), words)


def _quoted(message: str) -> str:
    found = re.search(r"'([^']*)'", message)
    return found.group(1) if found else "?"
