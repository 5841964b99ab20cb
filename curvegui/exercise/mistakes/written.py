"""Mistakes that can be read in a wrong function's source, whatever numbers it gives, each at its own line."""

import ast
import re
import symtable
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import names_assigned
from curvegui.exercise.file.parsing import parse
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import ARRAYS, GIVEN, JACOBIANS, PARAMETERS

MOST_NAMED = 5  # of which layer and kind must be plain before the order is called wrong
PURE = {f"np.{name}" for name in ("multiply", "dot", "matmul", "add", "subtract", "divide", "sum", "mean", "transpose")}
THEIRS = {*PARAMETERS, *GIVEN, *JACOBIANS}  # which a function is to take from outside
_SOURCES = {"network_function", "training_data"}
_BIND = ast.Assign | ast.AugAssign | ast.AnnAssign
WrittenMistake: TypeAlias = tuple[Recognised, int]
"""A mistake and its line, counted within the function from 0."""


def written_mistake(source: str, data: Mapping[str, int]) -> WrittenMistake | None:
    """The first mistake that a function's source shows; ``data`` is as from `data_outside`."""
    try:
        tree = parse(textwrap.dedent(source)).body[0]
    except (SyntaxError, IndexError):
        return None
    if not isinstance(tree, ast.FunctionDef):
        return None
    found = [*_arguments(tree), *_outside(source, tree, data), *_statements(tree)]
    return found[0] if found else None


def data_outside(chunks: Sequence[tuple[str, int, int | None]]) -> dict[str, int]:
    """The names that a file's lines outside of functions compute from points or networks, with their lines."""
    found: dict[str, int] = {}
    for source, line, _ in chunks:
        try:
            statements = parse(source).body
        except SyntaxError:
            continue
        for statement in statements:
            if isinstance(statement, _BIND) and {*_read(statement)} & {*_SOURCES, *found}:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                found |= dict.fromkeys((name for each in targets for name in _names(each)), line)
    return {name: line for name, line in found.items() if name not in THEIRS}


def _arguments(tree: ast.FunctionDef) -> Iterator[WrittenMistake]:
    """x and y exchanged in the ``def``, or y given to the network."""
    names = [each.arg for each in tree.args.args]
    start = tree.lineno - 1
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and _calls(each, "network_function")]
    passed_on = [call.args[0] for call in calls if len(call.args) == 1]
    if [name.lower() for name in names[:2]] == ["y", "x"] and not any(_is_name(each, names[0]) for each in passed_on):
        words = tr("x and y are exchanged: the first line has to be def {name}(x, y):", name=tree.name)
        yield Recognised("exchanged-arguments", words), start
        return
    for each in passed_on:
        if len(names) == 2 and _is_name(each, names[1]):
            words = mark("network_function gets {given}, the points to reach. It takes {wanted}.")
            words = tr(words, given=names[1], wanted=names[0])
            yield Recognised("network-of-y", words), each.lineno - 1


def _outside(source: str, tree: ast.FunctionDef, data: Mapping[str, int]) -> Iterator[WrittenMistake]:
    """Values from the file's own lines that the function would have to compute anew."""
    table = symtable.symtable(textwrap.dedent(source), "function", "exec").get_children()[0]
    for name in sorted(each.get_name() for each in table.get_symbols() if each.is_global()):
        if name not in data:
            continue
        line = min(node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name) - 1
        words = mark(
            "{name} is not made in this function. Its value is from line {line}, outside, and stays the same "
            "whatever the weights are."
        )
        hints = (tr("Use the two arguments, and call network_function(x) in the function itself."),)
        yield Recognised("from-outside", tr(words, name=name, line=data[name]), hints=hints), line


def _statements(tree: ast.FunctionDef) -> Iterator[WrittenMistake]:
    for node in sorted((each for each in ast.walk(tree) if isinstance(each, ast.stmt)), key=lambda each: each.lineno):
        found = _of_statement(node, tree)
        if found is not None:
            yield found, node.lineno - 1
        if not isinstance(node, ast.For):
            continue
        for ends in [each for each in node.body if isinstance(each, ast.Return)][:1]:
            words = tr("This return is inside the loop: it ends after the first point. It has to stand below the loop.")
            yield Recognised("return-in-loop", words), ends.lineno - 1
        if node in tree.body:
            yield from _overwritten(node, tree.body[tree.body.index(node) + 1 :])


def _overwritten(loop: ast.For, rest: Sequence[ast.stmt]) -> Iterator[WrittenMistake]:
    """Names that each pass of a loop sets anew, although only the last value is used below the loop."""
    later = {name for each in rest for name in _read(each)}
    inside = [name for each in loop.body for name in _read(each)]
    for node in loop.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        is_part = isinstance(target, ast.Subscript)
        array = target.value if isinstance(target, ast.Subscript) else target
        if not isinstance(array, ast.Name) or array.id not in later or inside.count(array.id) > is_part:
            continue
        if isinstance(target, ast.Subscript) and {*_names(loop.target)} & {*_read(target.slice)}:
            continue
        words = mark("Each pass of the loop replaces {name}, so only the last one counts: write += to add up.")
        yield Recognised("overwritten-in-loop", tr(words, name=array.id)), node.lineno - 1


def _of_statement(node: ast.stmt, tree: ast.FunctionDef) -> Recognised | None:
    match node:
        case (
            ast.Expr(value=ast.Compare(left=left, ops=[ast.Eq()]))
            | ast.Expr(value=ast.Tuple(elts=[*_, ast.Compare(left=left, ops=[ast.Eq()])]))
        ):
            words = tr("== only compares. To give {left} a value, write a single =.", left=ast.unparse(left))
            return Recognised("equals-for-assignment", words)
        case ast.Expr(value=value) if _only_computes(value):
            words = tr("This line computes something and does not keep it: write J = in front of it, or return.")
            return Recognised("result-unused", words)
        case ast.Assign(targets=[target], value=value) if _calls(value, "network_function"):
            names = [*_names(target)]
            own = {name for name, right in dict(zip(names, ARRAYS, strict=False)).items() if name != right}
            if not is_in_order(names) and (own | {*ARRAYS} - {*names}) & {*_read(tree)}:
                order = ", ".join(ARRAYS)
                words = mark("The arrays are unpacked in the wrong order: network_function returns {order}.")
                hints = (f"{order} = network_function(x)",)
                return Recognised("wrong-order", tr(words, order=order), hints=hints)
    return None


def _only_computes(value: ast.expr) -> bool:
    is_pure = isinstance(value, ast.Call) and not value.keywords and ast.unparse(value.func) in PURE
    return is_pure or isinstance(value, ast.BinOp) or (isinstance(value, ast.Attribute) and value.attr == "T")


def is_in_order(names: Sequence[str]) -> bool:
    """Whether seven names, such as h0, s1, h1 ..., can be names of the network's arrays in their order."""
    found = [re.fullmatch(r"(\D+)([0-3])", name) for name in names]
    if len(names) != len(ARRAYS) or sum(each is not None for each in found) < MOST_NAMED:
        return True
    letters = [{each[1] for each in found[first::2] if each} for first in (0, 1)]
    layers = all(each is None or each[2] == own[1] for each, own in zip(found, ARRAYS, strict=True))
    return layers and letters[0] != letters[1] and all(len(each) == 1 for each in letters)


def network_names(tree: ast.AST) -> dict[str, str]:
    """The exercise's names of a function's arguments and arrays, by the function's own names."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not names and len(node.args.args) == 2:
            names = dict(zip((each.arg for each in node.args.args), ("x", "y"), strict=True))
        if isinstance(node, ast.Assign) and _calls(node.value, "network_function"):
            found = [*_names(node.targets[0])]
            if len(found) == len({*found}) == len(ARRAYS) and is_in_order(found):
                names |= dict(zip(found, ARRAYS, strict=True))
    return names


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and _is_name(node.func, name)


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _names(target: ast.expr) -> list[str]:
    return [each.id for each in names_assigned(target)]


def _read(node: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load))
