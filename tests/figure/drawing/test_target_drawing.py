"""A target is drawn closed where it is, faintly where it jumps, and with its points where they tell something."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from curvegui.core.curve.curve import Curve, curve_through
from curvegui.core.learner.target import Target, build_target
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import CLASSIC, LOOKS, LineStyle
from curvegui.figure.drawing.target_drawing import MOST_DOTS, MOST_PARTS, TargetDrawing, thumbnail
from tests.figure.pieces import render_image

NO_TRAIL = np.empty((0, 2, 1), np.float32)
TARGET_ALONE = FigureOptions(background=False, trail=False, fit=False)
CORNERS = np.array([[0.2, 0.8, 0.8, 0.2], [0.2, 0.2, 0.8, 0.8]])


def _target(closed: bool, jumps: tuple[int, ...] = ()) -> Target:
    """The corners of a square, from the lower left one anticlockwise."""
    t = np.arange(4) / 4 if closed else np.arange(4) / 3
    flags = np.isin(np.arange(4), jumps)
    return build_target(TrainingConfig(curve=Curve("corners", CORNERS, t, closed, flags), points=4))


def _opacity(target: Target, x: float, y: float) -> float:
    """How opaque the middle of a line without dashes is, in the unit square."""
    look = replace(CLASSIC, target=replace(CLASSIC.target, dashes=()))
    image = render_image(Figure(TargetDrawing.of(target), NO_TRAIL), look, TARGET_ALONE, side_px=401, scale=4)
    side = image.width()
    return image.pixelColor(round(x * side), round((1 - y) * side)).alphaF()


def test_a_closed_target_is_drawn_closed_and_an_open_one_open() -> None:
    assert _opacity(_target(closed=True), 0.2, 0.5) == 1
    assert _opacity(_target(closed=False), 0.2, 0.5) == 0
    for middle in ((0.5, 0.2), (0.8, 0.5), (0.5, 0.8)):
        assert _opacity(_target(closed=False), *middle) == 1


def test_jumps_are_faint_and_the_rest_is_not() -> None:
    jumping = _target(closed=True, jumps=(1, 3))
    for middle in ((0.8, 0.5), (0.2, 0.5)):
        assert _opacity(jumping, *middle) == pytest.approx(0.3, abs=0.02)
    for middle in ((0.5, 0.2), (0.5, 0.8)):
        assert _opacity(jumping, *middle) == 1


def test_points_are_drawn_where_they_are_noisy_or_not_all_trained_on() -> None:
    noisy = TargetDrawing.of(build_target(TrainingConfig(data_noise=0.05)))
    tested = TargetDrawing.of(build_target(TrainingConfig(train_one_in=4)))
    clean = build_target(TrainingConfig())

    assert np.array_equal(noisy.line, TargetDrawing.of(clean).line)
    assert noisy.trained.shape == (2, 100)
    assert noisy.tested.size == 0
    assert np.array_equal(tested.trained, clean.points[:, ::4])
    assert tested.tested.shape == (2, 75)


def test_more_points_than_can_be_told_apart_are_not_drawn() -> None:
    config = TrainingConfig(data_noise=0.05, train_one_in=2, points=MOST_DOTS)
    assert TargetDrawing.of(build_target(config)).trained.shape == (2, MOST_DOTS // 2)
    assert TargetDrawing.of(build_target(replace(config, points=MOST_DOTS + 1))).trained.size == 0


def test_points_trained_on_are_filled_and_the_others_hollow_and_both_lie_over_the_trail() -> None:
    line = np.array([[0.1, 0.9], [0.2, 0.2]])
    drawing = TargetDrawing(line, trained=np.array([[0.25], [0.5]]), tested=np.array([[0.75], [0.5]]))
    across = np.repeat(np.array([[[0.1, 0.9], [0.5, 0.5]]], np.float32), 200, axis=0)
    image = render_image(Figure(drawing, across), LOOKS["classic"], FigureOptions(), side_px=400, scale=4)
    filled, hollow = image.pixelColor(400, 800), image.pixelColor(1200, 800)
    assert filled.name() == LOOKS["classic"].target.colour
    assert hollow.getRgb()[:3] == pytest.approx((252, 117, 219), abs=12)  # of the trail
    assert image.pixelColor(1200 - 10, 800).name() == LOOKS["classic"].target.colour


def test_drawings_are_alike_where_they_look_the_same() -> None:
    one = TargetDrawing.of(build_target(TrainingConfig()))
    assert one.is_like(one)
    assert one.is_like(TargetDrawing.of(build_target(TrainingConfig(train_one_in=1))))
    assert one.is_like(TargetDrawing.of(build_target(TrainingConfig(points=5))))  # the curve, not the points on it
    for other in (TrainingConfig(curve="star"), TrainingConfig(data_noise=0.1), TrainingConfig(train_one_in=2)):
        assert not one.is_like(TargetDrawing.of(build_target(other)))
    assert not TargetDrawing.of(_target(closed=True)).is_like(TargetDrawing.of(_target(closed=True, jumps=(1,))))


def _scattered(parts: int, corners: int = 8) -> TargetDrawing:
    """As many small polygons as that, each joined to the next one by a jump."""
    angle = np.arange(corners) / corners * 2 * np.pi
    ring = np.stack([np.cos(angle), np.sin(angle)])
    side = int(np.ceil(np.sqrt(parts)))
    middles = (np.stack([np.arange(parts) % side, np.arange(parts) // side]) + 0.5) / side
    line = (middles[:, :, np.newaxis] + ring[:, np.newaxis, :] * 0.3 / side).reshape(2, -1)
    jumps = np.arange(line.shape[1] - 1) % corners == corners - 1
    return TargetDrawing(line, jumps)


@pytest.mark.parametrize("look", LOOKS)
def test_very_many_parts_look_as_few_do(look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = _scattered(MOST_PARTS)

    def painted() -> NDArray[np.float64]:
        image = render_image(Figure(drawing, NO_TRAIL), LOOKS[look], TARGET_ALONE, side_px=300)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(300, 300, 4).astype(float)
        return pixels[:, :, 3].reshape(30, 10, 30, 10).mean(axis=(1, 3))

    at_once = painted()
    monkeypatch.setattr("curvegui.figure.drawing.target_drawing.MOST_PARTS", 10_000)
    assert at_once.max() > 20
    if not LOOKS[look].target.dashes:  # those run together
        assert np.abs(at_once - painted()).max() < 12


STROKE = LineStyle("#000000", 2.0)
SQUARE = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]])


def alpha(pixmap):
    """How opaque each pixel is, shape (height, width)."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[:, :, 3].astype(int)


def painted(points, *, closed, jumps=None):
    """A thumbnail of a curve, 100 pixels wide."""
    return alpha(thumbnail(curve_through("it", points, closed=closed, jumps=jumps), 100, 1.0, STROKE))


def test_a_closed_curve_is_drawn_to_its_beginning_and_an_open_one_is_not(qapp):
    left = slice(40, 60), slice(10, 25)  # where the way back would be
    assert painted(SQUARE, closed=True)[left].any()
    assert not painted(SQUARE, closed=False)[left].any()


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_fills_its_thumbnail_and_leaves_its_margin(qapp, name):
    seen = np.argwhere(alpha(thumbnail(name, 60, 2.0, STROKE)) > 0)
    low, high = seen.min(axis=0), seen.max(axis=0)
    assert (low >= 14).all()
    assert (high <= 106).all()
    assert (high - low).max() > 76
