"""Signs over the diagram: on selected, muted, soloed, frozen and lit parts, and bars for the brushed stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.ablation import ablated
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron, Part, parameters_of
from curvegui.figure.drawing.network_layout import DOT_PX, Layout
from curvegui.session.study.inspection import Inspection, Pass, Stage
from curvegui.ui.diagram.edges import BOLD, MUTED, NORMAL, UNLIT, edge_path
from curvegui.ui.look.theme import current_theme


@dataclass(frozen=True)
class Highlight:
    """Which parts look different. ``styles``, shape (E,), says how each edge is drawn; ``dimmed`` neurons are pale;
    parts without which the curve is drawn are ``crossed`` out."""

    styles: NDArray[np.intp]
    dimmed: list[Neuron]
    crossed: list[Part]


def highlight_of(inspection: Inspection, layout: Layout) -> Highlight:
    styles = np.full(len(layout.indices), NORMAL)
    crossed = sorted((part for part in inspection.muted if part.is_in(layout.sizes)), key=str)
    solo = inspection.soloed
    if solo is not None and solo.is_in(layout.sizes):
        alone = ablated(tuple(layout.sizes), (), solo)
        crossed += sorted((part for part in alone if part not in inspection.muted), key=str)
    if inspection.stage is not None and inspection.stage.layer:  # an update without a layer changes all weights
        styles[layout.layer != inspection.stage.layer] = UNLIT
    for part in crossed:
        if isinstance(part, Neuron):
            styles[(layout.layer == part.layer + 1) & (layout.column == part.index)] = MUTED
        elif not part.is_bias:
            styles[layout.edge(part)] = MUTED
    dimmed = {part for part in crossed if isinstance(part, Neuron)}
    if inspection.stage is not None:
        is_update, last = inspection.stage.pass_ is Pass.UPDATE, len(layout.sizes) - 1
        lit = None if is_update else min(inspection.stage.layer, last)
        others = [(layer, count) for layer, count in enumerate(layout.sizes) if layer != lit]
        dimmed |= {Neuron(layer, index) for layer, count in others for index in range(count)}
    return Highlight(styles, sorted(dimmed), crossed)


def styles_around(neuron: Neuron | None, styles: NDArray[np.intp], layout: Layout) -> NDArray[np.intp]:
    """The styles of edges while a neuron is looked at: its own are bold, the others pale. Muted ones stay so."""
    if neuron is None or not neuron.is_in(layout.sizes):
        return styles
    leads_in = (layout.layer == neuron.layer) & (layout.row == neuron.index)
    leads_on = (layout.layer == neuron.layer + 1) & (layout.column == neuron.index)
    return np.where(styles == MUTED, MUTED, np.where(leads_in | leads_on, BOLD, UNLIT))


def frozen_parts(indices: Sequence[int], sizes: Sequence[int]) -> list[Part]:
    """The frozen parts: a neuron if its bias and all its weights are frozen, else each frozen weight or bias."""
    frozen = set(indices)
    by_neuron: dict[Neuron, list[Part]] = {}
    for index, parameter in enumerate(parameters_of(sizes) if frozen else ()):
        if index in frozen:
            by_neuron.setdefault(parameter.target, []).append(parameter)
    parts: list[Part] = []
    for neuron, leading in by_neuron.items():
        parts += [neuron] if len(leading) > sizes[neuron.layer - 1] else leading
    return parts


DIM, SIGN, RING = 3.0, 5.0, 6.0  # which item lies over which
DIM_ALPHA = 0.62
RING_PX, FOCUSED_RING_PX = 2.0, 3.0
FLAKE_PX, CROSS_PX = 5.5, 5.0
MOST_CROSSES = 80
BAR_PX = 4.0  # the height of the bar that shows how much a neuron draws
WORDS = {Pass.FORWARD: mark("forward →"), Pass.BACKWARD: mark("← backward"), Pass.UPDATE: mark("update")}


class Signs:
    """The signs over the diagram; call `colour` and `lay_out` before any sign is shown."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._dim, self._bars, self._strikes, self._ground, self._flakes, self._ring, self._pointed = (
            QGraphicsPathItem() for _ in range(7)
        )
        self._words, self._solo = QGraphicsSimpleTextItem(), QGraphicsSimpleTextItem("S")
        heights: dict[float, tuple[QGraphicsItem, ...]] = {
            DIM: (self._dim,),
            SIGN: (self._bars, self._strikes, self._ground, self._flakes),
            RING: (self._ring, self._pointed, self._words, self._solo),
        }
        for height, items in heights.items():
            for each in items:
                each.setZValue(height)
                scene.addItem(each)

    def colour(self) -> None:
        theme = current_theme()
        dim = QColor(theme.card)
        dim.setAlphaF(DIM_ALPHA)
        self._dim.setPen(Qt.PenStyle.NoPen)
        for item, colour in ((self._dim, dim), (self._bars, theme.second), (self._ground, theme.card)):
            item.setBrush(QColor(colour))
        for item, colour, width in (
            (self._bars, theme.card, 1.0), (self._strikes, theme.warning, 2.0), (self._ground, theme.muted, 1.0),
            (self._flakes, theme.text, 1.3), (self._pointed, theme.text, 1.5),
        ):  # fmt: skip
            item.setPen(QPen(QColor(colour), width))
        for text in (self._words, self._solo):
            text.setBrush(QColor(theme.text))

    def lay_out(self, layout: Layout, font: QFont) -> None:
        self._layout = layout
        bold = QFont(font)
        bold.setBold(True)
        self._words.setFont(font)
        self._solo.setFont(bold)

    def show_selected(self, part: Part | None, focused: bool) -> None:
        self._ring.setPen(QPen(QColor(current_theme().accent), FOCUSED_RING_PX if focused else RING_PX))
        ring = self._around(part, 3)
        if part is not None and not isinstance(part, Neuron) and ring.isEmpty() and part.is_in(self._layout.sizes):
            ring.addEllipse(self._layout.middle(part), DOT_PX + 1, DOT_PX + 1)
        self._ring.setPath(ring)

    def show_pointed(self, part: Part | None) -> None:
        layout, outline = self._layout, self._around(part, 2)
        if part is not None and not isinstance(part, Neuron) and outline.isEmpty() and part.is_in(layout.sizes):
            edge = layout.edge(part)
            outline = edge_path(layout.starts[edge].tolist(), layout.ends[edge].tolist())
        self._pointed.setPath(outline)

    def _around(self, part: Part | None, away: int) -> QPainterPath:
        """The outline of a neuron or a bias, ``away`` px around it; empty for other parts, or none."""
        path = QPainterPath()
        if part is not None and part.is_in(self._layout.sizes):
            if isinstance(part, Neuron):
                path.addRoundedRect(self._layout.box(part).adjusted(-away, -away, away, away), away + 4, away + 4)
            elif part.is_bias:
                path.addEllipse(self._layout.dot(part.target), DOT_PX + away + 1, DOT_PX + away + 1)
        return path

    def show_highlight(self, highlight: Highlight, soloed: Part | None) -> None:
        """Dim and cross out parts, and put an S at the part that is drawn alone."""
        layout, dim, strikes = self._layout, QPainterPath(), QPainterPath()
        for neuron in highlight.dimmed:
            dim.addRect(layout.box(neuron).adjusted(-1, -1, 1, 1))
        for part in highlight.crossed if len(highlight.crossed) <= MOST_CROSSES else highlight.dimmed:
            middle = layout.middle(part) - QPointF(CROSS_PX, CROSS_PX)
            box = layout.box(part) if isinstance(part, Neuron) else QRectF(middle, QSizeF(2 * CROSS_PX, 2 * CROSS_PX))
            for start, end in ((box.topLeft(), box.bottomRight()), (box.bottomLeft(), box.topRight())):
                strikes.moveTo(start)
                strikes.lineTo(end)
        self._dim.setPath(dim)
        self._strikes.setPath(strikes)
        self._solo.setVisible(soloed is not None and soloed.is_in(layout.sizes))
        if soloed is not None and soloed.is_in(layout.sizes):
            right = layout.box(soloed).topRight() if isinstance(soloed, Neuron) else layout.middle(soloed)
            self._solo.setPos(right.x() + 1, right.y() - self._solo.boundingRect().height() / 2)

    def show_frozen(self, parts: Sequence[Part]) -> None:
        ground, flakes = QPainterPath(), QPainterPath()
        for part in parts:
            middle = self._layout.box(part).topLeft() if isinstance(part, Neuron) else self._layout.middle(part)
            ground.addEllipse(middle, FLAKE_PX + 1, FLAKE_PX + 1)
            for turn in range(3):
                arm = QPointF(FLAKE_PX * cos(turn * pi / 3), FLAKE_PX * sin(turn * pi / 3))
                flakes.moveTo(middle - arm)
                flakes.lineTo(middle + arm)
        self._ground.setPath(ground)
        self._flakes.setPath(flakes)

    def show_influence(self, influences: Sequence[FloatArray] | None) -> None:
        """Show under each hidden neuron a bar for its share in the brushed stretch, at most as wide as the neuron.
        ``influences``, shape (n,) each, are those of the layers after the input; the output's are not shown."""
        layout, bars = self._layout, QPainterPath()
        for layer, shares in enumerate((influences or [])[:-1], start=1):
            for index, share in enumerate(shares.tolist()):
                if share > 0:  # which NaN is not
                    box = layout.box(Neuron(layer, index))
                    is_pictured = layout.pictured[layer]
                    top = box.bottom() - BAR_PX / 2 if is_pictured else box.center().y() - box.height() / 4
                    height = BAR_PX if is_pictured else box.height() / 2
                    bars.addRect(box.left(), top, min(share, 1.0) * box.width(), height)
        self._bars.setPath(bars)

    def show_stage(self, stage: Stage | None) -> None:
        """Write "forward", "backward" or "update" under a stage's layer, at the end "the cost"; nothing for None."""
        layout = self._layout
        self._words.setVisible(stage is not None)
        if stage is not None:
            last = len(layout.sizes) - 1
            layer = min(max(stage.layer, 0), last)
            self._words.setText(tr("the cost") if stage.layer > last else tr(WORDS[stage.pass_]))
            size = self._words.boundingRect()
            left, right = float(layout.columns[max(layer - 1, 0)]), float(layout.columns[layer])
            middle = (left + right) / 2 if stage.layer <= last else right
            x = min(max(middle - size.width() / 2, 2.0), layout.width - size.width() - 2)
            self._words.setPos(x, layout.height - size.height())
