"""Pictures of a run as bytes: painted in pieces on the GUI thread, encoded wherever you like."""

from collections.abc import Generator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from curvegui.core.language.text import tr
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.layers import figure_layers
from curvegui.figure.drawing.look import Look
from curvegui.figure.picture.formats import LARGEST_SCALE, PICTURE_FORMATS, SIDE_PX
from curvegui.figure.picture.surfaces import Painting, Sheet, Surface, layers_on, surface_for


class Rendering(Painting):
    """A picture of one figure on its way to bytes.

    It is a square of ``side_px`` logical pixels, or of the size of the figure's view; each of them is ``scale`` pixels
    where the format has any; the scale is from 1 to 8. Raises ``ValueError`` if there is no such format or the size is
    out of bounds, and ``MemoryError`` if there is no room for the pixels.
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
            raise ValueError(
                tr("There is no picture format {ending!r}. There are: {known}.", ending=ending, known=known)
            )
        form = PICTURE_FORMATS[ending]
        width, height = _size_px(figure, side_px)
        _check_size(max(width, height), scale, form.largest_px)
        opaque = options.background or figure.view is not None
        sheet = Sheet(width, scale, opaque=opaque, description=figure.caption, high_px=height)
        surface = surface_for(form, sheet)
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
    """Paint a picture at once and leave it as pixels; errors as in `Rendering`."""
    rendering = Rendering(figure, look, options, side_px=side_px, scale=scale)
    for _ in rendering:
        pass
    return rendering.image


def _size_px(figure: Figure, side_px: int) -> tuple[int, int]:
    """The width and height of a picture, in logical pixels."""
    return figure.view.size_px if figure.view is not None else (side_px, side_px)


def _check_size(side_px: int, scale: float, largest_px: int) -> None:
    if not 1 <= scale <= LARGEST_SCALE:
        raise ValueError(
            tr(
                "A picture's scale is a number from 1 to {largest}, not {scale}.",
                largest=LARGEST_SCALE,
                scale=scale,
            )
        )
    if side_px < 1:
        raise ValueError(tr("A picture's side is at least 1 pixel, not {side}.", side=side_px))
    if side_px * scale > largest_px:
        raise ValueError(
            tr(
                "A picture's side is at most {most:,} pixels, not {side:,.0f}. Choose a smaller size or scale.",
                most=largest_px,
                side=side_px * scale,
            )
        )


def _painted(surface: Surface, figure: Figure, look: Look, options: FigureOptions) -> Generator[float, None, None]:
    """Paint in pieces; the painters end with them, also when somebody drops them half-way."""
    with layers_on(surface) as begin:
        rect = QRectF(0, 0, surface.side, surface.height)
        for layer in figure_layers(rect, figure, look, options, scale=surface.scale):
            yield from layer.paint(begin(layer.name))
        yield 1.0
