"""Which top-level statements the functions need: the others, such as plots and training, are not run."""

import ast
import symtable
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curvegui.exercise.file.parsing import parse

_Chunk = tuple[str, int, int | None]


@dataclass(frozen=True)
class _Use:
    """The names that a statement binds, and those it reads at the top level, now or when it is called."""

    binds: frozenset[str]
    reads: frozenset[str]
    brings_all: bool  # from ... import *


def needed_statements(chunks: Sequence[_Chunk], functions: Iterable[str], provided: Iterable[str]) -> list[int]:
    """The indices of the statements to run, in order, before the functions can be called.

    ``chunks`` are as in `LearnerFile`. Names in ``provided`` need nothing of the file, unless they are among the
    functions. What only prints, draws or trains is left out, unless a function reads a name that it binds.
    """
    uses = [_use_of(source) for source, _, _ in chunks]
    wanted, waiting, found = set(provided) - set(functions), list(functions), set[int]()
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted.add(name)
        for index, use in enumerate(uses):
            if name in use.binds and index not in found:
                found.add(index)
                waiting += use.reads
    return sorted(found | {index for index, use in enumerate(uses) if use.brings_all})


def _use_of(source: str) -> _Use:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(source, "chunk", "exec")
        tree = parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the child will say so
        return _Use(frozenset(), frozenset(), False)
    symbols = table.get_symbols()
    binds = {each.get_name() for each in symbols if each.is_assigned() or each.is_imported()}
    binds |= {each.get_name() for each in symbols if each.is_namespace()} | _changed(tree)
    reads = {each.get_name() for each in symbols if each.is_referenced()}
    waiting = list(table.get_children())
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        reads |= {each.get_name() for each in scope.get_symbols() if each.is_global()}
    star = any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body)
    return _Use(frozenset(binds), frozenset(reads), star)


def _changed(tree: ast.Module) -> set[str]:
    """Names whose entries or attributes a statement changes: ``table[0] = 1``."""
    found = set()
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        for target in targets:
            root = target
            while isinstance(root, ast.Subscript | ast.Attribute):
                root = root.value
            if root is not target and isinstance(root, ast.Name):
                found.add(root.id)
    return found
