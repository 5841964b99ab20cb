"""How a table is written: delimiter and decimal sign, how many cells a row has, which of them are x, y and t."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import in_row, mark, tr
from curvegui.files.table.text import LONGEST_LINE, quoted

COMMENTS = ("#", "%", "//")  # how a line begins that is not meant for programs
NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eEdD][+-]?[0-9]++)?")  # with d in Fortran
THOUSANDS = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,}"
    r"|(?:[\u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?)"  # as in France and Switzerland
    r"(?![0-9.,])"
)
"""A number whose thousands are separated, as in 1,000.5, 1.000,5, 1 000,5 and 1’000.5."""
DIVIDER = re.compile(r'"?sep=([,;\t ])"?\s*', re.IGNORECASE)  # in the first line, for spreadsheets
ROLES = {
    "x": {"x", "lon", "lng", "longitude", "easting"},
    "y": {"y", "lat", "latitude", "northing"},
    "t": {"t", "time"},
}
UNIT = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")  # behind a name: x (mm), y [m]
SAMPLE_CHARACTERS = 20_000  # or so, of lines to find out from; more where there are no numbers in them
MOST_SAMPLES = 5

Columns = tuple[int, ...]
"""The positions of x, of y and maybe of t among the cells of a row."""

NumberedLine = tuple[int, str]
"""A line, and its number from 1 on."""


@dataclass(frozen=True)
class Dialect:
    """How the cells of a table are divided, and how its numbers are written."""

    delimiter: str  # a comma, a semicolon, a tab, or a space for any number of blanks and tabs
    decimal: str  # a point or a comma

    def cells(self, line: str) -> list[str]:
        """The cells of a line, without quotation marks; a doubled mark inside of a quoted cell stands for one."""
        if '"' in line:
            text = " ".join(line.split()) if self.delimiter == " " else line
            try:
                return next(csv.reader([text], delimiter=self.delimiter, skipinitialspace=True))
            except csv.Error:
                return []
        return line.split() if self.delimiter == " " else line.split(self.delimiter)

    def number(self, cell: str) -> float | None:
        """The number in a cell, or None; infinite where it is too large. Only ASCII digits count, although Python takes
        ``1_000``, ``nan`` and other scripts' digits for numbers too."""
        text = cell.strip().replace("\N{MINUS SIGN}", "-")
        if self.decimal == ",":
            text = text.replace(".", "?").replace(",", ".")
        return float(text.lower().replace("d", "e")) if NUMBER.fullmatch(text) else None


DIALECTS = (  # the likelier ones first: where two explain a table equally well, it is the first
    Dialect("\t", "."),
    Dialect(";", "."),
    Dialect(",", "."),
    Dialect(" ", "."),
    Dialect("\t", ","),
    Dialect(";", ","),
    Dialect(" ", ","),
    Dialect(",", ","),  # its numbers are quoted
)


@dataclass(frozen=True)
class TableLayout:
    """How to read the rows of a table."""

    dialect: Dialect
    width: int  # how many cells a row has
    picked: Columns
    columns: tuple[str, ...]  # what the picked ones are called: names from the header, or “column 1”
    header: bool  # whether the table itself says so
    quiet: frozenset[int] = frozenset()  # the lines that are no rows and need no mention
    note: str = ""  # a sentence about the choice
    numeric: tuple[tuple[int, str], ...] = ()  # position and name of every column that could be picked


def is_comment(line: str) -> bool:
    return line.lstrip().startswith(COMMENTS)


def layout_of(lines: Sequence[str], columns: Columns | None = None) -> TableLayout | None:
    """The layout of a table that begins with these lines, or None where no line has two numbers. If given, ``columns``
    are the positions of x, y and maybe t."""
    divider = DIVIDER.fullmatch(lines[0]) if lines else None
    filled = [each for each in enumerate(lines, start=1) if each[1].strip() and len(each[1]) <= LONGEST_LINE]
    possible = [each for each in filled if not is_comment(each[1]) and re.search("[0-9]", each[1])]
    sizes = accumulate(len(line) for _, line in possible)
    samples = groupby(zip(sizes, possible, strict=True), lambda each: each[0] // SAMPLE_CHARACTERS)
    for _, sample in islice(samples, MOST_SAMPLES):
        numbered = [each for _, each in sample]
        dialect = dialect_of([line for _, line in numbered], "\n".join(lines), divider[1] if divider else "")
        if dialect is not None:
            return _layout(dialect, numbered, filled, divider is not None, columns)
    return None


def dialect_of(lines: Sequence[str], text: str, divider: str = "") -> Dialect | None:
    """The dialect that finds the most numbers in these lines, or None where no line has two of them. Numbers with
    separated thousands count, although they cannot be read: 1.000,5;2.000,5 is not 1 and 5. Where the lines do not tell
    the decimal sign, it is the more frequent one in ``text``, which is more of the table. ``divider`` is the delimiter,
    if known."""
    possible = [dialect for dialect in DIALECTS if dialect.delimiter == (divider or dialect.delimiter)]
    scores = {dialect: sum(_share(dialect, line) for line in lines) for dialect in possible}
    likely = {dialect: sum(_share(dialect, line, and_thousands=True) for line in lines) for dialect in possible}
    best = max(possible, key=lambda dialect: (likely[dialect], scores[dialect]))
    other = Dialect(best.delimiter, ",")
    if best.delimiter != "," and scores[best] == scores[other] and text.count(",") > text.count("."):
        best = other
    return best if scores[best] else None


def _share(dialect: Dialect, line: str, and_thousands: bool = False) -> float:
    """The share of a line's cells that are numbers, with separated thousands too if wanted; 0 for only one number."""
    if dialect.delimiter != " " and dialect.delimiter not in line:
        return 0.0
    cells = dialect.cells(line)
    found = sum(dialect.number(cell) is not None for cell in cells)
    if and_thousands:
        found += sum(THOUSANDS.fullmatch(cell.strip().lstrip("+-\N{MINUS SIGN}")) is not None for cell in cells)
    return found / len(cells) if found >= 2 else 0.0


def _layout(
    dialect: Dialect, sample: list[NumberedLine], filled: list[NumberedLine], has_divider: bool, columns: Columns | None
) -> TableLayout:
    """The layout of the rows in a sample, with the header before them."""
    found = [(number, [dialect.number(cell) for cell in dialect.cells(line)]) for number, line in sample]
    rows = [(number, row) for number, row in found if len(row) - row.count(None) >= 2]
    width = Counter(len(row) for _, row in rows).most_common(1)[0][0]
    rows = [(number, row) for number, row in rows if len(row) == width]
    counts = [sum(row[i] is not None for _, row in rows) for i in range(width)]
    most = sorted(range(width), key=counts.__getitem__, reverse=True)[:2]
    numeric = [i for i in range(width) if 2 * counts[i] >= len(rows) or i in most]  # half of the rows have a number
    header, names = _header(dialect, width, next((each for each in reversed(filled) if each[0] < rows[0][0]), None))
    called = [quoted(names[i])[1:-1] or tr("column {column}", column=i + 1) for i in range(width)]
    picked, note = _picked(names, numeric, width) if columns is None else (columns, "")
    if max(picked) >= width:
        words = mark("It has {width:,} columns, and one that was chosen is not among them. Open it again.")
        raise CurveError(tr(words, width=width))
    columns_called, could_be_picked = tuple(called[i] for i in picked), tuple((i, called[i]) for i in numeric)
    quiet = frozenset({header, int(has_divider)} - {0})
    return TableLayout(dialect, width, picked, columns_called, header > 0, quiet, note, could_be_picked)


def _header(dialect: Dialect, width: int, line: NumberedLine | None) -> tuple[int, list[str]]:
    """The number of the header's line, or 0, and the name of each column; a comment may be the header."""
    nothing = 0, [""] * width
    if line is None or DIVIDER.fullmatch(line[1]):
        return nothing
    text = line[1].strip()
    mark = next((mark for mark in COMMENTS if text.startswith(mark)), "")
    names = [" ".join(name.split()) for name in dialect.cells(text[len(mark) :].strip(mark[:1] + " "))]
    has_roles = {"x", "y"} <= _by_role(names, range(len(names))).keys()
    if len(names) == width - 1 and has_roles:  # as R writes it: the numbers of the rows have no name
        return line[0], ["", *names]
    has_numbers = any(Dialect(",", decimal).number(name) is not None for name in names for decimal in ".,")
    if len(names) != width or not any(names) or has_numbers or (mark and not has_roles):
        return nothing
    return line[0], names


def _picked(names: list[str], numeric: list[int], width: int) -> tuple[Columns, str]:
    """The columns to take, and a sentence where the choice is not obvious."""
    by_role = _by_role(names, numeric)
    has_roles = {"x", "y"} <= by_role.keys()
    if has_roles:
        picked = tuple(by_role[role] for role in "xyt" if role in by_role)
    else:
        picked = (*numeric[1:3], numeric[0]) if len(numeric) >= 3 else tuple(numeric[:2])
    if len(picked) == width and (has_roles or width == 2):
        return picked, ""
    called = [quoted(names[i]) if names[i] else tr("column {column}", column=i + 1) for i in picked]
    roles = [tr("{role} is {column}", role=role, column=column) for role, column in zip("xyt", called, strict=False)]
    words = mark("Of {width:,} columns, {picked} were taken: {told}.")
    return picked, tr(words, width=width, picked=len(picked), told=in_row(roles))


def _by_role(names: list[str], columns: Sequence[int]) -> dict[str, int]:
    """The columns that are x, y and t by their names; of several, the first."""
    plain = {i: UNIT.sub("", names[i]).casefold() for i in columns}
    return {role: i for i in reversed(columns) for role, called in ROLES.items() if plain[i] in called}
