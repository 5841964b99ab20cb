"""The dock of the network: the diagram, its scale, the selected neuron's sum, and the controls of a part."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.figure.drawing.network_layout import Layout, can_be_drawn
from curvegui.session.study.inspection import Inspection
from curvegui.ui.actions.actions import give_letters
from curvegui.ui.diagram.legend import ScaleLegend
from curvegui.ui.look.layouts import card, filled, line_px, named, side_by_side, styled
from curvegui.ui.network.controls import PartControls, reserve_space
from curvegui.ui.network.diagram import HINT, NetworkDiagram
from curvegui.ui.network.layers import REMOVE, LayersRow
from curvegui.ui.network.part import PartActions
from curvegui.ui.network.response import ResponsePlot
from curvegui.ui.network.sum import SumView
from curvegui.ui.network.words import left_out_of, name_of
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import FocusPage


def part_menu(
    parts: PartActions,
    controls: PartControls,
    show_maths: Callable[[], object],
    show_valley: Callable[[Parameter], object],
    parent: QWidget,
) -> QMenu:
    """The menu for the selected part, if there is one; at its end are the actions of the panel, its ``parent``."""
    menu = named(QMenu(parent), "network.menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    part, sizes, switches = parts.part, parts.session.config.sizes, list[QAction]()
    if part is not None and part.is_in(sizes):
        title = name_of(part, sizes)
        menu.addAction(capitalised(title)).setEnabled(False)
        menu.addSeparator()
        for button, key in ((controls.mute, "M"), (controls.solo, "S"), (controls.freeze, "K")):
            action = menu.addAction(f"{button.text()}\t{key}", button.click)
            switches.append(action)
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.setEnabled(button.isEnabled())
        if isinstance(part, Parameter):
            menu.addAction(tr("Set &value…\tEnter"), controls.take_value).setEnabled(parts.is_live)
        elif parts.offers("setting.hidden") and 0 < part.layer < len(sizes) - 1:
            menu.addAction(tr("&Add a neuron to this layer\t+"), partial(parts.add_neuron, part.layer))
            menu.addAction(tr("&Remove this neuron\t−"), partial(parts.remove_neuron, part.layer))
            remove = menu.addAction(tr(REMOVE, layer=part.layer), partial(parts.remove_layer, part.layer))
            remove.setEnabled(parts.is_live and len(sizes) > 3)
        if parts.offers("panel.maths"):
            menu.addAction(tr("Show in the ma&thematics"), show_maths)
        if isinstance(part, Parameter) and parts.offers("panel.valley"):
            menu.addAction(tr("Show in the valle&y"), partial(show_valley, part))
    if controls.unmute_all.isVisibleTo(controls):
        menu.addAction(controls.unmute_all.text(), parts.inspection.unmute_all)
    menu.addSeparator()
    menu.addActions(parent.actions())
    give_letters(menu.actions(), switches)
    return menu


BARS = mark(
    "The bars show how much each neuron contributes to the selected part, t = {low} to {high}. "
    "The strongest neuron has the widest bar."
)


class StretchNote(QWidget):
    """A note below the diagram that explains the bars, as long as a stretch of the curve is selected."""

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.stretch")
        self._inspection = inspection
        self._words = named(QLabel(wordWrap=True), "network.bars")
        self._clear = styled(named(QToolButton(), "network.clear_stretch", tr("Clear selection")), "chip")
        self._clear.setText(tr("Clear selection"))
        self._clear.setToolTip(tr("Select no part of the curve: the bars disappear"))
        row = filled(QHBoxLayout(self), (self._words, 1))
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._clear.clicked.connect(partial(inspection.brush, None))
        inspection.stretch_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        stretch = self._inspection.stretch
        self.setVisible(stretch is not None)
        if stretch is not None:
            low, high = (format_number(round(end, 3)) for end in stretch)
            self._words.setText(tr(BARS, low=low, high=high))


WORDS_MS = 100  # between two changes of the numbers written out: faster ones cannot be read
EDGES_PX = 0, 0, 0, 0  # left, top, right, bottom
CARD_EDGES_PX = 16, 8, 16, 8  # inside of the card
SPACING_PX, BESIDE_PX = 4, 14
LEAST_LINES = 4  # its height, in heights of a line of text
FRAMES_PX = 2  # of the card
WIDE_LINES, HIGH_LINES = 46, 29  # a panel of this width shows the numbers beside the diagram, unless it is so high
PICTURE_SHARE, ABOUT_SHARE = 3, 2  # of the width, if so
GRADIENT = mark("Let the edges show how the cost depends on each weight, dC/dw, instead of the weight")
TOO_LARGE = mark("This network is too large to be drawn.")


class NetworkPanel(FocusPage):
    """The diagram with its scale, sum and controls; the panel scrolls if the dock is low."""

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "network", tr("Network"))
        self._study, self._inspection = study, study.inspection
        self._inspected: InspectedSnapshot | None = None
        self._least = QSize()
        self._response = ResponsePlot()
        self.parts = PartActions(study, self)
        self.diagram = NetworkDiagram(study, self.parts)
        self.layers = LayersRow(self.parts, partial(self.diagram.setFocus, Qt.FocusReason.OtherFocusReason))
        self.legend = ScaleLegend()
        self.pictured = self.diagram, self.legend
        self.stretch = StretchNote(study.inspection)
        self.sums = SumView(study.inspection)
        self.controls = PartControls(self.parts, self.diagram.drag, self.sums.chooser)
        self._lay_out()
        self._words_clock = QTimer(self, singleShot=True)
        self._words_clock.timeout.connect(self._write)
        inspection, session = study.inspection, study.session
        self._study.view_changed.connect(self._show_tools)
        changes = inspection.selected_changed, inspection.ablated_changed, session.config_changed, session.time.moved
        for changed in changes:
            changed.connect(self._show_controls)
        self.diagram.laid_out.connect(self._show_layout)
        self.diagram.shown_scaled.connect(self.legend.show_scale)
        self.gradient.toggled.connect(inspection.weigh_edges)
        inspection.edges_changed.connect(self._show_tools)
        inspection.point_changed.connect(self._show_response)
        self.sums.slider.valueChanged.connect(self._show_response)
        self.diagram.menu_wanted.connect(self._open_menu)
        self.diagram.value_wanted.connect(self.controls.take_value)
        self.controls.left.connect(partial(self.diagram.setFocus, Qt.FocusReason.OtherFocusReason))
        self._show_tools()
        self._show_controls()

    def _lay_out(self) -> None:
        self.note, self.hint = (
            styled(named(QLabel(wordWrap=True), f"network.{name}"), "muted") for name in ("note", "hint")
        )
        self.hint.setText(tr(HINT))
        self.hint.hide()
        self.keys, self.gradient = (
            styled(named(QToolButton(), f"network.{name}", words, tip), "bare")
            for name, words, tip in (
                ("keys", tr("Keys of the diagram"), tr(HINT)),
                ("gradient", tr("Jacobians on the edges"), tr(GRADIENT)),
            )
        )
        for button, text in ((self.keys, tr("Keys")), (self.gradient, tr("Jacobians"))):
            button.setText(text)
            button.setCheckable(True)
        self.keys.toggled.connect(self.hint.setVisible)
        self._scale_row = side_by_side(styled(self.legend, "fills"), self.gradient, self.keys)
        self._picture, self._about, both = QWidget(), QWidget(), QWidget()
        picture = self.layers, (self.diagram, 1), self.note, self._scale_row
        filled(QVBoxLayout(self._picture), *picture, spacing=SPACING_PX)
        below = filled(QHBoxLayout(), (self.controls, 1), self._response, spacing=2 * SPACING_PX)
        filled(QVBoxLayout(self._about), self.hint, self.stretch, self.sums, below, 1, spacing=SPACING_PX)
        sides = (self._picture, PICTURE_SHARE), (self._about, ABOUT_SHARE)
        self._both = filled(QBoxLayout(QBoxLayout.Direction.TopToBottom, both), *sides, spacing=SPACING_PX)
        contents = QWidget()
        filled(QVBoxLayout(contents), card(both, edges=CARD_EDGES_PX), edges=EDGES_PX)
        self.hold(contents, left_alone=self.diagram)
        self.setFocusProxy(self.diagram)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        is_other = self._inspected is None or self._inspected.sizes != inspected.sizes
        self._inspected = inspected
        drawn = can_be_drawn(inspected.sizes)
        if is_other:
            for part in (self.diagram, self._scale_row):
                part.setVisible(drawn)
            self._show_tools()
            self.note.setText(tr(TOO_LARGE))
            self.note.setVisible(not drawn)
            if not drawn:
                self.layers.show_sizes(inspected.sizes, drawn=False)
        if drawn:
            self.diagram.show_inspected(inspected)
        self.sums.take(inspected)
        if is_other or not self._words_clock.isActive():
            self._write()
            self._words_clock.start(WORDS_MS)

    @Slot()
    def _show_tools(self) -> None:
        """Show the buttons around the diagram only in the view where a person works on the network."""
        at_work = self._study.is_at_work
        self.layers.setVisible(self._study.offers("setting.hidden"))
        self.keys.setVisible(at_work)
        self.gradient.setVisible(at_work or self._inspection.by_gradient)
        self.gradient.setChecked(self._inspection.by_gradient)
        self.keys.setChecked(self.keys.isChecked() and at_work)

    @Slot()
    def _write(self) -> None:
        self.sums.write()
        self._show_controls()

    @Slot()
    def _show_controls(self) -> None:
        part, inspection = self._inspection.selected, self._inspection
        is_soloed = part is not None and part == inspection.soloed
        self.controls.show_part(self._inspected, part, muted=part in inspection.muted, soloed=is_soloed)
        self.controls.unmute_all.setVisible(inspection.ablations)
        self.layers.show_bounds()
        self._show_response()

    @Slot()
    def _show_response(self) -> None:
        part, inspected = self._inspection.selected, self._inspected
        is_shown = isinstance(part, Neuron) and part.layer > 0 and inspected is not None and part.is_in(inspected.sizes)
        self._response.setVisible(is_shown)
        if is_shown and isinstance(part, Neuron) and inspected is not None:
            self._response.show_neuron(part, inspected, self.sums.point)

    @Slot(object)
    def _show_layout(self, layout: Layout) -> None:
        self.layers.show_layout(layout)
        notes = left_out_of(layout, self.diagram.edges.left_out)
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))

    @Slot(QPoint)
    def _open_menu(self, position: QPoint) -> None:
        show_maths = partial(self._study.show_panel, "maths")
        part_menu(self.parts, self.controls, show_maths, self._show_in_valley, self).popup(position)

    def _show_in_valley(self, parameter: Parameter) -> None:
        def show(panel: Any) -> None:
            panel.show_weight(parameter)
            panel.setFocus()  # this panel may be behind it now

        self._study.bring("valley", show)

    def sizeHint(self) -> QSize:
        """As narrow as possible: the settings, in the same area of docks, decide the width."""
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of the parts has to be; the panel scrolls if it is low."""
        around = EDGES_PX[0] + EDGES_PX[2] + CARD_EDGES_PX[0] + CARD_EDGES_PX[2] + FRAMES_PX
        widest = max(part.minimumSizeHint().width() for part in (self._picture, self._about))
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(widest + around + bar, LEAST_LINES * line_px(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside the diagram where the panel is too low for both, and wide enough."""
        super().resizeEvent(event)
        line = line_px(self)
        is_flat = self.width() >= WIDE_LINES * line and self.height() < HIGH_LINES * line
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if is_flat else directions.TopToBottom)
        self._both.setStretch(1, ABOUT_SHARE if is_flat else 0)
        self._both.setSpacing(BESIDE_PX if is_flat else SPACING_PX)
        reserve_space(self._response, is_flat or self.height() >= HIGH_LINES * line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with parts that have become wider, for example with another font."""
        if event.type() == QEvent.Type.LayoutRequest and self.minimumSizeHint() != self._least:
            self._least = self.minimumSizeHint()
            self.updateGeometry()
        return super().eventFilter(watched, event)
