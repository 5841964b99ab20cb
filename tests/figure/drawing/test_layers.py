"""A figure is painted layer by layer, in small pieces, and each option changes what it says."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from curvegui.figure.drawing import figure as module
from curvegui.figure.drawing import polyline
from curvegui.figure.drawing.caption import caption_layout
from curvegui.figure.drawing.figure import Figure, FigureOptions, figure_map, paint_figure
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.picture.surfaces import blank_image
from tests.figure.pieces import render_image

NOTHING = FigureOptions(background=False, trail=False, target=False, fit=False)
LAYERS = ["background", "trail", "target", "fit", "axes", "caption"]


def pixels(image: QImage) -> NDArray[np.uint8]:
    """Shape (side, side, 4): blue, green, red, alpha."""
    side = image.width()
    return np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4).copy()


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_alone_leaves_its_mark(figure: Figure, layer: str) -> None:
    image = render_image(figure, LOOKS["classic"], replace(NOTHING, **{layer: True}), side_px=200)
    assert pixels(image)[..., :3].sum() > 0


def test_curves_are_open_from_the_last_point_to_the_first() -> None:
    corner = np.array([[0.2, 0.8, 0.8], [0.2, 0.2, 0.8]])
    figure = Figure(corner, np.empty((0, 2, 3), np.float32), corner)
    image = render_image(figure, LOOKS["light"], replace(NOTHING, fit=True), side_px=200)
    assert image.pixelColor(100, 100).alpha() == 0
    assert image.pixelColor(100, 160).alpha() > 0


def test_the_fit_lies_over_the_trail_and_the_trail_over_the_target() -> None:
    line = np.array([[0.1, 0.9], [0.5, 0.5]])
    look = LOOKS["classic"]
    figure = Figure(line, np.repeat(line[np.newaxis], 200, axis=0).astype(np.float32), line)
    with_fit = render_image(figure, look, FigureOptions(), side_px=400).pixelColor(200, 200)
    without = render_image(figure, look, FigureOptions(fit=False), side_px=400).pixelColor(200, 200)
    assert with_fit.name() == look.fit.colour
    assert without.getRgb()[:3] == pytest.approx((252, 117, 219), abs=12)


def test_curves_that_are_no_numbers_are_left_out_of_the_figure(figure: Figure) -> None:
    lost = np.full_like(figure.fit, np.nan)
    broken = Figure(figure.target, np.full_like(figure.trail, np.inf), lost, figure.caption)
    look, options = LOOKS["dark"], FigureOptions()
    np.testing.assert_array_equal(
        pixels(render_image(broken, look, options, side_px=200)),
        pixels(render_image(figure, look, replace(options, trail=False, fit=False), side_px=200)),
    )


def test_no_curve_runs_over_the_caption() -> None:
    deep = np.array([[0.0, 1.0], [-0.5, -0.5]])
    down = np.array([[0.5, 0.5], [0.5, -3.0]])
    figure = Figure(deep, down[np.newaxis].astype(np.float32), down, "a caption")
    options = FigureOptions(background=False, caption=True)
    image = render_image(figure, LOOKS["dark"], options, side_px=300)
    bare = render_image(figure, LOOKS["dark"], replace(NOTHING, caption=True), side_px=300)
    top = round(caption_layout(QRectF(0, 0, 300, 300), "a caption", 1).strip.top()) + 1
    np.testing.assert_array_equal(pixels(image)[top:], pixels(bare)[top:])


@pytest.mark.parametrize("side", [150, 300, 900])
def test_the_unit_square_keeps_clear_of_caption_and_numbers(figure: Figure, side: int) -> None:
    rect = QRectF(0, 0, side, side)
    plane = figure_map(rect, figure.caption, FigureOptions(axes=True, caption=True))
    (left, right), (bottom, top) = plane.map(np.array([[0.0, 1.0], [0.0, 1.0]]))
    assert right - left == pytest.approx(bottom - top)
    assert right - left > 0.4 * side
    assert left > 0 and top > 0 and right < side
    assert bottom < caption_layout(rect, figure.caption, 1).strip.top()


@pytest.mark.parametrize("look", LOOKS)  # some with dashes
def test_a_curve_of_very_many_points_is_stroked_in_many_pieces_and_looks_as_in_one(
    look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PIECE_S", 0.0)
    turn = np.linspace(0, 2 * np.pi, 8_000)
    curve = 0.5 + (0.4 + 0.05 * np.sin(60 * turn)) * np.stack([np.cos(turn), np.sin(turn)])
    figure = Figure(curve, curve[np.newaxis].astype(np.float32), curve)

    def painted() -> tuple[int, NDArray[np.int16]]:
        image = blank_image(900, 900)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        options = replace(NOTHING, target=True, trail=True, fit=True)
        pieces = list(paint_figure(painter, QRectF(image.rect()), figure, LOOKS[look], options))
        painter.end()
        return len(pieces), pixels(image).astype(np.int16)

    count, parts = painted()
    assert count > 10
    for name in ("STROKE_POINTS", "STROKE_AREA", "STROKE_LINES"):
        monkeypatch.setattr(polyline, name, 10**9)
    off = np.abs(parts - painted()[1]).max(axis=-1)
    assert off.max() < 100
    assert np.count_nonzero(off) < 300
