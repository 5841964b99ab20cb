"""The line of a function in which a mistake most likely is: one that shows a clue."""

import io
import re
import tokenize
from collections.abc import Sequence

from curvegui.exercise.file.learner_file import Definition

TELLS_NOTHING = re.compile(r"^\s*(def|async def|@)|network_function\s*\(")
"""The lines in which every name occurs."""


def line_of(definition: Definition | None, clues: Sequence[str]) -> int | None:
    """The line in the file that shows the best of these clues (regular expressions), or that of the ``def``.

    None if ``definition`` is None.
    """
    if definition is None:
        return None
    lines = code_lines(definition.source)
    for clue in clues:
        for number, line in enumerate(lines):
            if not TELLS_NOTHING.search(line) and re.search(clue, line):
                return definition.line + number
    return definition.line


def shows(definition: Definition | None, line: int, clues: Sequence[str]) -> bool:
    """Whether a line of the file, inside the definition, shows the best clue."""
    if definition is None or not clues:
        return False
    lines = code_lines(definition.source)
    return 0 <= line - definition.line < len(lines) and bool(re.search(clues[0], lines[line - definition.line]))


def code_lines(source: str) -> list[str]:
    """The lines without comments and strings, which say nothing about what is computed."""
    lines = [list(line) for line in source.splitlines()]
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in (tokenize.COMMENT, tokenize.STRING):
                _blank_out(lines, token.start, token.end)
    except (tokenize.TokenError, SyntaxError):
        pass  # what has been blanked out by then
    return ["".join(line) for line in lines]


def _blank_out(lines: list[list[str]], start: tuple[int, int], end: tuple[int, int]) -> None:
    for row in range(start[0] - 1, min(end[0], len(lines))):
        first = start[1] if row == start[0] - 1 else 0
        last = end[1] if row == end[0] - 1 else len(lines[row])
        lines[row][first:last] = " " * len(lines[row][first:last])
