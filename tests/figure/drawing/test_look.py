"""Looks: the exercise's colours, and others that colour-blind eyes can read; all keep their contrast."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.look import LOOKS, Look
from tests.help.contrast import DEFICIENCIES, contrast, over

XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
SAFE = [look for look in LOOKS.values() if look.key != "classic" and not look.is_light]  # light: `test_light_seen`


def linear(colour: str) -> FloatArray:
    rgb = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def seen(colour: str, deficiency: str) -> FloatArray:
    """CIELAB of a colour as an eye with a deficiency sees it."""
    rgb = np.clip(np.array(DEFICIENCIES[deficiency]) @ linear(colour), 0, 1)
    x, y, z = np.cbrt(XYZ @ rgb / XYZ.sum(axis=1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def painted(look: Look, width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(image.rect(), look.background.brush(QRectF(image.rect())))
    painter.end()
    return image


def test_classic_has_the_exercises_colours_and_widths() -> None:
    classic = LOOKS["classic"]
    target, trail, fit = classic.target.pen(1), classic.trail.pen(1), classic.fit.pen(1)
    assert target.color().getRgb() == (175, 219, 133, 255)
    assert trail.color() == QColor.fromRgbF(252 / 255, 117 / 255, 219 / 255, 0.1)
    assert fit.color().getRgb() == (218, 171, 115, 255)
    assert [pen.widthF() for pen in (target, trail, fit)] == [1.5, 2.0, 2.5]


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.key)
def test_target_and_fit_differ_without_any_colour(look: Look) -> None:
    assert look.target.pen(1).style() == Qt.PenStyle.CustomDashLine
    assert look.fit.pen(1).style() == Qt.PenStyle.SolidLine
    assert look.fit.width >= 1.5 * look.target.width


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.key)
@pytest.mark.parametrize(("ink", "least"), [("target", 3), ("fit", 3), ("series", 3), ("text", 4.5)])
def test_what_says_something_stands_out_from_all_of_the_background(look: Look, ink: str, least: float) -> None:
    """The trail is left out: its curves are meant to be faint, each by itself."""
    drawn = getattr(look, ink)
    for _, ground in look.background.stops:
        assert contrast(over(drawn.colour, drawn.alpha, ground), ground) >= least


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.key)
@pytest.mark.parametrize("stroke", ["target", "fit"])
def test_lines_stand_out_as_they_are_painted(look: Look, stroke: str) -> None:
    """Measured from a picture: at the usual size, smoothed edges do not eat up what the colours promise."""
    bare, image = painted(look, 240, 240), painted(look, 240, 240)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = getattr(look, stroke).pen(1.0)
    pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    lines = [((5, 12), (235, 228)), ((5, 3), (235, 3))]  # through all tones of Classic, and where it is lightest
    for start, stop in lines:
        painter.drawLine(*start, *stop)
    painter.end()
    for (left, top), (right, bottom) in lines:
        for x in range(10, 235, 15):
            y = round(top + (bottom - top) * (x - left) / (right - left))
            across = [(x, near) for near in (y - 1, y, y + 1)]
            assert max(contrast(image.pixelColor(*at).name(), bare.pixelColor(*at).name()) for at in across) >= 3


@pytest.mark.parametrize(("key", "usual"), [("contrast", "dark"), ("contrast-light", "light")])
def test_high_contrast_is_higher_than_usual(key: str, usual: str) -> None:
    look, other = LOOKS[key], LOOKS[usual]
    for ink in ("target", "fit", "text", "series"):
        assert contrast(getattr(look, ink).colour, look.background.stops[0][1]) >= 7
    for ink in ("target", "text"):
        against = contrast(getattr(other, ink).colour, other.background.stops[0][1])
        assert contrast(getattr(look, ink).colour, look.background.stops[0][1]) > against


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("look", SAFE, ids=lambda look: look.key)
def test_every_eye_tells_target_trail_and_fit_apart(look: Look, deficiency: str) -> None:
    colours = [seen(stroke.colour, deficiency) for stroke in (look.target, look.trail, look.fit)]
    colours.append(seen(look.background.stops[0][1], deficiency))
    for one, other in combinations(colours, 2):
        assert np.linalg.norm(one - other) >= 25  # 2.3 is just noticeable side by side


@pytest.mark.parametrize("look", SAFE, ids=lambda look: look.key)
def test_target_trail_and_fit_differ_without_colour_too(look: Look) -> None:
    lightness = [seen(stroke.colour, "none")[0] for stroke in (look.target, look.trail, look.fit)]
    assert min(abs(one - other) for one, other in combinations(lightness, 2)) >= 15
