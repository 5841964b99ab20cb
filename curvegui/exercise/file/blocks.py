"""A Python text cut into its top-level statements, and the functions in them; what cannot be parsed is a block too."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from curvegui.core.language.text import tr
from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.file.line_state import OUTSIDE, after
from curvegui.exercise.file.parsing import check_compiles, in_words, parse
from curvegui.exercise.problem import GIVEN, JACOBIANS

WORK = 30  # times the text's own length may be parsed in search of what is whole
_DEFINES = re.compile(r"(?:async[ \t]+def|def|class|import|from|@)\b|@")  # never inside of brackets, at the left edge
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]")
_NAMES = frozenset(JACOBIANS + GIVEN)
_HEAD = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Block:
    """A top-level statement."""

    source: str
    line: int  # of its first line, counted from 1
    tree: ast.stmt | None  # None where it cannot be parsed
    error: str = ""  # why not, in words
    error_line: int | None = None  # counted as ``line``


def blocks_of(text: str) -> list[Block]:
    """The top-level statements of a text, in their order; lines outside of them are left out."""
    try:
        return list(_statements(text, 1))
    except SyntaxError:
        return list(_one_by_one(text.split("\n")))


def _statements(text: str, first: int) -> Iterator[Block]:
    lines = text.split("\n")
    for tree in parse(text).body:
        decorators = getattr(tree, "decorator_list", [])
        start = min([tree.lineno, *(each.lineno for each in decorators)])
        end = tree.end_lineno or tree.lineno
        source = "\n".join(lines[start - 1 : end])
        try:
            check_compiles(tree)
        except SyntaxError as error:
            wrong = min(max(error.lineno or start, start), end)
            yield Block(source, first + start - 1, None, in_words(error), first + wrong - 1)
        else:
            yield Block(source, first + start - 1, tree)


def _one_by_one(lines: list[str]) -> Iterator[Block]:
    """Cut at the left edge; what cannot be parsed is cut again at the next definition, even if a bracket seems open."""
    start, budget = 0, WORK * (1000 + sum(map(len, lines)))
    while start < len(lines):
        end, forced = _end_of_block(lines, start)
        source = "\n".join(lines[start:end])
        budget -= len(source)
        if budget < 0:
            yield Block(
                "\n".join(lines[start:]), start + 1, None, tr("there is too much in it that cannot be read"), start + 1
            )
            return
        try:
            yield from _statements(source, start + 1)
        except SyntaxError as error:
            end = forced or end
            yield _broken(lines[start:end], start, error)
        start = end


def _end_of_block(lines: list[str], start: int) -> tuple[int, int | None]:
    """The line after a block, and the first definition inside it, if any, at which it may be cut again."""
    state, forced, has_statement = OUTSIDE, None, False
    for number in range(start, len(lines)):
        line = lines[number]
        at_edge = bool(line) and line[0] != "#" and not line[0].isspace()  # a no-break space is none, though no Python
        begins = at_edge and not _GOES_ON.match(line)
        if begins and number > start and has_statement:
            defines = bool(_DEFINES.match(line))
            if state.is_free or (defines and not state.quote):
                return number, forced
            if defines and forced is None:
                forced = number
        if begins and state.is_free and not line.startswith("@"):
            has_statement = True
        state = after(state, line)
    return len(lines), forced


def _broken(lines: list[str], start: int, error: SyntaxError) -> Block:
    """A block that cannot be parsed, without the empty lines around it."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    skipped = 0
    while skipped < len(lines) and (not lines[skipped].strip() or lines[skipped].startswith("#")):
        skipped += 1
    first = start + skipped + 1
    wrong = min(max(start + (error.lineno or 1), first), max(first, start + len(lines)))
    return Block("\n".join(lines[skipped:]), first, None, in_words(error), wrong)


def definitions_in(block: Block, cell: int | None) -> list[Definition]:
    """The functions of a block, also those inside an ``if``; in one that cannot be parsed, found by a pattern."""
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
    """A statement and those inside it that are not inside a function or a class."""
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
    """The function names that a statement defines."""
    if isinstance(tree, _FUNCTIONS):
        return [tree.name]
    if isinstance(tree, ast.Assign):
        targets, value = tree.targets, tree.value
    elif isinstance(tree, ast.AnnAssign) and tree.value:
        targets, value = [tree.target], tree.value
    else:
        return []
    names = [each.id for target in targets for each in names_assigned(target)]
    return [name for name in names if name in _NAMES or isinstance(value, ast.Lambda)]


def names_assigned(target: ast.expr) -> Iterator[ast.Name]:
    """The names that are assigned to, one or several at once."""
    match target:
        case ast.Name():
            yield target
        case ast.Starred(value=value):
            yield from names_assigned(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from names_assigned(part)


def _by_its_looks(block: Block, cell: int | None) -> list[Definition]:
    found = _HEAD.search(block.source)
    name = (found.group(1) or found.group(2)) if found else None
    if found is None or name is None or not (found.group(1) or name in _NAMES or "lambda" in block.source):
        return []
    return [Definition(name, block.source, block.line, cell, block.error, block.error_line)]
