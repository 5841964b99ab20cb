"""Takes the lines of a table and keeps the numbers in them, within bounds, and what was skipped on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve import CurveError
from curvegui.files.table_dialect import is_comment
from curvegui.files.table_layout import Layout
from curvegui.files.table_record import LONGEST_RECORD, record_length
from curvegui.files.table_row import row_of, usual_rows, why_not

MOST_SHOWN = 100  # of the lines that were skipped; the others are counted
FARTHEST = 1e9  # of a coordinate
LARGEST_T = 1e300  # the difference of two is still a number


@dataclass(frozen=True)
class SkippedLine:
    """A line that holds no point, counted from 1, and why not."""

    line: int
    reason: str


class TableReader:
    """Reads the lines of a table, some at a time.

    Attributes
    ----------
    skipped : list of SkippedLine
        The first ``MOST_SHOWN`` of them.
    skipped_count : int
    comments : int
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._parts: list[FloatArray] = []
        self._line = 1  # the number of the next one
        self._waiting: list[str] = []  # lines with a quoted cell that may go on
        self.skipped: list[SkippedLine] = []
        self.skipped_count = 0
        self.comments = 0

    def feed(self, lines: list[str], last: bool = False) -> None:
        """Read more lines; ``last`` says that no more will come.

        Raises
        ------
        CurveError
            If a point is too far away. The sentence does not name the file.
        """
        if self._waiting:
            lines = self._waiting + lines
            if len(lines) < LONGEST_RECORD and not last:
                self._waiting = lines
                return
        if not any(lines):  # there are files of nothing else
            self._line += len(lines)
            return
        values = usual_rows(lines, self._layout)
        if values is None:
            done = self._read_odd(lines, last)
        else:
            done = len(lines)
            self._add(values, range(self._line, self._line + done))
        self._line += done
        self._waiting = lines[done:]

    def values(self) -> FloatArray:
        """All numbers so far, shape (2 or 3, n): x, y and maybe t."""
        return np.concatenate([np.empty((len(self._layout.picked), 0)), *self._parts], axis=1)

    def _read_odd(self, lines: list[str], last: bool) -> int:
        """Read lines of which some are not as usual; how many of them are done."""
        if any('"' in line for line in lines):  # a line need not be a row then
            return self._read_each(lines, last)
        told = [at for at, line in enumerate(lines) if line and not line.isspace()]
        told = [at for at in told if self._line + at not in self._layout.quiet]
        rows = [at for at in told if not is_comment(lines[at])]
        values = usual_rows([lines[at] for at in rows], self._layout) if rows else None
        if rows and values is None:
            return self._read_each(lines, last)
        self.comments += len(told) - len(rows)
        if values is not None:
            self._add(values, [self._line + at for at in rows])
        return len(lines)

    def _read_each(self, lines: list[str], last: bool) -> int:
        """Read lines one by one; how many of them are done."""
        rows: list[list[float]] = []
        numbers: list[int] = []
        at = 0
        while at < len(lines):
            count = record_length(lines, at, last)
            if not count:
                break
            row = self._row(lines[at : at + count], self._line + at)
            if row is None:
                self._skip(self._line + at, lines[at])
                count = 1
            elif row:
                rows.append(row)
                numbers.append(self._line + at)
            at += count
        if rows:
            self._add(np.array(rows).T, numbers)
        return at

    def _row(self, record: list[str], number: int) -> list[float] | None:
        """The numbers of a record, nothing where it needs to have none, or None where it should."""
        first = record[0]
        if not first or first.isspace() or number in self._layout.quiet:
            return []
        if is_comment(first):
            self.comments += 1
            return []
        return row_of("\n".join(record), self._layout)

    def _skip(self, number: int, line: str) -> None:
        self.skipped_count += 1
        if len(self.skipped) < MOST_SHOWN:
            self.skipped.append(SkippedLine(number, why_not(line, self._layout)))

    def _add(self, values: FloatArray, lines: Sequence[int]) -> None:
        """Keep numbers, shape (2 or 3, n), of so many lines."""
        bounds = np.array([FARTHEST, FARTHEST, LARGEST_T])[: len(values), np.newaxis]
        far = np.abs(values) > bounds
        if far.any():
            at = int(far.any(axis=0).argmax())
            column = self._layout.columns[int(far[:, at].argmax())]
            most = "1e300" if far[2:, at].any() else "1e9"
            raise CurveError(f"Line {lines[at]:,}: {column} is beyond {most}. Use another unit for it.")
        self._parts.append(values)
