"""Takes the lines of a table and keeps the numbers in them, within bounds, and what was skipped on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import tr
from curvegui.files.table.dialect import LONGEST_RECORD, is_comment, record_length
from curvegui.files.table.layout import Layout
from curvegui.files.table.row import row_of, usual_rows, why_not

MOST_SHOWN = 100  # of the lines that were skipped; the others are counted
FARTHEST = 1e9  # of a coordinate
LARGEST_T = 1e300  # the difference of two is still a number


@dataclass(frozen=True)
class SkippedLine:
    """A line that holds no point, counted from 1, and why not."""

    line: int
    reason: str


class TableReader:
    """Reads the lines of a table, some at a time; ``skipped`` holds the first ``MOST_SHOWN`` lines without a point."""

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

        Raises ``CurveError`` if a point is too far away; the sentence does not name the file.
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
            self._keep(values, range(done), lines)
        self._line += done
        self._waiting = lines[done:]

    def values(self) -> FloatArray:
        """All numbers so far, shape (2 or 3, n): x, y and maybe t."""
        return np.concatenate([np.empty((len(self._layout.picked), 0)), *self._parts], axis=1)

    def _read_odd(self, lines: list[str], last: bool) -> int:
        """Read lines of which some are unusual; return how many are done."""
        if any('"' in line for line in lines):  # a line need not be a row then
            return self._read_records(lines, last)
        told = [at for at, line in enumerate(lines) if line and not line.isspace()]
        told = [at for at in told if self._line + at not in self._layout.quiet]
        rows = [at for at in told if not is_comment(lines[at])]
        self.comments += len(told) - len(rows)
        values = usual_rows([lines[at] for at in rows], self._layout) if 0 < len(rows) < len(lines) else None
        if values is not None:
            self._keep(values, rows, lines)
        else:
            self._keep_found([(at, row_of(lines[at], self._layout)) for at in rows], lines)
        return len(lines)

    def _read_records(self, lines: list[str], last: bool) -> int:
        """Read lines of which some may belong together; return how many are done."""
        found: list[tuple[int, list[float] | None]] = []
        at = 0
        while at < len(lines):
            count = record_length(lines, at, last)
            if not count:
                break
            found.append((at, self._row(lines[at : at + count], self._line + at)))
            at += 1 if found[-1][1] is None else count
        self._keep_found(found, lines)
        return at

    def _keep(self, values: FloatArray, places: Sequence[int], lines: list[str]) -> None:
        """Keep the numbers of the lines at these places; nan is no number."""
        bad = np.isnan(values).any(axis=0)
        if bad.any():
            self._keep_found([(places[i], None) for i in np.flatnonzero(bad).tolist()], lines)
            places, values = [places[i] for i in np.flatnonzero(~bad).tolist()], values[:, ~bad]
        if values.size:
            self._add(values, places)

    def _keep_found(self, found: list[tuple[int, list[float] | None]], lines: list[str]) -> None:
        """Keep the numbers of some lines, and why others have none; an empty list needs none."""
        for at, row in found:
            if row is None and self._line + at not in self._layout.quiet:
                self._skip(self._line + at, lines[at])
        rows = [(at, row) for at, row in found if row]
        if rows:
            self._add(np.array([row for _, row in rows]).T, [at for at, _ in rows])

    def _row(self, record: list[str], number: int) -> list[float] | None:
        """The numbers of a record; an empty list if it needs none, None if it should have some."""
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

    def _add(self, values: FloatArray, places: Sequence[int]) -> None:
        """Keep numbers, shape (2 or 3, n), of the lines at these places after the last one that was read."""
        bounds = np.array([FARTHEST, FARTHEST, LARGEST_T])[: len(values), np.newaxis]
        far = np.abs(values) > bounds
        if far.any():
            at = int(far.any(axis=0).argmax())
            column = self._layout.columns[int(far[:, at].argmax())]
            most = "1e300" if far[2:, at].any() else "1e9"
            raise CurveError(
                tr(
                    "Line {line:,}: {column} is beyond {most}. Use another unit for it.",
                    line=self._line + places[at],
                    column=column,
                    most=most,
                )
            )
        self._parts.append(values)
