"""A text of Python cut into its top-level statements; what cannot be parsed stands alone."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from curvegui.exercise.file.lines import OUTSIDE, after
from curvegui.exercise.file.parsing import check_compiles, in_words, parse

WORK = 30  # times the text's own length may be parsed in search of what is whole
_DEFINES = re.compile(r"(?:async[ \t]+def|def|class|import|from|@)\b|@")  # never inside of brackets, at the left edge
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]")


@dataclass(frozen=True)
class Block:
    """A top-level statement.

    Attributes
    ----------
    source : str
    line : int
        Of its first line, counted from 1.
    tree : ast.stmt or None
        None where it cannot be parsed.
    error : str
        Why not, in words.
    error_line : int or None
        Counted as ``line``.
    """

    source: str
    line: int
    tree: ast.stmt | None
    error: str = ""
    error_line: int | None = None


def blocks_of(text: str) -> list[Block]:
    """The top-level statements of a text, in their order. Lines without any are in none."""
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
    """Cut at the left edge; what cannot be parsed is cut again at the next definition, whatever seems to be open."""
    start, budget = 0, WORK * (1000 + sum(map(len, lines)))
    while start < len(lines):
        end, forced = _end_of_block(lines, start)
        source = "\n".join(lines[start:end])
        budget -= len(source)
        if budget < 0:
            yield Block(
                "\n".join(lines[start:]), start + 1, None, "there is too much in it that cannot be read", start + 1
            )
            return
        try:
            yield from _statements(source, start + 1)
        except SyntaxError as error:
            end = forced or end
            yield _broken(lines[start:end], start, error)
        start = end


def _end_of_block(lines: list[str], start: int) -> tuple[int, int | None]:
    """The line after a block, and the first definition inside of it, if any, at which it may be cut again."""
    place, forced, has_statement = OUTSIDE, None, False
    for number in range(start, len(lines)):
        line = lines[number]
        at_edge = bool(line) and line[0] not in " \t#\f"
        begins = at_edge and not _GOES_ON.match(line)
        if begins and number > start and has_statement:
            defines = bool(_DEFINES.match(line))
            if place.is_free or (defines and not place.quote):
                return number, forced
            if defines and forced is None:
                forced = number
        if begins and place.is_free and not line.startswith("@"):
            has_statement = True
        place = after(place, line)
    return len(lines), forced


def _broken(lines: list[str], start: int, error: SyntaxError) -> Block:
    """A block that cannot be parsed. It ends with its last line that is not empty; it may have begun with some."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    skipped = 0
    while skipped < len(lines) and (not lines[skipped].strip() or lines[skipped].startswith("#")):
        skipped += 1
    first = start + skipped + 1
    wrong = min(max(start + (error.lineno or 1), first), max(first, start + len(lines)))
    return Block("\n".join(lines[skipped:]), first, None, in_words(error), wrong)
