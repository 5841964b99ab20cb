"""Reading tables of points: files and pasted text, bounds, cancelling, and the curve that comes of it."""

import os
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import MOST_POINTS, CurveError, arc_fractions
from curvegui.files.table import rows as table_rows
from curvegui.files.table import text as table_text
from curvegui.files.table.points import LARGEST_FILE, PointsTable, parse_table, read_table
from curvegui.files.table.rows import MOST_ROWS
from tests.help.texts import texts

CORPUS = sorted(path for path in (Path(__file__).parent / "tables").iterdir() if path.name[0] != ".")


def refused(read: Callable[[], object]) -> str:
    """What it says."""
    with pytest.raises(CurveError) as caught:
        read()
    return str(caught.value)


def contents(table: PointsTable) -> list[object]:
    """All that is in a table, as values that can be compared."""
    return [value.tolist() if isinstance(value, np.ndarray) else value for value in vars(table).values()]


def test_a_file_its_bytes_and_its_text_are_the_same_table(tmp_path: Path) -> None:
    text = "t;x;y\n0;1,5;2\n1;nan;3\n2;2,5;3\n"
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")

    tables = [
        read_table(tmp_path / "mine.csv"),
        parse_table(text, "mine.csv"),
        parse_table(text.encode(), "mine.csv"),
        parse_table(text.encode("utf-8-sig"), "mine.csv"),
    ]

    assert all(contents(table) == contents(tables[0]) for table in tables)
    assert tables[0].points.tolist() == [[1.5, 2.5], [2, 3]]
    assert not tables[0].points.flags.writeable
    assert tables[0].t is not None and not tables[0].t.flags.writeable


@pytest.mark.parametrize("columns", [(0, 3), (2, 1, 0)])
def test_other_columns_can_be_picked_than_those_that_seem_to_be_meant(columns: tuple[int, ...], tmp_path: Path) -> None:
    text = "a,b,c,d,name\n0,0,5,1,p\n1,1,6,4,q\n2,0,7,9,r\n"
    rows = np.array([[0.0, 1, 2], [0, 1, 0], [5, 6, 7], [1, 4, 9]])
    (tmp_path / "mine.csv").write_text(text)

    meant, table = parse_table(text, "mine.csv"), parse_table(text, "mine.csv", columns=columns)

    assert (meant.layout.picked, table.layout.picked) == ((1, 2, 0), columns)
    assert meant.layout.numeric == table.layout.numeric == ((0, "a"), (1, "b"), (2, "c"), (3, "d"))
    assert table.columns == tuple("abcd"[i] for i in columns)
    assert np.array_equal(table.points, rows[list(columns[:2])])
    assert table.t is None or np.allclose(table.t, [0, 0.5, 1])
    assert table.notes == ()
    assert contents(read_table(tmp_path / "mine.csv", columns=columns)) == contents(table)


def test_a_column_that_is_not_there_is_refused() -> None:
    said = refused(lambda: parse_table("0,0,0\n1,1,2\n", "mine.csv", columns=(0, 7)))
    assert said == (
        "“mine.csv” could not be read. It has 3 columns, and one that was chosen is not among them. Open it again."
    )


@pytest.mark.parametrize(
    "text",
    ['"1,000.5","2,000.5"', "1.000,5;2.000,5", "1,000,000;2,000,000", "1\u202f000,5;2\u202f000,5", "1'000.5;2'000.5"],
)
def test_a_sign_between_thousands_is_named(text: str) -> None:
    assert "has a sign between its thousands" in refused(lambda: parse_table(f"{text}\n{text}\n", "mine"))


def test_a_typographic_minus_and_the_powers_of_fortran_are_read() -> None:
    read = parse_table("\N{MINUS SIGN}1.5,2\n3,\N{MINUS SIGN}4e\N{MINUS SIGN}1\n1.0D0,-2.5d-1\n", "mine")
    assert read.points.tolist() == [[-1.5, 3.0, 1.0], [2.0, -0.4, -0.25]]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")

    assert "It is not a file but a device or a pipe." in refused(lambda: read_table(tmp_path / "pipe.csv"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "large.csv").touch()
    os.truncate(tmp_path / "large.csv", LARGEST_FILE + 10_000_000)

    tracemalloc.start()
    told = refused(lambda: read_table(tmp_path / "large.csv"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert told == "“large.csv” could not be read. It has 210 MB, and 200 MB are possible."
    assert peak < 1_000_000


@pytest.mark.slow
def test_one_row_too_many_is_refused_and_the_last_possible_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    most = MOST_ROWS // 4  # of a quarter of the size, which takes a quarter of the time
    monkeypatch.setattr(table_rows, "MOST_ROWS", most)
    rows = [f"{i},{i}" for i in range(most)]

    table = parse_table("\n".join(["x,y", "", *rows]), "long")

    assert table.points.shape == (2, most)
    assert "A curve keeps 200,000 points at most: of these 250,000, taken evenly." in table.notes
    assert table.curve().t.size == MOST_POINTS
    told = refused(lambda: parse_table("\n".join([*rows, "1,2"]), "long"))
    assert told.startswith("“long” could not be read. It has more than 250,000 rows.")


def test_skipped_lines_are_listed_up_to_a_hundred_and_all_counted() -> None:
    table = parse_table("1,2\n3,4\n" + "5,x\n" * 5_000, "bad")

    assert len(table.skipped) == 100
    assert table.skipped_count == 5_000
    assert table.skipped[-1].line == 102


def test_numbers_after_a_long_beginning_of_words_are_found() -> None:
    words = "".join(f"It was the night number {i} of many\n" for i in range(2_000))

    table = parse_table(words + "1,2\n3,4\n", "story")

    assert table.points.tolist() == [[1, 3], [2, 4]]
    assert table.skipped_count == 2_000
    assert "None of its first lines has" in refused(lambda: parse_table(words * 20 + "1,2\n3,4\n", "novel"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
@pytest.mark.parametrize("count", [1, 7])
def test_it_does_not_matter_how_much_is_read_at_a_time(path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def outcome() -> object:
        try:
            return contents(parse_table(path.read_bytes(), "it"))
        except CurveError as error:
            return str(error)

    if path.stat().st_size > 10_000:
        count *= 1_000
    expected = outcome()
    monkeypatch.setattr(table_text, "BLOCK_BYTES", count)

    assert outcome() == expected


@given(st.one_of(st.binary(), texts(), st.text(alphabet='0123456789+-.,;eE\t \r\n"#%/naixyt')))
def test_whatever_comes_in_a_table_or_a_sentence_comes_out(data: bytes | str) -> None:
    try:
        table = parse_table(data, "any")
    except CurveError as error:
        assert str(error).startswith("“any” could not be read. ")
    else:
        assert np.isfinite(table.curve().points).all()
        assert np.isfinite(table.curve(closed=not table.closed, use_t=False).points).all()


def test_how_far_it_is_is_told_and_whoever_is_told_may_end_it() -> None:
    told: list[float] = []
    parse_table("1,2\n3,4\n" * 50_000, "any", progress=told.append)
    assert told == sorted(told)
    assert (told[0], 0.9 < told[-1] < 1) == (0, True)
    with pytest.raises(ZeroDivisionError):
        parse_table("1,2\n3,4\n" * 50_000, "any", progress=lambda done: 1 / (done < 0.5))


def test_the_curve_is_called_as_the_file_without_its_ending() -> None:
    assert parse_table("1,2\n3,4", "my.heart.CSV").curve().name == "my.heart"
    assert parse_table("1,2\n3,4", "v1.2").curve().name == "v1.2"


def test_t_says_how_far_along_a_point_is_unless_it_is_not_wanted() -> None:
    table = parse_table("t,x,y\n5,0,0\n6,3,0\n9,3,1\n", "any")

    assert table.curve().t.tolist() == [0, 0.25, 1]
    assert table.curve(use_t=False).t.tolist() == pytest.approx([0, 0.75, 1])
    assert table.curve().units.to_person(table.curve().points) == pytest.approx(table.points)


def test_the_way_back_of_a_closed_curve_has_its_share_of_t() -> None:
    table = parse_table("t,x,y\n0,0,0\n1,3,0\n2,3,1\n3,0,1\n", "any")

    assert not table.closed
    assert table.curve().t.tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert table.curve(closed=True).t.tolist() == pytest.approx([0, 0.25, 0.5, 0.75])


def test_a_curve_whose_ends_meet_but_for_rounding_is_closed_without_its_last_point() -> None:
    table = parse_table("0,0\n1000,0\n1000,500\n0.01,0.02\n", "any")

    assert table.closed
    assert table.curve().t.size == 3
    assert table.curve().t == pytest.approx(arc_fractions(table.points[:, :3], closed=True))
    assert not table.curve(closed=False).closed
    assert table.curve(closed=False).t.size == 4
    assert not parse_table("0,0\n1000,0\n1000,500\n1,2\n", "any").closed
    with_t = parse_table("t,x,y\n0,0,0\n1,4,0\n2,4,3\n4,0,0\n", "any")
    assert with_t.curve().t.tolist() == [0, 0.25, 0.5]
