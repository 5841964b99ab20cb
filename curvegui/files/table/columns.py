"""What a table of points holds, in order: from the numbers in its rows to a curve, saying all that was done."""

from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import MOST_POINTS, Curve, CurveError, curve_through, merged
from curvegui.files.table.layout import Layout
from curvegui.files.table.reader import SkippedLine, TableReader
from curvegui.files.table.text import Encoding

MEETING = 1e-4  # of the size of a curve, between its ends
ENDINGS = {".csv", ".tsv", ".tab", ".txt", ".dat"}  # that are no part of a curve's name
EVEN = 1e-6  # of a step in t


@dataclass(frozen=True, eq=False)
class PointsTable:
    """What a table holds, and all that is to be said about it.

    Attributes
    ----------
    name : str
        Of the file, or what a pasted text is called.
    columns : tuple of str
        What was taken as x, y and maybe t: names from the header, or “column 1”.
    points : ndarray, shape (2, M), read-only
        In the person's own units, M at least 2; none repeats the one before.
    t : ndarray, shape (M,), read-only, or None
        How far along each point is, ascending in [0, 1].
    closed : bool
        Whether the curve seems to come back to its first point.
    delimiter, decimal, encoding : str
    header : bool
    skipped : tuple of SkippedLine
        The first lines, of ``skipped_count``, that hold no point although they should.
    comments : int
    merged : int
        How many points repeated the one before.
    notes : tuple of str
        Sentences for the person.
    picked : tuple of int
        The places of ``columns`` in a row.
    numeric : tuple of (int, str)
        The place of every column with numbers, and what it is called.
    """

    name: str
    columns: tuple[str, ...]
    points: FloatArray
    t: FloatArray | None
    closed: bool
    delimiter: str
    decimal: str
    encoding: str
    header: bool
    skipped: tuple[SkippedLine, ...]
    skipped_count: int
    comments: int
    merged: int
    notes: tuple[str, ...]
    picked: tuple[int, ...]
    numeric: tuple[tuple[int, str], ...]

    def curve(self, closed: bool | None = None, use_t: bool = True) -> Curve:
        """The curve through the points, evenly thinned where there are too many for a curve.

        Parameters
        ----------
        closed : bool, optional
            What the table seems to be, unless given.
        use_t : bool
            Whether a point's t says how far along it is, or the length of the way.
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

    Raises
    ------
    CurveError
        If no two of them are different. The sentence does not name the file.
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
    """Points by their t, or in the order of the rows and without it where it says nothing."""
    if not t.size or t.min() == t.max():
        return points, None, ["t is the same in all rows, so it was not used."]
    notes = []
    if (np.diff(t) < 0).any():
        order = np.argsort(t, kind="stable")
        points, t = points[:, order], t[order]
        notes.append("The rows were not in the order of t and were sorted.")
    again = int(np.count_nonzero(np.diff(t) == 0))
    if again:
        notes.append(f"{_counted(again, 'row has', 'rows have')} the same t as the one before: they follow each other.")
    return points, t, notes


def _returns(t: FloatArray) -> bool:
    """Whether t, ascending, runs evenly from 0 to one step before 1, as it does along a closed curve."""
    even = np.arange(t.size) / t.size
    return t.size > 2 and bool((np.abs(t - even) <= EVEN / t.size).all())


def _within_1(t: FloatArray) -> FloatArray | None:
    """t from 0 to 1; nothing where the points that are left all have the same."""
    if t[0] == 0 and 1 - EVEN / t.size < t[-1] <= 1:  # there but for rounding: to the last bit what was saved
        return t
    size = t[-1] - t[0]
    return (t - t[0]) / size if size > 0 else None


def _ends_meet(points: FloatArray) -> bool:
    """Whether the last of at least 4 points, shape (2, M), is as good as the first one."""
    size = np.hypot(*np.ptp(points, axis=1))
    return points.shape[1] > 3 and bool(np.hypot(*(points[:, -1] - points[:, 0])) <= MEETING * size)


def _too_few(count: int, skipped: list[SkippedLine]) -> str:
    because = f" Line {skipped[0].line:,} was skipped: {skipped[0].reason}." if skipped else ""
    return f"It has {'only one point' if count else 'no point'}, and a curve needs two different ones.{because}"


def _comments(count: int) -> str:
    return f"{_counted(count, 'line is a comment', 'lines are comments')}." if count else ""


def _merged(count: int) -> str:
    return f"{_counted(count, 'point repeats', 'points repeat')} the one before and count once." if count else ""


def _thinned(count: int) -> str:
    if count <= MOST_POINTS:
        return ""
    return f"A curve keeps {MOST_POINTS:,} points at most: of these {count:,}, taken evenly."


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
