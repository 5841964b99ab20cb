"""PNG, SVG, PDF and the clipboard show the same figure, and wrong wishes are refused in words."""

import gc
import io
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture.export import Rendering, render_bytes
from tests.figure.pieces import longest_piece

EVERYTHING = FigureOptions(axes=True, caption=True)


def decoded(png: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int16)


def drawn_from_svg(svg: bytes, side: int) -> NDArray[np.int16]:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(svg).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4)[..., 2::-1].astype(np.int16)


def page_content(pdf: bytes) -> bytes:
    """The largest stream of a PDF, decompressed: what is drawn on its page."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return zlib.decompress(max(streams, key=len))


def test_other_threads_go_on_while_a_large_drawing_is_made_into_a_file(figure: Figure) -> None:
    rendering, turns = (
        Rendering(replace(figure, trail=np.tile(figure.trail, (8, 1, 1))), LOOKS["classic"], EVERYTHING, "pdf"),
        0,
    )
    for _ in rendering:
        pass
    with ThreadPoolExecutor(1) as pool:
        pdf = pool.submit(rendering.encode)
        while not pdf.done():
            sleep(0.001)
            turns += 1
    assert turns > 10
    assert pdf.result().startswith(b"%PDF")


@pytest.mark.parametrize("scale", [1, 1.5, 2, 4])
def test_a_png_has_its_side_times_its_scale(figure: Figure, scale: float) -> None:
    png = render_bytes(figure, LOOKS["classic"], FigureOptions(), "png", side_px=120, scale=scale)
    assert Image.open(io.BytesIO(png)).size == (round(120 * scale), round(120 * scale))


def test_a_png_says_what_it_shows(figure: Figure) -> None:
    info = Image.open(io.BytesIO(render_bytes(figure, LOOKS["dark"], FigureOptions(), side_px=100, scale=2))).info
    assert info["Description"] == figure.caption
    assert info["Software"].startswith("CurveGUI ")
    assert info["Title"] == "A curve drawn by a neural network"
    assert info["dpi"] == pytest.approx((192, 192), abs=0.1)


def test_a_caption_in_any_script_survives_in_the_file(figure: Figure) -> None:
    png = render_bytes(replace(figure, caption="σ′(z) · сердце · 心"), LOOKS["dark"], FigureOptions(), side_px=64)
    assert Image.open(io.BytesIO(png)).info["Description"] == "σ′(z) · сердце · 心"


def test_a_png_without_background_is_transparent_where_nothing_is_drawn(figure: Figure) -> None:
    png = render_bytes(figure, LOOKS["classic"], FigureOptions(background=False), side_px=200)
    alpha = np.asarray(Image.open(io.BytesIO(png)))[..., 3]
    assert alpha[0, 0] == alpha[-1, -1] == alpha[100, 100] == 0
    assert alpha.max() == 255


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.key)
def test_an_svg_looks_like_the_png(figure: Figure, look: Look) -> None:
    svg = drawn_from_svg(render_bytes(figure, look, EVERYTHING, "svg", side_px=600), 600)
    png = decoded(render_bytes(figure, look, EVERYTHING, "png", side_px=600))
    blank = decoded(render_bytes(figure, look, FigureOptions(trail=False, target=False, fit=False), side_px=600))
    assert np.abs(svg - png).mean() < (1.5 if look.is_light else 0.6)  # light in an SVG has twice the pixels
    assert np.abs(svg - png).mean() < (0.15 if look.is_light else 0.1) * np.abs(blank - png).mean()


@pytest.mark.slow
def test_an_svg_and_a_pdf_of_a_long_run_stay_small(figure: Figure) -> None:
    long = replace(figure, trail=np.tile(figure.trail, (12, 1, 1))[:500])
    assert len(render_bytes(long, LOOKS["classic"], EVERYTHING, "svg")) < 1.0e6
    assert len(render_bytes(long, LOOKS["classic"], EVERYTHING, "pdf")) < 3.0e6


@pytest.mark.parametrize("side", [300, 901])
def test_a_pdfs_page_is_the_figure_and_nothing_else(figure: Figure, side: int) -> None:
    pdf = render_bytes(figure, LOOKS["classic"], EVERYTHING, "pdf", side_px=side)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert pdf.startswith(b"%PDF-")
    assert box is not None
    across, up = (float(number) for number in box.groups())
    assert across == up == pytest.approx(side * 0.75, abs=0.5)
    filled = re.search(rb"0 0 ([\d.]+) ([\d.]+) re", page_content(pdf))
    assert filled is not None
    assert [0.75 * float(number) for number in filled.groups()] == pytest.approx([across, up], abs=0.01)


@pytest.mark.parametrize("ending", formats(PictureFormat))
def test_a_picture_in_pieces_is_the_picture_at_once(figure: Figure, ending: str) -> None:
    rendering = Rendering(figure, LOOKS["classic"], FigureOptions(), ending, side_px=300)
    fractions = []
    while not rendering.painted:
        fractions.append(rendering.advance())
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    at_once = render_bytes(figure, LOOKS["classic"], FigureOptions(), ending, side_px=300)
    if ending == "pdf":  # its time and its id differ
        assert page_content(rendering.encode()) == page_content(at_once)
    else:
        assert rendering.encode() == at_once


@pytest.mark.slow
def test_no_piece_of_the_largest_picture_takes_long_of_the_windows_thread(figure: Figure) -> None:
    assert longest_piece(lambda: Rendering(figure, LOOKS["classic"], EVERYTHING, scale=8)) < 0.05


def test_a_picture_can_be_encoded_in_another_thread(figure: Figure) -> None:
    rendering = Rendering(figure, LOOKS["classic"], EVERYTHING, side_px=300)
    assert list(rendering)[-1] == 1.0
    with ThreadPoolExecutor(1) as threads:
        png = threads.submit(rendering.encode).result()
    assert png == rendering.encode() == render_bytes(figure, LOOKS["classic"], EVERYTHING, side_px=300)


@pytest.mark.parametrize("ending", formats(PictureFormat))
def test_a_picture_can_be_dropped_half_way(figure: Figure, ending: str) -> None:
    rendering = Rendering(figure, LOOKS["classic"], EVERYTHING, ending, side_px=300)
    for _ in range(4):
        rendering.advance()
    del rendering
    gc.collect()
    again = render_bytes(figure, LOOKS["classic"], EVERYTHING, ending, side_px=300)
    assert len(again) > 1000


@pytest.mark.parametrize(("side", "scale"), [(4000, 8), (20_000, 1)])
def test_a_side_out_of_bounds_is_refused(figure: Figure, side: int, scale: float) -> None:
    with pytest.raises(ValueError, match="A picture's side is at most"):
        Rendering(figure, LOOKS["classic"], FigureOptions(), side_px=side, scale=scale)
