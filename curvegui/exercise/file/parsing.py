"""Python's own parser, for text that anyone may have written, and its errors in words for people."""

import ast
import re
import warnings
from codeop import PyCF_ALLOW_INCOMPLETE_INPUT  # type: ignore[attr-defined]
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, stack_size
from typing import TypeVar

from curvegui.core.language.text import mark, tr, unstopped

Result = TypeVar("Result")

STACK_BYTES = 64 * 2**20  # the parser descends 6,000 levels; a thread of macOS has half a megabyte
_one_at_a_time = Lock()  # the size of stacks belongs to the whole process

UNKNOWN = re.compile(r"invalid character '(.)'")
ASYNCHRONOUS = re.compile(r"outside (?:of an )?async(?:hronous)? function")  # such as an await inside a plain one
OUTSIDE_FUNCTION = re.compile(r"'(\w+)'.* outside function")
MEANT = {"×": "*", "·": "*", "−": "-", "–": "-", "÷": "/", "“": '"', "”": '"', "‘": "'", "’": "'", "²": "**2"}
"""What stands in texts for characters that Python has."""
PUZZLED = mark("Python does not understand this line")
WORDS = (
    ("invalid syntax. perhaps you forgot a comma", mark("a comma may be missing here")),
    ("was never closed", mark("a bracket is opened here and never closed")),
    ("unmatched", mark("a bracket is closed here that was never opened")),
    ("does not match opening", mark("a bracket is closed here by one of another kind")),
    ("unterminated triple-quoted", mark("a text in three quotes begins here and never ends")),
    ("unterminated", mark("a text in quotes begins here and does not end in its line")),
    ("expected ':'", mark("a colon is missing here")),
    ("expected an indented block", mark("the lines below it have to be indented, and there are none")),
    ("unexpected indent", mark("this line is indented too far")),
    ("unindent does not match", mark("the indentation of this line matches no line before it")),
    ("inconsistent use of tabs", mark("tabs and spaces are mixed in the indentation")),
    ("cannot assign to function call", mark("a function is written as def J_W3(x, y): with its lines indented below")),
    ("maybe you meant '=='", mark("one = gives a value to a name; to compare, write ==")),
    ("cannot assign to", mark("what is to the left of = cannot be given a value")),
    ("missing parentheses in call to 'print'", mark("print needs brackets around what it prints")),
    ("outside loop", mark("break is outside a loop")),
    ("not properly in loop", mark("continue is outside a loop")),
    ("duplicate argument", mark("two arguments have the same name")),
    ("is parameter and global", mark("a name is an argument and global at once")),
    ("prior to global declaration", mark("a name is used before it is declared global")),
    ("invalid non-printable", mark("there is a character here that cannot be seen; type the line again")),
    ("invalid character", mark("there is a character here that Python does not know")),
    ("null bytes", mark("there is a character in it that cannot be in Python")),
    ("invalid decimal literal", mark("a number and a name are written together here")),
)


def on_a_deep_stack(work: Callable[[], Result]) -> Result:
    """Do some work in a thread whose stack the parser cannot overflow, and wait for the result."""
    with _one_at_a_time:
        before = stack_size(STACK_BYTES)
        try:
            with ThreadPoolExecutor(1, "reader of an exercise") as threads:
                return threads.submit(work).result()
        finally:
            stack_size(before)


def parse(text: str) -> ast.Module:
    """The tree of a text; raises ``SyntaxError``, whatever the reason, where the text has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes such as "\\s" in explanations
        try:
            return ast.parse(text)
        except (RecursionError, MemoryError) as error:
            raise SyntaxError(tr("it is nested too deeply"), ("", 1, 0, "")) from error
        except ValueError as error:
            raise SyntaxError(tr("there is a character in it that cannot be in Python"), ("", 1, 0, "")) from error


def is_incomplete(text: str) -> bool:
    """Whether a text that cannot be parsed may be parsed with more lines below it."""
    try:
        compile(text, "", "exec", ast.PyCF_ONLY_AST | PyCF_ALLOW_INCOMPLETE_INPUT)
    except SyntaxError as error:
        return error.msg == "incomplete input"
    except (ValueError, RecursionError, MemoryError):
        return False
    return False


def check_compiles(statement: ast.stmt) -> None:
    """Raise ``SyntaxError`` for a statement that Python refuses after parsing, such as a ``break`` outside a loop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(ast.Module([statement], []), "statement", "exec", dont_inherit=True)
        except (RecursionError, MemoryError) as error:
            raise SyntaxError(tr("it is nested too deeply"), ("", statement.lineno, 0, "")) from error
        except ValueError as error:
            raise SyntaxError(tr("Python refuses it"), ("", statement.lineno, 0, "")) from error


def in_words(error: SyntaxError) -> str:
    """The reason for a ``SyntaxError``, as the second half of a sentence."""
    said = str(error.msg)
    unknown = UNKNOWN.match(said)
    if unknown:
        meant = MEANT.get(unknown[1], "")
        if meant:
            words = mark("there is a character here that Python does not know: {unknown}, for {meant}")
            return tr(words, unknown=unknown[1], meant=meant)
        return tr("there is a character here that Python does not know: {unknown}", unknown=unknown[1])
    if ASYNCHRONOUS.search(said):
        return tr("{word} does not belong here; leave it out", word="await" if "await" in said else "async")
    outside = OUTSIDE_FUNCTION.match(said)
    if outside:
        return tr("{outside} is outside a function", outside=outside[1])
    if said == "invalid syntax":
        return tr(PUZZLED)
    plain = "".join(each if each.isprintable() else "?" for each in said[:200])
    return tr(next((words for sign, words in WORDS if sign in said.lower()), plain))


def cannot_read(error: str, where: str = "") -> str:
    """The reason from `in_words` as a whole sentence, with the location ``where``, such as ``"line 3"``."""
    if error == tr(PUZZLED):
        words = mark("Python does not understand {line}, or the line before it.")
        return tr(words, line=where) if where else tr("Python does not understand this line, or the line before it.")
    problem = unstopped(error)
    if not where:
        return tr("Python cannot read it: {problem}.", problem=problem)
    return tr("Python cannot read {line}: {problem}.", line=where, problem=problem)
