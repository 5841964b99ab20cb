"""The letters of a report, its ink, and one line of text in its place."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from curvegui.figure.drawing.caption import draw_text, text_font
from curvegui.figure.drawing.look import LIGHT, Ink

INK, MUTED, RULE = Ink("#18212f"), Ink("#4d596b"), Ink("#18212f", 0.2)
TEXT_PX, SMALL_PX = 12.0, 11.0  # logical pixels, of 1/96 inch: 9 and 8 points
LOOK = LIGHT  # little ink, and a target that is dashed where there are no colours


def letters(pixels: float = TEXT_PX, bold: bool = False) -> QFont:
    """A font of the page."""
    font = text_font(pixels)
    font.setBold(bold)
    return font


def write(painter: QPainter, place: QPointF, text: str, font: QFont, ink: Ink = INK, *, align: float = 0.0) -> float:
    """Write a line whose baseline is at ``place``, which is at its left, or at 1 its right end; return its width."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    draw_text(painter, place - QPointF(align * width, 0.0), text, font, ink)
    return width
