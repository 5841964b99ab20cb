"""The diagram of the network: its neurons as live pictures, its weights as edges; what is pointed at says its numbers.

It consists of Qt's own items, which Qt paints beside the trainer: see ``run_items``.
"""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsScene, QGraphicsView, QWidget

from curvegui.core.anatomy import Parameter, Part
from curvegui.core.arrays import FloatArray
from curvegui.core.influence import influence
from curvegui.core.portrait import Portrait
from curvegui.ui.network_drag import WeightDrag
from curvegui.ui.network_edges import Edges
from curvegui.ui.network_facts import FactsLabel
from curvegui.ui.network_keys import ENTER, HINT, MOVES, Key, moved
from curvegui.ui.network_layout import Layout, height_for
from curvegui.ui.network_nodes import Nodes
from curvegui.ui.network_part import PartActions
from curvegui.ui.network_scale import scale_for
from curvegui.ui.network_sight import frozen_parts, sight_of
from curvegui.ui.network_signs import Signs
from curvegui.ui.network_words import facts_of, name_of, value_of
from curvegui.ui.study import Study
from curvegui.ui.theme import Theme

INFLUENCE_S = 0.25  # between two looks at which neurons draw the brushed stretch
SETTLED_MS = 300  # without another moment: the run rests
LEAST_WIDTH_PX = 190
LETTERS = frozenset({Key.Key_M, Key.Key_S, Key.Key_K, Key.Key_Plus, Key.Key_Minus})


class NetworkDiagram(QGraphicsView):
    """The diagram.

    Parameters
    ----------
    study : Study
    parts : PartActions

    Signals
    -------
    laid_out(Layout)
        The parts have other places.
    scaled(float)
        The weight at the ends of the scale is another one.
    value_wanted()
        A person wants to type the value of the selected weight.
    """

    laid_out = Signal(object)
    scaled = Signal(float)
    value_wanted = Signal()

    def __init__(self, study: Study, parts: PartActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.diagram")
        self.setAccessibleName("Network diagram")
        self.setAccessibleDescription(HINT)
        self._set_up_view()
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self._study, self._parts, self._inspection = study, parts, study.inspection
        self._edges, self._nodes = Edges(scene, study.theme), Nodes(scene, study.theme)
        self._signs, self._facts = Signs(scene, study.theme), FactsLabel(self)
        self.drag = WeightDrag(study.session, self)
        self.drag.refused.connect(study.told)
        self.layout_: Layout | None = None
        self.scale_ = 0.0
        self._portrait: Portrait | None = None
        self._influences: Sequence[FloatArray] | None = None
        self._influences_at = 0.0
        self._pointer: QPointF | None = None
        self._pointed: Part | None = None
        self._pressed: tuple[Parameter, QPointF] | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle)
        inspection = self._inspection
        inspection.selected_changed.connect(self._show_selected)
        inspection.silenced_changed.connect(self._show_sight)
        inspection.stage_changed.connect(self._show_sight)
        inspection.stretch_changed.connect(self._show_stretch)
        inspection.point_changed.connect(self._show_facts)
        study.session.config_changed.connect(self._show_frozen)

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setInteractive(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(LEAST_WIDTH_PX, height_for((1, 1), self.fontMetrics().height()))

    def sizeHint(self) -> QSize:
        """As high as is needed to read it."""
        return QSize(LEAST_WIDTH_PX, self.minimumHeight())

    @property
    def left_out(self) -> int:
        """How many weights are too many to be drawn."""
        return self._edges.left_out

    # What is shown

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for part in (self._edges, self._nodes, self._signs):
            part.dress(theme)
        self._show_selected()
        self._redraw()

    def show_moment(self, portrait: Portrait) -> None:
        """Show a moment of a run."""
        self._portrait = portrait
        if self.layout_ is None or self.layout_.sizes != portrait.sizes:
            self._lay_out()
        self._redraw()
        if self._edges.left_out or self._inspection.stretch is not None:
            self._settling.start(SETTLED_MS)

    @Slot()
    def _settle(self) -> None:
        """Bring up to date what is not looked at in every frame, once the run rests."""
        self._edges.choose_anew()
        self._influences_at = 0.0
        self._redraw()

    def _redraw(self) -> None:
        """Bring the pictures up to date."""
        portrait = self._portrait
        if portrait is None or self.layout_ is None:
            return
        parameters = portrait.snapshot.parameters
        scale = scale_for(parameters, self.scale_)
        if scale != self.scale_:
            self.scale_ = scale
            self.scaled.emit(scale)
        self._edges.show(parameters, scale, self._sight.ways)
        self._nodes.show(portrait, scale)
        if self._inspection.stretch is not None and monotonic() - self._influences_at > INFLUENCE_S:
            self._show_stretch()
        self._show_facts()

    def _lay_out(self) -> None:
        portrait = self._portrait
        if portrait is None:
            return
        if self.drag.parameter is not None and not self.drag.parameter.is_in(portrait.sizes):
            self.drag.let_go()
        size, line = self.viewport().size(), float(self.fontMetrics().height())
        self.setMinimumHeight(height_for(portrait.sizes, line))
        self.setSceneRect(QRectF(0, 0, size.width(), size.height()))
        layout = Layout(portrait.sizes, size.width(), size.height(), line)
        self.layout_, self._pointed = layout, None
        self._signs.show_pointed(None)
        self._edges.lay_out(layout)
        self._nodes.lay_out(layout, self.font())
        self._signs.lay_out(layout, self.font())
        self._sight = sight_of(self._inspection, layout)
        self._show_sight()
        self._show_frozen()
        self._show_selected()
        self._show_stretch()
        self.laid_out.emit(layout)

    @Slot()
    def _show_sight(self) -> None:
        """Show what is muted, soloed and lit up."""
        if self.layout_ is None or self._portrait is None:
            return
        self._sight = sight_of(self._inspection, self.layout_)
        self._signs.show_sight(self._sight, self._inspection.soloed)
        self._signs.show_stage(self._inspection.stage)
        self._show_edges()

    def _show_edges(self) -> None:
        if self._portrait is not None and self.scale_:
            self._edges.show(self._portrait.snapshot.parameters, self.scale_, self._sight.ways)

    @Slot()
    def _show_frozen(self) -> None:
        config = self._study.session.config
        if self.layout_ is not None:
            matches = config.sizes == self.layout_.sizes
            self._signs.show_frozen(frozen_parts(config.frozen, config.sizes) if matches else [])

    @Slot()
    def _show_stretch(self) -> None:
        """Show which neurons draw the brushed stretch."""
        stretch, portrait = self._inspection.stretch, self._portrait
        self._influences = None
        if stretch is not None and portrait is not None:
            self._influences, self._influences_at = influence(portrait.network, portrait.t, stretch), monotonic()
        self._signs.show_influence(self._influences)

    @Slot()
    def _show_selected(self) -> None:
        part, layout = self._inspection.selected, self.layout_
        self._signs.show_selected(part, self.hasFocus())
        is_weight = layout is not None and isinstance(part, Parameter) and part.is_in(layout.sizes) and not part.is_bias
        self._edges.select(
            layout.edge(part) if layout is not None and isinstance(part, Parameter) and is_weight else None
        )
        self._show_edges()
        if part is not None and self._portrait is not None and part.is_in(self._portrait.sizes):
            self.setAccessibleDescription(f"{'. '.join(self._facts_of(part))}. {HINT}")
        else:
            self.setAccessibleDescription(HINT)

    def _facts_of(self, part: Part) -> list[str]:
        assert self._portrait is not None
        return facts_of(part, self._portrait, self._inspection.point, self._influences)

    # The pointer

    @Slot()
    def _show_facts(self) -> None:
        """Say the numbers of what is under the pointer."""
        part = self.drag.parameter or (self._part_at(self._pointer) if self._pointer is not None else None)
        if part != self._pointed:
            self._pointed = part
            self._signs.show_pointed(part)
        if part is None or self._pointer is None:
            self._facts.hide()
        else:
            self._facts.say(self._facts_of(part), self._pointer)

    def _part_at(self, place: QPointF) -> Part | None:
        return None if self.layout_ is None else self.layout_.part_at(place, self._edges.drawn)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what is there; a weight is taken into the hand."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        part = self._part_at(event.position())
        self._inspection.select(part)
        self._pressed = (part, event.position()) if isinstance(part, Parameter) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at something, or drag the weight in the hand."""
        self._pointer = event.position()
        if self._pressed is not None and self._portrait is not None:
            parameter, start = self._pressed
            up = start.y() - event.position().y()
            is_far = abs(up) >= QApplication.startDragDistance()
            if self.drag.parameter is None and is_far and self._parts.is_live:
                self.drag.begin(parameter, value_of(parameter, self._portrait))
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.drag.move(up, self.scale_, fine)
        part = self._part_at(self._pointer)
        held = self.drag.parameter is not None or isinstance(part, Parameter)
        shape = Qt.CursorShape.SizeVerCursor if held else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if part is not None and not held else shape)
        self._show_facts()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the weight."""
        self._pressed = None
        self.drag.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type the value of a weight."""
        if isinstance(self._part_at(event.position()), Parameter):
            self.value_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, which scrolls."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing any more."""
        self._pointer = None
        self._show_facts()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what is in the hand."""
        self._pressed = None
        self.drag.finish()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find other places for the parts."""
        super().resizeEvent(event)
        self._lay_out()
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Find other places for other letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout_ is not None:
            self._lay_out()
            self._redraw()

    # The keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self._signs.show_selected(self._inspection.selected, True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they go elsewhere."""
        super().focusOutEvent(event)
        self._signs.show_selected(self._inspection.selected, False)

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if modifiers != Qt.KeyboardModifier.NoModifier or self._portrait is None:
            return False
        if event.key() == Key.Key_Escape:
            return self.drag.parameter is not None or self._inspection.selected is not None
        return event.key() in MOVES | ENTER | LETTERS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part, and do something with the selected one."""
        if not self._takes(event):
            event.ignore()
        elif event.key() == Key.Key_Escape and self.drag.cancel():
            self._pressed = None
        elif event.key() in LETTERS:
            self._do(event.key())
        else:
            self._go(event.key())

    def _do(self, key: int) -> None:
        part = self._parts.part
        if key == Key.Key_M:
            self._parts.toggle_mute()
        elif key == Key.Key_S:
            self._parts.toggle_solo()
        elif key == Key.Key_K:
            self._parts.toggle_freeze()
        elif part is not None:
            layer = part.layer
            (self._parts.add_neuron if key == Key.Key_Plus else self._parts.remove_neuron)(layer)

    def _go(self, key: int) -> None:
        """Select what a key leads to, and say it."""
        portrait, before = self._portrait, self._inspection.selected
        if portrait is None:
            return
        if key in ENTER and isinstance(before, Parameter):
            self.value_wanted.emit()
            return
        part = moved(before, key, portrait.sizes)
        self._inspection.select(part)
        words = ". ".join(self._facts_of(part)) if part is not None else "Nothing is selected"
        if part is not None and part == before:
            words = f"{name_of(part, portrait.sizes)}: no further"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
