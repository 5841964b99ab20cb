"""The cells of a Jupyter notebook, versions 3 and 4 of its format."""

import json
from dataclasses import dataclass
from typing import Any

from curvegui.exercise.error import ExerciseError

MOST_CELLS = 5_000
MOST_LISTS = 200_000  # and objects; outputs may have some
MOST_DEPTH = 100  # of brackets; the outputs of plots are the deepest


@dataclass(frozen=True)
class Cell:
    """A cell with Python in it.

    Attributes
    ----------
    number : int
        Counted from 1 among all cells.
    source : str
    """

    number: int
    source: str


def is_notebook(text: str) -> bool:
    """Whether a text looks like a notebook, whatever the file's name ends with."""
    return text.lstrip().startswith("{") and ('"cells"' in text or '"worksheets"' in text)


def cells_of(text: str) -> list[Cell]:
    """The cells with code.

    Raises
    ------
    ExerciseError
        If it is no notebook.
    """
    found = _loaded(text)
    cells = found.get("cells")
    if cells is None and isinstance(sheets := found.get("worksheets"), list):
        cells = [cell for sheet in sheets[:MOST_CELLS] for cell in _cells_of_sheet(sheet)]
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise ExerciseError("It is no Jupyter notebook: it has no list of cells.")
    return [Cell(number, _source(cell)) for number, cell in enumerate(cells, start=1) if _is_code(cell)]


def _loaded(text: str) -> dict[str, Any]:
    if text.count("[") + text.count("{") > MOST_LISTS:
        raise ExerciseError("It is no notebook that can be read: there is too much in it. Clear its outputs, and save.")
    try:
        found = json.loads(text, parse_int=float, parse_float=float)  # of which none is needed
    except json.JSONDecodeError as error:
        words = f"what is in it is not JSON in line {error.lineno}. Perhaps it is damaged: download or save it again."
        raise ExerciseError(f"It is no Jupyter notebook: {words}") from error
    except (ValueError, RecursionError) as error:
        raise ExerciseError("It is no Jupyter notebook: what is in it is not JSON.") from error
    if not isinstance(found, dict):
        raise ExerciseError("It is no Jupyter notebook: it has no list of cells.")
    return found


def _cells_of_sheet(sheet: Any) -> list[Any]:
    cells = sheet.get("cells") if isinstance(sheet, dict) else None
    return cells if isinstance(cells, list) else []


def _is_code(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _source(cell: dict[str, Any]) -> str:
    """What is written in a cell; version 3 calls it input."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""  # no half characters
