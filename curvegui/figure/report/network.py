"""The network of a run on a report: its neurons with their activations, and its weights."""

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from curvegui.core.inspection.portrait import Portrait
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron
from curvegui.figure.drawing.network_layout import DOT_PX, Layout, can_be_drawn, shares_of
from curvegui.figure.drawing.paths import path_of
from curvegui.figure.report.lettering import LOOK, MUTED, SMALL_PX, letters, write

MOST_EDGES, BATCH = 400, 40  # painted in all, and in a piece
WIDEST_PX, MOST_WIDE = 3.5, 250  # where there are more, all are thin
DASHES = (4.0, 2.0)  # of negative weights: seen without colours, too
KEY = mark("Solid: positive weight. Dashed: negative. Thicker: larger.")
TOO_LARGE = mark("The network is too large to be drawn.")
Colour = Callable[[float], QColor]


def paint_network(painter: QPainter, rect: QRectF, portrait: Portrait, colour: Colour) -> Iterator[float]:
    """Paint a network with its key below, in pieces; ``colour`` is that of a weight or bias."""
    if not can_be_drawn(portrait.sizes):
        write(painter, QPointF(rect.left(), rect.top() + SMALL_PX), tr(TOO_LARGE), letters(SMALL_PX), MUTED)
        return
    layout = Layout(portrait.sizes, rect.width(), rect.height() - 1.4 * SMALL_PX, SMALL_PX)
    left_out = len(layout.place) > MOST_EDGES
    key = f"{tr('The {n} largest weights.', n=MOST_EDGES)} {tr(KEY)}" if left_out else tr(KEY)
    write(painter, QPointF(rect.left(), rect.bottom() - 3), key, letters(SMALL_PX), MUTED)
    painter.translate(rect.topLeft())
    for _ in _paint_weights(painter, layout, portrait, colour):
        yield 0.0
    for layer in range(len(portrait.sizes)):
        _paint_layer(painter, layout, portrait, layer, colour)
    _name_ends(painter, layout)
    painter.translate(-rect.topLeft())


def _paint_weights(painter: QPainter, layout: Layout, portrait: Portrait, colour: Colour) -> Iterator[None]:
    """Stroke the largest weights, these last."""
    weights = np.nan_to_num(portrait.snapshot.parameters[layout.place])
    order = np.argsort(np.abs(weights))[-MOST_EDGES:]
    largest = max(float(np.abs(weights).max()), 1e-9)
    widest = WIDEST_PX if len(order) <= MOST_WIDE else 1.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, (curve, weight) in enumerate(zip(layout.curves(order), weights[order].tolist(), strict=True), 1):
        pen = QPen(colour(weight), 0.4 + (widest - 0.4) * (abs(weight) / largest) ** 0.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if weight < 0:
            pen.setDashPattern([length / pen.widthF() for length in DASHES])
        painter.setPen(pen)
        painter.drawPath(path_of(curve[np.newaxis]))
        if number % BATCH == 0:
            yield


def _paint_layer(painter: QPainter, layout: Layout, portrait: Portrait, layer: int, colour: Colour) -> None:
    """Paint the nodes of a layer, their biases as dots, and what is in them."""
    values, count = portrait.passed[layer][1], portrait.sizes[layer]
    pictured, last = layout.pictured[layer], layer == len(portrait.sizes) - 1
    painter.setPen(QPen(MUTED.qcolor(), 0.8 if pictured else 0.3))
    painter.setBrush(QColor("white"))
    for index in range(count):
        box = layout.box(Neuron(layer, index))
        corner = min(0.2 * box.height(), 6.0)
        painter.drawRoundedRect(box, corner, corner)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if pictured:
        painter.setPen(QPen(QColor((LOOK.fit if last else LOOK.target).colour), 1.2))
        painter.drawPath(path_of(layout.curves_inside(layer, shares_of(values, layer, portrait))))
        painter.setPen(Qt.PenStyle.NoPen)
        biases = portrait.snapshot.parameters[layout.bias_places[layer - 1]].tolist() if layer else []
        for index, bias in enumerate(biases):
            painter.setBrush(colour(bias))
            painter.drawEllipse(layout.dot(Neuron(layer, index)), DOT_PX, DOT_PX)


def _name_ends(painter: QPainter, layout: Layout) -> None:
    font, last = letters(SMALL_PX), len(layout.sizes) - 1
    for name, neuron in zip("txy", (Neuron(0, 0), Neuron(last, 0), Neuron(last, 1)), strict=True):
        box = layout.box(neuron)
        x, align = (box.left() - 4, 1.0) if neuron.layer == 0 else (box.right() + 5, 0.0)
        write(painter, QPointF(x, box.center().y() + SMALL_PX / 3), name, font, align=align)
