"""Odd and hostile tables, each with what has to come of it. The files lie in ``tables``, byte by byte as they are."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.files.table.points import read_table

FOLDER = Path(__file__).parent / "tables"
Points = tuple[tuple[float, float], ...]
CORNER: Points = ((0, 0), (4, 0), (4, 3))
HALVES: Points = ((0.5, 0), (4.25, 0), (4.25, 3))
UP: Points = tuple((4, i) for i in range(4, 200))
FINITE = "is not a finite number"
OTHER = "is not a number"
EMPTY = "a cell is empty"
NO_POINTS = r"could not be read\. No line of it has two numbers, x and y,"
ONE_POINT = r"could not be read\. It has only one point, and a curve needs two different ones\."
BINARY = r"could not be read\. It is not text but a binary file\."


@dataclass(frozen=True)
class Read:
    """What has to be found."""

    points: Points = CORNER
    columns: tuple[str, ...] = ("column 1", "column 2")
    t: tuple[float, ...] | None = None
    dialect: str = ",."  # delimiter and decimal sign
    encoding: str = "UTF-8"
    closed: bool = False
    skipped: dict[int, str] = field(default_factory=dict)  # line: some of the reason
    said: str = ""  # in one of the notes

    @property
    def header(self) -> bool:
        """Whether the table names its columns."""
        return not self.columns[0].startswith("column ")


XY = ("x", "y")
XYT = ("x", "y", "t")
READ = {
    "plain.csv": Read(),
    "no-last-newline.csv": Read(),
    "header.csv": Read(columns=XY),
    "t-x-y.tsv": Read(columns=XYT, t=(0, 0.5, 1), dialect="\t."),
    "t-x-y-without-header.csv": Read(
        columns=("column 2", "column 3", "column 1"), t=(0, 0.5, 1), said="x is column 2, y is column 3, t is column 1"
    ),
    "semicolons-decimal-commas.csv": Read(HALVES, XY, dialect=";,"),
    "tabs-decimal-commas.txt": Read(HALVES, dialect="\t,"),
    "decimal-comma-late.csv": Read((*CORNER, *UP, (0.5, 0.5)), dialect=";,"),
    "spaces.txt": Read(HALVES, dialect=" ."),
    "spaces-decimal-commas.txt": Read(HALVES, dialect=" ,"),
    "comma-and-space.csv": Read(HALVES),
    "crlf.csv": Read(),
    "cr.csv": Read(),
    "mixed-line-endings.csv": Read(skipped={3: "“a” is not a number"}),
    "utf8-bom.csv": Read(columns=XY),
    "utf8-two-boms.csv": Read(),
    "utf16-le-bom.csv": Read(columns=XY, dialect="\t.", encoding="UTF-16-LE"),
    "utf16-be-bom.csv": Read(columns=XY, dialect="\t.", encoding="UTF-16-BE"),
    "latin1.csv": Read(
        columns=("Länge", "Höhe"),
        dialect=";.",
        encoding="Latin-1",
        said="Line 1 is not UTF-8, so all was read as Latin-1.",
    ),
    "japanese.csv": Read(columns=("横", "縦")),
    "comments.dat": Read(dialect=" .", said="4 lines are comments."),
    "header-in-comment.dat": Read(columns=XY, dialect=" ."),
    "quoted.csv": Read(columns=XY),
    "quoted-decimal-commas.csv": Read(HALVES, dialect=",,"),
    "quoted-labels.csv": Read(columns=XY, said="Of 3 columns, 2 were taken: x is “x”, y is “y”."),
    "unclosed-quote.csv": Read(columns=XY, skipped={3: "a quotation mark is not closed"}),
    "inches.csv": Read(columns=XY),
    "blank-lines.csv": Read(columns=XY),
    "trailing-delimiters.csv": Read(said="Of 3 columns, 2 were taken: x is column 1, y is column 2."),
    "labels.csv": Read(columns=("column 2", "column 3"), said="x is column 2, y is column 3"),
    "reordered.csv": Read(columns=("X", "Y")),
    "many-columns.csv": Read(
        columns=XYT, t=(0, 0.25, 1), said="Of 5 columns, 3 were taken: x is “x”, y is “y”, t is “t”."
    ),
    "four-columns.csv": Read(columns=("column 2", "column 3", "column 1"), t=(0, 0.5, 1), said="Of 4 columns, 3"),
    "clock.csv": Read(columns=XY, said="Of 3 columns, 2 were taken"),
    "r-table.txt": Read(columns=XY, dialect=" ."),
    "sep-line.csv": Read(HALVES, XY, dialect=";,"),
    "title.csv": Read(columns=XY, skipped={1: "it has 1 cell instead of 2", 2: "it has 1 cell instead of 2"}),
    "units.csv": Read(columns=("x (mm)", "y [m]")),
    "geography.csv": Read(columns=("lon", "lat"), said="x is “lon”, y is “lat”"),
    "repeated-points.csv": Read(said="3 points repeat the one before and count once."),
    "unsorted-t.csv": Read(columns=XYT, t=(0, 0.5, 1), said="were not in the order of t and were sorted"),
    "repeated-t.csv": Read(columns=XYT, t=(0, 1, 1), said="1 row has the same t as the one before"),
    "constant-t.csv": Read(columns=XYT, said="t is the same in all rows, so it was not used."),
    "closed.csv": Read((*CORNER, (0, 0)), closed=True),
    "closed-by-t.csv": Read((*CORNER, (0, 3)), XYT, (0, 0.25, 0.5, 0.75), closed=True),
    "nan-inf.csv": Read(columns=XY, skipped={3: f"“nan” {FINITE}", 4: FINITE, 5: FINITE, 6: FINITE}),
    "other-digits.csv": Read(skipped={2: f"“١٢” {OTHER}", 3: f"“１２” {OTHER}", 4: f"“²” {OTHER}"}),
    "underscores.csv": Read(skipped={2: f"“1_000” {OTHER}"}),
    "empty-cells.csv": Read(skipped={2: EMPTY, 3: EMPTY, 4: EMPTY}),
    "ragged.csv": Read(
        (CORNER[0], CORNER[1], (1, 2), CORNER[2]),
        skipped={2: "it has 1 cell instead of 2", 3: "it has 3 cells instead of 2"},
    ),
    "thousands.csv": Read(HALVES, XY, dialect=";,", skipped={3: f"“1.234,5” {OTHER}"}),
    "decimal-signs-mixed.csv": Read(
        HALVES, dialect=";,", skipped={3: "“4.5” is not a number: the decimal sign of this table is “,”"}
    ),
    "exponents.csv": Read(),
    "signs.csv": Read(skipped={3: f"“+-4” {OTHER}", 4: f"“--4” {OTHER}"}),
    "near-numbers.csv": Read(skipped=dict.fromkeys(range(2, 9), OTHER)),
    "minus-sign.csv": Read(((0, 0), (-1, 0), (4, 0), (4, 3))),
    "no-break-spaces.csv": Read(),
    "headers-again.csv": Read(columns=XY, skipped={4: f"“x” {OTHER}"}),
    "control-z.csv": Read(skipped={4: "it has 1 cell instead of 2"}),
    "binary-later.csv": Read(skipped={4: "“\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}” is not"}),
    "tiny.csv": Read(((0, 0), (5e-324, 0), (5e-324, 5e-324))),
}
REFUSED = {
    "empty.csv": r"could not be opened\. It is empty\.",
    "bom-alone.csv": NO_POINTS,
    "blank.csv": NO_POINTS,
    "comments-alone.csv": NO_POINTS,
    "header-alone.csv": NO_POINTS,
    "words.txt": NO_POINTS,
    "one-column.txt": NO_POINTS,
    "json.csv": NO_POINTS,
    "quotes.csv": NO_POINTS,
    "one-point.csv": ONE_POINT,
    "same-points.csv": ONE_POINT,
    "drawing.csv": ONE_POINT,
    "one-good-row.csv": ONE_POINT + " Line 2 was skipped: “nan” is not a finite number.",
    "too-far.csv": r"could not be read\. Line 3: y is beyond 1e9\.",
    "beyond-floats.csv": r"could not be read\. Line 2: column 1 is beyond 1e9\.",
    "t-too-large.csv": r"could not be read\. Line 3: t is beyond 1e300\.",
    "scattered-numbers.csv": r"could not be read\. It has no point, .* Line 1 was skipped: “a” is not a number\.",
    "picture.csv": BINARY,
    "zero-bytes.csv": BINARY,
    "spreadsheet.csv": r"could not be read\. It is a zip archive, as spreadsheets are\. Save the table as CSV",
    "broken-utf8.csv": r"could not be read\. Line 3 is damaged: it is not UTF-8\.",
    "broken-utf16.csv": r"could not be read\. Line 3 is damaged: it is not UTF-16-LE\.",
    "lone-surrogate.csv": r"could not be read\. Line 3 is damaged: it is not UTF-16-LE\.",
}


def test_every_file_has_an_outcome() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.name[0] != "."} == {*READ, *REFUSED}
    assert len({*READ, *REFUSED}) >= 40


@pytest.mark.parametrize("name", READ)
def test_an_odd_table_is_read_and_what_was_done_is_said(name: str) -> None:
    table, expected = read_table(FOLDER / name), READ[name]

    assert table.points.T.tolist() == [list(map(float, point)) for point in expected.points]
    assert (table.t if table.t is None else tuple(table.t.tolist())) == expected.t
    assert (table.columns, table.layout.header) == (expected.columns, expected.header)
    assert table.layout.dialect.delimiter + table.layout.dialect.decimal == expected.dialect
    assert (table.encoding, table.closed) == (expected.encoding, expected.closed)
    assert [each.line for each in table.skipped] == list(expected.skipped)
    assert all(some in each.reason for each, some in zip(table.skipped, expected.skipped.values(), strict=True))
    assert table.skipped_count == len(expected.skipped)
    assert not expected.said or any(expected.said in note for note in table.notes)
    assert np.isfinite(table.curve().points).all()


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_table_is_refused_with_name_place_and_reason(name: str) -> None:
    with pytest.raises(CurveError, match=f"^“{name}” {REFUSED[name]}"):
        read_table(FOLDER / name)
