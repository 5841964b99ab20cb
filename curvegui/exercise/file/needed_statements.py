"""Which top-level statements the functions need: the others, such as plots and training, are not run."""

import ast
import symtable
import warnings
from collections.abc import Iterable, Iterator, Sequence
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
    """The names that a statement binds, and the names that it or its functions read at the top level."""

    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    brings_all: bool = False  # from ... import *
    imports: set[str] = field(default_factory=set)
    fills: set[str] = field(default_factory=set)  # by their methods; whatever was imported is not meant
    calls: set[str] = field(default_factory=set)  # outside of loops, which train
    sets: dict[str, set[str]] = field(default_factory=dict)  # by a function's name, what calling it changes


def needed_statements(chunks: Sequence[_Chunk], functions: Iterable[str], provided: Iterable[str]) -> list[int]:
    """The indices of the statements to run, in order, before the functions can be called.

    ``chunks`` are as in `LearnerFile`. Names in ``provided`` need nothing of the file, unless they are among the
    functions. Lines that only print, draw or train are left out, unless a function reads a name that they set or fill.
    """
    uses, asked = [_use_of(source) for source, _, _ in chunks], list(functions)
    given, imported = set(provided) - set(asked), set[str]().union(*(use.imports for use in uses))
    bound = [use.binds | (use.fills - imported) for use in uses]
    wanted, _ = _followed(uses, bound, asked, given)
    setups = {name: names - imported for use in uses for name, names in use.sets.items() if name not in wanted}
    for index, use in enumerate(uses):  # what they set is missed, unless the functions call them for themselves
        bound[index] = bound[index].union(*(setups.get(name, ()) for name in use.calls))
    _, found = _followed(uses, bound, asked, given)
    return sorted(found | {index for index, use in enumerate(uses) if use.brings_all})


def _followed(
    uses: Sequence[_Use], bound: Sequence[set[str]], functions: Sequence[str], given: set[str]
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
    changed, filled = _changed(running)
    brings_all = any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body)
    imports = {each.get_name() for each in symbols if each.is_imported()}
    calls = {each.func.id for each in _running(tree, _LOOPS)
             if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}  # fmt: skip
    return _Use(binds | changed, reads, brings_all, imports, filled, calls, _set_by_calls(tree, table))


def _running(node: ast.AST, but: tuple[type[ast.AST], ...] = ()) -> Iterator[ast.AST]:
    """All nodes in a statement that run with it: none inside a function or a class, nor inside the kinds in ``but``."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        inner = [child for child in ast.iter_child_nodes(each) if not isinstance(child, _INSIDE + but)]
        waiting += [child for child in inner if not _trains(child)]


def _trains(node: ast.AST) -> bool:
    """Whether a node is a loop that changes the network or calls its Jacobians: nothing else in it is missed."""
    if not isinstance(node, _LOOPS):
        return False
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    return any(each.id in JACOBIANS or (each.id in PARAMETERS and isinstance(each.ctx, ast.Store)) for each in names)


def _changed(nodes: Iterable[ast.AST]) -> tuple[set[str], set[str]]:
    """Names whose entries or attributes are set (``table[0] = 1``), and names that a method such as append fills."""
    changed, filled = set[str](), set[str]()
    for node in nodes:
        match node:
            case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
                changed.add(_root(node))
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[owner, *_]):
                changed.add(_root(owner))
            case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in CHANGING:
                filled.add(_root(owner))
    return changed - {""}, filled - {""}


def _root(node: ast.AST) -> str:
    """The name to which an entry, an attribute or a method's result belongs; empty if there is none."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Call(func=ast.Attribute(value=inner)):
                node = inner
            case _:
                return ""
    return node.id


def _set_by_calls(tree: ast.Module, table: symtable.SymbolTable) -> dict[str, set[str]]:
    """By the name of each function in a statement, the file's names that calling the function binds or fills."""
    children = [child for node in _running(tree) for child in ast.iter_child_nodes(node)]
    bodies = {each.name: each.body for each in children if isinstance(each, ast.FunctionDef)}
    found = {}
    for scope in table.get_children():
        if scope.get_name() in bodies:
            changed, filled = _changed(_running(ast.Module(bodies[scope.get_name()], [])))
            outer = [each for each in scope.get_symbols() if each.is_global()]
            names = {each.get_name() for each in outer if each.is_assigned()}
            found[scope.get_name()] = names | {each.get_name() for each in outer} & (changed | filled)
    return found
