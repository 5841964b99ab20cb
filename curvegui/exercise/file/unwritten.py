"""Whether a function has been written at all, or is still as the exercise gave it."""

import ast
import re
import textwrap

BLANK = re.compile(r"^(?P<start>\s*\w+\s*=)\s*(?P<comment>#.*)?$", re.MULTILINE)
"""An assignment with nothing after it: the exercise's way to leave a line open."""


def is_unwritten(source: str) -> bool:
    """Whether nothing has been done in a function beyond what the exercise gives; ``source`` need not be parseable.

    That is: no body but ``pass``, ``...``, ``return None`` or ``raise NotImplementedError``; a name that is still set
    to None or to ``...``; or a line such as ``J =`` that is still open.
    """
    source = textwrap.dedent(source)
    tree = _parsed(source)
    if tree is None:
        return bool(blank_lines(source)) and _parsed(BLANK.sub(r"\g<start> None", source)) is not None
    function = next((node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)), None)
    if function is None:
        return False
    open_names = {name for statement in function.body if (name := _left_open(statement))}
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


def _left_open(statement: ast.stmt) -> str:
    """The name that a statement sets to None or to ``...``."""
    if isinstance(statement, ast.Assign) and _is_nothing(statement.value):
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else ""
    return ""


def _filled(statement: ast.stmt) -> list[str]:
    """The names that a statement sets from something else than themselves."""
    found = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Assign) and not _is_nothing(node.value):
            values = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            for value in values:
                used = {name.id for name in ast.walk(value) if isinstance(name, ast.Name)}
                found += [each.id for each in node.targets if isinstance(each, ast.Name) and each.id not in used]
    return found


def _does_nothing(statement: ast.stmt, open_names: set[str]) -> bool:
    match statement:
        case ast.Pass():
            return True
        case ast.Expr(value=ast.Constant()):  # a docstring, or ...
            return True
        case ast.Return(value=value):
            return _is_nothing(value) or (isinstance(value, ast.Name) and value.id in open_names)
        case ast.Raise(exc=raised):
            return raised is not None and "NotImplemented" in ast.unparse(raised)
        case ast.Assign(value=value):
            return _is_nothing(value) or _asks_network(value)
        case _:
            return False


def _asks_network(value: ast.expr) -> bool:
    """Whether it is the line with which each of these functions begins."""
    return isinstance(value, ast.Call) and ast.unparse(value.func).endswith("network_function")
