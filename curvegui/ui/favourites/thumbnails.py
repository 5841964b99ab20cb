"""The favourites' thumbnails: painted between frames, those that are looked at first, and remembered."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
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

SLICE_S = 0.004  # of painting between two frames: one takes about half a millisecond
ASKED = 24  # previews that are read at a time: about 10 ms
MOST_BYTES = 64_000_000  # of pixmaps: 900 of the usual size, on a usual screen
ROUNDNESS_PX = 8
NO_TRAIL = read_only(np.empty((0, 2, 1), np.float32))
OPTIONS = FigureOptions(trail=False)


@dataclass(frozen=True, eq=False)
class _Painted:
    """A thumbnail, and of which state of the file."""

    modified: int
    pixmap: QPixmap


class Thumbnails(QObject):
    """Paints favourites at one size."""

    painted = Signal(str)  # the key of a favourite whose thumbnail is there

    def __init__(self, favourites: Favourites, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._favourites = favourites
        self._side, self._ratio = 1, 1.0
        self._curves: dict[tuple[str, int], Curves | None] = {}
        self._painted: OrderedDict[str, _Painted] = OrderedDict()
        self._bytes = 0
        self._wanted: dict[str, Favourite] = {}  # what is looked at, the last one asked for last
        self._later: dict[str, Favourite] = {}
        self._asked: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._paint_some)
        favourites.previewed.connect(self._take)

    def set_size(self, side: int, ratio: float) -> None:
        """Paint ``side`` logical pixels wide from now on, ``ratio`` device pixels to one."""
        if (side, ratio) != (self._side, self._ratio):
            self._side, self._ratio = side, ratio
            self._wanted.clear()

    def pixmap(self, favourite: Favourite) -> QPixmap | None:
        """The thumbnail: perhaps an older one for now, or none yet; it is then painted before all others."""
        found = self._painted.get(favourite.key)
        if found is not None:
            self._painted.move_to_end(favourite.key)
        if not self._is_current(found, favourite):
            self._wanted.pop(favourite.key, None)
            self._wanted[favourite.key] = favourite
            self._wake()
        return found.pixmap if found else None

    def prepare(self, favourites: Iterable[Favourite]) -> None:
        """Paint these too, when there is nothing else to do, as far as there is room to remember them."""
        room = MOST_BYTES // (2 * 4 * self._device_side**2)
        some = [each for each in islice(favourites, room) if not self._is_current(self._painted.get(each.key), each)]
        self._later = {each.key: each for each in some}
        self._wake()

    @property
    def _device_side(self) -> int:
        return round(self._side * self._ratio)

    def _is_current(self, found: _Painted | None, favourite: Favourite) -> bool:
        if found is None:
            return False
        return found.modified == favourite.entry.modified and found.pixmap.width() == self._device_side

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def _paint_some(self) -> None:
        """Paint for a few milliseconds; then the rest waits for the next turn, or for its curves."""
        until, missing = perf_counter() + SLICE_S, list[Favourite]()
        for wishes, order in ((self._wanted, reversed), (self._later, iter)):
            for favourite in list(order(list(wishes.values()))):
                if perf_counter() >= until:
                    return
                if _state(favourite) in self._curves:
                    del wishes[favourite.key]
                    self._paint(favourite)
                else:
                    missing.append(favourite)
            if missing:
                break
        self._ask(missing)
        self._timer.stop()

    def _ask(self, favourites: list[Favourite]) -> None:
        if favourites and not self._asked:
            self._asked = {each.key: each.entry.modified for each in favourites[:ASKED]}
            self._favourites.preview(list(self._asked))

    @Slot(object)
    def _take(self, found: dict[str, Curves | None]) -> None:
        """Remember the curves that were asked for; one that cannot be read has none."""
        if found.keys() == self._asked.keys():
            self._curves.update({state: found[state[0]] for state in self._asked.items()})
            self._asked = {}
            self._wake()

    def _paint(self, favourite: Favourite) -> None:
        curves = self._curves[_state(favourite)]
        if curves is None or self._is_current(self._painted.get(favourite.key), favourite):
            return
        pixmap = _thumbnail(curves, self._side, self._ratio)
        self._remember(favourite.key, _Painted(favourite.entry.modified, pixmap))
        self.painted.emit(favourite.key)

    def _remember(self, key: str, painted: _Painted) -> None:
        self._forget(key)
        self._painted[key] = painted
        self._bytes += _bytes(painted.pixmap)
        while self._bytes > MOST_BYTES and len(self._painted) > 1:
            self._forget(next(iter(self._painted)))

    def _forget(self, key: str) -> None:
        found = self._painted.pop(key, None)
        if found is not None:
            self._bytes -= _bytes(found.pixmap)


def _state(favourite: Favourite) -> tuple[str, int]:
    return favourite.key, favourite.entry.modified


def _bytes(pixmap: QPixmap) -> int:
    return 4 * pixmap.width() * pixmap.height()


def curves_figure(curves: Curves) -> Figure:
    """The figure of a favourite."""
    target, fit, _ = curves
    return Figure(target.astype(np.float64), NO_TRAIL, fit.astype(np.float64))


def curves_look(curves: Curves) -> Look:
    """The look that it was kept with; Classic where it is not known here."""
    return LOOKS.get(curves[2], CLASSIC)


def _thumbnail(curves: Curves, side: int, ratio: float) -> QPixmap:
    """Paint a favourite's curves with its own look."""
    pixels = round(side * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
    painter, scale = painter_for(image), ratio * stroke_scale(side)
    for _ in paint_figure(
        painter, QRectF(image.rect()), curves_figure(curves), curves_look(curves), OPTIONS, scale=scale
    ):
        pass
    painter.end()
    return rounded(image, ratio, ROUNDNESS_PX)


def stroke_scale(side: int) -> float:
    """How wide the lines of a small figure are, in widths of a figure of the usual size."""
    return min(1.0, 0.4 + side / 700)
