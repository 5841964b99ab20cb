import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.files.table.layout import layout_of
from curvegui.files.table.reader import TableReader

LINES = ["x,y,name", "1,2,a", '3,4,"b', "# no comment", 'c"', "", "# a comment", "5,nan,d", '6,7,"e', "8,9,f"]


def read(blocks: list[list[str]]) -> TableReader:
    layout = layout_of(LINES)
    assert layout is not None
    reader = TableReader(layout)
    for block in blocks:
        reader.feed(block)
    reader.feed([], last=True)
    return reader


@pytest.mark.parametrize("size", range(1, 11))
def test_lines_are_read_the_same_in_blocks_of_any_size(size: int) -> None:
    reader = read([LINES[start : start + size] for start in range(0, len(LINES), size)])

    assert reader.values().tolist() == [[1, 3, 8], [2, 4, 9]]
    assert reader.comments == 1
    assert [(each.line, each.reason) for each in reader.skipped] == [
        (8, "“nan” is not a finite number"),
        (9, "a quotation mark is not closed"),
    ]


def test_comments_and_blank_lines_between_usual_rows_are_passed_over() -> None:
    reader = read([["", " "], ["1,2,a", "", "# 7,8,b", "\t", "3,4,c"], ["#"], ["5,2e9,c"][:0]])

    assert reader.values().tolist() == [[1, 3], [2, 4]]
    assert (reader.comments, reader.skipped_count) == (2, 0)


def test_the_line_of_a_point_that_is_too_far_away_is_said() -> None:
    with pytest.raises(CurveError, match=r"^Line 3: y is beyond 1e9\."):
        read([["", "1,2,a"], ["1,2e9,b"]])
    with pytest.raises(CurveError, match=r"^Line 4: x is beyond 1e9\."):
        read([["1,2,a", "#", "", "-1e999,2,b"]])


def test_of_nothing_there_are_no_numbers() -> None:
    assert read([]).values().shape == (2, 0)
