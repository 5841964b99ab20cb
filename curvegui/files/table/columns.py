"""The points that a table holds, in order, as a curve; with sentences on all that was done to them."""

from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import MOST_POINTS, Curve, CurveError, curve_through, merged
from curvegui.core.language.text import tr, tr_n
from curvegui.files.table.layout import Layout
from curvegui.files.table.reader import SkippedLine, TableReader
from curvegui.files.table.text import Encoding

MEETING = 1e-4  # of the size of a curve, between its ends
ENDINGS = {".csv", ".tsv", ".tab", ".txt", ".dat"}  # that are no part of a curve's name
EVEN = 1e-6  # of a step in t


@dataclass(frozen=True, eq=False)
class PointsTable:
    """What a table holds, and what is to be said about it."""

    name: str  # of the file, or what a pasted text is called
    columns: tuple[str, ...]  # of x, y and maybe t: names from the header, or “column 1”
    points: FloatArray  # shape (2, M), M at least 2, in the person's units; none repeats the one before
    t: FloatArray | None  # how far along each point is, shape (M,), ascending in [0, 1]
    closed: bool  # whether the curve seems to come back to its first point
    delimiter: str
    decimal: str
    encoding: str
    header: bool
    skipped: tuple[SkippedLine, ...]  # the first lines that hold no point although they should
    skipped_count: int
    comments: int
    merged: int  # how many points repeated the one before
    notes: tuple[str, ...]  # sentences for the person
    picked: tuple[int, ...]  # the places of ``columns`` in a row
    numeric: tuple[tuple[int, str], ...]  # the place of every column with numbers, and its name

    def curve(self, closed: bool | None = None, use_t: bool = True) -> Curve:
        """The curve through the points, evenly thinned where there are too many for a curve.

        ``closed`` is what the table seems to be, unless given. Without ``use_t``, t follows from the length of the way.
        """
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


def table_of(name: str, encoding: Encoding, layout: Layout, reader: TableReader) -> PointsTable:
    """The points that a reader found.

    Raises ``CurveError`` if no two of them are different; the sentence does not name the file.
    """
    values, notes = reader.values(), [encoding.note, *layout.notes, _comments(reader.comments)]
    points, t = values[:2], values[2] if len(values) > 2 else None
    if t is not None:
        points, t, told = _in_order(points, t)
        notes += told
    returns = t is not None and _returns(t)
    points, others, count = merged(points, *([] if t is None else [t])) if points.size else (points, (), 0)
    if points.shape[1] < 2:
        raise CurveError(_too_few(points.shape[1], reader.skipped))
    if others:
        t = others[0] if returns else _within_1(others[0])
    return PointsTable(
        name,
        layout.columns,
        read_only(points),
        None if t is None else read_only(t),
        returns or _ends_meet(points),
        layout.dialect.delimiter,
        layout.dialect.decimal,
        encoding.name,
        layout.header,
        tuple(reader.skipped),
        reader.skipped_count,
        reader.comments,
        count,
        tuple(filter(None, [*notes, _merged(count), _thinned(points.shape[1])])),
        layout.picked,
        layout.numeric,
    )


def _in_order(points: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray | None, list[str]]:
    """Points by their t, or in the order of the rows and without t where it says nothing."""
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


def _returns(t: FloatArray) -> bool:
    """Whether t, ascending, runs evenly from 0 to one step before 1, as it does along a closed curve."""
    even = np.arange(t.size) / t.size
    return t.size > 2 and bool((np.abs(t - even) <= EVEN / t.size).all())


def _within_1(t: FloatArray) -> FloatArray | None:
    """t from 0 to 1; None where all points that are left have the same."""
    if t[0] == 0 and 1 - EVEN / t.size < t[-1] <= 1:  # there but for rounding: to the last bit what was saved
        return t
    size = t[-1] - t[0]
    return (t - t[0]) / size if size > 0 else None


def _ends_meet(points: FloatArray) -> bool:
    """Whether the last of at least 4 points, shape (2, M), is practically the first one."""
    size = np.hypot(*np.ptp(points, axis=1))
    return points.shape[1] > 3 and bool(np.hypot(*(points[:, -1] - points[:, 0])) <= MEETING * size)


def _too_few(count: int, skipped: list[SkippedLine]) -> str:
    few = tr("It has only one point, and a curve needs two different ones.")
    words = few if count else tr("It has no point, and a curve needs two different ones.")
    if not skipped:
        return words
    because = tr("Line {line:,} was skipped: {reason}.", line=skipped[0].line, reason=skipped[0].reason)
    return f"{words} {because}"


def _comments(count: int) -> str:
    return tr_n("{n:,} line is a comment.", "{n:,} lines are comments.", count) if count else ""


def _merged(count: int) -> str:
    if not count:
        return ""
    return tr_n(
        "{n:,} point repeats the one before and count once.",
        "{n:,} points repeat the one before and count once.",
        count,
    )


def _thinned(count: int) -> str:
    if count <= MOST_POINTS:
        return ""
    return tr(
        "A curve keeps {most:,} points at most: of these {count:,}, taken evenly.",
        most=MOST_POINTS,
        count=count,
    )


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
