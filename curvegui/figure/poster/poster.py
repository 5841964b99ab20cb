"""A poster of a run on its way to bytes, on any surface: the exposure as pixels, or as paths that can be edited."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from curvegui.core.language.text import tr
from curvegui.core.learner.recording import TrailCurves
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import Figure, FigureLayer, FigureOptions, curve_layers, drawn_in_pieces
from curvegui.figure.drawing.look import CLASSIC, Ink, LineStyle, Look
from curvegui.figure.drawing.polyline import saved, trail_strokes
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, SvgSurface, layers_on
from curvegui.figure.poster.exposure import Exposed, expose, exposure_image, path_pens
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS, Paper, PosterPalette, layout_of
from curvegui.figure.poster.words import Words, paint_words

BAND_ROWS = 128  # of an image that are painted at a time
PRINT_SCALE = 2.25  # pixels of an exposure to a logical one on paper: 216 dpi
LARGEST_SCALE = 4
EXPOSED, NEARLY = 0.98, 0.99  # of the progress
TARGET_ALPHA, TARGET_PX, FIT_PX = 0.55, 1.1, 2.0


@dataclass(frozen=True)
class PosterStyle:
    """How a poster looks: keys of ``LAYOUTS``, ``PALETTES`` and ``PAPERS``, and what is on it beside the trail."""

    layout: str = "square"
    palette: str = "ember"
    paper: str = "dark"
    target: bool = False
    fit: bool = False
    caption: bool = True


@dataclass(frozen=True, eq=False)
class Poster:
    """What is on a poster: the curves, with the iteration of each one of the trail, and the words."""

    figure: Figure
    trail: TrailCurves
    words: Words


class PosterRendering(PaintedFile):
    """A poster on its way: advance it until it is ``painted``, then `encode` it.

    ``scale`` is pixels to a logical one, from 1 to 4, where the format has any, and may be less than 1 for a preview.
    Raises ``ValueError`` if there is no such format or style, and ``MemoryError`` if there is no room for the pixels.
    """

    def __init__(self, poster: Poster, style: PosterStyle, ending: str = "png", *, scale: float = 2) -> None:
        for name, key, known in (
            (tr("picture format"), ending, formats(PictureFormat)),
            ("layout", style.layout, LAYOUTS),
            ("palette", style.palette, PALETTES),
            ("paper", style.paper, PAPERS),
        ):
            if key not in known:
                raise ValueError(
                    tr("There is no {name} {key!r}. There are: {known}.", name=name, key=key, known=", ".join(known))
                )
        if not 0 < scale <= LARGEST_SCALE:
            raise ValueError(
                tr(
                    "A poster's scale is a number from 1 to {largest}, not {scale}.",
                    largest=LARGEST_SCALE,
                    scale=scale,
                )
            )
        layout = layout_of(style.layout, poster.words.has_line)
        spec = SurfaceSpec(layout.width, scale, description=poster.figure.caption, high_px=layout.height)

        def painted(surface: PictureSurface) -> Generator[float, None, None]:
            self._sheet = _PosterSheet(surface, poster, style)
            return self._sheet.pieces()

        super().__init__(ending, spec, painted)

    def encode(self) -> bytes:
        """See `PaintedFile.encode`. The pixels of a PDF are packed here: it takes too long for the window's thread."""
        if self.painted:
            self.drop()
            self._sheet.finish()
        return super().encode()


class _PosterSheet:
    """Paints a poster on a surface."""

    def __init__(self, surface: PictureSurface, poster: Poster, style: PosterStyle) -> None:
        palette, paper = PALETTES[style.palette], PAPERS[style.paper]
        self._surface, self._paper, self._style, self._poster = surface, paper, style, poster
        self._layout, self._scale = layout_of(style.layout, poster.words.has_line), surface.scale
        self._exposed = Exposed.of(poster.trail, palette, paper)
        self._look = _look(palette, paper)
        self._image: QImage | None = None
        self._is_finished = False

    def pieces(self) -> Generator[float, None, None]:
        """Paint in pieces; on paper only the exposure, which `finish` puts there."""
        surface = self._surface
        if isinstance(surface, SvgSurface):
            surface.blend("Trail", self._paper.blending)
            yield from self._paint(self._as_paths)
            return
        ratio = PRINT_SCALE if not isinstance(surface.device, QImage) else self._scale
        field = self._layout.field
        self._image = exposure_image(round(field.width() * ratio), round(field.height() * ratio))
        for done in expose(self._image, self._exposed, self._paper, self._plane(ratio), ratio):
            yield EXPOSED * done
        if isinstance(surface.device, QImage):
            self._is_finished = True  # with the pieces that follow
            yield from self._paint(self._as_pixels)
        yield 1.0

    def finish(self) -> None:
        """Paint what is still missing, in any thread."""
        if self._image is not None and not self._is_finished:
            self._is_finished = True
            for _ in self._paint(self._as_pixels):
                pass

    def _plane(self, scale: float) -> DataMap:
        square, field = self._layout.square, self._layout.field
        return DataMap.unit_square(_scaled(square, scale), _scaled(field, scale))

    def _paint(self, trail: Callable[[QPainter], Iterator[float]]) -> Generator[float, None, None]:
        reached = 0.0 if self._image is None else EXPOSED
        with layers_on(self._surface) as begin:
            for layer in self._layers(trail):
                for done in layer.paint(begin(layer.name)):
                    reached = max(reached, min(done, NEARLY))
                    yield reached
        yield 1.0

    def _layers(self, trail: Callable[[QPainter], Iterator[float]]) -> Iterator[FigureLayer]:
        style, plane = self._style, self._plane(self._scale)
        options = FigureOptions(target=style.target, trail=False, fit=style.fit)
        curves = {
            layer.name: layer
            for layer in curve_layers(plane, self._poster.figure, self._look, options, scale=self._scale)
        }
        fit = curves.pop("Fit", None)
        yield FigureLayer("Background", self._ground)
        yield FigureLayer("Trail", trail)
        yield from curves.values()  # over the light, or it would not be seen
        if fit is not None:
            yield fit
        if style.caption or self._layout.has_line:
            yield FigureLayer("Caption", self._caption)

    def _ground(self, painter: QPainter) -> Iterator[float]:
        painter.fillRect(QRectF(0, 0, self._surface.side, self._surface.height), QColor(self._paper.ground))
        yield 0.0

    def _as_pixels(self, painter: QPainter) -> Iterator[float]:
        assert self._image is not None
        image = self._image
        if not isinstance(self._surface.device, QImage):
            painter.drawImage(_scaled(self._layout.field, self._scale), image)
            yield 0.9
            return
        for top in range(0, image.height(), BAND_ROWS):
            painter.drawImage(QPoint(0, top), image, QRect(0, top, image.width(), BAND_ROWS))
            yield 0.9

    def _as_paths(self, painter: QPainter) -> Iterator[float]:
        plane, exposed = self._plane(self._scale), self._exposed
        with saved(painter):
            painter.setClipRect(plane.rect.toAlignedRect(), Qt.ClipOperation.IntersectClip)
            for index, pen in enumerate(path_pens(exposed, self._scale)):
                strokes = trail_strokes(painter, plane.map(exposed.curves[index : index + 1]), pen)
                yield from drawn_in_pieces(strokes, 0.9 * index / len(exposed.curves))

    def _caption(self, painter: QPainter) -> Iterator[float]:
        paint_words(painter, self._poster.words, self._layout, self._paper, self._scale)
        yield 0.95


def _look(palette: PosterPalette, paper: Paper) -> Look:
    """The strokes of target and fit on such paper."""
    fit = palette.stops[-1] if paper.is_dark else palette.stops[0]
    target = LineStyle(paper.text.colour, TARGET_PX, TARGET_ALPHA, dashes=(5.0, 3.5))
    return replace(CLASSIC, target=target, fit=LineStyle(fit, FIT_PX), text=Ink(paper.text.colour))


def _scaled(rect: QRectF, scale: float) -> QRectF:
    return QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale)
