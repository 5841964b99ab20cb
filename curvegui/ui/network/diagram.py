"""The diagram of the network with mouse and keys: pointing at a part shows its numbers, and keys reach every part."""

from collections.abc import Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.ablation import influence
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron, Parameter, Part, incoming
from curvegui.figure.drawing.network_layout import Layout, height_for
from curvegui.ui.canvas.plane_view import make_picture
from curvegui.ui.diagram.edges import MANY_EDGES, Edges
from curvegui.ui.diagram.nodes import Nodes
from curvegui.ui.diagram.signs import Signs, frozen_parts, highlight_of, styles_around
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.network.controls import WeightDrag
from curvegui.ui.network.part import PartActions
from curvegui.ui.network.words import facts_of, name_of, value_of
from curvegui.ui.study.study import Study
from curvegui.ui.study.weight_colours import weight_scale
from curvegui.ui.widgets.bubble import Bubble
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.spoken import announce
from curvegui.ui.widgets.steps import Steps

Key = Qt.Key
MOVES = frozenset({Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End})
HINT = mark(
    "Arrow keys: from neuron to neuron. Enter: to the weights and the bias of a neuron, Up and Down through them, "
    "Enter again to type a value. Esc: back. M: mute, S: solo, K: freeze. + and −: one neuron more or fewer."
)


def moved(part: Part | None, key: int, sizes: Sequence[int]) -> Part | None:
    """The part to which ``key``, an arrow, Home, End, Enter or Esc, leads from the selected ``part``: the same if there
    is no other, None if the key ends the selection."""
    if part is None:
        return None if key == Key.Key_Escape else Neuron(min(1, len(sizes) - 1), 0)
    last = len(sizes) - 1
    if isinstance(part, Parameter):  # among those that lead into its neuron
        if key in (Key.Key_Escape, Key.Key_Right, Key.Key_Left):
            return part.target if key != Key.Key_Left else part.source or part
        leading = incoming(part.target, sizes)
        return leading[_stepped(leading.index(part), key, len(leading))]
    if key == Key.Key_Escape:
        return None
    if key in ENTER:
        return next(iter(incoming(part, sizes)), part)
    if key not in (Key.Key_Left, Key.Key_Right):
        return Neuron(part.layer, _stepped(part.index, key, sizes[part.layer]))
    other = min(max(part.layer + (1 if key == Key.Key_Right else -1), 0), last)
    if other == part.layer:
        return part
    height = (part.index + 0.5) / sizes[part.layer]  # to the neuron at about the same height
    return Neuron(other, min(int(height * sizes[other]), sizes[other] - 1))


def _stepped(index: int, key: int, count: int) -> int:
    """The index to which Up, Down, Home or End leads from another index, below ``count``."""
    steps = {Key.Key_Up: index - 1, Key.Key_Down: index + 1, Key.Key_Home: 0, Key.Key_End: count - 1}
    return min(max(steps.get(Key(key), index), 0), count - 1)


LETTERS = frozenset({Key.Key_M, Key.Key_S, Key.Key_K, Key.Key_Plus, Key.Key_Minus})
INFLUENCE_S = 0.25  # between two measurements of which neurons draw the brushed stretch
GROWTH_MS = 200  # until a new neuron is in its place
REST_MS = 300  # without another iteration: the run rests
LEAST_WIDTH_PX = 190
LEAST_GRADIENT = 1e-12  # at the ends of the scale


class NetworkDiagram(QGraphicsView):
    """Neurons, edges and signs at one iteration: Qt's own items, which Qt paints beside the trainer."""

    menu_wanted = Signal(QPoint)  # a position on the screen: a person wants to choose what to do with the selected part
    value_wanted = Signal()  # a person wants to type the value of the selected weight
    laid_out = Signal(object)  # the parts have other positions; carries the Layout
    shown_scaled = Signal(float, bool)  # the same of what is shown: weights, or, if true, Jacobians
    _resized = Signal()

    def __init__(self, study: Study, parts: PartActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_picture(self)
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
        self._before: Layout | None = None  # of the network that has just grown
        self._growth = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=GROWTH_MS)
        self._growth.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._growth.valueChanged.connect(self._grow)
        self._rest_timer = QTimer(self, singleShot=True)
        self._rest_timer.timeout.connect(self._catch_up)
        inspection = self._inspection
        inspection.selected_changed.connect(self._show_selected)
        inspection.ablated_changed.connect(self._show_highlight)
        inspection.stage_changed.connect(self._show_highlight)
        inspection.stretch_changed.connect(self._show_stretch)
        inspection.edges_changed.connect(self._redraw)
        study.session.config_changed.connect(self._show_frozen)
        self.setObjectName("network.diagram")
        self.setAccessibleName(tr("Network diagram"))
        self.setAccessibleDescription(tr(HINT))
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self._parts, self._facts = parts, Bubble(self, "network.facts", is_error=False)
        self.drag = WeightDrag(study.session, self)
        self._pointer: QPointF | None = None
        self._pointed: Part | None = None
        self._pressed: tuple[Parameter, QPointF] | None = None
        self.drag.refused.connect(study.message)
        self.laid_out.connect(self._let_go)
        self._inspection.point_changed.connect(self._show_facts)
        follow_theme(self._colour)

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
        """Update, once the run rests, what not every frame updates: the choice of largest weights, and the bars."""
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
        self.edges.show(values, scale, self._styles)
        self._nodes.show(inspected, values, scale)
        if self._inspection.stretch is not None and monotonic() - self._influences_at > INFLUENCE_S:
            self._show_stretch()
        self._show_facts()

    def _shown(self, inspected: InspectedSnapshot) -> tuple[FloatArray, float]:
        """The number of each weight and bias, or its Jacobian, and the number at the end of the scale."""
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
        layout, before = Layout(inspected.sizes, size.width(), size.height(), line), self.layout_
        self.layout_ = layout
        if before is None or before.sizes != layout.sizes:
            self._growth.stop()
        self._draw(layout)
        self._signs.lay_out(layout, self.font())
        self._highlight = highlight_of(self._inspection, layout)
        self._show_highlight()
        self._show_frozen()
        self._show_selected()
        self._show_stretch()
        self.laid_out.emit(layout)
        more = 0 if before is None else len(layout.sizes) - len(before.sizes)
        is_small = len(layout.indices) <= MANY_EDGES and self.isVisible() and not self._study.is_calm
        if before is not None and before.sizes != layout.sizes and more in (0, 1) and is_small:
            self._before = before
            self._growth.start()
        if self._growth.state() == QVariantAnimation.State.Running:
            self._grow(self._growth.currentValue())

    def _draw(self, layout: Layout) -> None:
        self.edges.lay_out(layout, self.devicePixelRatioF())
        self._nodes.lay_out(layout, self.font(), self.devicePixelRatioF())

    @Slot(object)
    def _grow(self, share: float) -> None:
        """Let new neurons move to their places out of those that were there."""
        layout, before = self.layout_, self._before
        if layout is not None and before is not None and before.sizes != layout.sizes:
            self._draw(layout.on_the_way(before, share) if share < 1 else layout)
            self._show_selected()
            self._redraw()

    @Slot()
    def _show_highlight(self) -> None:
        if self.layout_ is None or self._inspected is None:
            return
        self._highlight = highlight_of(self._inspection, self.layout_)
        self._signs.show_highlight(self._highlight, self._inspection.soloed)
        self._signs.show_stage(self._inspection.stage)
        self._nodes.show_letters(self._inspection.stage is None)
        self._show_edges()

    def _show_edges(self) -> None:
        if self._inspected is not None and self.scale_:
            self.edges.show(*self._shown(self._inspected), self._styles)

    @property
    def _styles(self) -> NDArray[np.intp]:
        """How each edge is drawn: those of the neuron under the pointer, or that the keys have reached, stand out."""
        assert self.layout_ is not None
        reached = self._pointed, self._inspection.selected if self.hasFocus() else None
        neuron = next((part for part in reached if isinstance(part, Neuron)), None)
        return styles_around(neuron, self._highlight.styles, self.layout_)

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
        """Lay out the parts anew, once: while the view changes, Qt resizes this widget up to eight times."""
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

    @Slot()
    def _let_go(self) -> None:
        sizes = self.layout_.sizes if self.layout_ is not None else ()
        if self.drag.parameter is not None and not self.drag.parameter.is_in(sizes):
            self.drag.let_go()
        self._pressed = self._pointed = None
        self._signs.show_pointed(None)

    def in_words(self) -> str:
        part, inspected = self._inspection.selected, self._inspected
        if inspected is None:
            return ""
        if part is not None and part.is_in(inspected.sizes):
            return f"{'. '.join(self._facts_of(part))}."
        neurons = ", ".join(map(str, inspected.sizes))
        return tr("The neurons of its layers, from the input to the output: {neurons}.", neurons=neurons)

    def _facts_of(self, part: Part) -> list[str]:
        assert self._inspected is not None
        return facts_of(part, self._inspected, self._inspection.point_in(self._inspected.t.size), self._influences)

    @Slot()
    def _show_facts(self) -> None:
        self.drag.scale = self.scale_
        part = self.drag.parameter or (self._part_at(self._pointer) if self._pointer is not None else None)
        if part != self._pointed:
            self._pointed = part
            self._signs.show_pointed(part)
            self._show_edges()
        is_below = part == self._inspection.selected and self.drag.parameter is None  # where they would be covered
        if part is None or self._pointer is None or is_below:
            self._facts.hide()
        else:
            self._facts.tell("\n".join(self._facts_of(part)), round(self._pointer.x()))

    def _part_at(self, position: QPointF) -> Part | None:
        return None if self.layout_ is None else self.layout_.part_at(position, self.edges.drawn)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        part = self._part_at(event.position())
        self._inspection.select(part)
        self._pressed = (part, event.position()) if isinstance(part, Parameter) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self._pressed is not None and self._inspected is not None:
            parameter, start = self._pressed
            up = start.y() - event.position().y()
            is_far = abs(up) >= QApplication.startDragDistance()
            if self.drag.parameter is None and is_far and self._parts.is_live:
                self.drag.begin(parameter, value_of(parameter, self._inspected))
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.drag.move(up, fine)
        part = self._part_at(self._pointer)
        held = self.drag.parameter is not None or isinstance(part, Parameter)
        shape = Qt.CursorShape.SizeVerCursor if held else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if part is not None and not held else shape)
        self._show_facts()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.drag.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if isinstance(self._part_at(event.position()), Parameter):
            self.value_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the part under the mouse, and open its menu; a key opens the menu of the selected part."""
        position = event.pos()
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            self._inspection.select(self._part_at(QPointF(position)))
        elif self.layout_ is not None and (part := self._inspection.selected) and part.is_in(self.layout_.sizes):
            position = self.layout_.middle(part).toPoint()
        self.menu_wanted.emit(self.viewport().mapToGlobal(position))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self._show_facts()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._pressed = None
        self.drag.finish()
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_selected()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_selected()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if modifiers != Qt.KeyboardModifier.NoModifier or self._inspected is None:
            return False
        if event.key() == Key.Key_Escape:
            inspection = self._inspection
            return self.drag.parameter is not None or bool(inspection.selected or inspection.stage)
        return event.key() in MOVES | LETTERS or event.key() in ENTER

    def keyPressEvent(self, event: QKeyEvent) -> None:
        parts = self._parts
        if not self._takes(event):
            event.ignore()
        elif event.key() == Key.Key_Escape and self.drag.cancel():
            self._pressed = None
        elif event.key() == Key.Key_Escape and self._inspection.stage is not None:
            self._inspection.light(None)  # wherever it was lit
        elif event.key() in LETTERS:
            deeds = {Key.Key_M: parts.toggle_mute, Key.Key_S: parts.toggle_solo, Key.Key_K: parts.toggle_freeze}
            if event.key() in deeds:
                deeds[Key(event.key())]()
            elif parts.part is not None:
                (parts.add_neuron if event.key() == Key.Key_Plus else parts.remove_neuron)(parts.part.layer)
        else:
            self._go(event.key())

    def _go(self, key: int) -> None:
        inspected, before = self._inspected, self._inspection.selected
        if inspected is None:
            return
        before = before if before is not None and before.is_in(inspected.sizes) else None
        if key in ENTER and isinstance(before, Parameter):
            self.value_wanted.emit()
            return
        part = moved(before, key, inspected.sizes)
        self._inspection.select(part)
        words = ". ".join(self._facts_of(part)) if part is not None else tr("Nothing is selected")
        if part is not None and part == before:
            words = tr("{part}: no further", part=name_of(part, inspected.sizes))
        announce(self, words)
