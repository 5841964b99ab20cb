"""A figure of a run: the curves, the layers that are painted, and the view of a canvas."""

import math
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPicture

from curvegui.core.arrays import FloatArray, read_only
from curvegui.figure.drawing.axes import axes_margins, paint_axes
from curvegui.figure.drawing.caption import caption_layout, paint_caption
from curvegui.figure.drawing.data_map import DataMap, scaled
from curvegui.figure.drawing.light import Light, paint_glow
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import (
    at_once,
    curve_strokes,
    makes_pixels,
    painting,
    saved,
    stroke_trail,
    trail_strokes,
)
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_dots, target_strokes


@dataclass(frozen=True)
class FigureOptions:
    """Which layers of a figure are painted."""

    background: bool = True
    trail: bool = True
    target: bool = True
    fit: bool = True
    axes: bool = False
    caption: bool = False


@dataclass(frozen=True, eq=False)
class OverPart:
    """A part of the overlay of a canvas. Parts that are an area are filled, and can be painted band by band."""

    picture: QPicture
    is_area: bool


@dataclass(frozen=True, eq=False)
class CanvasView:
    """A figure as a canvas shows it: a part of the ``plane`` in logical pixels, and parts ``over`` the curves."""

    plane: DataMap
    look: Look
    options: FigureOptions
    over: tuple[OverPart, ...]

    @property
    def size_px(self) -> tuple[int, int]:
        return round(self.plane.rect.width()), round(self.plane.rect.height())


@dataclass(frozen=True, eq=False)
class Figure:
    """The curves of a run, in the plane, y up; the unit square is the figure.

    A target that is an array, shape (2, N), is one open line from the first point to the last. The trail has shape (m,
    2, N), float32, and the fit (2, N); all arrays are made read-only. The caption's parts are separated by " · ". A
    figure with a ``view`` is painted as a canvas shows it, in the view's look and layers.
    """

    target: FloatArray | TargetDrawing
    trail: NDArray[np.float32]
    fit: FloatArray | None = None
    caption: str = ""
    view: CanvasView | None = None

    def __post_init__(self) -> None:
        for name in ("target", "trail", "fit"):
            curves = getattr(self, name)
            if isinstance(curves, np.ndarray) and curves.flags.writeable:
                object.__setattr__(self, name, read_only(curves))

    @property
    def drawing(self) -> TargetDrawing:
        return self.target if isinstance(self.target, TargetDrawing) else TargetDrawing(self.target)


BAND_PIXELS = 2_000_000  # of an area at a time: a gradient takes 1.5 ns for each
BATCH, BATCH_POINTS = 8, 40_000  # curves: one at a time costs twice as much each; and points, but at least one curve
TRAIL_SHARE = 0.9  # of the progress; the fit has the rest
PIECE_S = 0.003  # of painting between two looks at the event loop: a fifth of a 60 Hz frame
USUAL_PX, LEAST_WIDTH = 400.0, 0.5  # logical pixels: the lines of smaller figures are thinner, by half at most
LIGHT_CURVES, LIGHT_PIXELS = 1_500, 9_000_000  # at most, of light: more look the same
VECTOR_LIGHT = 2.0  # pixels of light to a logical one where the rest is paths, which cannot add up


def paint_background(painter: QPainter, rect: QRectF, look: Look) -> None:
    painter.fillRect(rect, look.background.brush(rect))


def paint_trail_curves(painter: QPainter, curves: NDArray[np.floating], look: Look, scale: float) -> None:
    """Stroke curves of the trail, shape (m, 2, N) in device pixels, over the curves that are painted already."""
    with saved(painter):
        stroke_trail(painter, curves, look.trail.pen(scale))


def paint_fit(painter: QPainter, points: NDArray[np.floating], look: Look, scale: float) -> None:
    """Stroke the fit, shape (2, N) in device pixels, at ``scale`` device pixels to a logical one."""
    with saved(painter):
        at_once(_fit_strokes(painter, points, look, scale))


def _fit_strokes(painter: QPainter, points: NDArray[np.floating], look: Look, scale: float) -> Iterator[None]:
    is_dot = look.is_light and np.ptp(points, axis=1).max() < look.fit.width * scale / 4
    for stroke in (look.rim, look.fit):
        if stroke is not None:
            yield from curve_strokes(painter, points, stroke.pen(2 * scale if is_dot else scale))


def line_scale(look: Look, rect: QRectF, scale: float) -> float:
    """``scale`` for the lines of a figure in ``rect``: in the look of light, lines are thinner in small figures."""
    across = min(rect.width(), rect.height()) / scale
    return scale * min(max(across / USUAL_PX, LEAST_WIDTH), 1.0) if look.is_light else scale


def figure_map(rect: QRectF, caption: str, options: FigureOptions, scale: float = 1.0) -> DataMap:
    """Where a figure's plane goes in ``rect``, in device pixels, beside the caption and the axes."""
    area = QRectF(rect)
    if options.caption:
        area.setBottom(caption_layout(rect, caption, scale).strip.top())
    left, bottom, rest = axes_margins(area, scale) if options.axes else (0.0, 0.0, 0.0)
    inner = area.adjusted(left, rest, -rest, -bottom)
    side = max(1.0, min(inner.width(), inner.height()))
    square = QRectF(inner.center().x() - side / 2, inner.bottom() - side, side, side)
    return DataMap.unit_square(square, area)


def paint_figure(
    painter: QPainter, rect: QRectF, figure: Figure, look: Look, options: FigureOptions, *, scale: float = 1.0
) -> Iterator[float]:
    """Paint a whole figure in pieces of a few milliseconds; yields how much is done, from 0 to 1.

    The painter stays in use until the iterator ends. ``rect`` is a square in device pixels, or has the shape of the
    figure's view; lines and letters grow by ``scale``, device pixels to a logical pixel.
    """
    for layer in figure_layers(rect, figure, look, options, scale=scale):
        yield from layer.paint(painter)
    yield 1.0


@dataclass(frozen=True)
class FigureLayer:
    """A layer of a figure in a drawing program: the layer's name, and the function that paints the layer in pieces."""

    name: str
    paint: Callable[[QPainter], Iterator[float]]


def figure_layers(
    rect: QRectF, figure: Figure, look: Look, options: FigureOptions, *, scale: float = 1.0
) -> Iterator[FigureLayer]:
    """The layers of a figure from the bottom to the top; parameters and progress as in `paint_figure`."""
    view = figure.view
    if view is not None:
        scale, look, options = rect.width() / view.plane.rect.width(), view.look, view.options
        plane = replace(view.plane, device=(rect.x(), rect.y(), rect.width(), rect.height()))
    else:
        plane = figure_map(rect, figure.caption, options, scale)
    has_ground, lines = options.background or view is not None, line_scale(look, rect, scale)
    if look.is_light:
        lit = replace(options, background=has_ground)
        yield FigureLayer("Trail", lambda painter: _paint_light(painter, rect, plane, figure, lit, scale=lines))
    elif has_ground:
        yield FigureLayer("Background", lambda painter: _paint_bands(painter, rect, look))
    if options.axes:
        yield FigureLayer("Axes", lambda painter: once(0.0, paint_axes, painter, plane, look, scale))
    yield from curve_layers(
        plane, figure, look, replace(options, trail=options.trail and not look.is_light), scale=lines
    )
    if view is not None:
        yield FigureLayer("Overlay", lambda painter: _paint_over(painter, rect, view, scale))
    elif options.caption:
        words = figure.caption
        yield FigureLayer(
            "Caption", lambda painter: once(TRAIL_SHARE, paint_caption, painter, rect, words, look, scale)
        )


def curve_layers(
    plane: DataMap, figure: Figure, look: Look, options: FigureOptions, *, scale: float
) -> Iterator[FigureLayer]:
    """The layers of target, trail and fit, clipped to the plane's rectangle."""
    drawing, clip = figure.drawing, plane.rect.toAlignedRect()

    def clipped(name: str, pieces: Callable[[QPainter], Iterator[float]]) -> FigureLayer:
        def paint(painter: QPainter) -> Iterator[float]:
            with saved(painter):
                painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
                yield from pieces(painter)

        return FigureLayer(name, paint)

    if options.target:
        yield clipped("Target", lambda on: drawn_in_pieces(target_strokes(on, drawing, plane, look, scale), 0.0))
    if options.trail:
        yield clipped("Trail", lambda on: _paint_trail(on, figure.trail, plane, look, scale))
    if options.target and drawing.has_dots:
        yield clipped("Points", lambda on: once(TRAIL_SHARE, paint_dots, on, drawing, plane, look, scale))
    if options.fit and figure.fit is not None:
        fit = plane.map(figure.fit)
        yield clipped("Fit", lambda on: drawn_in_pieces(_fit_strokes(on, fit, look, scale), TRAIL_SHARE))


def once(done: float, paint: Callable[..., None], *given: Any) -> Iterator[float]:
    """Paint in one piece; yields how much of the figure is done then."""
    paint(*given)
    yield done


def _paint_over(painter: QPainter, rect: QRectF, view: CanvasView, scale: float) -> Iterator[float]:
    bands = list(_bands(rect)) if makes_pixels(painter) else [rect]
    for part in view.over:
        over = part.picture.logicalDpiX() / painter.device().logicalDpiX() * scale  # it is played in inches, not pixels
        for clip in bands if part.is_area else [rect]:
            with saved(painter):
                painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
                painter.translate(rect.topLeft())
                painter.scale(over, over)
                painter.drawPicture(0, 0, part.picture)
            yield TRAIL_SHARE


def _paint_bands(painter: QPainter, rect: QRectF, look: Look) -> Iterator[float]:
    """Fill the background band by band: all of it at 8 × 900 pixels takes 80 ms."""
    brush = look.background.brush(rect)
    for band in _bands(rect):
        painter.fillRect(band, brush)
        yield 0.0


def _bands(rect: QRectF) -> Iterator[QRectF]:
    """Parts of a rectangle, one below the other, each filled in a moment."""
    bands = math.ceil(rect.width() * rect.height() / BAND_PIXELS)
    edges = [rect.top() + math.floor(rect.height() * band / bands) for band in range(bands)]
    for top, bottom in pairwise([*edges, rect.bottom()]):
        yield QRectF(rect.left(), top, rect.width(), bottom - top)


def _paint_trail(
    painter: QPainter, trail: NDArray[np.float32], plane: DataMap, look: Look, scale: float
) -> Iterator[float]:
    """Paint the trail, always in the same batches, so that the same picture becomes the same file."""
    batch = max(1, min(BATCH, BATCH_POINTS // trail.shape[2]))
    for start in range(0, len(trail), batch):
        with saved(painter):
            curves = plane.map(trail[start : start + batch])
            yield from drawn_in_pieces(
                trail_strokes(painter, curves, look.trail.pen(scale)), TRAIL_SHARE * start / len(trail)
            )
        yield TRAIL_SHARE * min(start + batch, len(trail)) / len(trail)


def _paint_light(
    painter: QPainter, rect: QRectF, plane: DataMap, figure: Figure, options: FigureOptions, *, scale: float
) -> Iterator[float]:
    """Paint the ground, the trail and the fit's glow as pixels."""
    trail = figure.trail if options.trail else figure.trail[:0]
    ratio = 1.0 if makes_pixels(painter) else VECTOR_LIGHT / scale
    light = yield from light_of(trail, rect, plane, scale, ratio, on_ground=options.background)
    if options.fit and figure.fit is not None:
        ratio = light.picture.width() / rect.width()
        within = scaled(plane.rect.translated(-rect.topLeft()), ratio)
        with painting(light.picture) as on:
            on.setClipRect(within)
            paint_glow(on, light.plane.map(figure.fit), ratio * scale, within)
    yield from paint_pixels(painter, rect, light.picture)


def paint_pixels(painter: QPainter, rect: QRectF, picture: QImage) -> Iterator[float]:
    """Paint a picture of light where it belongs, in pieces."""
    for band in _bands(rect) if makes_pixels(painter) else [rect]:
        with saved(painter):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipRect(band, Qt.ClipOperation.IntersectClip)
            painter.drawImage(rect, picture)
        yield TRAIL_SHARE


def light_of(
    trail: NDArray[np.float32],
    rect: QRectF,
    plane: DataMap,
    scale: float,
    ratio: float,
    *,
    on_ground: bool = True,
    table: NDArray[np.uint32] | None = None,
) -> Generator[float, None, Light]:
    """The light of a trail in ``rect``, with ``ratio`` pixels for each of its own, or less if that would be too many.
    Of very many curves some are chosen, evenly."""
    ratio = min(ratio, math.sqrt(LIGHT_PIXELS / max(rect.width() * rect.height(), 1.0)))
    within, over = scaled(plane.rect.translated(-rect.topLeft()), ratio), plane.over(rect, ratio)
    light = Light(over, on_ground=on_ground, width=ratio * scale, within=within, table=table)
    count = len(trail)
    chosen = np.unique(np.linspace(0, count - 1, min(count, LIGHT_CURVES)).astype(np.intp))
    batch = min(BATCH / max(ratio * scale, 1.0) ** 2, BATCH_POINTS / trail.shape[2])  # wide curves take far longer
    batch = max(1, int(batch))
    for start in range(0, len(chosen), batch):
        some = chosen[start : start + batch]
        light.add(trail[some], some)
        yield TRAIL_SHARE * start / len(chosen)
    light.ask()
    while light.is_due:
        light.develop(count, count - 1, PIECE_S)
        yield TRAIL_SHARE
    return light


def drawn_in_pieces(strokes: Iterator[None], done: float) -> Iterator[float]:
    """Make strokes, with a pause after every few milliseconds."""
    until = perf_counter() + PIECE_S
    for _ in strokes:
        if perf_counter() >= until:
            yield done
            until = perf_counter() + PIECE_S
    yield done
