"""The cells of a Jupyter notebook, of version 4 of its format, as plain Python."""

import json
import re
from typing import Any

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.parsing import parse
from curvegui.exercise.problem import ExerciseError

MOST_CELLS = 5_000
MOST_LISTS = 200_000  # and objects; outputs may have some


def is_notebook(text: str) -> bool:
    """Whether a text looks like a notebook, whatever the file's name ends with."""
    return text.lstrip().startswith("{") and '"cells"' in text


def cells_of(text: str) -> list[tuple[int, str]]:
    """The cells with code, each with its number from 1 among all cells; raises ``ExerciseError`` for other texts."""
    if text.count("[") + text.count("{") > MOST_LISTS:
        raise ExerciseError(tr("The notebook is too large. Clear its outputs and save it again."))
    try:
        found = json.loads(text, parse_int=float, parse_float=float)  # of which none is needed
    except json.JSONDecodeError as error:
        words = mark("what is in it is not JSON in line {line}. Perhaps it is damaged: download or save it again.")
        words = tr(words, line=error.lineno)
        raise ExerciseError(tr("It is not a Jupyter notebook: {words}", words=words)) from error
    except (ValueError, RecursionError) as error:
        raise ExerciseError(tr("It is not a Jupyter notebook: its content is not JSON.")) from error
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise ExerciseError(tr("It is not a Jupyter notebook: it has no list of cells."))
    return [
        (number, _source(cell))
        for number, cell in enumerate(cells, start=1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""  # no half characters


BY_MODULE = "from pylab import *"
BY_PYLAB = "from pylab import *; from numpy import abs, fft, max, min, random, round"
"""%pylab takes a few names from NumPy that the module leaves to Python; a star would load for a quarter of a second."""
PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun"})
"""Magics of a whole cell whose other lines are Python all the same."""

_MAGIC = re.compile(
    r"(?P<indent>[ \t]*)(?:%{1,2}\w|!(?!=)|\?|[A-Za-z_][\w., ]*=[ \t]*[%!]|[\w.*%]+\?{1,2}[ \t]*(?:#.*)?$)"
)
_CELL_MAGIC = re.compile(r"%%(\w+)")
_SAVED_AS = r"get_ipython\(\)\.(?:run_line_)?magic\(['\"]"  # a magic where Jupyter saves a notebook as Python
_ALL_OF_NUMPY = re.compile(rf"(?:%|{_SAVED_AS})(?:(?P<pylab>pylab\b(?!.*--no-import-all))|run\b.*\bBackpropModule\b)")
"""Magics that bring the names of NumPy: the second one runs the module of the course, or ours."""


PAGE_BREAK = re.compile(r"^[ \t\f]*\f", re.MULTILINE)  # in front of a line, whose indentation begins after it


def python_of(text: str, is_cell: bool) -> str:
    """The Python in a cell or a file, line by line.

    Any other line becomes ``pass`` with the same indentation, so that the lines around it keep their numbers; a line
    that brings the names of NumPy becomes an import of them. A cell in another language becomes empty; a cell that is
    indented as a whole loses the indentation, as notebooks run it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = PAGE_BREAK.sub("", text).replace("\f", " ")
    if is_cell and (width := re.match(r"\s*^([ \t]+)", text, re.MULTILINE)):
        text = re.sub(rf"^{width[1]}", "", text, flags=re.MULTILINE)
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    cell_magic = _CELL_MAGIC.match(lines[first])
    if cell_magic:
        if cell_magic.group(1) not in PYTHON_CELLS:
            return ""
        lines[first] = ""
    try:
        parse(text)
        is_python = True
    except SyntaxError:
        is_python = False
    goes_on = False
    for number, line in enumerate(lines):
        brings, magic = _ALL_OF_NUMPY.match(line), None if is_python else _MAGIC.match(line)
        if goes_on:
            lines[number] = ""
        elif brings:
            lines[number] = BY_PYLAB if brings["pylab"] else BY_MODULE
        elif magic:
            lines[number] = f"{magic['indent']}pass"
        goes_on = bool(goes_on or brings or magic) and line.endswith("\\")
    return "\n".join(lines)
