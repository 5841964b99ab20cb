"""The layout of a table: how many cells a row has, which of them are x, y and t, and what these are called."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import in_row, tr
from curvegui.files.table.dialect import COMMENTS, DIVIDER, Dialect, dialect_of, is_comment, records
from curvegui.files.table.text import LONGEST_LINE, quoted

ROLES = {
    "x": {"x", "lon", "lng", "longitude", "easting"},
    "y": {"y", "lat", "latitude", "northing"},
    "t": {"t", "time"},
}
UNIT = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")  # behind a name: x (mm), y [m]
SAMPLE = 100  # lines to find out from; more where there are no numbers in them
SAMPLE_CHARACTERS = 20_000  # or so, where lines are long
MOST_TRIED = 100_000  # characters in all; it takes a quarter of a second where there is nothing in them

Columns = tuple[int, ...]
"""The places of x, of y and maybe of t among the cells of a row."""

Numbered = tuple[int, str]
"""A record, and the number of its first line from 1 on."""


@dataclass(frozen=True)
class Layout:
    """How to read a row."""

    dialect: Dialect
    width: int  # how many cells a row has
    picked: tuple[int, ...]  # the place of x, of y and maybe of t among them
    columns: tuple[str, ...]  # what these are called
    header: bool  # whether the table itself says so
    first: int  # the line of the first row
    quiet: frozenset[int] = frozenset()  # the lines that are no rows and need no mention
    notes: tuple[str, ...] = field(default=())  # sentences about the choice
    numeric: tuple[tuple[int, str], ...] = ()  # place and name of every column that could be picked


def layout_of(lines: Sequence[str], columns: Columns | None = None) -> Layout | None:
    """The layout of a table that begins with these lines, or None where no line has two numbers.

    ``columns`` are the places of x, y and maybe t, where they are given.
    """
    numbered = [each for each in enumerate(lines, start=1) if each[1].strip()]
    found = [each for each in records(lines) if each[1].strip()]
    return _layout_of(lines, found, columns) or (_layout_of(lines, numbered, columns) if found != numbered else None)


def _layout_of(lines: Sequence[str], numbered: list[Numbered], columns: Columns | None) -> Layout | None:
    divider = DIVIDER.fullmatch(lines[0]) if lines else None
    told = [each for each in numbered if len(each[1]) <= LONGEST_LINE]
    text = "\n".join(lines)
    for sample in _samples([each for each in told if not is_comment(each[1]) and re.search("[0-9]", each[1])]):
        dialect = dialect_of([line for _, line in sample], text, divider[1] if divider else "")
        if dialect:
            return _layout(dialect, sample, told, divider is not None, columns)
    return None


def _samples(lines: list[Numbered]) -> Iterator[list[Numbered]]:
    sample: list[Numbered] = []
    size = tried = 0
    for each in lines:
        sample.append(each)
        size += len(each[1])
        if len(sample) == SAMPLE or size > SAMPLE_CHARACTERS:
            yield sample
            tried += size
            if tried > MOST_TRIED:
                return
            sample, size = [], 0
    if sample:
        yield sample


def _layout(
    dialect: Dialect, sample: list[Numbered], told: list[Numbered], has_divider: bool, columns: Columns | None
) -> Layout:
    found = [(number, dialect.numbers(dialect.cells(line))) for number, line in sample]
    rows = [(number, row) for number, row in found if len(row) - row.count(None) >= 2]
    width = Counter(len(row) for _, row in rows).most_common(1)[0][0]
    rows = [(number, row) for number, row in rows if len(row) == width]
    numeric = _numeric([row for _, row in rows], width)
    first = rows[0][0]
    header, names = _header(dialect, width, next((each for each in reversed(told) if each[0] < first), None))
    picked, note = _picked(names, numeric, width) if columns is None else (columns, "")
    if max(picked) >= width:
        raise CurveError(
            tr("It has {width:,} columns, and one that was chosen is not among them. Open it again.", width=width)
        )
    called = [quoted(names[i])[1:-1] or tr("column {column}", column=i + 1) for i in range(width)]
    return Layout(
        dialect,
        width,
        picked,
        tuple(called[i] for i in picked),
        header is not None,
        first,
        frozenset(({1} if has_divider else set()) | ({header} if header else set())),
        (note,) if note else (),
        tuple((i, called[i]) for i in numeric),
    )


def _numeric(rows: list[list[float | None]], width: int) -> list[int]:
    """The columns in which half of the rows have a number, or the two with the most."""
    counts = [sum(row[i] is not None for row in rows) for i in range(width)]
    most = sorted(range(width), key=counts.__getitem__, reverse=True)[:2]
    return [i for i in range(width) if 2 * counts[i] >= len(rows) or i in most]


def _header(dialect: Dialect, width: int, line: Numbered | None) -> tuple[int | None, list[str]]:
    """The line of the header, if there is one, and the name of each column; a comment may be the header."""
    nothing = [""] * width
    if line is None or DIVIDER.fullmatch(line[1]):
        return None, nothing
    text = line[1].strip()
    mark = next((mark for mark in COMMENTS if text.startswith(mark)), "")
    names = dialect.cells(text[len(mark) :].strip(mark[:1] + " "))
    names = [" ".join(name.split()) for name in names]
    has_roles = {"x", "y"} <= _by_role(names, range(len(names))).keys()
    if len(names) == width - 1 and has_roles:  # as R writes it: the numbers of the rows have no name
        return line[0], ["", *names]
    if len(names) != width or not any(names) or any(map(_is_number, names)) or (mark and not has_roles):
        return None, nothing
    return line[0], names


def _is_number(cell: str) -> bool:
    return any(Dialect(",", decimal).number(cell) is not None for decimal in ".,")


def _picked(names: list[str], numeric: list[int], width: int) -> tuple[tuple[int, ...], str]:
    """The columns to take, and a sentence where the choice is not obvious."""
    by_role = _by_role(names, numeric)
    has_roles = {"x", "y"} <= by_role.keys()
    if has_roles:
        picked = tuple(by_role[role] for role in "xyt" if role in by_role)
    elif len(numeric) >= 3:
        t, x, y = numeric[:3]
        picked = (x, y, t)
    else:
        picked = tuple(numeric[:2])
    if len(picked) == width and (has_roles or width == 2):
        return picked, ""
    told = [
        tr("{role} is {column}", role=role, column=_called(names, i)) for role, i in zip("xyt", picked, strict=False)
    ]
    return picked, tr(
        "Of {width:,} columns, {picked} were taken: {told}.", width=width, picked=len(picked), told=in_row(told)
    )


def _by_role(names: list[str], columns: Sequence[int]) -> dict[str, int]:
    """Which of some columns is x, y or t by its name; the first one of several."""
    return {role: i for i in reversed(columns) for role, called in ROLES.items() if _plain(names[i]) in called}


def _plain(name: str) -> str:
    return UNIT.sub("", name).casefold()


def _called(names: list[str], index: int) -> str:
    return quoted(names[index]) if names[index] else tr("column {column}", column=index + 1)
