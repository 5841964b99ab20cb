"""The neurons of the diagram: live pictures of their activations along the curve, and their biases as dots."""

from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Neuron
from curvegui.figure.drawing.network_layout import DOT_PX, Layout, shares_of
from curvegui.figure.drawing.polyline import hairline, hairlines, path_of
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.weight_colours import LEVELS, colour_of, image_of, levels_of, mixed, weight_pixels

MOST_SAMPLES = 48  # points of a picture: more cannot be told apart
STRIP_CELLS = 20
ROWS, GAP_ROWS = 4, 1  # of a strip's image for each neuron, the last ones left free
SHADES = 64
BOXES, CURVES, DOTS = 0.0, 1.0, 2.0  # which item lies over which
CURVE_PX = 1.5
CORNER, MOST_CORNER_PX = 0.25, 9.0  # of a box's height
EDGE = 0.5  # of the muted colour, in the edge of a box
SMALL = 0.85  # of the usual letters
APART_PX = 6.0  # between names
RING_PX = 1.8  # of a negative bias


AnyItem = TypeVar("AnyItem", bound=QGraphicsItem)


class Nodes:
    """A picture of each neuron, a dot for each bias, and the names of inputs and outputs."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._layout: Layout | None = None
        self._ratio = 1.0
        self._boxes = self._added(QGraphicsPathItem(), BOXES)
        self._names = [self._added(QGraphicsSimpleTextItem(name), BOXES) for name in "txy"]
        self._letters: list[QGraphicsSimpleTextItem] = []  # W1, z1 a1, W2 and so on, below
        self._curves: dict[int, QGraphicsPathItem] = {}
        self._strips: dict[int, QGraphicsPixmapItem] = {}
        self._bias_strips: dict[int, QGraphicsPixmapItem] = {}
        self._dots: dict[int, list[QGraphicsEllipseItem]] = {}
        self._levels: dict[int, NDArray[np.intp]] = {}

    def colour(self) -> None:
        theme = current_theme()
        self._boxes.setPen(QPen(QColor(mixed(theme.card, theme.muted, EDGE)), 1.0))
        self._boxes.setBrush(QColor(theme.card))
        for each in [*self._names, *self._letters]:
            each.setBrush(QColor(theme.muted))
        for layer in self._curves:
            self._colour_curve(layer)
        self._levels.clear()
        shades = [QColor(mixed(theme.chip, theme.accent, shade / (SHADES - 1))).rgba() for shade in range(SHADES)]
        self._shades = np.array([*shades, QColor(theme.warning).rgba(), 0], np.uint32)

    def _colour_curve(self, layer: int) -> None:
        assert self._layout is not None
        last, theme = layer == len(self._layout.sizes) - 1, current_theme()
        self._curves[layer].setPen(hairline(QColor(theme.second if last else theme.accent)))

    def lay_out(self, layout: Layout, font: QFont, ratio: float) -> None:
        """Use another layout; ``ratio`` is device pixels to a logical one."""
        self._layout, self._ratio = layout, ratio
        parts = self._curves, self._strips, self._bias_strips
        for each in chain(*(items.values() for items in parts), *self._dots.values()):
            self._scene.removeItem(each)
        for items in (*parts, self._dots, self._levels):
            items.clear()
        boxes = QPainterPath()
        for layer, pictured in enumerate(layout.pictured):
            if not pictured:
                self._strips[layer] = self._added(QGraphicsPixmapItem(), BOXES)
                self._bias_strips[layer] = self._added(QGraphicsPixmapItem(), BOXES)
                continue
            self._curves[layer] = self._added(QGraphicsPathItem(), CURVES)
            self._colour_curve(layer)
            neurons = [Neuron(layer, index) for index in range(layout.sizes[layer])]
            for neuron in neurons:
                box = layout.box(neuron)
                corner = min(CORNER * box.height(), MOST_CORNER_PX)
                boxes.addRoundedRect(box, corner, corner)
            self._dots[layer] = [self._added(QGraphicsEllipseItem(), DOTS) for _ in (neurons if layer else ())]
            for dot, neuron in zip(self._dots[layer], neurons, strict=False):
                dot.setPos(layout.dot(neuron))
        self._boxes.setPath(boxes)
        last = len(layout.sizes) - 1
        for item, neuron in zip(self._names, (Neuron(0, 0), Neuron(last, 0), Neuron(last, 1)), strict=True):
            item.setFont(font)
            box, size = layout.box(neuron), item.boundingRect()
            beside = box.center().y() - size.height() / 2
            item.setPos(box.left() - size.width() - 3 if neuron.layer == 0 else box.right() + 4, beside)

        self._write_letters(layout, font)

    def _write_letters(self, layout: Layout, font: QFont) -> None:
        """Write below a small network how the exercise calls what is in its layers and between them."""
        for each in self._letters:
            self._scene.removeItem(each)
        self._letters, small = [], QFont(font)
        small.setPointSizeF(SMALL * font.pointSizeF())
        metrics, layers = QFontMetricsF(small), range(1, len(layout.sizes))
        words = [(f"W{layer}", f"z{layer} a{layer}") for layer in layers]
        room = float(layout.columns[1] - layout.columns[0]) / 2 - APART_PX
        if not all(layout.pictured) or sum(map(metrics.horizontalAdvance, words[-1])) / 2 > room:
            return
        lowest = max(layout.box(Neuron(layer, count - 1)).bottom() for layer, count in enumerate(layout.sizes))
        top = min(lowest + metrics.height() / 2, layout.height - metrics.height())
        for layer, (weights, sums) in zip(layers, words, strict=True):
            at = float(layout.columns[layer])
            for text, middle in ((weights, (at + float(layout.columns[layer - 1])) / 2), (sums, at)):
                item = self._added(QGraphicsSimpleTextItem(text), BOXES)
                item.setFont(small)
                item.setBrush(QColor(current_theme().muted))
                item.setPos(middle - metrics.horizontalAdvance(text) / 2, top)
                self._letters.append(item)

    def show_letters(self, shown: bool) -> None:
        for each in self._letters:
            each.setVisible(shown)

    def _added(self, item: AnyItem, height: float) -> AnyItem:
        item.setZValue(height)
        self._scene.addItem(item)
        return item

    def show(self, inspected: InspectedSnapshot, parameters: FloatArray, scale: float) -> None:
        """Show the activations, and the biases among ``parameters``, shape (P,)."""
        layout = self._layout
        if layout is None:
            return
        for layer, (_, a) in enumerate(inspected.passed):
            values = a if a.shape[1] <= MOST_SAMPLES else a[:, _spread(a.shape[1], MOST_SAMPLES)]
            shares = shares_of(values, layer, inspected)
            biases = levels_of(parameters[layout.bias_indices[layer - 1]], scale) if layer else None
            if layout.pictured[layer]:
                lines = hairlines(layout.curves_inside(layer, shares), CURVE_PX, self._ratio)
                self._curves[layer].setPath(path_of(lines.reshape(-1, *lines.shape[2:])))
                before = self._levels.get(layer)
                for index, level in enumerate(() if biases is None else biases.tolist()):
                    if before is None or before[index] != level:
                        _colour_dot(self._dots[layer][index], level)
                if biases is not None:
                    self._levels[layer] = biases
                continue
            cells = shares[:, _spread(shares.shape[1], STRIP_CELLS)]
            shades = np.nan_to_num(np.clip(cells, 0.0, 1.0) * (SHADES - 1), nan=SHADES).astype(np.intp)
            (width, height), count = layout.nodes[layer], len(shades)
            left = float(layout.columns[layer]) - width / 2
            pitch = float(layout.middles[layer][1] - layout.middles[layer][0]) if count > 1 else height
            top = float(layout.middles[layer][0]) - pitch / 2
            _put(self._strips[layer], self._shades[shades], QRectF(left, top, width, pitch * count))
            if biases is not None:
                colours = weight_pixels(current_theme())[biases + LEVELS][:, np.newaxis]
                _put(self._bias_strips[layer], colours, QRectF(left - DOT_PX - 1, top, DOT_PX, pitch * count))


def _colour_dot(dot: QGraphicsEllipseItem, level: int) -> None:
    """Show a bias, from -LEVELS to LEVELS: a full dot with an edge of the card, or a ring where it is negative."""
    colour, card = QColor(colour_of(level, current_theme())), QColor(current_theme().card)
    radius = DOT_PX + (0.5 if level >= 0 else -0.2)
    dot.setRect(-radius, -radius, 2 * radius, 2 * radius)
    dot.setPen(QPen(card, 1.0) if level >= 0 else QPen(colour, RING_PX))
    dot.setBrush(colour if level >= 0 else card)


def _spread(count: int, most: int) -> NDArray[np.intp]:
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.intp)


def _put(item: QGraphicsPixmapItem, colours: NDArray[np.uint32], rect: QRectF) -> None:
    """Stretch rows of colours, shape (n, m), over a rectangle, with a gap under each row."""
    rows = np.repeat(colours, ROWS, axis=0)
    for gap in range(GAP_ROWS):
        rows[ROWS - 1 - gap :: ROWS] = 0
    height, width = rows.shape
    item.setPixmap(QPixmap.fromImage(image_of(rows)))
    item.setTransform(QTransform(rect.width() / width, 0, 0, rect.height() / height, rect.x(), rect.y()))
