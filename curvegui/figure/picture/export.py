"""Pictures of a run as bytes: painted in pieces on the GUI thread, encoded wherever you like."""

from collections.abc import Generator

from PySide6.QtCore import QRectF

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import Figure, FigureOptions, figure_layers
from curvegui.figure.drawing.look import Look
from curvegui.figure.formats import SIDE_PX, PictureFormat, formats
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, layers_on


class Rendering(PaintedFile):
    """A picture of one figure on its way to bytes.

    The picture is a square of ``side_px`` logical pixels, or as large as the figure's view; ``scale`` is pixels to a
    logical pixel in formats with pixels. Raises ``ValueError`` if the format allows no picture so large, and
    ``MemoryError`` if there is no room for the pixels.
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
        width, height = figure.view.size_px if figure.view else (side_px, side_px)
        most, side = formats(PictureFormat)[ending].largest_px, max(width, height)
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
