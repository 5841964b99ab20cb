"""The picture of errors along t."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.ui.errors import picture
from tests.ui.person import colours

RECT = QRectF(20.3, 10.4, 700.5, 90.7)


def filled(lines):
    image = QImage(760, 120, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(picture._faint("#ff0000", 0.3))
    picture._fill(painter, RECT, lines)
    painter.end()
    return colours(image)


@pytest.mark.usefixtures("qapp")
def test_a_jagged_area_is_filled_strip_by_strip_and_looks_as_in_one_go(monkeypatch):
    x = np.repeat(np.linspace(RECT.left(), RECT.right(), 350), 2)
    y = RECT.bottom() - RECT.height() * np.random.default_rng(1).random(x.size)
    lines, sizes = [np.stack([x, y])[:, :500], np.stack([x, y])[:, 510:]], []
    area = picture.area
    monkeypatch.setattr(picture, "area", lambda part, floor: (sizes.append(part.shape[1]), area(part, floor))[1])
    strips = filled(lines)
    assert 0 < max(sizes) < 120
    monkeypatch.setattr(picture, "MANY", 10**6)
    off = np.abs(strips.astype(int) - filled(lines)).max(axis=-1)
    assert off.max() < 40 and np.count_nonzero(off) < 100  # where two strips meet
    assert max(sizes) == 500


def test_the_legend_is_said_in_the_language_of_the_app(in_brackets):
    assert picture.legend() == ("[error]", "[in x]", "[in y]")
