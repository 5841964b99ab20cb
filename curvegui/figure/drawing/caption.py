"""The caption under a figure: wrapped between its parts, centred, and small enough to be seen whole."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEngine, QPainter, QPainterPath

from curvegui.figure.drawing.look import Ink, Look
from curvegui.figure.drawing.polyline import saved

SMALLEST_PX = 8.0  # logical pixels: below this, letters are spots
LINES_PER_SIDE = 30.0  # a small figure's side in lines of text


def letter_px(rect: QRectF, largest: float, scale: float) -> float:
    """The height in device pixels of letters that suit a figure in ``rect``: ``largest`` logical pixels, or less in a
    small figure."""
    side = min(rect.width(), rect.height())
    return round(min(largest * scale, max(SMALLEST_PX * scale, side / LINES_PER_SIDE)))


def text_font(pixels: float) -> QFont:
    """The application's font, ``pixels`` device pixels high, at least one pixel."""
    font = QFont()
    font.setPixelSize(max(1, round(pixels)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # so that widths grow with the scale
    return font


def draw_text(painter: QPainter, baseline: QPointF, text: str, font: QFont, ink: Ink) -> None:
    """Draw one line of text that starts at ``baseline``. In an SVG, letters become outlines: another computer may lack
    the font, and another font would not fit."""
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        outlines = QPainterPath()
        outlines.addText(baseline, font, text)
        painter.fillPath(outlines, ink.qcolor())
        return
    painter.setFont(font)
    painter.setPen(ink.qcolor())
    painter.drawText(baseline, text)


FONT_PX = 13.0  # logical pixels, in a figure that is large enough
LARGEST_SHARE = 0.4  # of the figure's height: a longer caption gets a smaller font
JOINTS = (" · ", " ", "")  # where a line may end, the best place first


@dataclass(frozen=True)
class CaptionLayout:
    """A caption's lines, and the ``strip`` at the bottom of the figure that they fill, in device pixels; without lines,
    the strip has no height."""

    lines: tuple[str, ...]
    font_px: float
    strip: QRectF


def caption_layout(rect: QRectF, text: str, scale: float) -> CaptionLayout:
    """Break a caption into lines for a figure in ``rect``, in device pixels. The caption's parts are separated by " ·
    ", where lines end if they can."""
    if not text.strip():
        return CaptionLayout((), 0.0, QRectF(rect.left(), rect.bottom(), rect.width(), 0.0))
    font_px = letter_px(rect, FONT_PX, scale)
    while True:
        metrics, width = QFontMetricsF(text_font(font_px)), rect.width() - 2 * font_px
        lines = broken_lines(text, width, metrics)
        height = len(lines) * metrics.lineSpacing() + 1.4 * font_px
        if height <= LARGEST_SHARE * rect.height() or font_px <= 1:
            break
        font_px -= 1
    narrow, wide = 0.5 * width, width
    for _ in range(6):  # as few lines as the width allows, and none much shorter than the others
        middle = (narrow + wide) / 2
        candidate = broken_lines(text, middle, metrics)
        if len(candidate) <= len(lines):
            lines, wide = candidate, middle
        else:
            narrow = middle
    height = len(lines) * metrics.lineSpacing() + 1.4 * font_px
    return CaptionLayout(tuple(lines), font_px, QRectF(rect.left(), rect.bottom() - height, rect.width(), height))


def paint_caption(painter: QPainter, rect: QRectF, text: str, look: Look, scale: float) -> None:
    """Write the caption along the bottom of ``rect``, in the strip that `caption_layout` reserves."""
    layout = caption_layout(rect, text, scale)
    font = text_font(layout.font_px)
    metrics = QFontMetricsF(font)
    spacing = metrics.lineSpacing()
    top = layout.strip.center().y() - len(layout.lines) * spacing / 2
    with saved(painter):
        for number, line in enumerate(layout.lines):
            left = rect.center().x() - metrics.horizontalAdvance(line) / 2
            baseline = QPointF(left, top + number * spacing + metrics.ascent())
            draw_text(painter, baseline, line, font, look.text)


def broken_lines(text: str, width: float, metrics: QFontMetricsF) -> list[str]:
    """A text in lines that are at most so wide, broken at the best of the `JOINTS`."""

    def fits(line: str) -> bool:
        return metrics.horizontalAdvance(line) <= width

    return [line for paragraph in text.splitlines() for line in _broken(paragraph, fits, JOINTS)]


def _broken(text: str, fits: Callable[[str], bool], joints: tuple[str, ...]) -> list[str]:
    """Fill lines from left to right; a part that fills more than a line is broken at the next joint."""
    if fits(text) or not joints:
        return [text]
    joint, *finer = joints
    lines: list[str] = []
    line = ""
    for part in text.split(joint) if joint else text:
        longer = line + joint + part if line else part
        if not fits(longer):
            lines += [line] if line else []
            *whole, longer = _broken(part, fits, tuple(finer))
            lines += whole
        line = longer
    return [*lines, line]
