"""Where the parts of a network are in the diagram: layers in columns, and edges as smooth curves."""

from collections.abc import Sequence
from copy import copy
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.parts import Neuron, Parameter, Part
from curvegui.core.settings.config import WINDOW_LAYERS, WINDOW_NEURONS

LEAST_PITCH_PX = 19.0  # from neuron to neuron, where there are few
STRIP_PITCH_PX = 4.4  # the same where there are so many that they are strips
LEAST_HEIGHT_PX, USUAL_HEIGHT_PX, MOST_HEIGHT_PX = 100.0, 160.0, 280.0  # of all neurons together
ABOVE_LINES, BELOW_LINES = 0.4, 1.1  # of text, above and below; below it says what is lit up
FRAME_PX = 2  # around the diagram
MOST_LAYERS, MOST_NEURONS = WINDOW_LAYERS + 4, 2 * WINDOW_NEURONS  # more than the window can make
LEAST_PICTURE_PX, MOST_PICTURE_PX = 15.0, 48.0  # side of a node that shows a readable curve
MOST_PITCH = 2.1  # in sides of a node
WIDEST = 2.2  # width by height of a node where neurons are close: a curve is read along t
STRIP_PX = 44.0  # the longest strip; where there are many nodes, each is one
GAP = 0.2  # of a pitch, between nodes
INSET = 0.14  # of a node's side, around its curve
HIT_PX = 7.0  # how near to an edge the pointer must be
TARGET_PX = 24.0  # how high a neuron is for the pointer, where those around it leave it so much
ALONG = np.linspace(0.0, 1.0, 17)  # an edge's curve, as points
INK_PX = 2.0  # from a node to its edges at the right
DOT_PX = 3.0  # radius of a bias


class Layout:
    """Where the parts of one network are in a rectangle, in px.

    ``line`` is the height of a line of text: room for labels. ``columns``, shape (L + 1,), are the middles of the
    layers, from the left; ``middles``, shape (n,) each, those of a layer's neurons, from above; ``nodes`` the width and
    height of each layer's neurons. In layers that are ``pictured``, neurons are pictures with a curve; else they are
    strips of colour.

    ``layer``, ``row``, ``column`` and ``indices``, shape (E,), say for every weight in which layer, row and column it
    is, and its index in the flat vector. ``starts`` and ``ends``, shape (E, 2), are the ends of its edge.
    """

    def __init__(self, sizes: Sequence[int], width: float, height: float, line: float) -> None:
        self.sizes, self.width, self.height = tuple(sizes), width, height
        count = len(sizes)
        spacing = (width - 2 * line) / count
        picture = min(max(0.4 * spacing, LEAST_PICTURE_PX), MOST_PICTURE_PX)
        side = picture / 2 + line  # the names stand beside the ends
        self.columns = np.linspace(side, width - side, count)
        top, bottom = ABOVE_LINES * line, height - BELOW_LINES * line
        pitches = [min((bottom - top) / n, MOST_PITCH * picture) for n in sizes]
        self.middles = [
            (top + bottom) / 2 + pitch * (np.arange(n) - (n - 1) / 2) for n, pitch in zip(sizes, pitches, strict=True)
        ]
        sides = [min(picture, (1 - GAP) * pitch) for pitch in pitches]
        self.pictured = [side >= LEAST_PICTURE_PX for side in sides]
        least = min((side for side, is_picture in zip(sides, self.pictured, strict=True) if is_picture), default=0.0)
        strip = min(0.42 * spacing, STRIP_PX)
        self.nodes = [
            (min(picture, WIDEST * least), least) if is_picture else (strip, max(0.8 * pitch, 1.0))
            for is_picture, pitch in zip(self.pictured, pitches, strict=True)
        ]
        parts: list[tuple[NDArray[np.intp], ...]] = []
        start = 0
        for layer, (before, after) in enumerate(pairwise(self.sizes), start=1):
            row, column = (each.ravel() for each in np.indices((after, before)))
            parts.append((np.full(row.size, layer), row, column, start + row * (before + 1) + column))
            start += after * (before + 1)
        self.layer, self.row, self.column, self.indices = (np.concatenate(each) for each in zip(*parts, strict=True))
        self.bias_indices = [
            self.indices[self.layer == layer].reshape(self.sizes[layer], -1)[:, -1] + 1
            for layer in range(1, len(self.sizes))
        ]
        self._place_edges()

    def _place_edges(self) -> None:
        outer = np.array([width / 2 + INK_PX for width, _ in self.nodes])
        first = [np.concatenate(([0], np.cumsum(self.sizes[:-1])))[each] for each in (self.layer - 1, self.layer)]
        heights = np.concatenate(self.middles)
        self.starts = np.stack([(self.columns + outer)[self.layer - 1], heights[first[0] + self.column]], axis=1)
        self.ends = np.stack([(self.columns - outer)[self.layer], heights[first[1] + self.row]], axis=1)

    def on_the_way(self, before: "Layout", share: float) -> "Layout":
        """This layout, moved back towards the one ``before``: at a ``share`` of 0, neurons that are new stand where the
        last one of their layer was, and those of a new layer in the middle of the layer before it."""
        layers = list(range(len(before.sizes)))
        if len(before.sizes) < len(self.sizes):  # the first layer that differs is new
            same = [one == other for one, other in zip(before.sizes, self.sizes, strict=False)]
            new = same.index(False) if False in same else len(layers)
            layers.insert(new, new - 1)
        moved = copy(self)
        moved.columns = before.columns[layers] * (1 - share) + self.columns * share
        moved.middles, moved.nodes = [], []
        for number, (layer, end) in enumerate(zip(layers, self.middles, strict=True)):
            is_new = number and layers[number - 1] == layer
            start = np.full(1, before.middles[layer].mean()) if is_new else before.middles[layer]
            start = start[np.minimum(np.arange(len(end)), len(start) - 1)]
            moved.middles.append(start * (1 - share) + end * share)
            (width, height), (wide, high) = before.nodes[layer], self.nodes[number]
            moved.nodes.append((width + (wide - width) * share, height + (high - height) * share))
        moved._place_edges()
        return moved

    def box(self, neuron: Neuron) -> QRectF:
        width, height = self.nodes[neuron.layer]
        x, y = self.columns[neuron.layer], self.middles[neuron.layer][neuron.index]
        return QRectF(x - width / 2, y - height / 2, width, height)

    def dot(self, neuron: Neuron) -> QPointF:
        box = self.box(neuron)
        return box.bottomLeft() if self.pictured[neuron.layer] else QPointF(box.left() - DOT_PX, box.center().y())

    def edge(self, weight: Parameter) -> int:
        before = sum(a * b for a, b in pairwise(self.sizes[: weight.layer]))
        return before + weight.row * self.sizes[weight.layer - 1] + (weight.column or 0)

    def weight(self, edge: int) -> Parameter:
        return Parameter(int(self.layer[edge]), int(self.row[edge]), int(self.column[edge]))

    def middle(self, part: Part) -> QPointF:
        if isinstance(part, Neuron):
            return self.box(part).center()
        if part.is_bias:
            return self.dot(part.target)
        return QPointF(*self.curves(np.array([self.edge(part)]))[0, :, len(ALONG) // 2])

    def curves(self, edges: NDArray[np.intp]) -> FloatArray:
        """Edges as points along their curves, shape (n, 2, 17)."""
        start, end = self.starts[edges], self.ends[edges]
        bend = 3 * ALONG**2 - 2 * ALONG**3  # a curve with level ends
        across = 1.5 * ALONG * (1 - ALONG) + ALONG**3  # a curve whose handles reach to the middle
        steps = np.stack([across, bend])
        curves: FloatArray = start[:, :, np.newaxis] + (end - start)[:, :, np.newaxis] * steps
        return curves

    def curves_inside(self, layer: int, shares: FloatArray) -> FloatArray:
        """The curves in a layer's nodes, shape (n, 2, N), from `shares_of` its activations."""
        width, height = self.nodes[layer]
        wide, high = width - 2 * INSET * height, (1 - 2 * INSET) * height
        across = self.columns[layer] - wide / 2 + wide * np.linspace(0.0, 1.0, shares.shape[1])
        down = self.middles[layer][:, np.newaxis] + high * (0.5 - np.clip(shares, -0.1, 1.1))
        return np.stack([np.broadcast_to(across, down.shape), down], axis=1)

    def part_at(self, pointer: QPointF, drawn: NDArray[np.intp]) -> Part | None:
        """The neuron, bias or edge (of the ``drawn`` edges) under the pointer; None where there is none."""
        point = np.array([pointer.x(), pointer.y()])
        for layer, (width, _) in enumerate(self.nodes):
            if abs(point[0] - self.columns[layer]) > width / 2 + 3 * DOT_PX:
                continue
            index = int(np.argmin(np.abs(self.middles[layer] - point[1])))
            found = self._in_node(Neuron(layer, index), pointer)
            if found is not None:
                return found
        curves = self.curves(drawn)
        away = _distances(curves, point)
        nearest = int(np.argmin(away)) if len(away) else -1
        return self.weight(int(drawn[nearest])) if nearest >= 0 and away[nearest] <= HIT_PX else None

    def _in_node(self, neuron: Neuron, pointer: QPointF) -> Part | None:
        dot, box = self.dot(neuron) - pointer, self.box(neuron)
        reach = DOT_PX + 2 if self.pictured[neuron.layer] else DOT_PX
        if neuron.layer > 0 and np.hypot(dot.x(), dot.y()) <= max(reach, 0.15 * box.height()):
            return Parameter(neuron.layer, neuron.index)
        over = max((TARGET_PX - box.height()) / 2, 1.0)
        return neuron if box.adjusted(-1, -over, 1, over).contains(pointer) else None


def shares_of(values: FloatArray, layer: int, inspected: InspectedSnapshot) -> FloatArray:
    """How high a layer's activations, shape (n, N), are in their nodes, from 0 at the bottom to 1 at the top: the
    bounds of the activation, or of a neuron's values."""
    config, last = inspected.snapshot.config, layer == len(inspected.sizes) - 1
    entry = ACTIVATIONS[config.output_activation if last else config.activation]
    low, high = (0.0, 1.0) if layer == 0 else (entry.low, entry.high)
    bottom, top = np.full(len(values), low), np.full(len(values), high)
    with np.errstate(all="ignore"):  # of a diverged network, show what can be shown
        if not (np.isfinite(low) and np.isfinite(high)):
            bottom, top = values.min(axis=1), values.max(axis=1)
            level = ~(top - bottom > 1e-9 * np.maximum(np.abs(top), 1.0))  # a level line is drawn in the middle
            bottom, top = np.where(level, bottom - 0.5, bottom), np.where(level, top + 0.5, top)
        shares: FloatArray = (values - bottom[:, np.newaxis]) / (top - bottom)[:, np.newaxis]
    return shares


def _distances(curves: FloatArray, point: FloatArray) -> FloatArray:
    """How far a point is from the nearest segment of each curve, shape (n,)."""
    start, step = curves[:, :, :-1], np.diff(curves, axis=2)
    to_point = point[:, np.newaxis] - start
    length = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip((to_point * step).sum(axis=1) / length, 0.0, 1.0)
    away = np.hypot(*(to_point - share[:, np.newaxis] * step).transpose(1, 0, 2))
    nearest: FloatArray = away.min(axis=1)
    return nearest


def can_be_drawn(sizes: Sequence[int]) -> bool:
    """Whether a diagram has room for a network; the command line can make larger networks than the window."""
    return len(sizes) <= MOST_LAYERS and max(sizes) <= MOST_NEURONS


def height_for(sizes: Sequence[int], line: float) -> int:
    """The least height, px, at which the diagram of a network is readable; ``line`` is the height of a line of text."""
    pictures = min(max(LEAST_PITCH_PX * max(sizes), LEAST_HEIGHT_PX), USUAL_HEIGHT_PX)
    neurons = max(pictures, min(STRIP_PITCH_PX * max(sizes), MOST_HEIGHT_PX))
    return round(neurons + (ABOVE_LINES + BELOW_LINES) * line + 2 * FRAME_PX)
