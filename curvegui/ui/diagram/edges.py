"""The weights of the diagram as curves: Qt's own items, of which only those that look different now are updated."""

from functools import cache
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPixmapCache
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.network_layout import Layout
from curvegui.ui.look.theme import Theme, current_theme
from curvegui.ui.study.weight_colours import LEVELS, colour_of, levels_of, mixed

WORDS = {
    "light": ("#17629f", "#566377", "#9c5200"),
    "dark": ("#6bb0f6", "#a0acbc", "#ffab57"),
    "contrast": ("#7cc4ff", "#e6e6e6", "#ffb84d"),
    "contrast-light": ("#00458a", "#262626", "#7a3d00"),
}  # contrast of 4.5
FAINT, FADED = 0.75, 0.45  # how much of the card is mixed into what is not lit up, and into what is muted
NORMAL, UNLIT, MUTED, BOLD = range(4)  # how a weight is drawn
BOLDER = 2.4  # times the usual width
DOTS = [1.5, 1.5]  # of what is muted, in widths
NEGATIVE_PX = 9.0, 3.0  # a dash and a gap


def word_colour(value: float, theme: Theme) -> str:
    """The colour of a weight that is written as text: readable on a card."""
    negative, middle, positive = WORDS[theme.key]
    return positive if value > 0 else negative if value < 0 else middle


@cache
def pen_of(level: int, style: int, widest: float, theme: Theme) -> QPen:
    """The pen of an edge for a ``level`` from -LEVELS to LEVELS and a ``style``, such as NORMAL; ``widest`` is the
    width, in px, at the highest level; bold edges are wider. Edges of negative weights are dashed, so that nobody needs
    the colours; in a large network, all are thin and solid."""
    colour = colour_of(level, theme)
    if style in (UNLIT, MUTED):
        colour = mixed(colour, theme.card, FAINT if style == UNLIT else FADED)
    width = (THINNEST_PX + (widest - THINNEST_PX) * abs(level) / LEVELS) * (BOLDER if style == BOLD else 1.0)
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style == MUTED:
        pen.setDashPattern(DOTS)
    elif level < 0 and widest > WIDEST_OF_MANY_PX:
        pen.setDashPattern([length / width for length in NEGATIVE_PX])
    return pen


MOST_EDGES = 1_000  # only the largest weights are drawn
MANY_EDGES = 250  # more than these are thin: a wide curve costs ten times as much as one of 1 px
CHOICE_S = 1.0  # between two looks at which weights are the largest
THINNEST_PX, WIDEST_PX, WIDEST_OF_MANY_PX = 0.6, 1.7, 1.0
UNDER_NODES = -10.0
HEIGHTS = {NORMAL: 0, UNLIT: -1, MUTED: -1, BOLD: 1}  # which edges lie over which
OVER_EDGES = -5.0
HALO_PX = 1.75  # on both sides of the selected edge
UNKNOWN = -1
PIXEL_BYTES, KB = 4, 1024
MOST_CACHED = 0.7  # of Qt's room for pictures: those that do not fit are thrown out, and painted twice


class Edges:
    """The curves of the weights; ``drawn`` are the numbers, in the layout, of the weights that are drawn."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._items: list[QGraphicsPathItem] = []
        self.drawn: NDArray[np.intp] = np.empty(0, np.intp)
        self._styles: NDArray[np.intp] = np.empty(0, np.intp)
        self._selected: int | None = None
        self._halo, self._core = QGraphicsPathItem(), QGraphicsPathItem()  # of the selected edge, over all others
        for item in (self._halo, self._core):
            item.setZValue(OVER_EDGES)
            scene.addItem(item)
        self._layout: Layout | None = None
        self.chosen_at = -np.inf  # when it was looked which weights are the largest

    @property
    def left_out(self) -> int:
        return 0 if self._layout is None else len(self._layout.indices) - len(self.drawn)

    @property
    def widest(self) -> float:
        return WIDEST_PX if len(self.drawn) <= MANY_EDGES else WIDEST_OF_MANY_PX

    def colour(self) -> None:
        """Let the next `show` use the colours of the present theme."""
        self._styles[:] = UNKNOWN

    def lay_out(self, layout: Layout, ratio: float) -> None:
        """Use another layout, and draw every edge anew; ``ratio`` is device pixels to a logical one."""
        self._layout = layout
        self.select(None)
        count = min(len(layout.indices), MOST_EDGES)
        while len(self._items) > count:
            self._scene.removeItem(self._items.pop())
        while len(self._items) < count:
            item = QGraphicsPathItem()
            item.setZValue(UNDER_NODES)
            self._scene.addItem(item)
            self._items.append(item)
        self.drawn, self._styles = np.arange(count), np.full(count, UNKNOWN)
        self._move(np.arange(count))
        self.chosen_at = -np.inf
        # Qt keeps pictures of the edges if there is room for all: it shows them one after the other
        sides = np.abs(layout.ends - layout.starts)[self.drawn] + self.widest
        fits = PIXEL_BYTES * ratio**2 * sides.prod(axis=1).sum() <= MOST_CACHED * KB * QPixmapCache.cacheLimit()
        modes = QGraphicsPathItem.CacheMode
        for item in self._items:
            item.setCacheMode(modes.DeviceCoordinateCache if fits else modes.NoCache)

    def show(self, parameters: FloatArray, scale: float, styles: NDArray[np.intp]) -> None:
        """Show weights, or another number for each weight, of ``parameters``, shape (P,); ``styles``, shape (E,), says
        how each edge is drawn."""
        layout = self._layout
        if layout is None:
            return
        weights = parameters[layout.indices]
        if self.left_out:
            self._choose(weights)
        levels, chosen = levels_of(weights[self.drawn], scale), styles[self.drawn]
        looks = (chosen * (2 * LEVELS + 1)) + levels + LEVELS
        theme, raises = current_theme(), len(self.drawn) <= MANY_EDGES
        for slot in np.flatnonzero(looks != self._styles).tolist():
            level, style = int(levels[slot]), int(chosen[slot])
            item = self._items[slot]
            item.setPen(pen_of(level, style, self.widest, theme))
            if raises:
                item.setZValue(UNDER_NODES + abs(level) / (LEVELS + 1) + 2.0 * HEIGHTS[style])
        self._styles = looks
        if self._selected is not None:
            level, style = int(levels_of(weights[[self._selected]], scale)[0]), int(styles[self._selected])
            core = pen_of(level, BOLD if style == NORMAL else style, WIDEST_PX, theme)
            halo = QPen(QColor(theme.text), core.widthF() + 2 * HALO_PX)
            halo.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._core.setPen(core)
            self._halo.setPen(halo)

    def pen(self, slot: int) -> QPen:
        """How an edge is drawn, by its place in ``drawn``."""
        return self._items[slot].pen()

    def select(self, edge: int | None) -> None:
        """Draw one edge over all others, with an outline; the next `show` colours it."""
        self._selected = edge
        path = QPainterPath()
        if edge is not None and self._layout is not None:
            path = edge_path(self._layout.starts[edge].tolist(), self._layout.ends[edge].tolist())
        self._core.setPath(path)
        self._halo.setPath(path)

    def _choose(self, weights: FloatArray) -> None:
        """Draw only the largest weights: items of weights that are no longer among the largest draw others."""
        now = monotonic()
        if now - self.chosen_at < CHOICE_S:
            return
        self.chosen_at = now
        size = np.abs(np.nan_to_num(weights))
        wanted = np.zeros(len(weights), np.bool_)
        wanted[np.argpartition(size, -len(self.drawn))[-len(self.drawn) :]] = True
        slots = np.flatnonzero(~wanted[self.drawn])
        wanted[self.drawn] = False
        self.drawn[slots] = np.flatnonzero(wanted)
        self._styles[slots] = UNKNOWN
        self._move(slots)

    def _move(self, slots: NDArray[np.intp]) -> None:
        layout = self._layout
        assert layout is not None
        starts, ends = layout.starts[self.drawn[slots]].tolist(), layout.ends[self.drawn[slots]].tolist()
        for slot, start, end in zip(slots.tolist(), starts, ends, strict=True):
            self._items[slot].setPath(edge_path(start, end))


def edge_path(start: list[float], end: list[float]) -> QPainterPath:
    middle, path = (start[0] + end[0]) / 2, QPainterPath(QPointF(*start))
    path.cubicTo(QPointF(middle, start[1]), QPointF(middle, end[1]), QPointF(*end))
    return path
