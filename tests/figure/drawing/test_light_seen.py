"""In the look Ember, saved pictures are measured: every eye sees the fit and the target on the trail and its glow."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import EMBER, LineStyle
from curvegui.figure.drawing.polyline import polygon
from curvegui.figure.picture.export import render_bytes
from tests.help.contrast import DEFICIENCIES, luminances

SIDE, BESIDE_PX = 450, 6.0
FIT, TARGET = (np.array([QColor(stroke.colour).getRgb()[:3]], np.uint8) for stroke in (EMBER.fit, EMBER.target))
assert EMBER.rim and EMBER.casing


def saved(figure: Figure, **options: bool) -> np.ndarray:
    image = QImage.fromData(render_bytes(figure, EMBER, FigureOptions(**options), side_px=SIDE))
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, -1)[:, : 3 * SIDE].reshape(SIDE, SIDE, 3).copy()


def near(points: FloatArray, width: float) -> np.ndarray:
    """Which pixels a stroke touches that is so wide."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    round_ = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor("white"), width, Qt.PenStyle.SolidLine, *round_))
    pixels = DataMap.unit_square(QRectF(0, 0, SIDE, SIDE)).map(points)
    pixels[0, -1] += 0.01  # a line that is a point is not drawn
    painter.drawPolyline(polygon(pixels))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, -1)[:, :SIDE] > 0


def ring(points: FloatArray, stroke: LineStyle) -> np.ndarray:
    """The pixels beside a line, or beside a dot, which is twice as wide, without those of the smoothed edge."""
    width = stroke.width * (2 if np.ptp(points) == 0 else 1)
    return near(points, width + 2 * BESIDE_PX) & ~near(points, width + 1.5)


def least_contrast(ink: np.ndarray, pixels: np.ndarray, deficiency: str, share: float = 0.1) -> float:
    """The contrast of a colour to the brightest of some pixels; ``share`` percent are left out."""
    (bright,), ground = luminances(ink, deficiency), luminances(pixels, deficiency)
    return float((bright + 0.05) / (np.percentile(ground, 100 - share) + 0.05))


def dense(figure: Figure) -> Figure:
    """Thousands of curves along the fit, all of them new."""
    assert figure.fit is not None
    shifts = np.random.default_rng(0).normal(0, 0.01, (3_000, 2, 1))
    return replace(figure, trail=(figure.fit + shifts).astype(np.float32))


def saturated(figure: Figure) -> Figure:
    return replace(figure, fit=np.full((2, 100), 0.4))


@pytest.mark.parametrize("made", [lambda figure: figure, dense, saturated], ids=["heart", "dense", "saturated"])
def test_every_eye_sees_fit_and_target(figure: Figure, made) -> None:
    shown = made(figure)
    trail, whole = saved(shown, target=False, fit=False), saved(shown)
    fit, target = shown.fit, shown.drawing.line
    assert fit is not None
    beside_fit = whole[ring(fit, EMBER.rim) & ~near(target, EMBER.casing.width + 2)]
    beside_target = whole[ring(target, EMBER.casing) & ~near(fit, 2 * EMBER.rim.width)]
    for deficiency in DEFICIENCIES:
        assert least_contrast(FIT, trail.reshape(-1, 3), deficiency, 0.0) >= 4.5
        assert least_contrast(TARGET, trail.reshape(-1, 3), deficiency, 0.0) >= 3
        assert least_contrast(FIT, beside_fit, deficiency) >= 4.5
        assert least_contrast(TARGET, beside_target, deficiency) >= 3
    assert np.abs(whole[near(fit, 3.0)].astype(int) - FIT).max(axis=1).min() <= 2  # the fit lies over all
