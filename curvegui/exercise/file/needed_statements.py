"""Which top-level statements the functions need: the others, such as plots and training, are not run."""

import ast
import symtable
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from curvegui.exercise.file.parsing import parse
from curvegui.exercise.problem import JACOBIANS, PARAMETERS

_Chunk = tuple[str, int, int | None]


CHANGING = frozenset(
    {"append", "appendleft", "extend", "extendleft", "insert", "remove", "pop", "popleft", "popitem", "clear", "sort"}
    | {"reverse", "rotate", "add", "discard", "update", "setdefault", "difference_update", "intersection_update"}
    | {"symmetric_difference_update", "fill", "put", "itemset", "partition", "resize", "__setitem__", "__delitem__"}
)
"""Methods that change a list, a dict, a set or an array. Others may train, draw or save: they are left out."""
_INSIDE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)  # what is in these does not run by itself
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass(frozen=True)
class _Use:
    """The names that a statement binds, and those it reads at the top level, now or when it is called."""

    binds: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    brings_all: bool = False  # from ... import *
    imports: frozenset[str] = frozenset()
    fills: frozenset[str] = frozenset()  # by their methods; whatever was imported is not meant
    calls: frozenset[str] = frozenset()  # outside of loops, which train
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by a function's name, what calling it changes


def needed_statements(chunks: Sequence[_Chunk], functions: Iterable[str], provided: Iterable[str]) -> list[int]:
    """The indices of the statements to run, in order, before the functions can be called.

    ``chunks`` are as in `LearnerFile`. Names in ``provided`` need nothing of the file, unless they are among the
    functions. What only prints, draws or trains is left out, unless a function reads a name that it binds or fills.
    """
    uses, asked = [_use_of(source) for source, _, _ in chunks], list(functions)
    given, imported = set(provided) - set(asked), frozenset[str]().union(*(use.imports for use in uses))
    bound = [use.binds | (use.fills - imported) for use in uses]
    reached, _ = _reached(uses, bound, asked, given)
    setups = {name: names - imported for use in uses for name, names in use.sets.items() if name not in reached}
    for index, use in enumerate(uses):  # what they set is missed, unless the functions call them for themselves
        bound[index] = bound[index].union(*(setups.get(name, frozenset()) for name in use.calls))
    _, found = _reached(uses, bound, asked, given)
    return sorted(found | {index for index, use in enumerate(uses) if use.brings_all})


def _reached(
    uses: Sequence[_Use], bound: Sequence[frozenset[str]], functions: Sequence[str], given: set[str]
) -> tuple[set[str], set[int]]:
    """The names that the functions need, those in ``given`` among them, and the statements that bind them."""
    wanted, waiting, found = set(given), list(functions), set[int]()
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted.add(name)
        for index, use in enumerate(uses):
            if name in bound[index] and index not in found:
                found.add(index)
                waiting += use.reads
    return wanted, found


def _use_of(source: str) -> _Use:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(source, "chunk", "exec")
        tree = parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the child will say so
        return _Use()
    symbols, running = table.get_symbols(), list(_running(tree))
    binds = {each.get_name() for each in symbols if each.is_assigned() or each.is_imported() or each.is_namespace()}
    reads = {each.get_name() for each in symbols if each.is_referenced()}
    waiting = list(table.get_children())
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        reads |= {each.get_name() for each in scope.get_symbols() if each.is_global()}
    return _Use(
        frozenset(binds | _changed(running)),
        frozenset(reads),
        any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body),
        frozenset(each.get_name() for each in symbols if each.is_imported()),
        _filled(running),
        frozenset(map(_called, _running(tree, _LOOPS))) - {""},
        _set_by_calls(tree, table),
    )


def _running(node: ast.AST, but: tuple[type[ast.AST], ...] = ()) -> Iterator[ast.AST]:
    """All that is in a statement and runs with it, not what is in a function or a class, nor in what is in ``but``."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        inner = [child for child in ast.iter_child_nodes(each) if not isinstance(child, _INSIDE + but)]
        waiting += [child for child in inner if not _trains(child)]


def _trains(node: ast.AST) -> bool:
    """Whether it is a loop that changes the network or calls its Jacobians: what it notes besides is not missed."""
    if not isinstance(node, _LOOPS):
        return False
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    return any(each.id in JACOBIANS or (each.id in PARAMETERS and isinstance(each.ctx, ast.Store)) for each in names)


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _changed(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Names whose entries or attributes are set: ``table[0] = 1``, ``setattr(table, "size", 1)``."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            found.append(_root(node))
        elif isinstance(node, ast.Call) and _called(node) in ("setattr", "delattr") and node.args:
            found.append(_root(node.args[0]))
    return frozenset(found) - {""}


def _filled(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Names whose entries a method changes: ``table.append(1)``."""
    functions = [node.func for node in nodes if isinstance(node, ast.Call)]
    fills = [each.value for each in functions if isinstance(each, ast.Attribute) and each.attr in CHANGING]
    return frozenset(map(_root, fills)) - {""}


def _root(node: ast.AST) -> str:
    """The name that an entry or an attribute is of, or of what its method gives; empty if there is none."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Call(func=ast.Attribute(value=inner)):
                node = inner
            case _:
                return ""
    return node.id


def _set_by_calls(tree: ast.Module, table: symtable.SymbolTable) -> dict[str, frozenset[str]]:
    """By the name of each function in a statement, the names of the file that calling it binds or fills."""
    children = [child for node in _running(tree) for child in ast.iter_child_nodes(node)]
    bodies = {each.name: each.body for each in children if isinstance(each, ast.FunctionDef)}
    found = {}
    for scope in table.get_children():
        if scope.get_name() not in bodies:
            continue
        nodes = list(_running(ast.Module(bodies[scope.get_name()], [])))
        filled = _changed(nodes) | _filled(nodes)
        found[scope.get_name()] = frozenset(
            each.get_name()
            for each in scope.get_symbols()
            if each.is_global() and (each.is_assigned() or each.get_name() in filled)
        )
    return found
