import gzip

import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.figure.outline import svg_tree as module
from curvegui.figure.outline.svg_tree import svg_source
from tests.figure.svg_drawings import READ, SQUARE, svg


@pytest.mark.parametrize("name", READ)
def test_nothing_goes_on_that_could_do_harm(name):
    drawing = svg_source(READ[name][0], name).drawing
    for word in (b"image", b"script", b"filter", b"mask", b"animate", b"import", b"file:", b"entity", b"data:"):
        assert word not in drawing.lower()
    assert svg_source(drawing, name).drawing == drawing


def test_fonts_are_needed_only_where_there_is_text():
    assert not svg_source(svg(SQUARE), "a").has_text
    assert svg_source(svg(b"<text>a</text>"), "a").has_text


def test_what_is_special_in_xml_stays_what_it_is():
    drawing = svg_source(svg(b'<text id="a&quot;b&lt;">&lt;&amp;&gt;</text>'), "a").drawing
    assert b"&lt;&amp;&gt;" in drawing
    assert b'id="a&quot;b&lt;"' in drawing


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
