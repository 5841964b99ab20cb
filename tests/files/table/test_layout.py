import pytest

from curvegui.files.table.layout import DIALECTS, Dialect, TableLayout, dialect_of, layout_of


def layout(text: str) -> TableLayout:
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


def test_names_of_one_line_are_not_reported_as_a_row() -> None:
    found = layout("sep=;\n\nx;y\n1,5;2")

    assert found.header
    assert found.quiet == {1, 3}
    assert found.dialect.decimal == ","


def test_rows_that_are_long_are_enough_of_a_sample() -> None:
    row = ",".join(["1.5"] * 10_000)

    assert layout("\n".join([row] * 3)).width == 10_000
    assert layout_of([f"word{'1' * 30_000}"] * 10) is None
    assert layout_of([]) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1,2", ",."),
        ("1.5, 2.5", ",."),
        ("1;2", ";."),
        ("1,5;2,5", ";,"),
        ("1\t2", "\t."),
        ("1,5\t2", "\t,"),
        ("1 2", " ."),
        (" 1.5 \t\t 2.5 ", " ."),
        ("1,5 2,5", " ,"),
        ('"1,5","2,5"', ",,"),
        ("1,5 2,5 3,5", " ,"),
        ("a,1,2", ",."),
        ("2024-05-03 12:00,1.5,2.5", ",."),
    ],
)
def test_a_line_is_written_in_the_dialect_that_finds_the_most_numbers(line: str, expected: str) -> None:
    assert dialect_of([line], line) == Dialect(*expected)


def test_where_no_line_has_two_numbers_there_is_no_dialect() -> None:
    assert dialect_of(["1", "words, words", "a;1"], "") is None


def test_the_rest_of_a_table_tells_what_whole_numbers_do_not() -> None:
    assert dialect_of(["1;2"], "1;2\n1,5;2") == Dialect(";", ",")
    assert dialect_of(["1;2"], "1;2\n1.5;2") == Dialect(";", ".")
    assert dialect_of(["1.5;2"], "a, b, c\n1.5;2") == Dialect(";", ".")


def test_a_delimiter_that_is_known_is_the_only_one() -> None:
    assert dialect_of(["1,5;2,5"], "", divider=",") == Dialect(",", ".")


@pytest.mark.parametrize("text", ["0", "-1", "+1.", ".5", "1e5", "1.5E-7", " 12 ", "1" * 400, "5e-324", "1e999"])
def test_numbers_are_those_of_python(text: str) -> None:
    for dialect in DIALECTS:
        assert dialect.number(text.replace(".", dialect.decimal)) == float(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "+", "e5", "1e", "1_000", "nan", "inf", "-Infinity", "١٢", "１", "0x1", "1 2", "1..2", "1.2.3"],
)
def test_what_is_no_number_is_none(text: str) -> None:
    for dialect in DIALECTS:
        assert dialect.number(text.replace(".", dialect.decimal)) is None


def test_quoted_cells_hold_delimiters_and_quotation_marks() -> None:
    assert Dialect(",", ".").cells('a, "b,""c""" ,5"') == ["a", 'b,"c" ', '5"']
    assert Dialect(" ", ".").cells('  "a  b"   1 ') == ["a b", "1"]
    assert Dialect(",", ".").cells('"' + "x" * 200_000 + '",1') == []
