"""Layers of an SVG: groups with names, each of which a drawing program lists, and nothing else is different."""

import re
from xml.etree import ElementTree

from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import CLASSIC, LIGHT
from curvegui.figure.picture.export import render_bytes

SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
ALL = FigureOptions(axes=True, caption=True)


def layers(data):
    """The name of each layer that a drawing program lists, with its group."""
    root = ElementTree.fromstring(data)
    groups = [each for each in root if each.get(f"{INKSCAPE}groupmode") == "layer"]
    assert [each for each in root if each.tag == f"{SVG}g"] == groups
    return {each.get(f"{INKSCAPE}label"): each for each in groups}


def test_each_part_of_a_figure_is_a_layer_of_its_own_from_the_bottom_to_the_top(figure):
    found = layers(render_bytes(figure, CLASSIC, ALL, "svg"))
    assert list(found) == ["Background", "Axes", "Target", "Trail", "Fit", "Caption"]
    strokes = {name: {each.get("stroke") for each in group.iter()} for name, group in found.items()}
    for name, stroke in (("Target", CLASSIC.target), ("Trail", CLASSIC.trail), ("Fit", CLASSIC.fit)):
        assert {other for other, colours in strokes.items() if stroke.colour in colours} == {name}


def test_a_layer_that_is_not_wanted_is_not_there(figure):
    found = layers(render_bytes(figure, LIGHT, FigureOptions(background=False, trail=False), "svg"))
    assert list(found) == ["Target", "Fit"]


def test_what_a_layer_refers_to_is_its_own(figure):
    data = render_bytes(figure, CLASSIC, ALL, "svg").decode()
    names = re.findall(r'\bid="([^"]+)"', data)
    assert len(names) == len(set(names))
    assert {*re.findall(r"url\(#(\w+-?\w*)\)", data)} <= {*names}
