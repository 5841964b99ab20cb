"""The Jacobians of every layer, live: a cell for each entry, and what the noise does to them."""

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.ui.jacobians.colours import HeatScale
from curvegui.ui.jacobians.maps import HeatMaps
from curvegui.ui.jacobians.noise_bars import NoiseBars
from curvegui.ui.jacobians.words import cell_words, jacobian_names, noiseless_words, theory_words, uphill_words
from curvegui.ui.look.layouts import card, filled, side_by_side
from curvegui.ui.look.tips import wrapped
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.scrolled import FocusPage

EDGES_PX = 6, 6, 12, 6  # left, top, right, bottom
CARD_EDGES_PX = 10, 6, 10, 6  # the same inside of a card
SPACING_PX = 4, 8  # inside of a card, and between cards
POINT_AT_IT = mark("Point at an entry, or move to it with the arrow keys, to read it.")


class JacobiansPanel(FocusPage):
    """Shows the Jacobians of the snapshot that the window shows."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._inspected: InspectedSnapshot | None = None
        self._maps, self._bars = HeatMaps(), NoiseBars()
        self._entry, self._count, self._theory = QLabel(tr(POINT_AT_IT)), QLabel(), QLabel()
        self._common, self._small = CheckBox(tr("One scale for all layers")), CheckBox(tr("Show small entries too"))
        self._compare = QPushButton(tr("Compare noise…"))
        self._name_parts()
        self._lay_out()
        self._maps.pointed.connect(self._show_entry)
        self._maps.chosen.connect(self._select)
        study.inspection.selected_changed.connect(self._show_selected)
        self._common.toggled.connect(self._choose_scale)
        self._small.toggled.connect(self._choose_scale)
        self._compare.clicked.connect(self._open_comparison)
        self.setFocusProxy(self._maps)
        self._show_selected()

    def _name_parts(self) -> None:
        named = {
            "entry": self._entry, "count": self._count, "theory": self._theory, "common": self._common,
            "small": self._small, "compare": self._compare,
        }  # fmt: skip
        for key, widget in named.items():
            widget.setObjectName(f"jacobians.{key}")
        for label in (self._entry, self._count, self._theory):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._theory.setProperty("muted", True)
        self._small.setChecked(True)
        self._small.setToolTip(
            wrapped(tr("A logarithmic scale over three powers of ten, so that small entries have colour too."))
        )
        self._common.setToolTip(wrapped(tr("To compare layers. Without it, each layer has its own scale.")))
        self._compare.setToolTip(
            wrapped(tr("Run the same network with noise 0, 1, 2 and 3 from the same start, side by side."))
        )

    def _lay_out(self) -> None:
        inside, between = SPACING_PX
        self._compare.setProperty("low", True)
        top = QWidget()
        row = filled(QHBoxLayout(top), (self._count, 1))
        row.addWidget(self._compare, 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(*EDGES_PX)
        column.setSpacing(between)
        entries = card(self._maps, self._entry, side_by_side(self._small, self._common, spacing=12))
        factors = card(top, self._bars, self._theory)
        for part in (entries, factors):
            rows = part.layout()
            assert rows is not None
            rows.setContentsMargins(*CARD_EDGES_PX)
            rows.setSpacing(inside)
            column.addWidget(part)
        column.addStretch(1)
        self.hold(page, left_alone=self._maps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the maps the room that the rest leaves."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        page = self.widget()
        column = page.layout() if page is not None else None
        if page is None or column is None:
            return
        rest = column.heightForWidth(page.width()) - self._maps.heightForWidth(self._maps.width())
        self._maps.set_room(self.viewport().height() - rest)

    # A study panel

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        is_other = self._inspected is None or self._inspected.sizes != inspected.sizes
        self._inspected = inspected
        self._maps.show_jacobians(inspected.jacobians)
        self._show_factors(inspected)
        self._show_entry()
        if is_other:
            self._give_room()

    def _show_factors(self, inspected: InspectedSnapshot) -> None:
        """Show what the noise does to the Jacobians, if the optimiser uses noise."""
        config, names = inspected.snapshot.config, jacobian_names(len(inspected.sizes) - 1)
        has_noise = config.uses("noise")
        self._compare.setEnabled(has_noise and "wall" in self._study.services.features)
        if has_noise:
            factors, noise = inspected.noise_factors, config.noise
            _say(self._count, uphill_words(factors, inspected.snapshot.iteration + 1))
            _say(self._theory, theory_words(noise))
        else:
            factors, noise = np.ones(len(names)), 0.0
            _say(self._count, noiseless_words(config.optimizer))
            _say(self._theory, "")
        self._bars.show_factors(names, factors, noise)

    # What a person does

    @Slot()
    def _choose_scale(self) -> None:
        self._maps.set_scale(HeatScale(self._common.isChecked(), self._small.isChecked()))

    @Slot(object)
    def _select(self, parameter: Parameter | None) -> None:
        """Select a cell, and scroll to it."""
        self._study.inspection.select(parameter)
        page = self.widget()
        if parameter is not None and page is not None:
            area = self._maps.area(parameter)
            centre = self._maps.mapTo(page, area.center())
            self.ensureVisible(centre.x(), centre.y(), area.width(), area.height())

    @Slot()
    def _show_selected(self) -> None:
        self._maps.mark(self._study.inspection.selected)
        self._show_entry()

    @Slot()
    def _show_entry(self) -> None:
        """Show the entry under the pointer, or the selected one."""
        selected = self._study.inspection.selected
        entry = self._maps.hovered or (selected if isinstance(selected, Parameter) else None)
        if self._inspected is not None and entry is not None and entry.is_in(self._inspected.sizes):
            _say(self._entry, cell_words(entry, self._maps.value(entry)))
        elif isinstance(selected, Neuron) and selected.layer:
            _say(
                self._entry,
                tr(
                    "Row {row} of layer {layer} belongs to the selected neuron.",
                    row=selected.index + 1,
                    layer=selected.layer,
                ),
            )
        else:
            _say(self._entry, tr(POINT_AT_IT))

    @Slot()
    def _open_comparison(self) -> None:
        shown = self._study.session.shown
        if shown is not None:
            self._study.services.features["wall"].compare_noise(shown)


def _say(label: QLabel, words: str) -> None:
    """Set a label's text only if it changes: each text makes a new layout."""
    if label.text() != words:
        label.setText(words)
