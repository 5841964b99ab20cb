import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.outline.svg_attributes import looks_like_path_data, wrong_path_data

RIGHT = [
    "",
    " M 0 0 ",
    "M0,0L1 1Z",
    "m.5.5-1-1",
    "M 1e3 -1E-2 +4. .5",
    "M0 0 H 1 2 V 3 h-1v-1",
    "M0 0 C 1 2 3 4 5 6 7 8 9 10 11 12 s 1 2 3 4 Q 1 2 3 4 t 5 6 T 7 8",
    "M0 0 a1 1 0 01 10 10 1 1 0 0 1 10 10 A 1,1,0,1,0,1,1",
    "M0 0 L 1 1,",
    "M\n0\t0\r\nL\n1 1 z m 1 1 l 2 2 Z",
]
WRONG = [
    ("L 1 1", "L 1 1"),
    ("M 0 0 L 1", "L 1"),
    ("M 0 0 L 1 1 2", "2"),
    ("M 0 0 L Z", "L Z"),
    ("M 0 0 X 1 1", "X 1 1"),
    ("M nan inf", "M nan inf"),
    ("M 0 0 L 1 1e", "e"),
    ("M 0 0 A 1 1 0 2 1 5 5", "A 1 1 0 2 1 5 5"),
    ("M 0 0 L 1.2.3", None),
    ("M 0 0 C 1 2 3 4 5 6 7", "7"),
    ("M 0 0 L ١ ٢", "L ١ ٢"),
    ("M 0 0 L 1 1 ; DROP TABLE curves; and much more", "; DROP TABLE curves; and…"),
]


@pytest.mark.parametrize("data", RIGHT)
def test_right_path_data_is_right(data):
    assert wrong_path_data(data) is None


@pytest.mark.parametrize(("data", "place"), WRONG)
def test_wrong_path_data_says_from_where_on(data, place):
    assert wrong_path_data(data) == place


def test_it_never_takes_long():
    digits = "1" * 300_000
    assert wrong_path_data(f"M {digits}") is not None
    assert wrong_path_data("M 0 0" + " L 1 1" * 100_000 + " L").endswith("L")
    assert wrong_path_data("M" + "," * 300_000 + "x") is not None


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), min_size=1), st.sampled_from([" ", ",", " , "]))
def test_all_numbers_are_right(points, comma):
    assert wrong_path_data("M" + "L".join(f"{x!r}{comma}{y!r}" for x, y in points)) is None


@pytest.mark.parametrize(
    ("text", "looks"), [("M 0 0 L 1 1", True), (" m0,0z", True), ("M 0 0 X", False), ("Mum", False), ("", False)]
)
def test_path_data_is_told_from_other_text(text, looks):
    assert looks_like_path_data(text) is looks
