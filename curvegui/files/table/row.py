"""The numbers in the rows of a table: usual rows many at a time, others one by one; or why a row has none."""

import csv
from collections.abc import Iterable
from itertools import chain, repeat

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr, tr_n
from curvegui.files.table.dialect import Dialect, opens_quote, thousands_in
from curvegui.files.table.layout import Layout
from curvegui.files.table.text import LONGEST_LINE, quoted

NUMERIC = b"+-.,0123456789eE \t\n"  # all that there is in numbers, and around them
MARKS = ("#", "%", "//")  # of lines that have to be looked at one by one


def usual_rows(lines: list[str], layout: Layout) -> FloatArray | None:
    """The picked numbers, shape (2 or 3, n), of at least one row, as from ``row_of``; nan where there is none.

    None if a single line has not the same cells as the others.
    """
    text = layout.dialect.delimiter.join(lines)
    cells = None if any(mark in text for mark in MARKS) else _cells(lines, text, layout)
    if cells is None:
        return None
    columns = [cells[i :: layout.width] for i in layout.picked]
    values = _numbers(columns, layout.dialect)
    if values is None:
        number = layout.dialect.number
        values = np.array([[number(cell) for cell in column] for column in columns], np.float64)  # nan for None
    return None if '"' in text and np.isnan(values).any() else values


def _numbers(columns: list[list[str]], dialect: Dialect) -> FloatArray | None:
    """The numbers in columns of cells, or nan; None if some character is in no number.

    ``float`` sees only characters that are in numbers, since it accepts more than a person would.
    """
    text = "\n".join(map("\n".join, columns))  # what is in no cell
    if not text.isascii() or text.encode("ascii").translate(None, NUMERIC):
        return None
    if dialect.decimal == ",":
        columns = ["\n".join(column).replace(".", "?").replace(",", ".").split("\n") for column in columns]
    try:
        return np.array([np.fromiter(map(float, column), np.float64, len(column)) for column in columns])
    except ValueError:
        return np.array([list(map(_float, column)) for column in columns])


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _cells(lines: list[str], text: str, layout: Layout) -> list[str] | None:
    """The cells of all rows, or None if they have not all the same number."""
    delimiter = layout.dialect.delimiter
    if '"' in text:
        rows = [] if any(map(opens_quote, lines)) else _quoted_rows(lines, delimiter)
    elif delimiter == " ":
        rows = list(map(str.split, lines))
    else:
        usual = set(map(str.count, lines, repeat(delimiter))) == {layout.width - 1}
        return text.split(delimiter) if usual else None
    usual = len(rows) == len(lines) and set(map(len, rows)) == {layout.width}
    return list(chain.from_iterable(rows)) if usual else None


def _quoted_rows(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    """The rows, some of them quoted; empty if the quoting is wrong."""
    lines = (" ".join(line.split()) for line in lines) if delimiter == " " else lines
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def row_of(line: str, layout: Layout) -> list[float] | None:
    """The picked numbers of a row, or None where it holds no point."""
    if len(line) > LONGEST_LINE or opens_quote(line):
        return None
    cells = layout.dialect.cells(line)
    if not _has_width(cells, layout):
        return None
    row = []
    for i in layout.picked:
        number = layout.dialect.number(cells[i])
        if number is None:
            return None
        row.append(number)
    return row


def _has_width(cells: list[str], layout: Layout) -> bool:
    """Whether all that is needed is there, and only empty cells beyond."""
    count = len(cells)
    return count == layout.width or (max(layout.picked) < count and not any(map(str.strip, cells[layout.width :])))


def why_not(line: str, layout: Layout) -> str:
    """The reason why a row holds no point."""
    if len(line) > LONGEST_LINE:
        return tr("it is longer than {most:,} characters", most=LONGEST_LINE)
    if opens_quote(line):
        return tr("a quotation mark is not closed")
    cells = layout.dialect.cells(line)
    if not _has_width(cells, layout):
        return tr_n(
            "it has {n:,} cell instead of {width:,}",
            "it has {n:,} cells instead of {width:,}",
            len(cells),
            width=layout.width,
        )
    return next(_reason(cells[i], layout.dialect) for i in layout.picked if layout.dialect.number(cells[i]) is None)


def _reason(cell: str, dialect: Dialect) -> str:
    """Why a cell is no number."""
    if not cell.strip():
        return tr("a cell is empty")
    shown = quoted(cell)
    if cell.strip().lstrip("+-").casefold() in {"nan", "inf", "infinity"}:
        return tr("{shown} is not a finite number", shown=shown)
    other = Dialect(dialect.delimiter, "," if dialect.decimal == "." else ".")
    if other.number(cell) is not None:
        return tr(
            "{shown} is not a number: the decimal sign of this table is “{decimal}”",
            shown=shown,
            decimal=dialect.decimal,
        )
    if thousands_in(cell):
        return tr("{shown} is not a number: leave out the sign between its thousands", shown=shown)
    return tr("{shown} is not a number", shown=shown)
