"""The picture of the network: neurons and edges at one iteration, and signs on what is looked at.

It consists of Qt's own items, which Qt paints beside the trainer: see ``run_items``.
"""

from collections.abc import Sequence
from time import monotonic

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.ablation import influence
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import tr
from curvegui.core.network.parts import Parameter
from curvegui.figure.drawing.network_layout import Layout, height_for
from curvegui.ui.diagram.edges import Edges
from curvegui.ui.diagram.nodes import Nodes
from curvegui.ui.diagram.signs import Signs, frozen_parts, highlight_of
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.study.study import Study
from curvegui.ui.study.weight_colours import weight_scale
from curvegui.ui.widgets.spoken import focus_as_one
from curvegui.ui.widgets.steps import Steps

INFLUENCE_S = 0.25  # between two measurements of which neurons draw the brushed stretch
REST_MS = 300  # without another iteration: the run rests
LEAST_WIDTH_PX = 190
LEAST_GRADIENT = 1e-12  # at the ends of the scale


class NetworkPicture(QGraphicsView):
    """The picture alone; `NetworkDiagram` adds the mouse and the keys."""

    laid_out = Signal(object)  # the parts have other positions; carries the Layout
    shown_scaled = Signal(float, bool)  # the same of what is shown: weights, or, if true, Jacobians
    redrawn = Signal()  # it shows other numbers
    _resized = Signal()

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics, in every language
        self.setFrameShape(QFrame.Shape.NoFrame)
        focus_as_one(self)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card under it is painted too
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setInteractive(False)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)  # where the pointer expects the parts
        self.setMinimumSize(LEAST_WIDTH_PX, height_for((1, 1), self.fontMetrics().height()))
        scene = QGraphicsScene(self, itemIndexMethod=QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self._study, self._inspection = study, study.inspection
        self.edges, self._nodes, self._signs = Edges(scene), Nodes(scene), Signs(scene)
        self.layout_: Layout | None = None
        self.scale_ = 0.0
        self._gradient_scale, self._shown_scale = LEAST_GRADIENT, (0.0, False)
        self._inspected: InspectedSnapshot | None = None
        self._influences: Sequence[FloatArray] | None = None
        self._influences_at = 0.0
        self._steps, self._window_size = Steps(self, self._fit), QSize()  # of when it was laid out
        self._resized.connect(self._fit, Qt.ConnectionType.QueuedConnection)  # that comes before it is painted
        self._rest_timer = QTimer(self, singleShot=True)
        self._rest_timer.timeout.connect(self._catch_up)
        inspection = self._inspection
        inspection.selected_changed.connect(self._show_selected)
        inspection.ablated_changed.connect(self._show_highlight)
        inspection.stage_changed.connect(self._show_highlight)
        inspection.stretch_changed.connect(self._show_stretch)
        inspection.edges_changed.connect(self._redraw)
        study.session.config_changed.connect(self._show_frozen)
        follow_theme(self._colour)

    def in_words(self) -> str:
        if self.layout_ is None:
            return ""
        neurons = ", ".join(map(str, self.layout_.sizes))
        return tr("The neurons of its layers, from the input to the output: {neurons}.", neurons=neurons)

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH_PX, self.minimumHeight())

    @Slot()
    def _colour(self) -> None:
        self.setBackgroundBrush(QColor(current_theme().card))
        for part in (self.edges, self._nodes, self._signs):
            part.colour()
        self._show_selected()
        self._redraw()

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        self._inspected = inspected
        if self.layout_ is None or self.layout_.sizes != inspected.sizes:
            self._lay_out()
        self._redraw()
        if self.edges.left_out or self._inspection.stretch is not None:
            self._rest_timer.start(REST_MS)

    @Slot()
    def _catch_up(self) -> None:
        """Bring up to date what is not looked at in every frame, once the run rests."""
        self.edges.chosen_at = -np.inf  # look again for the largest weights
        self._influences_at = 0.0
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        inspected = self._inspected
        if inspected is None or self.layout_ is None:
            return
        self.scale_ = self._study.scale_for(inspected.snapshot.parameters)
        values, scale = self._shown(inspected)
        if (scale, self._inspection.by_gradient) != self._shown_scale:
            self._shown_scale = scale, self._inspection.by_gradient
            self.shown_scaled.emit(*self._shown_scale)
        self.edges.show(values, scale, self._highlight.styles)
        self._nodes.show(inspected, values, scale)
        if self._inspection.stretch is not None and monotonic() - self._influences_at > INFLUENCE_S:
            self._show_stretch()
        self.redrawn.emit()

    def _shown(self, inspected: InspectedSnapshot) -> tuple[FloatArray, float]:
        """What edges and dots show of each weight and bias, with what is at the ends of the scale."""
        if not self._inspection.by_gradient:
            return inspected.snapshot.parameters, self.scale_
        self._gradient_scale = weight_scale(inspected.gradient, self._gradient_scale, LEAST_GRADIENT)
        return inspected.gradient, self._gradient_scale

    def _lay_out(self) -> None:
        inspected = self._inspected
        if inspected is None:
            return
        size, line = self.viewport().size(), float(self.fontMetrics().height())
        self.setMinimumHeight(height_for(inspected.sizes, line))
        self.setSceneRect(QRectF(0, 0, size.width(), size.height()))
        layout = Layout(inspected.sizes, size.width(), size.height(), line)
        self.layout_ = layout
        self.edges.lay_out(layout, self.devicePixelRatioF())
        self._nodes.lay_out(layout, self.font(), self.devicePixelRatioF())
        self._signs.lay_out(layout, self.font())
        self._highlight = highlight_of(self._inspection, layout)
        self._show_highlight()
        self._show_frozen()
        self._show_selected()
        self._show_stretch()
        self.laid_out.emit(layout)

    @Slot()
    def _show_highlight(self) -> None:
        if self.layout_ is None or self._inspected is None:
            return
        self._highlight = highlight_of(self._inspection, self.layout_)
        self._signs.show_highlight(self._highlight, self._inspection.soloed)
        self._signs.show_stage(self._inspection.stage)
        self._show_edges()

    def _show_edges(self) -> None:
        if self._inspected is not None and self.scale_:
            self.edges.show(*self._shown(self._inspected), self._highlight.styles)

    @Slot()
    def _show_frozen(self) -> None:
        config = self._study.session.config
        if self.layout_ is not None:
            matches = config.sizes == self.layout_.sizes
            self._signs.show_frozen(frozen_parts(config.frozen, config.sizes) if matches else [])

    @Slot()
    def _show_stretch(self) -> None:
        stretch, inspected = self._inspection.stretch, self._inspected
        self._influences = None
        if stretch is not None and inspected is not None:
            self._influences, self._influences_at = influence(inspected.network, inspected.t, stretch), monotonic()
        if self.layout_ is not None:
            self._signs.show_influence(self._influences)

    @Slot()
    def _show_selected(self) -> None:
        part, layout = self._inspection.selected, self.layout_
        if layout is None:
            return
        self._signs.show_selected(part, self.hasFocus())
        is_weight = isinstance(part, Parameter) and part.is_in(layout.sizes) and not part.is_bias
        self.edges.select(layout.edge(part) if isinstance(part, Parameter) and is_weight else None)
        self._show_edges()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find other positions for the parts, once: another view gives it up to eight sizes, one after the other."""
        super().resizeEvent(event)
        self._resized.emit()

    @Slot()
    def _fit(self) -> None:
        layout, size, whole = self.layout_, self.viewport().size(), self.window().size()
        if layout is None or size == QSize(round(layout.width), round(layout.height)):
            return
        if whole == self._window_size or not self._steps.can_wait(self._window_size, whole):
            self._window_size = whole
            self._lay_out()
            self._redraw()
            self._steps.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout_ is not None:
            self._lay_out()
            self._redraw()
