"""Signs over the diagram: what is selected, muted, soloed, frozen or lit up, and what draws the brushed stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.ablation import ablated
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron, Parameter, Part, incoming, parameters_of
from curvegui.figure.drawing.network_layout import DOT_PX, Layout
from curvegui.session.study.inspection import Inspection, Pass, Stage
from curvegui.ui.diagram.edges import MUTED, NORMAL, UNLIT, edge_path
from curvegui.ui.look.theme import current_theme


@dataclass(frozen=True)
class Highlight:
    """How to draw the parts.

    ``styles``, shape (E,), says of every weight: NORMAL, UNLIT or MUTED. The parts in ``dimmed`` recede; the curve is
    drawn without those in ``crossed``.
    """

    styles: NDArray[np.intp]
    dimmed: list[Neuron]
    crossed: list[Part]


def highlight_of(inspection: Inspection, layout: Layout) -> Highlight:
    """How to draw the parts that an inspection looks at."""
    styles = np.full(len(layout.indices), NORMAL)
    crossed = sorted((part for part in inspection.muted if part.is_in(layout.sizes)), key=str)
    solo = inspection.soloed
    if solo is not None and solo.is_in(layout.sizes):
        others = ablated(tuple(layout.sizes), (), solo)
        crossed += sorted((part for part in others if part not in inspection.muted), key=str)
    if inspection.stage is not None and inspection.stage.layer:  # an update without a layer changes all weights
        styles[layout.layer != inspection.stage.layer] = UNLIT
    for part in crossed:
        if isinstance(part, Neuron):
            styles[(layout.layer == part.layer + 1) & (layout.column == part.index)] = MUTED
        elif not part.is_bias:
            styles[layout.edge(part)] = MUTED
    dimmed = {part for part in crossed if isinstance(part, Neuron)}
    if inspection.stage is not None:
        lit = lit_layers(inspection.stage, len(layout.sizes) - 1)
        dimmed |= {
            Neuron(layer, index)
            for layer, count in enumerate(layout.sizes)
            for index in range(count)
            if layer not in lit
        }
    return Highlight(styles, sorted(dimmed), crossed)


def lit_layers(stage: Stage, last: int) -> set[int]:
    """The layers whose neurons a stage lights up."""
    if stage.pass_ is Pass.UPDATE:
        return set()
    return {min(stage.layer, last)}


def frozen_parts(places: Sequence[int], sizes: Sequence[int]) -> list[Part]:
    """What is frozen: a neuron if its bias and all its weights are, or else each single one."""
    frozen = set(places)
    if not frozen:
        return []
    kept: dict[Neuron, list[Part]] = {}
    for place, parameter in enumerate(parameters_of(sizes)):
        if place in frozen:
            kept.setdefault(parameter.target, []).append(parameter)
    parts: list[Part] = []
    for neuron, leading in kept.items():
        parts += [neuron] if len(leading) > sizes[neuron.layer - 1] else leading
    return parts


def stays(part: Part) -> bool:
    """Whether a part cannot be removed: the input."""
    return isinstance(part, Neuron) and part.layer == 0


def parameters_behind(part: Part, sizes: Sequence[int]) -> list[Parameter]:
    """The parameters that freezing a part keeps: a weight or bias itself, or all that lead into a neuron."""
    return incoming(part, sizes) if isinstance(part, Neuron) else [part]


DIM, SIGN, RING = 3.0, 5.0, 6.0  # which item lies over which
DIM_ALPHA = 0.62
RING_PX, FOCUSED_RING_PX = 2.0, 3.0
FLAKE_PX, CROSS_PX = 5.5, 5.0
MOST_CROSSES = 80
BAR_PX = 4.0  # the height of the bar that shows how much a neuron draws
WORDS = {Pass.FORWARD: mark("forward →"), Pass.BACKWARD: mark("← backward"), Pass.UPDATE: mark("update")}


class Signs:
    """The signs."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._dim, self._bars = QGraphicsPathItem(), QGraphicsPathItem()
        self._strikes, self._flakes_ground, self._flakes = QGraphicsPathItem(), QGraphicsPathItem(), QGraphicsPathItem()
        self._ring, self._pointed = QGraphicsPathItem(), QGraphicsPathItem()
        self._words, self._solo = QGraphicsSimpleTextItem(), QGraphicsSimpleTextItem("S")
        heights = {
            self._dim: DIM, self._bars: SIGN, self._strikes: SIGN,
            self._flakes_ground: SIGN, self._flakes: SIGN, self._ring: RING, self._pointed: RING,
        }  # fmt: skip
        for item, height in heights.items():
            item.setZValue(height)
            scene.addItem(item)
        for text in (self._words, self._solo):
            text.setZValue(RING)
            scene.addItem(text)
        self._layout: Layout | None = None

    def colour(self) -> None:
        """Take the colours of the theme; before anything is shown."""
        theme = current_theme()
        dim = QColor(theme.card)
        dim.setAlphaF(DIM_ALPHA)
        self._dim.setBrush(dim)
        self._dim.setPen(Qt.PenStyle.NoPen)
        self._bars.setBrush(QColor(theme.second))
        self._bars.setPen(QPen(QColor(theme.card), 1.0))
        self._strikes.setPen(QPen(QColor(theme.warning), 2.0))
        self._flakes_ground.setBrush(QColor(theme.card))
        self._flakes_ground.setPen(QPen(QColor(theme.muted), 1.0))
        self._flakes.setPen(QPen(QColor(theme.text), 1.3))
        self._pointed.setPen(QPen(QColor(theme.text), 1.5))
        for text in (self._words, self._solo):
            text.setBrush(QColor(theme.text))

    def lay_out(self, layout: Layout, font: QFont) -> None:
        """Take another layout."""
        self._layout = layout
        bold = QFont(font)
        bold.setBold(True)
        self._words.setFont(font)
        self._solo.setFont(bold)

    def show_selected(self, part: Part | None, focused: bool) -> None:
        """Show what is selected, thicker with the focus."""
        layout = self._layout
        ring = QPainterPath()
        if layout is not None and part is not None and part.is_in(layout.sizes):
            wide = FOCUSED_RING_PX if focused else RING_PX
            self._ring.setPen(QPen(QColor(current_theme().accent), wide))
            if isinstance(part, Neuron):
                box = layout.box(part).adjusted(-3, -3, 3, 3)
                ring.addRoundedRect(box, 7, 7)
            elif part.is_bias:
                ring.addEllipse(layout.dot(part.target), DOT_PX + 4, DOT_PX + 4)
            else:
                ring.addEllipse(layout.middle(part), DOT_PX + 1, DOT_PX + 1)
        self._ring.setPath(ring)

    def show_pointed(self, part: Part | None) -> None:
        """Mark what is under the pointer."""
        layout, mark = self._layout, QPainterPath()
        if layout is not None and part is not None and part.is_in(layout.sizes):
            if isinstance(part, Neuron):
                mark.addRoundedRect(layout.box(part).adjusted(-2, -2, 2, 2), 6, 6)
            elif part.is_bias:
                mark.addEllipse(layout.dot(part.target), DOT_PX + 3, DOT_PX + 3)
            else:
                edge = layout.edge(part)
                mark = edge_path(layout.starts[edge].tolist(), layout.ends[edge].tolist())
        self._pointed.setPath(mark)

    def show_highlight(self, highlight: Highlight, soloed: Part | None) -> None:
        """Veil what recedes, with a sign on what the curve is drawn without, and on what is drawn alone."""
        layout = self._layout
        if layout is None:
            return
        dim, strikes = QPainterPath(), QPainterPath()
        for neuron in highlight.dimmed:
            dim.addRect(layout.box(neuron).adjusted(-1, -1, 1, 1))
        crossed = highlight.crossed if len(highlight.crossed) <= MOST_CROSSES else highlight.dimmed
        for part in crossed:
            box = layout.box(part) if isinstance(part, Neuron) else _square(layout.middle(part), CROSS_PX)
            strikes.moveTo(box.topLeft())
            strikes.lineTo(box.bottomRight())
            strikes.moveTo(box.bottomLeft())
            strikes.lineTo(box.topRight())
        self._dim.setPath(dim)
        self._strikes.setPath(strikes)
        shown = soloed is not None and soloed.is_in(layout.sizes)
        self._solo.setVisible(shown)
        if soloed is not None and shown:
            size = self._solo.boundingRect()
            right = layout.box(soloed).topRight() if isinstance(soloed, Neuron) else layout.middle(soloed)
            self._solo.setPos(right.x() + 1, right.y() - size.height() / 2)

    def show_frozen(self, parts: Sequence[Part]) -> None:
        """Show a snowflake on what is frozen."""
        layout = self._layout
        ground, flakes = QPainterPath(), QPainterPath()
        for part in parts if layout is not None else ():
            assert layout is not None
            middle = layout.box(part).topLeft() if isinstance(part, Neuron) else layout.middle(part)
            ground.addEllipse(middle, FLAKE_PX + 1, FLAKE_PX + 1)
            for turn in range(3):
                arm = QPointF(FLAKE_PX * cos(turn * pi / 3), FLAKE_PX * sin(turn * pi / 3))
                flakes.moveTo(middle - arm)
                flakes.lineTo(middle + arm)
        self._flakes_ground.setPath(ground)
        self._flakes.setPath(flakes)

    def show_influence(self, influences: Sequence[FloatArray] | None) -> None:
        """Show under each hidden neuron a bar for its share in the brushed stretch, the largest as wide as the neuron.

        ``influences``, shape (n,) each, are those of the layers after the input; the output's are not shown.
        """
        layout, bars = self._layout, QPainterPath()
        for layer, shares in enumerate((influences or [])[:-1] if layout is not None else (), start=1):
            assert layout is not None
            pictured = layout.pictured[layer]
            for index, share in enumerate(shares.tolist()):
                box = layout.box(Neuron(layer, index))
                if not share > 0:  # NaN too
                    continue
                length = min(share, 1.0) * box.width()
                if pictured:
                    bars.addRect(QRectF(box.left(), box.bottom() - BAR_PX / 2, length, BAR_PX))
                else:
                    bars.addRect(QRectF(box.left(), box.center().y() - box.height() / 4, length, box.height() / 2))
        self._bars.setPath(bars)

    def show_stage(self, stage: Stage | None) -> None:
        """Show under the diagram which way an iteration goes, and to or from which layer."""
        layout = self._layout
        self._words.setVisible(stage is not None and layout is not None)
        if stage is not None and layout is not None:
            last = len(layout.sizes) - 1
            layer = min(max(stage.layer, 0), last)
            self._words.setText(tr("the cost") if stage.layer > last else tr(WORDS[stage.pass_]))
            size = self._words.boundingRect()
            left, right = float(layout.columns[max(layer - 1, 0)]), float(layout.columns[layer])
            middle = (left + right) / 2 if stage.layer <= last else right
            x = min(max(middle - size.width() / 2, 2.0), layout.width - size.width() - 2)
            self._words.setPos(x, layout.height - size.height())


def _square(middle: QPointF, side: float) -> QRectF:
    return QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side)
