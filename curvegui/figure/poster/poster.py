"""A poster of a run on its way to bytes, on any surface: the exposure as pixels, or as paths that can be edited."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.data_map import DataMap, scaled
from curvegui.figure.drawing.figure import (
    Figure,
    FigureLayer,
    FigureOptions,
    curve_layers,
    drawn_in_pieces,
    light_of,
    once,
    paint_pixels,
)
from curvegui.figure.drawing.light import Light
from curvegui.figure.drawing.look import CLASSIC, Ink, LineStyle
from curvegui.figure.drawing.polyline import at_once, saved, trail_strokes
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, SvgSurface, layers_on
from curvegui.figure.poster.exposure import MOST_CURVES, colour_table, path_pens
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS, layout_of
from curvegui.figure.poster.words import Words, paint_words

PRINT_SCALE = 2.25  # pixels of an exposure to a logical one on paper: 216 dpi
LARGEST_SCALE = 4
EXPOSED, NEARLY = 0.98, 0.99  # of the progress
TrailPainter = Callable[[PictureSurface, QPainter], Iterator[float]]
TARGET_ALPHA, TARGET_PX, FIT_PX = 0.55, 1.1, 2.0


@dataclass(frozen=True)
class PosterStyle:
    """How a poster looks: keys of ``LAYOUTS``, ``PALETTES`` and ``PAPERS``, and the layers beside the trail."""

    layout: str = "square"
    palette: str = "ember"
    paper: str = "dark"
    target: bool = False
    fit: bool = False
    caption: bool = True


@dataclass(frozen=True, eq=False)
class Poster:
    """The content of a poster: the figure with its trail, and the words."""

    figure: Figure
    words: Words


class PosterRendering(PaintedFile):
    """A poster on its way to bytes: see `PaintedFile`.

    ``scale``, from 1 to 4, is pixels to a logical pixel in formats with pixels, and may be less than 1 for a preview.
    Raises ``ValueError`` if the format or style is not known, and ``MemoryError`` if there is no room for the pixels.
    """

    def __init__(self, poster: Poster, style: PosterStyle, ending: str = "png", *, scale: float = 2) -> None:
        for name, key, known in (
            (tr("picture format"), ending, formats(PictureFormat)),
            ("layout", style.layout, LAYOUTS),
            ("palette", style.palette, PALETTES),
            ("paper", style.paper, PAPERS),
        ):
            if key not in known:
                words = mark("There is no {name} {key!r}. There are: {known}.")
                raise ValueError(tr(words, name=name, key=key, known=", ".join(known)))
        if not 0 < scale <= LARGEST_SCALE:
            words = mark("A poster's scale is a number from 1 to {largest}, not {scale}.")
            raise ValueError(tr(words, largest=LARGEST_SCALE, scale=scale))
        self._palette, self._paper = PALETTES[style.palette], PAPERS[style.paper]
        self._style, self._poster = style, poster
        self._layout = layout_of(style.layout, poster.words.has_line)
        fit, text = self._palette.stops[-1 if self._paper.is_dark else 0], self._paper.text
        target = LineStyle(text.colour, TARGET_PX, TARGET_ALPHA, dashes=(5.0, 3.5))
        self._look = replace(CLASSIC, target=target, fit=LineStyle(fit, FIT_PX), text=Ink(text.colour))
        self._light: Light | None = None
        self._is_finished = False
        spec = SurfaceSpec(self._layout.width, self._layout.height, scale, description=poster.figure.caption)
        super().__init__(ending, spec, self._painted_on)

    def encode(self) -> bytes:
        """See `PaintedFile.encode`. The pixels of a PDF are packed here: too slow for the window's thread."""
        if self.painted and self._light is not None and not self._is_finished:
            self.drop()
            self._is_finished = True
            at_once(self._paint(self._surface, self._as_pixels))
        return super().encode()

    def _painted_on(self, surface: PictureSurface) -> Generator[float, None, None]:
        """Paint in pieces; on the page of a PDF, `encode` paints the rest after the exposure."""
        if isinstance(surface, SvgSurface):
            surface.blend("Trail", self._paper.blending)
            yield from self._paint(surface, self._as_paths)
            return
        is_image, ground = isinstance(surface.device, QImage), self._paper.is_dark
        rect, plane = QRectF(0, 0, surface.side, surface.height), self._plane(surface.scale)
        table, ratio = colour_table(self._palette, self._paper, self._style.fit), 1.0 if is_image else PRINT_SCALE
        trail = self._poster.figure.trail
        self._light = yield from light_of(trail, rect, plane, surface.scale, ratio, on_ground=ground, table=table)
        if is_image:
            self._is_finished = True  # with the pieces that follow
            yield from self._paint(surface, self._as_pixels)
        yield 1.0

    def _plane(self, scale: float) -> DataMap:
        return DataMap.unit_square(scaled(self._layout.square, scale), scaled(self._layout.field, scale))

    def _paint(self, surface: PictureSurface, trail: TrailPainter) -> Generator[float, None, None]:
        """Paint everything layer by layer, the trail by ``trail``."""
        reached, scale, style = 0.0 if self._light is None else EXPOSED, surface.scale, self._style
        paper = QRectF(0, 0, surface.side, surface.height)
        options = FigureOptions(target=style.target, trail=False, fit=style.fit)
        layers = [
            FigureLayer("Background", lambda painter: once(0.0, painter.fillRect, paper, QColor(self._paper.ground))),
            FigureLayer("Trail", partial(trail, surface)),  # below the curves, or they would not be seen
        ]
        layers += curve_layers(self._plane(scale), self._poster.figure, self._look, options, scale=scale)
        if style.caption or self._layout.has_line:
            words = self._poster.words, self._layout, self._paper, scale
            layers.append(FigureLayer("Caption", lambda painter: once(0.95, paint_words, painter, *words)))
        with layers_on(surface) as begin:
            for layer in layers:
                for done in layer.paint(begin(layer.name)):
                    reached = max(reached, min(done, NEARLY))
                    yield reached
        yield 1.0

    def _as_pixels(self, surface: PictureSurface, painter: QPainter) -> Iterator[float]:
        assert self._light is not None
        return paint_pixels(painter, QRectF(0, 0, surface.side, surface.height), self._light.picture)

    def _as_paths(self, surface: PictureSurface, painter: QPainter) -> Iterator[float]:
        plane, trail = self._plane(surface.scale), self._poster.figure.trail
        chosen = np.unique(np.linspace(0, len(trail) - 1, min(len(trail), MOST_CURVES)).astype(np.intp))
        with saved(painter):
            painter.setClipRect(plane.rect.toAlignedRect(), Qt.ClipOperation.IntersectClip)
            for index, pen in zip(
                chosen, path_pens(len(chosen), self._palette, self._paper, surface.scale), strict=True
            ):
                strokes = trail_strokes(painter, plane.map(trail[index : index + 1]), pen)
                yield from drawn_in_pieces(strokes, 0.9 * index / len(trail))
