import pytest

from curvegui.figure.outline.svg_attributes import kept_attributes, plain_style


def test_what_has_nothing_to_do_with_outlines_is_left_out():
    attributes = {"d": "M 0 0", "onclick": "alert()", "clip-path": "url(#c)", "filter": "url(#f)", "id": "a"}
    assert kept_attributes(attributes) == {"d": "M 0 0", "id": "a"}


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
