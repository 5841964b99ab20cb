"""Two fits over each other, in two strokes that colour-blind eyes can tell apart."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from curvegui.figure.drawing.figure import Figure, FigureOptions, figure_map, paint_background, paint_figure, paint_fit
from curvegui.figure.drawing.look import DARK, LIGHT, LineStyle, Look
from curvegui.figure.drawing.polyline import at_once
from curvegui.figure.drawing.target_drawing import paint_target

OPTIONS = FigureOptions(trail=False)


@dataclass(frozen=True)
class OverlayLook:
    """A look for the background and the target, and strokes for two fits, which differ in hue, lightness and dashes."""

    look: Look
    one: LineStyle
    other: LineStyle


ON_LIGHT = OverlayLook(
    replace(LIGHT, target=LineStyle("#8b95a3", 1.2)),
    LineStyle("#00508f", 3.0),
    LineStyle("#c25100", 3.0, dashes=(2.6, 2.0)),
)
ON_DARK = OverlayLook(
    replace(DARK, target=LineStyle("#8d99a8", 1.2)),
    LineStyle("#56b4e9", 3.0),
    LineStyle("#f0a020", 3.0, dashes=(2.6, 2.0)),
)


def paint_overlay(
    painter: QPainter, rect: QRectF, one: Figure, other: Figure, look: OverlayLook, *, scale: float
) -> None:
    """Paint the targets, once where they are the same, and both fits over them. ``rect`` is a square in device pixels,
    ``scale`` of which are a logical pixel."""
    plane = figure_map(rect, "", OPTIONS, scale)
    paint_background(painter, rect, look.look)
    painter.save()
    painter.setClipRect(rect)
    drawings = one.drawing, other.drawing
    for drawing in drawings[: 1 if drawings[0].is_like(drawings[1]) else 2]:
        paint_target(painter, drawing, plane, look.look, scale)
    for figure, stroke in ((one, look.one), (other, look.other)):
        if figure.fit is not None:
            paint_fit(painter, plane.map(figure.fit), replace(look.look, fit=stroke), scale)
    painter.restore()


def paint_alone(
    painter: QPainter, rect: QRectF, figure: Figure, look: Look, stroke: LineStyle, *, scale: float
) -> None:
    """Paint one of two compared figures alone, its fit in ``stroke``; the other parameters as in `paint_overlay`."""
    at_once(paint_figure(painter, rect, figure, replace(look, fit=stroke), OPTIONS, scale=scale))
