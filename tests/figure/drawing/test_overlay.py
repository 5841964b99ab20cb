"""Two fits over each other can be told apart, by every eye."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.overlay import ON_DARK, ON_LIGHT, OverlayLook, paint_alone, paint_overlay

SIDE = 300


def near(image: QImage, colour: str) -> NDArray[np.bool_]:
    """Which pixels have about that colour."""
    shown = np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4)[..., 2::-1].astype(np.int16)
    found: NDArray[np.bool_] = (np.abs(shown - np.array(QColor(colour).getRgb()[:3])) < 30).all(axis=2)
    return found


def blank() -> QImage:
    return QImage(SIDE, SIDE, QImage.Format.Format_RGB32)


@pytest.fixture
def other(figure: Figure) -> Figure:
    return Figure(figure.target, figure.trail, 0.5 + 0.5 * (figure.target - 0.5))


def overlaid(one: Figure, other: Figure, look: OverlayLook) -> QImage:
    image = blank()
    painter = QPainter(image)
    paint_overlay(painter, QRectF(0, 0, SIDE, SIDE), one, other, look, scale=1)
    painter.end()
    return image


@pytest.mark.parametrize("look", [ON_LIGHT, ON_DARK])
def test_both_fits_and_the_target_are_there(figure: Figure, other: Figure, look: OverlayLook) -> None:
    image = overlaid(figure, other, look)
    for stroke in (look.one, look.other, look.look.target):
        assert near(image, stroke.colour).sum() > 100


@pytest.mark.parametrize("look", [ON_LIGHT, ON_DARK])
def test_they_differ_in_shape_and_lightness_not_in_hue_alone(look: OverlayLook) -> None:
    assert bool(look.one.dashes) != bool(look.other.dashes)
    assert abs(_luminance(look.one.colour) - _luminance(look.other.colour)) > 0.02


def _luminance(colour: str) -> float:
    red, green, blue, _ = QColor(colour).getRgbF()
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def test_two_targets_are_painted_where_they_differ(figure: Figure, other: Figure) -> None:
    shifted = Figure(figure.target * 0.8, figure.trail, other.fit)
    one, two = (near(overlaid(figure, each, ON_LIGHT), ON_LIGHT.look.target.colour).sum() for each in (other, shifted))
    assert two > 1.4 * one


def test_one_alone_is_painted_in_its_own_stroke(figure: Figure) -> None:
    image = blank()
    painter = QPainter(image)
    paint_alone(painter, QRectF(0, 0, SIDE, SIDE), figure, ON_LIGHT.look, ON_LIGHT.other, scale=1)
    painter.end()
    assert near(image, ON_LIGHT.other.colour).sum() > 100
    assert near(image, ON_LIGHT.one.colour).sum() == 0
