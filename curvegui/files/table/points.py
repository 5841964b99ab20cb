"""Reads tables of points: CSV, TSV, any text with numbers in columns. Whatever is odd about them is reported."""

import os
from collections.abc import Callable
from pathlib import Path

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import mark, tr
from curvegui.files.format.opening import opened
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, Source
from curvegui.files.table.columns import PointsTable, table_of
from curvegui.files.table.dialect import thousands_in
from curvegui.files.table.layout import Columns, Layout, layout_of
from curvegui.files.table.reader import SkippedLine, TableReader
from curvegui.files.table.text import Cancelled, Encoding, Watch, encoding_of, line_blocks, quoted

__all__ = ["Cancelled", "PointsTable", "SkippedLine", "parse_table", "read_table"]

LARGEST_FILE = 200_000_000  # bytes
MOST_ROWS = 1_000_000
ENOUGH_CHARACTERS = 20_000  # nearly always, to see what the rows are like
HEAD_CHARACTERS = 1_000_000  # in which there must be some rows


def never() -> bool:
    """Nothing cancels."""
    return False


def nowhere(_: float) -> None:
    """Nobody is told."""


def read_table(
    path: str | os.PathLike[str],
    *,
    columns: Columns | None = None,
    cancelled: Callable[[], bool] = never,
    progress: Callable[[float], None] = nowhere,
) -> PointsTable:
    """The points in a file; like ``parse_table``, and raises ``CurveError`` also if the file cannot be read."""
    name = os.fsencode(Path(path).name).decode("utf-8", "replace")
    try:
        with opened(path) as file:
            return _read(file, name, columns, _watch(cancelled, progress))
    except ProjectError as error:
        raise CurveError(str(error)) from error


def parse_table(
    data: bytes | str,
    name: str,
    *,
    columns: Columns | None = None,
    cancelled: Callable[[], bool] = never,
    progress: Callable[[float], None] = nowhere,
) -> PointsTable:
    """The points in a file's content, or in a pasted text; ``name`` is for error messages and for the curve.

    ``columns`` are the places of x, y and maybe t in a row, from 0 on, instead of those that seem to be meant.
    ``cancelled`` is asked now and then whether to stop, and ``progress`` is told the fraction that is done. Raises
    ``CurveError`` with place and reason if there are no two different points or it is too large, and ``Cancelled``.
    """
    content = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    return _read(Memory(content), name, columns, _watch(cancelled, progress))


def _watch(cancelled: Callable[[], bool], progress: Callable[[float], None]) -> Watch:
    def watch(done: float) -> None:
        if cancelled():
            raise Cancelled
        progress(done)

    return watch


def _read(source: Source, name: str, columns: Columns | None, watch: Watch) -> PointsTable:
    try:
        if not source.size:
            raise CurveError(tr("It is empty."))
        if source.size > LARGEST_FILE:
            raise CurveError(
                tr(
                    "It has {megabytes:,.0f} MB, and {most:,.0f} MB are possible.",
                    megabytes=source.size / 1e6,
                    most=LARGEST_FILE / 1e6,
                )
            )
        encoding = encoding_of(source, lambda done: watch(done / 5))
        layout = _layout(source, encoding, columns, lambda _: watch(0.2))
        _check_length(source, encoding, layout, lambda _: watch(0.2))
        reader = TableReader(layout)
        for lines in line_blocks(source, encoding.codec, lambda done: watch(0.2 + 0.8 * done)):
            reader.feed(lines)
        reader.feed([], last=True)
        return table_of(name, encoding, layout, reader)
    except CurveError as error:
        raise _named(name, error) from error


def _named(name: str, error: CurveError) -> CurveError:
    return CurveError(tr("{name} could not be read. {error}", name=quoted(name), error=error))


def _layout(source: Source, encoding: Encoding, columns: Columns | None, watch: Watch) -> Layout:
    """The layout, from as little of the text as will do."""
    lines: list[str] = []
    layout, size, tried = None, 0, False
    for block in line_blocks(source, encoding.codec, watch):
        lines += block
        size += sum(map(len, block)) + len(block)
        if size > ENOUGH_CHARACTERS and not tried:
            layout, tried = layout_of(lines, columns), True
        if layout or size > HEAD_CHARACTERS:
            break
    layout = layout or layout_of(lines, columns)
    if layout is None:
        raise CurveError(_no_numbers(lines, size > HEAD_CHARACTERS))
    return layout


def _no_numbers(lines: list[str], has_more: bool) -> str:
    first = mark(
        "None of its first lines has two numbers, x and y, with a comma, a semicolon, a tab or spaces between them."
    )
    whole = mark("No line of it has two numbers, x and y, with a comma, a semicolon, a tab or spaces between them.")
    words = tr(first if has_more else whole)
    number = next(filter(None, map(thousands_in, lines)), "")
    if not number:
        return words
    return f"{words} {tr('{number} has a sign between its thousands: leave out such signs.', number=quoted(number))}"


def _check_length(source: Source, encoding: Encoding, layout: Layout, watch: Watch) -> None:
    """Refuse too many rows before reading them, which would take longer."""
    if source.size <= 2 * MOST_ROWS:  # a row and what ends it
        return
    count = -len(layout.quiet)
    for lines in line_blocks(source, encoding.codec, watch):
        count += len(lines) - lines.count("")
        if count > MOST_ROWS:
            raise CurveError(
                tr(
                    "It has more than {most:,} rows. Make a smaller table of it, say of every tenth row.",
                    most=MOST_ROWS,
                )
            )
