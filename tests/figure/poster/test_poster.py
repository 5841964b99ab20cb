"""Posters: what is on them, in every layout and format, and how they are made."""

import threading
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage

from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.light import age_colours
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.picture.export import render_bytes
from curvegui.figure.poster import words as words_module
from curvegui.figure.poster.poster import Poster, PosterRendering, PosterStyle
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS
from curvegui.figure.poster.words import Words, other_settings
from tests.figure.pieces import longest_piece

CURVES = 40
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"


def trail(count=CURVES):
    """Circles that grow: the first small, the last as large as the target."""
    t = np.linspace(0, 2 * np.pi, 60)
    radii = np.linspace(0.1, 0.4, count)[:, np.newaxis]
    curves = np.stack([0.5 + radii * np.cos(t), 0.5 + radii * np.sin(t)], axis=1)
    return curves.astype(np.float32)


def poster(curves=None, line="curvegui1:5:abcde"):
    curves = trail() if curves is None else curves
    circle = trail()[-1].astype(float)
    return Poster(Figure(circle, curves, circle, "circle · 900 iterations"), Words("Circle", "1-6-7-2", "", line))


def made(style, ending="png", scale=0.4, of=None):
    rendering = PosterRendering(of or poster(), style, ending, scale=scale)
    fractions = list(rendering)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    return rendering.encode()


def pixels(data):
    image = QImage.fromData(data).convertToFormat(QImage.Format.Format_RGB32)
    return (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), 2::-1].astype(int)
    )


@pytest.mark.parametrize("key", LAYOUTS)
def test_each_layout_has_its_size_and_its_words(key):
    layout = LAYOUTS[key]
    found = pixels(made(PosterStyle(key, "silver")))
    assert found.shape[:2] == (round(layout.height * 0.4), round(layout.width * 0.4))
    words = layout.words
    strip = found[round(words.top() * 0.4) : round((words.top() + 45) * 0.4), round(words.left() * 0.4) : 130]
    assert np.ptp(strip) > 120


def test_words_of_a_language_from_the_right_begin_there_and_the_line_of_text_at_the_left(monkeypatch):
    starts = {}
    monkeypatch.setattr(words_module, "draw_text", lambda _, place, text, *rest: starts.update({text: place.x()}))
    monkeypatch.setattr(words_module, "is_right_to_left", lambda: True)
    card = replace(poster(), words=Words("Heart", "1-6-7-2 and more than the title says", "", "curvegui1:abc"))
    made(PosterStyle("card"), of=card, scale=1)
    left = LAYOUTS["card"].words.left()
    assert starts["curvegui1:abc"] == left
    assert left < starts["1-6-7-2 and more than the title says"] < starts["Heart"]


@pytest.mark.parametrize("paper", PAPERS)
def test_light_adds_up_on_dark_and_ink_on_white(paper):
    style = PosterStyle("square", "silver", paper, caption=False)
    once = trail(2)
    once, often = (np.repeat(once[1:], count, axis=0) for count in (2, 60))
    ground = pixels(made(style, of=poster(trail(2)[:0])))
    change = [np.abs(pixels(made(style, of=poster(each))) - ground).max() for each in (once, often)]
    assert 5 < change[0] < change[1]
    brighter = pixels(made(style, of=poster(often))) - ground
    assert (brighter.sum() > 0) == PAPERS[paper].is_dark


def test_in_ember_it_is_the_light_of_the_canvas_and_brighter_where_no_fit_is_over_it():
    of, size = poster(), LAYOUTS["square"].width
    whole = FigureOptions(target=False, fit=False)
    canvas = pixels(render_bytes(of.figure, LOOKS["ember"], whole, side_px=size))
    shown, alone = (
        pixels(made(PosterStyle(fit=fit, caption=False), of=replace(of, figure=replace(of.figure, fit=None)), scale=1))
        for fit in (True, False)
    )
    assert (shown[:40, :40] == canvas[:40, :40]).all()  # the ground, darker in the corners
    assert np.abs(shown.max(axis=(0, 1)) - canvas.max(axis=(0, 1))).max() < 6
    assert (alone.max(axis=(0, 1)) > canvas.max(axis=(0, 1))).all()


def test_an_svg_has_a_layer_for_each_part_and_blends_where_a_viewer_can():
    data = made(PosterStyle("portrait", target=True, fit=True), "svg")
    root = ElementTree.fromstring(data)
    names = [each.get(LABEL) for each in root if each.get(LABEL)]
    assert names == ["Background", "Trail", "Target", "Fit", "Caption"]
    (group,) = [each for each in root if each.get(LABEL) == "Trail"]
    assert sum(each.tag.endswith("polyline") for each in group.iter()) == CURVES
    assert b"#trail polyline { mix-blend-mode: screen; }" in data


@pytest.mark.slow
def test_a_pdf_is_packed_in_the_thread_that_encodes_it():
    rendering = PosterRendering(poster(), PosterStyle("portrait", fit=True), "pdf")
    for _ in rendering:
        pass
    data = []
    thread = threading.Thread(target=lambda: data.append(rendering.encode()))
    thread.start()
    thread.join()
    assert data[0].startswith(b"%PDF")
    assert b"/Subtype /Image" in data[0]
    assert data[0] == rendering.encode()


@pytest.mark.slow
def test_no_piece_takes_long_of_the_windows_thread():
    of = poster()
    assert longest_piece(lambda: PosterRendering(of, PosterStyle("portrait"), scale=2)) < 0.02


def test_a_long_trail_is_thinned_evenly_and_a_curve_that_is_no_number_is_left_out():
    curves = trail(4_000)
    curves[2_000] = np.nan
    data = made(PosterStyle(caption=False), scale=0.2, of=poster(curves))
    assert pixels(data).max() > 100


def test_the_small_print_names_what_is_not_as_usual():
    assert other_settings(TrainingConfig()) == ""
    assert "Points 77" in other_settings(TrainingConfig(points=77))


@pytest.mark.parametrize("wrong", [PosterStyle("a0"), PosterStyle(palette="mud"), PosterStyle(paper="red")])
def test_what_is_not_known_is_refused_and_what_there_is_is_named(wrong):
    with pytest.raises(ValueError, match="There are:"):
        PosterRendering(poster(), wrong)


def seen_by(colours, matrix):
    """Colours, shape (n, 3), as eyes see them that lack one kind of cones, by Viénot, Brettel and Mollon (1999)."""
    return np.clip(np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4) @ matrix.T, 0, 1)


BLINDNESS = {
    "protan": [[0.112, 0.888, 0.0], [0.112, 0.888, 0.0], [0.004, -0.004, 1.0]],
    "deutan": [[0.293, 0.707, 0.0], [0.293, 0.707, 0.0], [-0.021, 0.021, 1.0]],
}


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("key", [key for key, palette in PALETTES.items() if palette.is_safe])
def test_a_safe_palette_grows_lighter_all_the_way_for_every_eye(key, kind):
    colours = age_colours(PALETTES[key].stops)[np.round(255 * (10 ** np.linspace(0, 1, 9) - 1) / 9).astype(int)]
    luminance = seen_by(colours, np.array(BLINDNESS[kind])) @ [0.2126, 0.7152, 0.0722]
    lightness = np.cbrt(luminance)
    assert (np.diff(lightness) > 0.03).all()
