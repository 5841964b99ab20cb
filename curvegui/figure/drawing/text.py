"""Text in a figure: the one font, and lines of text that look alike on every device."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPaintEngine, QPainter, QPainterPath

from curvegui.figure.drawing.look import Ink

SMALLEST_PX = 8.0  # logical pixels: below this, letters are spots
LINES_PER_SIDE = 30.0  # a small figure's side in lines of text


def letter_px(rect: QRectF, largest: float, scale: float) -> float:
    """The height of letters that suit a figure: ``largest`` logical pixels, or less in a small one.

    Parameters
    ----------
    rect : QRectF
        The figure, device pixels.
    largest : float
        Logical pixels.
    scale : float
        Device pixels to a logical pixel.

    Returns
    -------
    float
        Device pixels.
    """
    side = min(rect.width(), rect.height())
    return round(min(largest * scale, max(SMALLEST_PX * scale, side / LINES_PER_SIDE)))


def text_font(pixels: float) -> QFont:
    """The application's font, ``pixels`` device pixels high, at least one."""
    font = QFont()
    font.setPixelSize(max(1, round(pixels)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # so that widths grow with the scale
    return font


def draw_text(painter: QPainter, baseline: QPointF, text: str, font: QFont, ink: Ink) -> None:
    """Draw one line of text that starts at ``baseline``.

    In an SVG it becomes outlines: whoever opens it may lack the font, and another would not fit.
    """
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        outlines = QPainterPath()
        outlines.addText(baseline, font, text)
        painter.fillPath(outlines, ink.qcolor())
        return
    painter.setFont(font)
    painter.setPen(ink.qcolor())
    painter.drawText(baseline, text)
