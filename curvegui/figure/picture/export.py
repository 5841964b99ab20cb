"""Pictures of a run as bytes: painted in pieces on the GUI thread, encoded wherever you like."""

from collections.abc import Generator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import Figure, FigureOptions, figure_layers
from curvegui.figure.drawing.look import Look
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, layers_on


class Rendering(PaintedFile):
    """A picture of one figure on its way to bytes.

    The picture is a square of ``side_px`` logical pixels, or as large as the figure's view; ``scale``, from 1 to 8, is
    pixels to a logical pixel in formats with pixels; a preview may have any. Raises ``ValueError`` for an unknown
    format or a size out of bounds, and ``MemoryError`` if there is no room for the pixels.
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
        is_preview: bool = False,
    ) -> None:
        known = formats(PictureFormat)
        if ending not in known:
            words = mark("There is no picture format {ending!r}. There are: {known}.")
            raise ValueError(tr(words, ending=ending, known=", ".join(known)))
        most, (width, height) = known[ending].largest_px, figure.view.size_px if figure.view else (side_px, side_px)
        side = max(width, height)
        if not (is_preview or 1 <= scale <= LARGEST_SCALE):
            words = mark("A picture's scale is a number from 1 to {largest}, not {scale}.")
            raise ValueError(tr(words, largest=LARGEST_SCALE, scale=scale))
        if side < 1:
            raise ValueError(tr("A picture's side is at least 1 pixel, not {side}.", side=side))
        if side * scale > most:
            words = mark(
                "A picture's side is at most {most:,} pixels, not {side:,.0f}. Choose a smaller size or scale."
            )
            raise ValueError(tr(words, most=most, side=side * scale))
        opaque = options.background or figure.view is not None
        spec = SurfaceSpec(width, height, scale, opaque, figure.caption)

        def painted(surface: PictureSurface) -> Generator[float, None, None]:
            with layers_on(surface) as begin:  # whose painters end with the pieces, also when these are dropped
                rect = QRectF(0, 0, surface.side, surface.height)
                for layer in figure_layers(rect, figure, look, options, scale=surface.scale):
                    yield from layer.paint(begin(layer.name))
                yield 1.0

        super().__init__(ending, spec, painted)


def render_bytes(
    figure: Figure, look: Look, options: FigureOptions, ending: str = "png", *, side_px: int = SIDE_PX, scale: float = 1
) -> bytes:
    """Paint and encode a picture at once; parameters and errors as in `Rendering`."""
    return Rendering(figure, look, options, ending, side_px=side_px, scale=scale).paint_all().encode()


def render_image(
    figure: Figure, look: Look, options: FigureOptions, *, side_px: int = SIDE_PX, scale: float = 1
) -> QImage:
    """Paint a picture at once, as pixels; parameters and errors as in `Rendering`."""
    return Rendering(figure, look, options, side_px=side_px, scale=scale).paint_all().image
