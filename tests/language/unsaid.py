"""Marked texts that come to a person as they are written, in English: there are to be none.

A mark translates nothing. Where a marked text is a default, a value of an enumeration or a constant, `tr` says it.
"""

import ast
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from tests.language.extract import FUNCTIONS, modules, name_of
from tests.language.unmarked import SHOWING

SAID_LATER = {
    "exercise/puzzle/puzzle.py: self.worth.value": "whether there is one",
    "exercise/runner/runner.py: heard.ending.value": "by exercise/verdict/exception_words.py, to which it is told",
    "session/study/tour.py: diagnosis.condition.value": "a word of lessons",
    "ui/window/status.py: phase.value": "in the next line",
}
"""What is said at another place, or is no text there."""


@dataclass(frozen=True)
class Marked:
    """The names of what is marked: enumerations with marked values, and constants with their modules."""

    enums: Set[str]
    constants: Set[str]


@cache
def marked() -> Marked:
    """In the whole package."""
    enums, constants = set(), set()
    for file, tree in modules("mark("):
        enums |= {node.name for node in ast.walk(tree) if _is_marked_enum(node)}
        constants |= {f"{file}:{name}" for name in _constants(tree)}
    return Marked(enums, constants)


def unsaid() -> Iterator[str]:
    """The texts, with the module and the line of each."""
    for file, tree in modules():
        found = unsaid_in(tree, marked())
        yield from (f"{file}:{line}: {text}" for line, text in found if f"{file}: {text}" not in SAID_LATER)


def unsaid_in(tree: ast.Module, known: Marked) -> Iterator[tuple[int, str]]:
    """Those in a module, each with its line."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = {id(part) for call in calls if name_of(call.func) in FUNCTIONS for part in ast.walk(call)}
    said |= {id(call.func) for call in calls}  # a method of Qt is no value of an enumeration
    names = _constants(tree) | {name for name, place in _imported(tree) if place in known.constants}
    has_enum = any(isinstance(node, ast.Name) and node.id in known.enums for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from _defaults(node, said)
        elif isinstance(node, ast.ClassDef) and "dataclass" in map(_decorator, node.decorator_list):
            yield from ((each.lineno, ast.unparse(each)) for each in node.body if _has_mark(each))
        elif isinstance(node, ast.Call) and name_of(node.func) in SHOWING | {"OSError"}:
            yield from ((each.lineno, name_of(each)) for each in node.args if name_of(each) in names)
        elif (
            has_enum
            and isinstance(node, ast.Attribute)
            and node.attr == "value"
            and "QEvent" not in ast.unparse(node)
            and id(node) not in said
        ):
            yield node.lineno, ast.unparse(node)


def _constants(tree: ast.Module) -> set[str]:
    """The names of single texts that are marked."""
    marks = (node for node in tree.body if isinstance(node, ast.Assign) and _is_mark(node.value))
    return {name_of(each) for node in marks for each in node.targets}


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names from other modules of the package, each with its file and its name there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            file = f"{node.module.removeprefix('curvegui.').replace('.', '/')}.py"
            yield from ((each.asname or each.name, f"{file}:{each.name}") for each in node.names)


def _defaults(function: ast.FunctionDef, said: Set[int]) -> Iterator[tuple[int, str]]:
    """Marked defaults that the function uses without saying them."""
    given = function.args
    places = [*given.posonlyargs, *given.args]
    with_default = [*zip(places[len(places) - len(given.defaults) :], given.defaults, strict=True)]
    with_default += [(name, value) for name, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value]
    names = {name.arg for name, value in with_default if _is_mark(value)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in names and id(node) not in said:
            yield node.lineno, node.id


def _is_marked_enum(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and "Enum" in map(name_of, node.bases) and any(map(_has_mark, node.body))


def _has_mark(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign | ast.AnnAssign) and _is_mark(statement.value)


def _is_mark(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) in ("mark", "mark_in")


def _decorator(node: ast.expr) -> str:
    return name_of(node.func if isinstance(node, ast.Call) else node)
