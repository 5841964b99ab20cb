"""The numbers in the rows of a table: usual rows many at a time, others one by one; or why a row has none."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.files.table.layout import THOUSANDS, Dialect, TableLayout, is_comment
from curvegui.files.table.text import LONGEST_LINE, quoted

MOST_ROWS = 1_000_000
MOST_SHOWN = 100  # of the lines that were skipped; the others are counted
FARTHEST = 1e9  # of a coordinate
LARGEST_T = 1e300  # the difference of two is still a number
NUMERIC = b"+-.,0123456789eE \t\n"  # all that there is in numbers, and around them
OPENING_QUOTE = re.compile(r'(?:^|[,;\t ])"')  # not the inches of 5"


class SkippedLine(NamedTuple):
    """A line that holds no point, counted from 1, and why not."""

    line: int
    reason: str


class TableReader:
    """Reads the lines of a table, some at a time; ``skipped`` holds the first ``MOST_SHOWN`` lines without a point."""

    def __init__(self, layout: TableLayout) -> None:
        self._layout = layout
        self._parts: list[FloatArray] = []
        self._lines = self._rows = 0  # how many have been read
        self.skipped: list[SkippedLine] = []
        self.skipped_count = self.comments = 0

    def feed(self, lines: Sequence[str]) -> None:
        """Read more lines.

        Raises ``CurveError`` if a point is too far away, or there are too many; the sentence does not name the file.
        """
        quiet = self._layout.quiet
        told = [(n, line) for n, line in enumerate(lines, self._lines + 1) if line.strip() and n not in quiet]
        rows = [each for each in told if not is_comment(each[1])]
        self._lines += len(lines)
        self._rows += len(rows)
        self.comments += len(told) - len(rows)
        if self._rows > MOST_ROWS:
            words = mark("It has more than {most:,} rows. Make a smaller table of it, say of every tenth row.")
            raise CurveError(tr(words, most=MOST_ROWS))
        if not rows:
            return
        numbers, values = [n for n, _ in rows], rows_at_once([line for _, line in rows], self._layout)
        if values is None:
            found = [(n, numbers_in(line, self._layout)) for n, line in rows]
            self._skip([SkippedLine(n, row) for n, row in found if isinstance(row, str)])
            good = [(n, row) for n, row in found if not isinstance(row, str)]
            if not good:
                return
            numbers, values = [n for n, _ in good], np.array([row for _, row in good]).T
        self._check_size(values, numbers)
        self._parts.append(values)

    def values(self) -> FloatArray:
        """All numbers so far, shape (2 or 3, n): x, y and maybe t."""
        return np.concatenate([np.empty((len(self._layout.picked), 0)), *self._parts], axis=1)

    def _skip(self, lines: list[SkippedLine]) -> None:
        self.skipped_count += len(lines)
        self.skipped += lines[: MOST_SHOWN - len(self.skipped)]

    def _check_size(self, values: FloatArray, numbers: list[int]) -> None:
        """Raise ``CurveError`` where a number is too large, with its line and column."""
        far = np.abs(values) > np.array([FARTHEST, FARTHEST, LARGEST_T])[: len(values), np.newaxis]
        if far.any():
            at = int(far.any(axis=0).argmax())
            words = tr(
                "Line {line:,}: {column} is beyond {most}. Use another unit for it.",
                line=numbers[at],
                column=self._layout.columns[int(far[:, at].argmax())],
                most="1e300" if far[2:, at].any() else "1e9",
            )
            raise CurveError(words)


def rows_at_once(lines: list[str], layout: TableLayout) -> FloatArray | None:
    """The picked numbers, shape (2 or 3, n), of some rows, at once; None if a single one of them is unusual.

    It takes a tenth of the time of one row after the other. ``float`` sees only characters that are in numbers, since
    it accepts more than a person would.
    """
    delimiter, decimal = layout.dialect.delimiter, layout.dialect.decimal
    text = delimiter.join(lines)
    if '"' in text:
        return None
    rows = [line.split() if delimiter == " " else line.split(delimiter) for line in lines]
    if {*map(len, rows)} != {layout.width}:
        return None
    cells = list(chain.from_iterable(rows))
    columns = ["\n".join(cells[i :: layout.width]) for i in layout.picked]
    picked = "\n".join(columns)
    if not picked.isascii() or picked.encode("ascii").translate(None, NUMERIC):
        return None
    if decimal == ",":
        columns = [column.replace(".", "?").replace(",", ".") for column in columns]
    try:
        return np.array([list(map(float, column.split("\n"))) for column in columns])
    except ValueError:
        return None


def numbers_in(line: str, layout: TableLayout) -> list[float] | str:
    """The picked numbers of a row, or the reason why it holds no point."""
    if len(line) > LONGEST_LINE:
        return tr("it is longer than {most:,} characters", most=LONGEST_LINE)
    if line.count('"') % 2 and OPENING_QUOTE.search(line):
        return tr("a quotation mark is not closed")
    cells, width = layout.dialect.cells(line), layout.width
    is_wide = len(cells) > max(layout.picked) and not any(map(str.strip, cells[width:]))  # only empty cells beyond
    if len(cells) != width and not is_wide:
        return tr_n(
            "it has {n:,} cell instead of {width:,}", "it has {n:,} cells instead of {width:,}", len(cells), width=width
        )
    row = []
    for i in layout.picked:
        number = layout.dialect.number(cells[i])
        if number is None:
            return why_no_number(cells[i], layout.dialect)
        row.append(number)
    return row


def why_no_number(cell: str, dialect: Dialect) -> str:
    """The reason why a cell is no number."""
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
    if THOUSANDS.search(cell):
        return tr("{shown} is not a number: leave out the sign between its thousands", shown=shown)
    return tr("{shown} is not a number", shown=shown)
