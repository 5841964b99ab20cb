"""Reads tables of points: CSV, TSV, any text with numbers in columns. Whatever is odd about them is reported."""

import os
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePath

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import MOST_POINTS, Curve, CurveError, curve_through, merged
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, Source, opened
from curvegui.files.table.layout import THOUSANDS, Columns, TableLayout, layout_of
from curvegui.files.table.rows import SkippedLine, TableReader
from curvegui.files.table.text import BrokenTextError, Progress, line_blocks, marked_codec, quoted

LARGEST_FILE = 200_000_000  # bytes
HEAD_CHARACTERS = 1_000_000  # in which there must be some rows
MEETING = 1e-4  # of the size of a curve, between its ends
ENDINGS = {".csv", ".tsv", ".tab", ".txt", ".dat"}  # that are no part of a curve's name
EVEN = 1e-6  # of a step in t


@dataclass(frozen=True, eq=False)
class PointsTable:
    """The points of a table, and remarks about them for the person."""

    name: str  # of the file, or what a pasted text is called
    layout: TableLayout
    encoding: str  # as people write it: UTF-8, UTF-16-LE, Latin-1
    columns: tuple[str, ...]  # what x, y and maybe t are called in the table
    points: FloatArray  # shape (2, M), M at least 2, in the person's units; none repeats the one before
    t: FloatArray | None  # how far along each point is, shape (M,), ascending in [0, 1]
    closed: bool  # whether the curve seems to come back to its first point
    skipped: tuple[SkippedLine, ...]  # the first lines that hold no point although they should
    skipped_count: int
    notes: tuple[str, ...]  # sentences for the person

    def curve(self, closed: bool | None = None, use_t: bool = True) -> Curve:
        """The curve through the points, evenly thinned where there are too many. ``closed`` is what the table seems to
        be, unless given. Without ``use_t``, t follows from the length of the way."""
        closed = self.closed if closed is None else closed
        kept = np.unique(np.linspace(0, self.points.shape[1] - 1, MOST_POINTS).round().astype(np.intp))
        points, t = self.points[:, kept], self.t[kept] if self.t is not None and use_t else None
        if closed and _ends_meet(points):
            points, t = points[:, :-1], None if t is None else t[:-1]
        elif closed and t is not None and t[-1] > 1 - EVEN / t.size:
            t = t * (1 - 1 / t.size)  # leaves a share for the way back
        path = PurePath(self.name)
        name = path.stem if path.suffix.lower() in ENDINGS else self.name
        return curve_through(name, points, closed=closed, t=t)


def unwatched(_: float) -> None:
    """Ignore the progress of a reading."""


def read_table(
    path: str | os.PathLike[str], *, columns: Columns | None = None, progress: Progress = unwatched
) -> PointsTable:
    """The points in a file, as in `parse_table`; raises ``CurveError`` also if the file cannot be read."""
    name = os.fsencode(Path(path).name).decode("utf-8", "replace")
    try:
        with opened(path) as file:
            return _read(file, name, columns, progress)
    except ProjectError as error:
        raise CurveError(str(error)) from error


def parse_table(
    data: bytes | str, name: str, *, columns: Columns | None = None, progress: Progress = unwatched
) -> PointsTable:
    """The points in a file's content, or in a pasted text; ``name`` is for messages and for the curve. ``columns`` are
    the positions of x, y and maybe t in a row, from 0 on, instead of those that seem to be meant; ``progress`` gets the
    share that is done. Raises ``CurveError``, with the reason, if there are no two different points or too many."""
    content = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    return _read(Memory(content), name, columns, progress)


def _read(source: Source, name: str, columns: Columns | None, progress: Progress) -> PointsTable:
    try:
        if not source.size:
            raise CurveError(tr("It is empty."))
        if source.size > LARGEST_FILE:
            words = mark("It has {megabytes:,.0f} MB, and {most:,.0f} MB are possible.")
            raise CurveError(tr(words, megabytes=source.size / 1e6, most=LARGEST_FILE / 1e6))
        codec = marked_codec(source)
        try:
            return _read_text(source, name, codec or "utf-8", columns, progress)
        except BrokenTextError as error:
            if codec:
                raise
            note = tr("Line {line:,} is not UTF-8, so all was read as Latin-1.", line=error.line)
        table = _read_text(source, name, "latin-1", columns, progress)
        return replace(table, notes=(note, *table.notes))
    except CurveError as error:
        raise CurveError(tr("{name} could not be read. {error}", name=quoted(name), error=error)) from error


def _read_text(source: Source, name: str, codec: str, columns: Columns | None, progress: Progress) -> PointsTable:
    blocks, head, size = line_blocks(source, codec, progress), list[list[str]](), 0
    for block in blocks:
        head.append(block)
        size += sum(map(len, block)) + len(block)
        if size > HEAD_CHARACTERS:
            break
    first_lines = list(chain.from_iterable(head))
    layout = layout_of(first_lines, columns)
    if layout is None:
        first = mark(
            "None of its first lines has two numbers, x and y, with a comma, a semicolon, a tab or spaces between them."
        )
        whole = mark("No line of it has two numbers, x and y, with a comma, a semicolon, a tab or spaces between them.")
        words = tr(first if size > HEAD_CHARACTERS else whole)
        if found := next(filter(None, map(THOUSANDS.search, first_lines)), None):
            advice = mark("{number} has a sign between its thousands: leave out such signs.")
            words = f"{words} {tr(advice, number=quoted(found[0]))}"
        raise CurveError(words)
    reader = TableReader(layout)
    for lines in chain(head, blocks):
        reader.feed(lines)
    return _table_of(name, "Latin-1" if codec == "latin-1" else codec.upper(), layout, reader)


def _table_of(name: str, encoding: str, layout: TableLayout, reader: TableReader) -> PointsTable:
    """The points that a reader found. Raises ``CurveError`` if no two of them are different."""
    values, notes = reader.values(), [layout.note]
    points, t = values[:2], values[2] if len(values) > 2 else None
    if reader.comments:
        notes.append(tr_n("{n:,} line is a comment.", "{n:,} lines are comments.", reader.comments))
    if t is not None:
        points, t, about_t = _in_order(points, t)
        notes += about_t
    even = np.arange(points.shape[1]) / max(points.shape[1], 1)
    returns = t is not None and t.size > 2 and bool((np.abs(t - even) <= EVEN / t.size).all())  # to a step before 1
    points, others, repeated = merged(points, *([] if t is None else [t])) if points.size else (points, (), 0)
    if points.shape[1] < 2:
        words = tr("It has only one point, and a curve needs two different ones.")
        if not points.shape[1]:
            words = tr("It has no point, and a curve needs two different ones.")
        if reader.skipped:
            line, reason = reader.skipped[0]
            words = f"{words} {tr('Line {line:,} was skipped: {reason}.', line=line, reason=reason)}"
        raise CurveError(words)
    if t is not None:
        t, span = others[0], others[0][-1] - others[0][0]
        if not returns and (t[0] != 0 or not 1 - EVEN / t.size < t[-1] <= 1):  # else there but for rounding: saved here
            t = (t - t[0]) / span if span > 0 else None  # None where all points that are left have the same
    if repeated:
        notes.append(
            tr_n(
                "{n:,} point repeats the one before and count once.",
                "{n:,} points repeat the one before and count once.",
                repeated,
            )
        )
    if points.shape[1] > MOST_POINTS:
        words = mark("A curve keeps {most:,} points at most: of these {count:,}, taken evenly.")
        notes.append(tr(words, most=MOST_POINTS, count=points.shape[1]))
    points, t, closed = read_only(points), None if t is None else read_only(t), returns or _ends_meet(points)
    skipped, count, remarks = tuple(reader.skipped), reader.skipped_count, tuple(filter(None, notes))
    return PointsTable(name, layout, encoding, layout.columns, points, t, closed, skipped, count, remarks)


def _in_order(points: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray | None, list[str]]:
    """Points by their t; where t says nothing, in the order of the rows and without t."""
    if not t.size or t.min() == t.max():
        return points, None, [tr("t is the same in all rows, so it was not used.")]
    notes = []
    if (np.diff(t) < 0).any():
        order = np.argsort(t, kind="stable")
        points, t = points[:, order], t[order]
        notes.append(tr("The rows were not in the order of t and were sorted."))
    again = int(np.count_nonzero(np.diff(t) == 0))
    if again:
        notes.append(
            tr_n(
                "{n:,} row has the same t as the one before: they follow each other.",
                "{n:,} rows have the same t as the one before: they follow each other.",
                again,
            )
        )
    return points, t, notes


def _ends_meet(points: FloatArray) -> bool:
    """Whether the last of at least 4 points, shape (2, M), is practically the first one."""
    size = np.hypot(*np.ptp(points, axis=1))
    return points.shape[1] > 3 and bool(np.hypot(*(points[:, -1] - points[:, 0])) <= MEETING * size)
