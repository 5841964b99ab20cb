import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.files.table.dialect import DIALECTS, Dialect
from curvegui.files.table.layout import Layout
from curvegui.files.table.row import row_of, usual_rows, why_not
from curvegui.files.table.text import LONGEST_LINE
from tests.texts import ASCII

ODD = '0123456789+-.,;\t "eE#%/_nax١\N{NO-BREAK SPACE}'
numbers = st.from_regex(r"[+-]?[0-9]{0,3}([.,][0-9]{0,2})?(e-?[0-9])?", fullmatch=True, alphabet=ASCII)
cells = st.one_of(numbers, numbers.map(lambda cell: f'"{cell}"'), st.text(alphabet=ODD, max_size=4))


def layout(dialect: Dialect, width: int, picked: tuple[int, ...]) -> Layout:
    return Layout(dialect, width, picked, tuple("xyt"[: len(picked)]), False, 1)


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

    found = usual_rows(lines, how)

    if found is not None:
        nothing = [np.nan] * len(picked)
        each = [row_of(line, how) or nothing for line in lines]
        bad = np.isnan(found).any(axis=0)
        assert np.array_equal(np.where(bad, np.nan, found), np.array(each).T, equal_nan=True)
        assert all(why_not(lines[at], how) for at in np.flatnonzero(bad))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_usual_rows_are_read_many_at_a_time(dialect: Dialect) -> None:
    quote = '"' if dialect.delimiter == dialect.decimal else ""
    values = np.array([[0.5, -2.25, 1e-7], [3.0, 4.5, -1e300]])
    texts = [[f"{quote}{value!r}{quote}".replace(".", dialect.decimal) for value in row] for row in values.tolist()]

    found = usual_rows([dialect.delimiter.join(row) for row in texts], layout(dialect, 3, (1, 2, 0)))

    assert found is not None
    assert np.array_equal(found, values[:, [1, 2, 0]].T)


@pytest.mark.parametrize("line", ["# 1,2", "1,2,3", "1", "", "1,//", '1,"2', '1,"2"x', '1, "2"'])
def test_what_is_not_usual_is_left_to_be_looked_at(line: str) -> None:
    assert usual_rows(["1,2", line], layout(DIALECTS[2], 2, (0, 1))) is None


def test_a_quotation_mark_that_is_never_closed_is_left_to_be_looked_at_wherever_it_is() -> None:
    tabs = Dialect("\t", ",")

    assert usual_rows(['""\t0\t0"\t0'], layout(tabs, 4, (3, 1))) is None


@pytest.mark.parametrize("line", ["1_0,2", "nan,2", "-inf,1", "١,2", "1,0x2", "1,", "+-1,2", "1 1,2"])
def test_what_is_no_number_is_nan(line: str) -> None:
    found = usual_rows(["1,2", line, "3,4"], layout(DIALECTS[2], 2, (0, 1)))

    assert found is not None
    assert np.isnan(found).any(axis=0).tolist() == [False, True, False]


def test_other_columns_may_hold_anything() -> None:
    found = usual_rows(["a,1,٣,2", "nan,3,,4"], layout(DIALECTS[2], 4, (1, 3)))

    assert found is not None
    assert found.tolist() == [[1, 3], [2, 4]]


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

    assert row_of(line, how) is None
    assert why_not(line, how) == reason


def test_empty_cells_at_the_end_do_not_matter() -> None:
    assert row_of("1,2,, ", layout(DIALECTS[2], 2, (0, 1))) == [1, 2]
    assert row_of("1,2", layout(DIALECTS[2], 4, (0, 1))) == [1, 2]
