"""A learner's file as it was read: its definitions, and where each is. Nothing in it has been run."""

import ast
import hashlib
import io
import os
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import open_regular, quoted_name, why_unreadable
from curvegui.exercise.file.notebook_cells import cells_of, is_notebook, python_of
from curvegui.exercise.file.parsing import (
    cannot_read,
    check_compiles,
    in_words,
    is_incomplete,
    on_a_deep_stack,
    parse,
)  # fmt: skip
from curvegui.exercise.problem import GIVEN, JACOBIANS, ExerciseError


@dataclass(frozen=True)
class Definition:
    """A function's definition in the file."""

    name: str
    source: str  # its lines
    line: int  # of its first line, counted from 1; in a notebook, within its cell
    cell: int | None = None  # of a notebook, counted from 1 among all cells
    error: str = ""  # why it cannot be parsed, in words; empty where it can
    error_line: int | None = None  # counted as ``line``


@dataclass(frozen=True)
class Unread:
    """Lines outside the six functions that Python cannot read; ``line`` and ``cell`` are as in `Definition`."""

    line: int
    cell: int | None
    error: str  # why not, as the second half of a sentence

    def sentence(self, cell_name: str = "") -> str:
        """The whole sentence for people; ``cell_name`` is as in `LearnerFile.cell_name`."""
        if not self.cell:
            return cannot_read(self.error, tr("line {line}", line=self.line))
        cell = cell_name or tr("cell {cell}", cell=self.cell)
        return cannot_read(self.error, tr("line {line} of {cell}", line=self.line, cell=cell))


@dataclass(frozen=True)
class LearnerFile:
    """The definitions and statements in a learner's file."""

    path: Path
    digest: str  # SHA-256 of its bytes, in hex: what a person agreed to run
    definitions: tuple[Definition, ...]  # in their order; of a name that is defined twice, both
    chunks: tuple[tuple[str, int, int | None], ...]  # what the child executes: source, line, cell of each statement
    unread: tuple[Unread, ...] = ()  # what could not be parsed and is in none of the six Jacobians

    def last(self, name: str) -> Definition | None:
        """The last definition of a name: the definition that counts."""
        return next((each for each in reversed(self.definitions) if each.name == name), None)

    def cell_name(self, cell: int | None, name: str = "") -> str:
        """A cell in words, such as "the cell of J_b3", by ``name`` if the cell has it; empty outside of notebooks."""
        if cell is None:
            return ""
        names = [each.name for each in self.definitions if each.cell == cell]
        known = [each for each in names if each == name] or [each for each in names if each in JACOBIANS] or names
        return tr("the cell of {known}", known=known[0]) if known else tr("cell {cell}", cell=cell)

    def text_of(self, line: int, cell: int | None) -> str:
        """A line of a function or a statement, counted as in `Definition`; empty for a line that is in neither."""
        parts = (*((each.source, each.line, each.cell) for each in self.definitions), *self.chunks)
        for source, first, where in parts:
            lines = source.splitlines()
            if where == cell and 0 <= line - first < len(lines):
                return lines[line - first].strip()
        return ""


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
        start, end = _start_of(tree), tree.end_lineno or tree.lineno
        source = "\n".join(lines[start - 1 : end])
        try:
            check_compiles(tree)
        except SyntaxError as error:
            wrong = min(max(error.lineno or start, start), end)
            yield Block(source, first + start - 1, None, in_words(error), first + wrong - 1)
        else:
            yield Block(source, first + start - 1, tree)


def _one_by_one(lines: list[str]) -> Iterator[Block]:
    """The shortest pieces that can be parsed; a broken piece ends before the next definition at the left edge. A piece
    grows as long as more lines may complete it, such as the lines of a text in three quotes."""
    edges = [at for at, line in enumerate(lines) if line[:1].strip(" \t\xa0#") and not _GOES_ON.match(line)]
    edges = [at for at in edges if at == 0 or not lines[at - 1].startswith("@")] + [len(lines)]
    start, budget = 0, WORK * (1000 + sum(map(len, lines)))
    while start < len(lines):
        at_definition: tuple[int, SyntaxError] | None = None
        for end in [each for each in edges if each > start]:
            source = "\n".join(lines[start:end])
            budget -= len(source)
            if budget < 0:
                words = tr("there is too much in it that cannot be read")
                yield Block("\n".join(lines[start:]), start + 1, None, words, start + 1)
                return
            try:
                yield from _statements(source, start + 1)
                start = end
            except SyntaxError as error:
                if end < len(lines) and is_incomplete(source):
                    if _DEFINES.match(lines[end]):
                        at_definition = at_definition or (end, error)
                    continue
                stop, why = at_definition or (end, error)
                source, first = "\n".join(lines[start:stop]).rstrip(), start + 1
                wrong = min(start + (why.lineno or 1), first + source.count("\n"))
                yield Block(source, first, None, in_words(why), wrong)
                start = stop
            break


def definitions_in(block: Block, cell: int | None) -> list[Definition]:
    """The functions of a block, also those inside an ``if``; in a block that cannot be parsed, found by a pattern."""
    if block.tree is None:
        head = _HEAD.search(block.source)
        name = (head.group(1) or head.group(2)) if head else ""
        if head is None or not (head.group(1) or name in _NAMES or "lambda" in block.source):
            return []
        return [Definition(name, block.source, block.line, cell, block.error, block.error_line)]
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
    """A statement and the statements inside it that are not inside a function or a class."""
    waiting = [tree]
    while waiting:
        each = waiting.pop(0)
        yield each
        if not isinstance(each, (*_FUNCTIONS, ast.ClassDef)):
            inner = list(ast.iter_child_nodes(each))
            handled = [statement for node in inner if isinstance(node, ast.ExceptHandler) for statement in node.body]
            waiting[:0] = [node for node in inner if isinstance(node, ast.stmt)] + handled


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
    """The names in the target of an assignment, one or several."""
    match target:
        case ast.Name():
            yield target
        case ast.Starred(value=value):
            yield from names_assigned(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from names_assigned(part)


MOST_BYTES = 5_000_000  # pictures in a notebook's outputs take most of it
MOST_CODE = 300_000  # characters; the whole exercise has 10,000


def read_learner_file(path: str | os.PathLike[str]) -> LearnerFile:
    """Read a ``.py`` or ``.ipynb`` file; raises ``ExerciseError``, a sentence for people, where that is impossible."""
    try:
        return learner_file(Path(path), bytes_of(Path(path)))
    except (ExerciseError, OSError) as error:
        why = why_unreadable(error) if isinstance(error, OSError) else error
        raise ExerciseError(tr("{path} cannot be used. {error}", path=quoted_name(path), error=why)) from error


def learner_file(path: Path, data: bytes) -> LearnerFile:
    """The learner's file in these bytes; raises ``ExerciseError`` if it has no function, or cannot be read at all."""
    text = text_of(data)
    notebook = holds_notebook(path, text)
    cells: list[tuple[int | None, str]] = [*cells_of(text)] if notebook else [(None, text)]
    if sum(len(source) for _, source in cells) > MOST_CODE:
        raise ExerciseError(tr("It has more than {most:,} characters of Python.", most=MOST_CODE))
    if not cells:
        raise ExerciseError(tr("It has no cell with code."))
    definitions, chunks, unread = list[Definition](), list[tuple[str, int, int | None]](), list[Unread]()
    blocks = on_a_deep_stack(
        lambda: [(at, each) for at, cell in cells for each in blocks_of(python_of(cell, notebook))]
    )
    for number, block in blocks:
        found = definitions_in(block, number)
        definitions += found
        if block.tree is not None:
            chunks.append((block.source, block.line, number))
        elif not any(each.name in JACOBIANS for each in found):  # whose verdict says it
            unread.append(Unread(block.error_line or block.line, number, block.error))
    if not definitions and unread:
        raise ExerciseError(tr("{sentence} It has no function that can be read.", sentence=unread[0].sentence()))
    if not definitions:
        is_inside = any(re.search(r"^[ \t]+def J_[Wb][123]\b", source, re.MULTILINE) for _, source in cells)
        inside = mark("J_W1 and the others have to start at the left edge; here they are inside something else.")
        words = tr(inside) if is_inside else tr("it needs J_W1 and the others.")
        raise ExerciseError(tr("It has no function: {cells}", cells=words))
    return LearnerFile(path, hashlib.sha256(data).hexdigest(), tuple(definitions), tuple(chunks), tuple(unread))


def holds_notebook(path: Path, text: str) -> bool:
    """Whether a file is a notebook, by its name or by its text."""
    return path.suffix.lower() == ".ipynb" or is_notebook(text)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; raises ``ExerciseError`` if there are none or too many, and ``OSError``."""
    with open_regular(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        words = mark("It is larger than {most:.0f} MB. Clear a notebook's outputs, and save it again.")
        raise ExerciseError(tr(words, most=MOST_BYTES / 1e6))
    if not data.strip():
        raise ExerciseError(tr("It is empty."))
    return data


def encoding_of(data: bytes) -> str:
    """The encoding that the first bytes or lines name, or else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError:
        return "utf-8"


def text_of(data: bytes) -> str:
    """The bytes of a file decoded; raises ``ExerciseError`` if they are no text."""
    try:
        text = data.decode(encoding_of(data))
    except (ValueError, LookupError) as error:
        raise ExerciseError(tr("It is not a text file in UTF-8. Save it as UTF-8.")) from error
    if "\0" in text:
        raise ExerciseError(tr("It is not a text file."))
    return text
