"""Which functions a top-level statement defines."""

import ast
import re
from collections.abc import Iterator

from curvegui.exercise.file.blocks import Block
from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.problem import GIVEN, JACOBIANS

_NAMES = frozenset(JACOBIANS + GIVEN)
_HEAD = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def definitions_in(block: Block, cell: int | None) -> list[Definition]:
    """The functions of a block, also those inside of an ``if``; of one that cannot be parsed, by its looks."""
    if block.tree is None:
        return _by_its_looks(block, cell)
    found, lines = [], block.source.split("\n")
    for tree in _outer(block.tree):
        first = _start_of(block.tree)
        begin, end = _start_of(tree) - first, (tree.end_lineno or tree.lineno) - first
        source = "\n".join(lines[begin : end + 1])
        found += [Definition(name, source, block.line + begin, cell) for name in _names(tree)]
    return found


def _start_of(tree: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(tree, "decorator_list", [])
    return min([tree.lineno, *(each.lineno for each in decorators)])


def _outer(tree: ast.stmt) -> Iterator[ast.stmt]:
    """A statement and those inside of it that are not inside of a function or a class."""
    waiting = [tree]
    while waiting:
        each = waiting.pop(0)
        yield each
        if isinstance(each, (*_FUNCTIONS, ast.ClassDef)):
            continue
        inner = [statement for statement in ast.iter_child_nodes(each) if isinstance(statement, ast.stmt)]
        handlers = [node for node in ast.iter_child_nodes(each) if isinstance(node, ast.ExceptHandler)]
        waiting[:0] = inner + [statement for handler in handlers for statement in handler.body]


def _names(tree: ast.stmt) -> list[str]:
    """The functions that a statement gives a name to."""
    if isinstance(tree, _FUNCTIONS):
        return [tree.name]
    if isinstance(tree, ast.Assign):
        targets, value = tree.targets, tree.value
    elif isinstance(tree, ast.AnnAssign) and tree.value:
        targets, value = [tree.target], tree.value
    else:
        return []
    names = [each.id for target in targets for each in _targets(target)]
    return [name for name in names if name in _NAMES or isinstance(value, ast.Lambda)]


def _targets(target: ast.expr) -> Iterator[ast.Name]:
    """The names that get a value, one or several at once."""
    match target:
        case ast.Name():
            yield target
        case ast.Starred(value=value):
            yield from _targets(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _targets(part)


def _by_its_looks(block: Block, cell: int | None) -> list[Definition]:
    found = _HEAD.search(block.source)
    name = (found.group(1) or found.group(2)) if found else None
    if found is None or name is None or not (found.group(1) or name in _NAMES or "lambda" in block.source):
        return []
    return [Definition(name, block.source, block.line, cell, block.error, block.error_line)]
