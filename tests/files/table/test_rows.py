import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.curve.curve import CurveError
from curvegui.files.table.layout import DIALECTS, Dialect, TableLayout, layout_of
from curvegui.files.table.rows import TableReader, numbers_in, rows_at_once
from curvegui.files.table.text import LONGEST_LINE
from tests.help.texts import ASCII

ODD = '0123456789+-.,;\t "eE#%/_nax١\N{NO-BREAK SPACE}'
numbers = st.from_regex(r"[+-]?[0-9]{0,3}([.,][0-9]{0,2})?(e-?[0-9])?", fullmatch=True, alphabet=ASCII)
cells = st.one_of(numbers, numbers.map(lambda cell: f'"{cell}"'), st.text(alphabet=ODD, max_size=4))


def layout(dialect: Dialect, width: int, picked: tuple[int, ...]) -> TableLayout:
    return TableLayout(dialect, width, picked, tuple("xyt"[: len(picked)]), False)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=6)
@given(shape=st.sampled_from([(2, (0, 1)), (3, (1, 2, 0)), (4, (3, 1))]), data=st.data())
def test_many_rows_at_a_time_are_the_same_as_one_by_one(
    dialect: Dialect, shape: tuple[int, tuple[int, ...]], data: st.DataObject
) -> None:
    width, picked = shape
    row = st.lists(cells, min_size=width, max_size=width).map(dialect.delimiter.join)
    lines = data.draw(st.lists(st.one_of(row, row, row, st.text(alphabet=ODD)), min_size=1, max_size=5))
    how = layout(dialect, width, picked)

    found = rows_at_once(lines, how)

    if found is not None:
        assert np.array_equal(found, np.array([numbers_in(line, how) for line in lines]).T)


@pytest.mark.parametrize(
    "line", ["1,2,3", "1", "", '1,"2', "1_0,2", "nan,2", "-inf,1", "١,2", "1,0x2", "1,", "+-1,2", "1 1,2"]
)
def test_what_is_not_usual_is_left_to_be_looked_at(line: str) -> None:
    assert rows_at_once(["1,2", line], layout(DIALECTS[2], 2, (0, 1))) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1", "it has 1 cell instead of 2"),
        ("1,2,3", "it has 3 cells instead of 2"),
        ("1,", "a cell is empty"),
        ("NaN,1", "“NaN” is not a finite number"),
        ("1,-Infinity", "“-Infinity” is not a finite number"),
        ("1_000,1", "“1_000” is not a number"),
        ("1,two", "“two” is not a number"),
        ("1," + "2x" * 20, f"“{'2x' * 14}2…” is not a number"),
        ('1,"2', "a quotation mark is not closed"),
        ('"1,5",2', "“1,5” is not a number: the decimal sign of this table is “.”"),
        ('"1,000.5",2', "“1,000.5” is not a number: leave out the sign between its thousands"),
        ("1.000.000,2", "“1.000.000” is not a number: leave out the sign between its thousands"),
        ("1" * (LONGEST_LINE + 1), "it is longer than 100,000 characters"),
    ],
)
def test_the_reason_is_said(line: str, reason: str) -> None:
    how = layout(DIALECTS[2], 2, (0, 1))

    assert numbers_in(line, how) == reason


def test_empty_cells_at_the_end_do_not_matter() -> None:
    assert numbers_in("1,2,, ", layout(DIALECTS[2], 2, (0, 1))) == [1, 2]
    assert numbers_in("1,2", layout(DIALECTS[2], 4, (0, 1))) == [1, 2]


LINES = ["x,y,name", "1,2,a", '3,4,"b"', "# no comment", "", "# a comment", "5,nan,d", '6,7,"e', "8,9,f"]


def read(blocks: list[list[str]]) -> TableReader:
    layout = layout_of(LINES)
    assert layout is not None
    reader = TableReader(layout)
    for block in blocks:
        reader.feed(block)
    return reader


@pytest.mark.parametrize("size", range(1, 10))
def test_lines_are_read_the_same_in_blocks_of_any_size(size: int) -> None:
    reader = read([LINES[start : start + size] for start in range(0, len(LINES), size)])

    assert reader.values().tolist() == [[1, 3, 8], [2, 4, 9]]
    assert reader.comments == 2
    assert [(each.line, each.reason) for each in reader.skipped] == [
        (7, "“nan” is not a finite number"),
        (8, "a quotation mark is not closed"),
    ]


def test_comments_and_blank_lines_between_usual_rows_are_passed_over() -> None:
    reader = read([["", " "], ["1,2,a", "", "# 7,8,b", "\t", "3,4,c"], ["#"]])

    assert reader.values().tolist() == [[1, 3], [2, 4]]
    assert (reader.comments, reader.skipped_count) == (2, 0)


def test_the_line_of_a_point_that_is_too_far_away_is_said() -> None:
    with pytest.raises(CurveError, match=r"^Line 3: y is beyond 1e9\."):
        read([["", "1,2,a"], ["1,2e9,b"]])
    with pytest.raises(CurveError, match=r"^Line 4: x is beyond 1e9\."):
        read([["1,2,a", "#", "", "-1e999,2,b"]])
