"""The long exposure itself: every curve of a trail adds its light, or its ink, in the colour of its age.

The sum is kept in 16 bits, in which the faintest of a thousand curves still counts; a curve of film makes it visible.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.recording import TrailCurves
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import drawn_in_pieces
from curvegui.figure.drawing.polyline import painting, saved, trail_strokes
from curvegui.figure.poster.style import Paper, PosterPalette

MOST_CURVES = 1_500  # more of them look the same, and take a minute on the largest poster
FIRST = 100.0  # iterations before the ages grow with the logarithm, as along the timeline
LEAST_SHARE, LARGEST_SHARE = 0.3, 8.0  # of a curve's light, in terms of the mean: where few are kept, each counts more
WIDTH_PX = 1.6  # logical pixels, on a picture of the usual size
FIRST_TONE, LAST_TONE = 0.2, 0.02  # how fast a colour fills, and how slowly it then burns out, for each curve
FAINTEST, STRONGEST = 0.04, 0.5  # opacity, where curves stay paths
BLACK_ROWS = 256  # blackened at a time: the system first finds memory for them
BAND_PIXELS = 50_000  # developed at a time
SHARE = 0.85  # of the progress; developing has the rest
DEPTH = 65_535.0


@dataclass(frozen=True, eq=False)
class Exposed:
    """Curves with their shares of the light, whose mean is about 1, and the colours of their ages."""

    curves: NDArray[np.float32]  # shape (m, 2, N)
    shares: FloatArray  # shape (m,)
    inks: FloatArray  # shape (m, 3)

    @classmethod
    def of(cls, trail: TrailCurves, palette: PosterPalette, paper: Paper) -> "Exposed":
        """The curves of a trail, evenly chosen by age where they are very many."""
        if not len(trail):
            return cls(np.empty((0, 2, 1), np.float32), np.empty(0), np.empty((0, 3)))
        ages = np.log(trail.iterations + FIRST)
        ages = (ages - ages[0]) / max(float(ages[-1] - ages[0]), 1e-9)
        kept = np.unique(np.searchsorted(ages, np.linspace(0.0, 1.0, MOST_CURVES)))
        if len(ages) <= MOST_CURVES:
            kept = np.arange(len(ages))
        ages = ages[kept]
        steps = np.gradient(ages) if len(ages) > 1 else np.ones(1)
        shares = np.clip(steps / max(float(steps.mean()), 1e-9), LEAST_SHARE, LARGEST_SHARE)
        return cls(trail.curves[kept], shares, paper.inks(palette, ages))


def exposure_image(width: int, height: int) -> QImage:
    """An empty image for `expose`. Raises ``MemoryError``, a sentence, if there is no room for the pixels."""
    image = QImage(width, height, QImage.Format.Format_RGBX64)
    if image.isNull():
        words = mark("There is not enough memory for a poster of {width:,} × {height:,} pixels.")
        raise MemoryError(tr(words, width=width, height=height))
    return image


def expose(image: QImage, exposed: Exposed, paper: Paper, plane: DataMap, scale: float) -> Generator[float, None, None]:
    """Blacken, expose and develop an image in place, in pieces of a few milliseconds; yields how much is done.
    ``plane`` maps to the image's pixels, ``scale`` of which are a logical pixel."""
    total = max(float(exposed.shares.sum()), 1.0)
    with painting(image) as painter:
        for top in range(0, image.height(), BLACK_ROWS):
            painter.fillRect(0, top, image.width(), BLACK_ROWS, Qt.GlobalColor.black)
            yield 0.0
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        for index, curve in enumerate(exposed.curves):
            ink = exposed.inks[index] if paper.is_dark else 1 - exposed.inks[index]
            colour = _colour(ink, exposed.shares[index] / total)
            done = SHARE * index / len(exposed.curves)
            with saved(painter):
                strokes = trail_strokes(painter, plane.map(curve[np.newaxis]), _pen(colour, scale))
                yield from drawn_in_pieces(strokes, done)
    yield from _developed(image, total, paper)


def _colour(ink: FloatArray, opacity: float) -> QColor:
    red, green, blue = ink.tolist()
    return QColor.fromRgbF(red, green, blue, opacity)


def _pen(colour: QColor, scale: float) -> QPen:
    return QPen(colour, WIDTH_PX * scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)


def _developed(image: QImage, total: float, paper: Paper) -> Generator[float, None, None]:
    bits = cast("memoryview", image.bits())
    pixels = np.frombuffer(bits, np.uint16).reshape(image.height(), -1, 4)
    ground = QColor(paper.ground)
    base = np.array([ground.redF(), ground.greenF(), ground.blueF()], np.float32)
    rows = max(1, BAND_PIXELS // image.width())
    for top in range(0, len(pixels), rows):
        band = pixels[top : top + rows, :, :3]
        if band.any() or top == 0:
            band[:] = _toned(band * np.float32(total / DEPTH), base, paper.is_dark)
        else:
            band[:] = np.round(base * DEPTH)
        yield SHARE + (1 - SHARE) * top / len(pixels)


def _toned(light: NDArray[np.float32], base: NDArray[np.float32], is_dark: bool) -> NDArray[np.uint16]:
    """The colours for sums of light or ink: first the colour itself, and for very large sums, white or black."""
    most = light.max(axis=2, keepdims=True)
    filled = light * (-np.expm1(-FIRST_TONE * most) / np.maximum(most, np.float32(1e-9)))
    filled = 1 - (1 - filled) * np.exp(-LAST_TONE * light)
    seen = base + (1 - base) * filled if is_dark else base * (1 - filled)
    developed: NDArray[np.uint16] = np.round(np.clip(seen, 0, 1) * DEPTH).astype(np.uint16)
    return developed


def path_pens(exposed: Exposed, scale: float) -> list[QPen]:
    """The pen of each curve where curves stay paths, which cannot add up as light does."""
    opacities = np.clip(exposed.shares * 30 / max(len(exposed.shares), 1), FAINTEST, STRONGEST).tolist()
    return [_pen(_colour(*each), scale) for each in zip(exposed.inks, opacities, strict=True)]
