"""Pictures of a run as bytes: painted in pieces on the GUI thread, encoded wherever you like."""

from collections.abc import Generator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import Look
from curvegui.figure.picture.painting import Painting
from curvegui.figure.picture.surfaces import PICTURE_FORMATS, Sheet, Surface, blank_image

__all__ = ["LARGEST_SCALE", "PICTURE_FORMATS", "SIDE_PX", "Rendering", "render_bytes", "render_image"]

SIDE_PX = 900  # logical pixels: the exercise's own figure on most screens
LARGEST_SCALE = 8
LARGEST_SIDE_PX = 16_384  # of pixels in the end: a gigabyte of them


class Rendering(Painting):
    """A picture of one figure on its way to bytes.

    Parameters
    ----------
    figure : Figure
    look : Look
    options : FigureOptions
    ending : str
        A key of `PICTURE_FORMATS`: png, svg or pdf.
    side_px : int
        The side of the square in logical pixels.
    scale : float
        Pixels to a logical pixel, from 1 to 8. SVG and PDF have no pixels and ignore it.

    Raises
    ------
    ValueError
        If there is no such format, or the size is out of bounds.
    MemoryError
        If there is no room for the pixels.
    """

    def __init__(
        self,
        figure: Figure,
        look: Look,
        options: FigureOptions,
        ending: str = "png",
        *,
        side_px: int = SIDE_PX,
        scale: float = 1,
    ) -> None:
        if ending not in PICTURE_FORMATS:
            known = ", ".join(PICTURE_FORMATS)
            raise ValueError(f"There is no picture format {ending!r}. There are: {known}.")
        _check_size(side_px, scale)
        sheet = Sheet(side_px, scale, opaque=options.background, description=figure.caption)
        surface = PICTURE_FORMATS[ending](sheet)
        super().__init__(surface, _painted(surface, figure, look, options))


def render_bytes(
    figure: Figure,
    look: Look,
    options: FigureOptions,
    ending: str = "png",
    *,
    side_px: int = SIDE_PX,
    scale: float = 1,
) -> bytes:
    """Paint and encode a picture at once; parameters and errors are those of `Rendering`."""
    rendering = Rendering(figure, look, options, ending, side_px=side_px, scale=scale)
    for _ in rendering:
        pass
    return rendering.data


def render_image(
    figure: Figure, look: Look, options: FigureOptions, *, side_px: int = SIDE_PX, scale: float = 1
) -> QImage:
    """Paint a picture at once and leave it as pixels, for the clipboard; errors as in `Rendering`."""
    _check_size(side_px, scale)
    image = blank_image(round(side_px * scale), opaque=options.background)
    painter = QPainter(image)
    for _ in paint_figure(painter, QRectF(image.rect()), figure, look, options, scale=scale):
        pass
    painter.end()
    return image


def _check_size(side_px: int, scale: float) -> None:
    if not 1 <= scale <= LARGEST_SCALE:
        raise ValueError(f"A picture's scale is a number from 1 to {LARGEST_SCALE}, not {scale}.")
    if side_px < 1:
        raise ValueError(f"A picture's side is at least 1 pixel, not {side_px}.")
    if side_px * scale > LARGEST_SIDE_PX:
        raise ValueError(
            f"A picture's side is at most {LARGEST_SIDE_PX:,} pixels, not {side_px * scale:,.0f}. "
            "Choose a smaller size or scale."
        )


def _painted(surface: Surface, figure: Figure, look: Look, options: FigureOptions) -> Generator[float, None, None]:
    """Paint in pieces; the painter ends with them, also when somebody drops them half-way."""
    painter = QPainter(surface.device)
    try:
        rect = QRectF(0, 0, surface.side, surface.side)
        yield from paint_figure(painter, rect, figure, look, options, scale=surface.scale)
    finally:
        painter.end()
