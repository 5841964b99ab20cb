import gzip
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import CurveError
from curvegui.figure.outline import svg_source as module
from curvegui.figure.outline.svg_source import (
    PATH_DATA_LETTERS,
    Content,
    Uses,
    kept_attributes,
    plain_style,
    svg_source,
    wrong_path_data,
)
from tests.figure.svg_drawings import READ, SQUARE, svg


@pytest.mark.parametrize("name", READ)
def test_nothing_goes_on_that_could_do_harm(name):
    drawing = svg_source(READ[name][0], name).drawing
    for word in (b"image", b"script", b"filter", b"mask", b"animate", b"import", b"file:", b"entity", b"data:"):
        assert word not in drawing.lower()
    assert svg_source(drawing, name).drawing == drawing


def test_embedded_pictures_do_not_count(monkeypatch):
    picture = b'<image href="data:image/png;base64,' + b"iVBO\n" * 10_000 + b'"/>'
    monkeypatch.setattr(module, "MOST_XML_BYTES", 1_000)
    assert b"<rect" in svg_source(svg(picture, SQUARE), "a").drawing
    with pytest.raises(CurveError, match="besides pictures"):
        svg_source(svg(SQUARE * 100), "a")


def test_what_is_too_large_is_refused_also_if_it_is_compressed(monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1_000_000)
    for data in (bytes(1_000_001), gzip.compress(bytes(50_000_000))):
        with pytest.raises(CurveError, match=r"“big.svg” could not be read. It has more than 1 MB"):
            svg_source(data, "big.svg")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("none", "none"),
        ("#fff", "#fff"),
        ("url(#g)", "black"),
        ("url( '#g' ) none", "black"),
        ("url(#g) #123", "black"),
    ],
)
def test_gradients_and_patterns_are_ink(value, kept):
    assert kept_attributes({"fill": value, "stroke": value}) == {"fill": kept, "stroke": kept}


@pytest.mark.parametrize(
    ("opacity", "kept"), [("0", {"display": "none"}), ("0.0%", {"display": "none"}), ("0.5", {}), ("inherit", {})]
)
def test_what_is_translucent_is_opaque_and_what_is_invisible_is_gone(opacity, kept):
    assert kept_attributes({"opacity": opacity}) == kept


@pytest.mark.parametrize(
    ("style", "plain"),
    [
        ("fill:none;stroke:red", "fill:none;stroke:red"),
        ("fill:url(#g);opacity:.5;stroke:red", "fill:black;stroke:red"),
        ("opacity: 0", "display:none;"),
        ("fill-opacity:0;stroke-opacity:0", "fill-opacity:0;stroke-opacity:0"),
        ("@import url(http://example.org/x.css); .a{opacity:0.3}", " .a{}"),
    ],
)
def test_a_style_keeps_what_matters(style, plain):
    assert plain_style(style) == plain
    assert kept_attributes({"style": style}) == {"style": plain}


def chain(length, times):
    uses = Uses()
    uses.name("0", Content(1))
    for k in range(length):
        uses.name(str(k + 1), Content(1, Counter({str(k): times})))
    return uses


def test_what_is_used_counts_each_time():
    assert chain(3, 10).elements(Content(5, Counter({"3": 2})))[0] == 5 + 2 * (1 + 10 * (1 + 10 * (1 + 10)))


def test_what_would_be_more_than_anyone_could_count_is_counted_at_once():
    assert chain(9, 1_000).elements(Content(1, Counter({"9": 1})))[0] > 10**27


@pytest.mark.parametrize("length", [10, 11, 5_000])
def test_a_chain_that_is_too_long_is_refused(length):
    uses = chain(length, 1)
    for k in range(0, length, 3):  # also where the shorter ones are known already
        if k < 10:
            uses.elements(Content(1, Counter({str(k): 1})))
    with pytest.raises(ValueError, match="more than 10"):
        uses.elements(Content(1, Counter({str(length): 1})))


def test_what_contains_itself_is_refused_with_its_name():
    uses = Uses()
    uses.name("a", Content(1, Counter("b")))
    uses.name("b", Content(1, Counter("a")))
    with pytest.raises(ValueError, match="“a” contains itself"):
        uses.elements(Content(1, Counter("a")))


RIGHT_DATA = [
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
WRONG_DATA = [
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


@pytest.mark.parametrize("data", RIGHT_DATA)
def test_right_path_data_is_right(data):
    assert wrong_path_data(data) is None


@pytest.mark.parametrize(("data", "place"), WRONG_DATA)
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
    assert bool(PATH_DATA_LETTERS.fullmatch(text)) is looks
