"""What a notebook understands and Python does not: magics, commands for the shell, questions for help."""

import re

from curvegui.exercise.file.lines import OUTSIDE, after

PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun"})
"""Magics of a whole cell whose other lines are Python all the same."""

_MAGIC = re.compile(r"(?P<indent>[ \t]*)(?:[%!?]|[A-Za-z_][\w., ]*=[ \t]*[%!]|[\w.*%]+\?{1,2}[ \t]*(?:#.*)?$)")
_CELL_MAGIC = re.compile(r"%%(\w+)")


def without_magics(text: str) -> str:
    """The Python that is in a cell or a file, line for line.

    A line that is none becomes ``pass``, as far indented, so that what stands around it stays where it was. A cell
    that is written in another language becomes empty.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    cell_magic = _CELL_MAGIC.match(lines[first])
    if cell_magic:
        if cell_magic.group(1) not in PYTHON_CELLS:
            return ""
        lines[first] = ""
    place, goes_on = OUTSIDE, False
    for number, line in enumerate(lines):
        magic = _MAGIC.match(line) if place.is_free else None
        if goes_on or magic:
            lines[number] = f"{magic.group('indent')}pass" if magic and not goes_on else ""
            goes_on = line.endswith("\\")
        else:
            place = after(place, line)
    return "\n".join(lines)


def dedented(text: str) -> str:
    """A cell without the indentation that its first line has, as notebooks run it."""
    lines = text.split("\n")
    indent = re.match(r"[ \t]*", next((line for line in lines if line.strip()), ""))
    width = indent.group() if indent else ""
    return "\n".join(line.removeprefix(width) for line in lines) if width else text
