"""Whether a function has been written at all, or is still as the exercise gave it."""

import ast
import re
import textwrap
from collections.abc import Sequence

from curvegui.exercise.file.learner_file import names_assigned

BLANK = re.compile(r"^(?P<start>\s*\w+\s*=)\s*(?P<comment>#.*)?$", re.MULTILINE)
"""An assignment with nothing after it: the exercise's way to leave a line open."""


def is_unwritten(source: str) -> bool:
    """Whether a function has no more than the exercise gives; ``source`` need not be parseable.

    Unwritten is a body of ``pass``, ``...``, ``return None`` or ``raise NotImplementedError``; a name that is read
    while it is still None or ``...``; or a line such as ``J =`` that is still open.
    """
    source = textwrap.dedent(source)
    tree = _parsed(source)
    if tree is None:
        return bool(blank_lines(source)) and _parsed(BLANK.sub(r"\g<start> None", source)) is not None
    function = next((node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)), None)
    if function is None:
        return False
    open_names = _left_open_and_read(function.body)
    filled = {name for statement in function.body for name in _filled(statement)}
    return bool(open_names - filled) or all(_does_nothing(statement, open_names) for statement in function.body)


def blank_lines(source: str) -> list[int]:
    """Which lines have nothing after the ``=``, counted from 1."""
    return [number for number, line in enumerate(source.splitlines(), start=1) if BLANK.match(line)]


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_nothing(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value in (None, ...))


def _left_open_and_read(body: Sequence[ast.stmt]) -> set[str]:
    """The names that are set to None or ``...`` and then read; a name that nothing reads leaves no gap."""
    found, read = set[str](), set[str]()
    for statement in reversed(body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name), *_], value=value) if _is_nothing(value) and name in read:
                found.add(name)
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):
                    read.add(name)
    return found


def _filled(statement: ast.stmt) -> list[str]:
    """The names that a statement sets to other values than themselves."""
    found = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and not _is_nothing(node.value):
            values = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [each.id for target in targets for each in names_assigned(target)]
            for value in values:
                used = {name.id for name in ast.walk(value) if isinstance(name, ast.Name)}
                found += [name for name in names if name not in used]
    return found


def _does_nothing(statement: ast.stmt, open_names: set[str]) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):  # also a docstring, or ...
            return True
        case ast.Return(value=value):
            return _is_nothing(value) or (isinstance(value, ast.Name) and value.id in open_names)
        case ast.Raise(exc=ast.expr() as raised):
            return "NotImplemented" in ast.unparse(raised)
        case ast.Assign(value=ast.Call(func=function)):  # the line with which each of these functions begins
            return ast.unparse(function).endswith("network_function")
        case ast.Assign(value=value):
            return _is_nothing(value)
    return False
