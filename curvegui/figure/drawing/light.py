"""The trail as light that adds up, in the look Ember, whose lines and colours stand in `look`.

Every curve of the trail adds light to a float image with two numbers a pixel: the sum of the light, and the sum of the
light times its iteration. So each pixel knows how much light there is, and how old it is on average, and a table makes
a colour of the two. Nothing is painted again when the run goes on: only what the sums are divided by changes.

Opaque strokes cover what light would add to, so the fit's glow is paint: a hairline in a small image, blurred.
"""

from collections.abc import Sequence
from functools import cache
from math import floor
from time import perf_counter
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.polyline import outline, painting, path_of, polygon, saved, smoothed

GROUND, MIDDLE, EDGE = "#0b1220", 1.35, 0.62  # how bright the ground is in the middle and in the corners
AGES = "#3b2c85", "#c8458f", "#ffc27a"  # of the oldest light, the light in between, and the newest
MOST_WHITE, MOST_LUMINANCE = 0.60, 0.150  # of the trail: a contrast of 4.8 to the fit
GAMMA = np.array([0.95, 1.25, 1.10])  # of red, green and blue: faint light is redder, as embers are
LEVELS, STEPS, TILE = 256, 256, 64  # of the table, where fewer show as bands; and pixels of a tile's side
SIDE_PX, SHARE, FEWEST = 500.0, 0.06, 40  # see `Light.develop`
STEP_PX = 6.0  # from point to point of a curve, usually: points that are farther apart are seen as corners
LIMIT_PX = 1e5  # farther points are moved: Qt's numbers overflow

Pixels = NDArray[np.uint32]


def _rgb(colour: str) -> FloatArray:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.float64)


def packed(rgb: FloatArray) -> Pixels:
    """Colours, shape (..., 3), 0 to 255, as one number each. Sums of them are right where no channel overflows."""
    packed = rgb.round().astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], np.int32)
    return cast("Pixels", packed.view(np.uint32))


def _luminance(rgb: FloatArray) -> FloatArray:
    """The relative luminance of WCAG 2, of sRGB colours from 0 to 1, shape (..., 3)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((np.maximum(rgb, 0) + 0.055) / 1.055) ** 2.4)
    return cast("FloatArray", linear @ np.array([0.2126, 0.7152, 0.0722]))


def age_colours(ages: Sequence[str] = AGES, share: float = 1.0, steps: int = STEPS) -> FloatArray:
    """Colours from 0 to 1 by age, 0 the oldest, shape (``steps``, 3), of a ``share`` of the colours of ``ages``: the
    first quarter of a run has half of them."""
    age, known = share * np.log10(1 + 9 * np.linspace(0, 1, steps)), np.stack([_rgb(each) / 255 for each in ages])
    return np.stack([np.interp(age, np.linspace(0, 1, len(ages)), row) for row in known.T], 1)


def _light_colours(colour: FloatArray, most_luminance: float, most_white: float) -> FloatArray:
    """The colours of light, 0 to 255, by age and level: shape (`STEPS`, `LEVELS`, 3)."""
    strengths = np.linspace(0, most_white, 200)[:, np.newaxis, np.newaxis]
    bright = _luminance(_rgb(GROUND) * (MIDDLE - 1) / 255 + strengths * colour)
    most = strengths[(bright <= most_luminance).sum(0) - 1, 0]  # amber gets less than indigo
    return cast("FloatArray", 255 * (colour * most)[:, np.newaxis] * np.linspace(0, 1, LEVELS)[:, np.newaxis] ** GAMMA)


@cache
def light_table(
    on_ground: bool,
    ages: tuple[str, ...] = AGES,
    most_luminance: float = MOST_LUMINANCE,
    most_white: float = MOST_WHITE,
) -> Pixels:
    """What light adds to the ground, by age and level in one row; or premultiplied colours of light without ground."""
    light, level = (
        _light_colours(age_colours(ages), most_luminance, most_white),
        np.linspace(0, 1, LEVELS)[:, np.newaxis],
    )
    if on_ground:
        return packed(light - _rgb(GROUND) * level**1.5).ravel()  # much light outshines the blue ground
    return cast("Pixels", packed(light) | light.max(2).round().astype(np.uint32) << np.uint32(24)).ravel()


@cache
def _ground_table() -> Pixels:
    return packed(_rgb(GROUND) * np.linspace(0, 1.5, 256)[:, np.newaxis]) | np.uint32(0xFF000000)


@cache
def _dither() -> NDArray[np.float32]:
    """Even noise, which looks like none, for one tile: without it, 8 bits show rings near black."""
    x, y = np.meshgrid(np.arange(TILE), np.arange(TILE))
    noise: NDArray[np.float32] = (8 * (52.9829189 * ((0.06711056 * x + 0.00583715 * y) % 1) % 1) - 4).astype(np.float32)
    return noise


class Light:
    """The light of one view of a trail, and its ``picture``, which is developed tile by tile.

    Another part of the plane, or another size, needs another `Light`. ``plane`` maps to pixels of the picture.
    Without ground, the picture is transparent where there is no light. All light falls ``within`` a rectangle of the
    picture, or anywhere. Curves are ``width`` pixels wide, at least 1, which is by far the cheapest. A ``table`` has
    other colours than Ember's, as `light_table` has them. ``laid`` is how many curves have been added, ``iteration`` is
    that of the last one, or -1. ``picture`` shares the memory of this object: whoever needs it for longer takes a copy.

    >>> light = Light(plane)
    >>> light.add(trail.curves, trail.iterations)
    >>> light.ask()
    >>> light.develop(len(trail), snapshot.iteration, seconds=0.002)
    """

    def __init__(
        self,
        plane: DataMap,
        *,
        on_ground: bool = True,
        width: float = 1.0,
        within: QRectF | None = None,
        table: Pixels | None = None,
    ) -> None:
        x, y, across, down = plane.device
        self.plane, self._on_ground, self._width, self._within = plane, on_ground, max(1.0, width), within
        across, down = max(1, round(across)), max(1, round(down))
        rows, columns = -(-down // TILE), -(-across // TILE)
        self._origin = np.array([[x], [y]])
        self._table = light_table(on_ground) if table is None else table
        self._sums = np.zeros((rows * TILE, columns * TILE, 4), np.float32)  # of memory only where light falls
        kind = QImage.Format.Format_RGBA32FPx4_Premultiplied  # adds exactly; RGBX32FPx4 loses light of whole curves
        self._image = QImage(cast("Any", self._sums.data), across, down, self._sums.strides[0], kind)
        self._pixels = np.zeros((rows * TILE, columns * TILE), np.uint32)
        shown = QImage.Format.Format_RGB32 if on_ground else QImage.Format.Format_ARGB32_Premultiplied
        self.picture = QImage(cast("Any", self._pixels.data), across, down, self._pixels.strides[0], shown)
        self._down, self._across = (
            np.float32(85 * MIDDLE) - np.float32(85 * (MIDDLE - EDGE)) * np.linspace(-1, 1, size, dtype=np.float32) ** 2
            for size in (down, across)
        )
        self._marked = np.zeros((rows, columns), np.uint8)
        self._marks = QImage(cast("Any", self._marked.data), columns, rows, columns, QImage.Format.Format_Grayscale8)
        self._lit, self._fresh = np.zeros((2, rows, columns), np.bool_)  # where there is light; where it is new
        self._due = np.ones((rows, columns), np.bool_)
        self.laid, self.iteration, self._until = 0, -1, 2.0**16
        self._whole, self._next = 0, 0  # curves that were laid when all tiles were last due; the tile to go on with

    def add(self, curves: NDArray[np.floating], iterations: Sequence[int] | NDArray[np.int64]) -> None:
        """Add the light of curves of the plane, shape (m, 2, N), smooth through their points: 0.1 to 0.2 ms each. It is
        seen when it is developed."""
        if not len(curves):
            return
        while max(iterations) >= self._until:  # a pen's colours end at 1
            self._until *= 2
            for where in self._tiles(self._lit):
                self._sums[where][..., 1] *= np.float32(0.5)
        self._marks.fill(0)
        mapped = self.plane.map(smoothed(curves, STEP_PX / self.plane.pixels_per_unit[0])) - self._origin
        with painting(self._image) as painter, painting(self._marks) as marker:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            if self._within is not None:
                painter.setClipRect(self._within)
            marker.setPen(QPen(QColor("white"), 1.0))  # a tile wide: it touches all tiles that the curve does
            for each in (painter, marker):
                each.setRenderHint(QPainter.RenderHint.Antialiasing)
            for curve, iteration in zip(mapped, np.asarray(iterations).tolist(), strict=True):
                if np.isfinite(curve).all():
                    within = np.clip(curve, -LIMIT_PX, LIMIT_PX)
                    painter.setPen(QPen(QColor.fromRgbF(1.0, iteration / self._until, 0.0), self._width))
                    painter.drawPolyline(polygon(within))
                    marker.drawPolyline(polygon(within / TILE))
        self._lit |= self._marked > 0
        self._fresh |= self._marked > 0
        self.laid += len(curves)
        self.iteration = int(iterations[-1])

    def thin(self, share: float) -> None:
        """Take a trail into account that was thinned and has kept this share of its curves, evenly chosen."""
        for where in self._tiles(self._lit):
            self._sums[where] *= np.float32(share)
        self.laid, self._whole = round(self.laid * share), round(self._whole * share)

    def ask(self, everything: bool = False) -> None:
        """Let light that is new be developed, and all of it where it is notably more than at the last time."""
        is_more = everything or self.laid > 1.02 * self._whole
        self._due |= self._lit if is_more else self._fresh
        self._fresh[:], self._whole = False, self.laid if is_more else self._whole

    @property
    def is_due(self) -> bool:
        """Whether there are tiles to develop: at first all of them, and then those that were asked for."""
        return bool(self._due.any())

    @property
    def is_behind(self) -> bool:
        """Whether there is light that the picture does not show."""
        return self.is_due or bool(self._fresh.any())

    def develop(self, curves: int, now: int, seconds: float = np.inf) -> None:
        """Colour the tiles of the picture whose light has changed, until none is left or ``seconds`` are over.

        ``curves`` is how many curves the trail has, also those that are still to be added; ``now`` is the run's
        iteration. The level of a pixel is log(1 + k light) / log(1 + `SHARE` curves). With k = pixels of the unit
        square's side / `SIDE_PX` / width * curves / laid, it is the same in another zoom or size, and while the curves
        are still being added.
        """
        factor = np.float32(self.plane.pixels_per_unit[0] / SIDE_PX / self._width * curves / max(self.laid, 1))
        scale = np.float32((LEVELS - 1) / np.log1p(SHARE * max(curves, FEWEST)))
        ages = np.float32((STEPS - 1) * self._until / max(now, 1))
        order, until = np.flatnonzero(self._due), perf_counter() + seconds
        for tile in np.roll(order, -int(np.searchsorted(order, self._next))).tolist():
            row, column = divmod(tile, self._lit.shape[1])
            self._develop_tile(row, column, factor, scale, ages)
            self._due[row, column], self._next = False, tile + 1
            if perf_counter() > until:
                break

    def _develop_tile(self, row: int, column: int, factor: np.float32, scale: np.float32, ages: np.float32) -> None:
        where = down, across = slice(row * TILE, (row + 1) * TILE), slice(column * TILE, (column + 1) * TILE)
        pixels = self._pixels[where]
        if self._on_ground:
            shade = self._down[down, np.newaxis] + self._across[across]
            shade += _dither()[: shade.shape[0], : shade.shape[1]]
            pixels[: shade.shape[0], : shade.shape[1]] = _ground_table().take(shade.astype(np.uint8))
        else:
            pixels[:] = 0
        if self._lit[row, column]:
            light = self._sums[(*where, 0)]
            age = self._sums[(*where, 1)] / np.maximum(light, np.float32(1e-6)) * ages
            level = np.log(light * factor + np.float32(1.0)) * scale
            index = np.minimum(age, np.float32(STEPS - 1)).astype(np.int32) * LEVELS
            index += np.minimum(level, np.float32(LEVELS - 1)).astype(np.int32)
            pixels += self._table.take(index)

    def _tiles(self, chosen: NDArray[np.bool_]) -> list[tuple[slice, slice]]:
        return [
            (slice(row * TILE, (row + 1) * TILE), slice(column * TILE, (column + 1) * TILE))
            for row, column in np.argwhere(chosen).tolist()
        ]


GLOW = "#a4591c"  # #ffb454, as dark as the fit needs the ground around it
GLOW_CELL, GLOW_REACH = 4.0, 28.0  # logical pixels: of a pixel of the small image, and as far as there is a glow
GLOW_BLUR, GLOW_MOST, GLOW_FALL, GLOW_FROM = 6.9, 0.90, 6.5, 2.0  # logical pixels but for the opacity in the middle
GLOW_STEP = np.float32(1023 / 255 / 4**6 * 4.33)  # of the table, for a blurred line


@cache
def _glow_table() -> Pixels:
    """Premultiplied colours of the glow by the blurred fit, a bell: opacity falls exponentially with the distance."""
    bell = np.linspace(0, 1, 1024)
    away = GLOW_BLUR * np.sqrt(-2 * np.log(np.maximum(bell, 1e-4)))  # logical pixels from the fit's middle
    opacity = GLOW_MOST * np.exp(-np.maximum(away - GLOW_FROM, 0) / GLOW_FALL) * np.clip(1.6 - away / 15, 0, 1)
    alpha = np.round(255 * opacity).astype(np.uint32) << np.uint32(24)
    return cast("Pixels", packed(_rgb(GLOW) * opacity[:, np.newaxis]) | alpha)


def glow_image(fit: QPainterPath, scale: float, visible: QRectF) -> tuple[QImage, QRectF] | None:
    """The glow of a fit, a path in device pixels, ``scale`` of them to a logical one, as a small image that is to be
    stretched smoothly to the rectangle in device pixels; None where nothing is ``visible``."""
    cell, reach, drawn = GLOW_CELL * scale, GLOW_REACH * scale, fit.boundingRect()
    around = (box.adjusted(-reach, -reach, reach, reach) for box in (drawn, visible))
    seen = next(around).intersected(next(around))
    if seen.isEmpty():
        return None
    left, top = floor(seen.left() / cell) * cell, floor(seen.top() / cell) * cell
    width, height = (max(int(side / cell) + 2, 5) for side in (seen.right() - left, seen.bottom() - top))
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with painting(image) as painter, saved(painter):
        is_dot = max(drawn.width(), drawn.height()) < 2 * scale
        pen = QPen(QColor("white"), 2.0 if is_dot else 1.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.scale(1 / cell, 1 / cell)
        painter.translate(-left, -top)
        painter.drawPath(fit)
    lit = np.frombuffer(cast("memoryview", image.constBits()), np.uint8).reshape(height, -1)[:, :width]
    much: NDArray[np.float32] = lit.astype(np.float32).ravel()  # what runs over an edge stays beyond what is visible
    for step in (1, width, 1, width, 2, 2 * width):  # their variances add up to 3 cells squared, across and down
        blurred = much[: -2 * step] + much[2 * step :]
        blurred += much[step:-step]
        blurred += much[step:-step]
        much[step:-step] = blurred
    glow = _glow_table().take((much * GLOW_STEP).astype(np.intp), mode="clip")
    shown = QImage(cast("Any", glow.data), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return shown.copy(), QRectF(left, top, width * cell, height * cell)


def paint_glow(painter: QPainter, points: FloatArray, scale: float, visible: QRectF) -> None:
    """Paint the glow of a fit, shape (2, N) in device pixels, below the target and the fit."""
    drawn = outline(points)
    if drawn is not None and (glow := glow_image(path_of(drawn[np.newaxis]), scale, visible)) is not None:
        with saved(painter):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(glow[1], glow[0])
