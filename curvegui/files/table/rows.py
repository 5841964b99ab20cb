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
        """Read more lines. Raises ``CurveError`` if a point is too far away, or there are too many; the sentence does
        not name the file."""
        quiet = self._layout.quiet
        found = [(n, line) for n, line in enumerate(lines, self._lines + 1) if line.strip() and n not in quiet]
        rows = [each for each in found if not is_comment(each[1])]
        self._lines += len(lines)
        self._rows += len(rows)
        self.comments += len(found) - len(rows)
        if self._rows > MOST_ROWS:
            words = mark("It has more than {most:,} rows. Make a smaller table of it, say of every tenth row.")
            raise CurveError(tr(words, most=MOST_ROWS))
        if not rows:
            return
        numbers, values = [n for n, _ in rows], rows_at_once([line for _, line in rows], self._layout)
        if values is None:
            each = [(n, numbers_in(line, self._layout)) for n, line in rows]
            skipped = [SkippedLine(n, row) for n, row in each if isinstance(row, str)]
            self.skipped_count += len(skipped)
            self.skipped += skipped[: MOST_SHOWN - len(self.skipped)]
            good = [(n, row) for n, row in each if not isinstance(row, str)]
            if not good:
                return
            numbers, values = [n for n, _ in good], np.array([row for _, row in good]).T
        far = np.abs(values) > np.array([FARTHEST, FARTHEST, LARGEST_T])[: len(values), np.newaxis]
        if far.any():
            at = int(far.any(axis=0).argmax())
            column, most = self._layout.columns[int(far[:, at].argmax())], "1e300" if far[2:, at].any() else "1e9"
            words = mark("Line {line:,}: {column} is beyond {most}. Use another unit for it.")
            raise CurveError(tr(words, line=numbers[at], column=column, most=most))
        self._parts.append(values)

    def values(self) -> FloatArray:
        """All numbers so far, shape (2 or 3, n): x, y and maybe t."""
        return np.concatenate([np.empty((len(self._layout.picked), 0)), *self._parts], axis=1)


def rows_at_once(lines: list[str], layout: TableLayout) -> FloatArray | None:
    """The picked numbers, shape (2 or 3, n), of some rows, at once; None if one of the rows is unusual. This takes a
    tenth of the time of reading row after row. ``float`` sees only characters of numbers: it accepts more than a person
    would."""
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
    found = [(cells[i], layout.dialect.number(cells[i])) for i in layout.picked]
    wrong = next((cell for cell, number in found if number is None), None)
    if wrong is None:
        return [number for _, number in found if number is not None]
    if not wrong.strip():
        return tr("a cell is empty")
    words, decimal = mark("{shown} is not a number"), layout.dialect.decimal
    if wrong.strip().lstrip("+-").casefold() in {"nan", "inf", "infinity"}:
        words = mark("{shown} is not a finite number")
    elif Dialect(layout.dialect.delimiter, "," if decimal == "." else ".").number(wrong) is not None:
        words = mark("{shown} is not a number: the decimal sign of this table is “{decimal}”")
    elif THOUSANDS.search(wrong):
        words = mark("{shown} is not a number: leave out the sign between its thousands")
    return tr(words, shown=quoted(wrong), decimal=decimal)
