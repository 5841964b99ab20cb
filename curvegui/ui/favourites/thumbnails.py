"""The favourites' thumbnails, painted between the frames of the window, the visible ones first."""

from collections import deque
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from curvegui.core.arrays import read_only
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import CLASSIC, LOOKS, Look
from curvegui.files.favourites.folder import Curves, Favourite
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.look.painter import painter_for
from curvegui.ui.widgets.small_canvas import rounded

SLICE_S = 0.004  # of painting between two frames; a thumbnail takes about half a millisecond
ASKED = 24  # favourites whose curves are read at a time, in about 10 ms
MOST_BYTES = 64_000_000  # of pixmaps: 900 of the usual size, on a usual screen
ROUNDNESS_PX = 8
NO_TRAIL = read_only(np.empty((0, 2, 1), np.float32))
OPTIONS = FigureOptions(trail=False)
State = tuple[str, int]
"""The key of a favourite, and when its file was written."""


class Thumbnails(QObject):
    """Paints thumbnails of favourites in one size, and keeps them."""

    painted = Signal(str)  # the key of a favourite whose thumbnail is there

    def __init__(self, favourites: Favourites, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._favourites = favourites
        self._side, self._ratio = 1, 1.0
        self._curves: dict[State, Curves | None] = {}
        self._painted: dict[str, tuple[int, QPixmap]] = {}  # by key, of which state of the file; the latest used last
        self._wanted: dict[str, Favourite] = {}  # favourites to paint, by key; the last one asked for is painted first
        self._asked: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint_some)
        favourites.previewed.connect(self._take)

    def set_size(self, side: int, ratio: float) -> None:
        """Paint thumbnails ``side`` logical pixels wide from now on; ``ratio`` is device pixels to a logical pixel."""
        if (side, ratio) != (self._side, self._ratio):
            self._side, self._ratio = side, ratio
            self._wanted.clear()

    def pixmap(self, favourite: Favourite) -> QPixmap | None:
        """The thumbnail of a favourite, perhaps an older one, or None; a new one is painted soon, before all others."""
        key, found = favourite.key, self._painted.pop(favourite.key, None)
        if found is not None:
            self._painted[key] = found
        if not self._is_current(favourite):
            self._wanted.pop(key, None)
            self._wanted[key] = favourite
            if not self._timer.isActive():
                self._timer.start(0)
        return found[1] if found else None

    def _is_current(self, favourite: Favourite) -> bool:
        modified, pixmap = self._painted.get(favourite.key, (-1, QPixmap()))
        return (modified, pixmap.width()) == (favourite.entry.modified, round(self._side * self._ratio))

    @Slot()
    def _paint_some(self) -> None:
        """Paint thumbnails for a few ms; the rest waits for the next turn of the event loop, or for curves."""
        until, missing = perf_counter() + SLICE_S, list[Favourite]()
        for favourite in reversed(list(self._wanted.values())):
            if perf_counter() >= until:
                return
            state = favourite.key, favourite.entry.modified
            if state not in self._curves:
                missing.append(favourite)
                continue
            del self._wanted[favourite.key]
            curves = self._curves[state]
            if curves is None or self._is_current(favourite):
                continue
            self._painted.pop(favourite.key, None)
            pixmap = thumbnail(curves, self._side, self._ratio)
            self._painted[favourite.key] = favourite.entry.modified, pixmap
            most = max(1, MOST_BYTES // (4 * pixmap.width() * pixmap.height()))
            for key in list(self._painted)[:-most]:
                del self._painted[key]
            self.painted.emit(favourite.key)
        if missing and not self._asked:
            self._asked = {each.key: each.entry.modified for each in missing[:ASKED]}
            self._favourites.preview(list(self._asked))
        self._timer.stop()

    @Slot(object)
    def _take(self, found: dict[str, Curves | None]) -> None:
        """Keep the curves that were asked for; a favourite that cannot be read has none."""
        if found.keys() == self._asked.keys():
            self._curves.update({state: found[state[0]] for state in self._asked.items()})
            self._asked = {}
            self._timer.start(0)


def curves_figure(curves: Curves) -> Figure:
    target, fit, _ = curves
    return Figure(target.astype(np.float64), NO_TRAIL, fit.astype(np.float64))


def curves_look(curves: Curves) -> Look:
    """The look that a favourite was saved with; Classic if this version does not know the look."""
    return LOOKS.get(curves[2], CLASSIC)


def thumbnail(curves: Curves, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
    painter, scale = painter_for(image), ratio * min(1.0, 0.4 + side / 700)
    figure, look = curves_figure(curves), curves_look(curves)
    deque(paint_figure(painter, QRectF(image.rect()), figure, look, OPTIONS, scale=scale), maxlen=0)
    painter.end()
    return rounded(image, ratio, ROUNDNESS_PX)
