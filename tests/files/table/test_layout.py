import pytest

from curvegui.files.table.layout import Layout, layout_of


def layout(text: str) -> Layout:
    found = layout_of(text.split("\n"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("header", "picked"),
    [
        ("x,y,t", (0, 1, 2)),
        ("t,y,x", (2, 1, 0)),
        ("Time, X ,Y", (1, 2, 0)),
        ("id,x,y", (1, 2)),
        ("x,y,z", (0, 1)),
        ("x,x,y", (0, 2)),
        ("lat,lon,height", (1, 0)),
        ("x (cm),y [cm],time (s)", (0, 1, 2)),
        ("a,b,c", (1, 2, 0)),
        ("x,b,c", (1, 2, 0)),
        (",,", (1, 2, 0)),
        ("# x,y,t", (0, 1, 2)),
        ("# a,b,c", (1, 2, 0)),
        ("# y,x", (2, 1)),
        ("just words", (1, 2, 0)),
    ],
)
def test_columns_are_taken_by_their_names_or_else_by_their_places(header: str, picked: tuple[int, ...]) -> None:
    assert layout(f"{header}\n1,2,3\n4,5,6").picked == picked


def test_a_row_of_numbers_is_no_header() -> None:
    found = layout("1,2\n3,4")

    assert not found.header
    assert found.quiet == frozenset()
    assert found.columns == ("column 1", "column 2")


def test_names_of_one_line_are_not_reported_as_a_row() -> None:
    found = layout("sep=;\n\nx;y\n1,5;2")

    assert found.header
    assert found.quiet == {1, 3}
    assert found.dialect.decimal == ","


def test_a_line_that_divides_is_no_header() -> None:
    assert not layout("sep=,\n1,2").header


def test_where_a_quote_is_never_closed_lines_are_looked_at_one_by_one() -> None:
    assert layout('"\n1,2\n"3,4').picked == (0, 1)
    assert layout_of(['"', "words", '"']) is None
    assert layout_of([]) is None


def test_rows_that_are_long_are_enough_of_a_sample() -> None:
    row = ",".join(["1.5"] * 10_000)

    assert layout("\n".join([row] * 3)).width == 10_000
    assert layout_of([f"word{'1' * 30_000}"] * 10) is None
