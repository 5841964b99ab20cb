"""Captions: whole at every size, and broken where a person would break them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from curvegui.figure.drawing.caption import LARGEST_SHARE, caption_layout, paint_caption, text_font
from curvegui.figure.drawing.look import LOOKS

SHORT = "1-6-7-2"
USUAL = "1-6-7-2 · logistic · aggression 7 · noise 1 · seed 42 · 50,000 iterations · cost 9.49e-04"
LONG = (
    "1-" + "-".join(["64"] * 60) + "-2 · " + " · ".join(f"setting {number} set to 1e-{number}" for number in range(40))
)
MARGIN = 100


@pytest.mark.parametrize("side", [150, 600, 1200])
@pytest.mark.parametrize("scale", [1, 2.5])
@pytest.mark.parametrize("text", [SHORT, USUAL, LONG, "W" * 300, "two\nlines"], ids=str.__len__)
def test_a_caption_is_never_cut_off(side: int, scale: float, text: str) -> None:
    whole = side + 2 * MARGIN
    image = QImage(whole, whole, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    rect = QRectF(MARGIN, MARGIN, side, side)
    paint_caption(painter, rect, text, LOOKS["dark"], scale)
    painter.end()
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(whole, whole, 4)[..., 3]
    rows, columns = np.nonzero(alpha)
    strip = caption_layout(rect, text, scale).strip
    assert MARGIN <= columns.min() <= columns.max() < MARGIN + side
    assert strip.top() <= rows.min() <= rows.max() < strip.bottom() == MARGIN + side


@given(st.text(st.characters(max_codepoint=255, categories=["L", "N", "P", "Z"]), min_size=1, max_size=200))
@settings(deadline=None, max_examples=15)
def test_every_line_fits_whatever_the_text_and_nothing_but_spaces_and_separators_is_lost(text: str) -> None:
    rect = QRectF(0, 0, 150, 150)
    layout = caption_layout(rect, text, 1)
    metrics = QFontMetricsF(text_font(layout.font_px))
    assert all(metrics.horizontalAdvance(line) <= 150 for line in layout.lines)

    def letters(string: str) -> str:
        return "".join(string.split()).replace("·", "")

    assert letters("".join(layout.lines)) == letters(text)


def test_lines_end_between_the_parts_of_a_caption() -> None:
    layout = caption_layout(QRectF(0, 0, 300, 300), USUAL, 1)
    assert len(layout.lines) >= 2
    assert " · ".join(layout.lines) == USUAL


def test_no_line_is_much_shorter_than_the_others() -> None:
    layout = caption_layout(QRectF(0, 0, 400, 400), USUAL, 1)
    metrics = QFontMetricsF(text_font(layout.font_px))
    widths = [metrics.horizontalAdvance(line) for line in layout.lines]
    assert len(widths) >= 2
    assert min(widths) > 0.6 * max(widths)


def test_a_long_caption_gets_smaller_letters_and_leaves_most_of_the_figure_alone() -> None:
    rect = QRectF(0, 0, 200, 200)
    usual, long = caption_layout(rect, USUAL, 1), caption_layout(rect, LONG, 1)
    assert long.font_px < usual.font_px
    assert long.strip.height() <= LARGEST_SHARE * 200
