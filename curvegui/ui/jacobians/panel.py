"""The Jacobians of every layer, live: a cell for each entry, and what the noise does to them."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.ui.jacobians.maps import HeatMaps
from curvegui.ui.jacobians.words import cell_words, jacobian_names, noiseless_words, theory_words, uphill_words
from curvegui.ui.look.layouts import card, filled, named, side_by_side, styled
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.scrolled import FocusPage

ROW_LINES = 1.1  # the height of a row, in lines of text
BAR = 0.7  # the height of a bar, in heights of its row
UPHILL = "▲ "
WIDEST = 88.88, -88.88  # factors: no others need more room for their words
REACH = 3.0  # times the noise, on both sides of 1: one number in 370 lies beyond


class NoiseBars(QWidget):
    """Bars for the noise factors of one iteration; they begin at 1, the factor without noise."""

    def __init__(self) -> None:
        super().__init__()
        self._names, self._reach = list[str](), REACH
        self._factors: FloatArray = np.empty(0)
        named(self, "jacobians.factors", tr("Noise factors"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_factors(self, names: Sequence[str], factors: FloatArray, noise: float) -> None:
        if len(names) != len(self._names):
            self.updateGeometry()  # which asks for it later
        self._names, self._factors = list(names), factors
        self._reach = max(REACH * noise, 1.25)  # 0 is always visible: below it is uphill
        self.update()

    def in_words(self) -> str:
        return ", ".join(map(factor_words, self._names, self._factors.tolist()))

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(20 * line, round(ROW_LINES * line * (len(self._names) + 1)))

    def minimumSizeHint(self) -> QSize:
        left, right = self._margins()
        return QSize(left + right + 3 * self.fontMetrics().height(), self.sizeHint().height())

    def _margins(self) -> tuple[int, int]:
        """The widths of the names at the left and of the values at the right."""
        metrics, gap = self.fontMetrics(), self.fontMetrics().height() // 2
        widest = max(metrics.horizontalAdvance(value_words(factor)) for factor in WIDEST)
        return metrics.horizontalAdvance("J_W88") + gap, widest + gap

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_for(self), current_theme()
        row = ROW_LINES * self.fontMetrics().height()
        left, right = self._margins()
        bars = QRectF(left, row, max(self.width() - left - right, 1), self.height() - row)
        known = np.array([0.0, 1.0, *self._factors])
        shares = (known - (1 - self._reach)) / (2 * self._reach)
        zero, one, *ends = (bars.left() + shares.clip(0, 1) * bars.width()).tolist()
        for value, x in ((0, zero), (1, one)):
            if value or one - zero > row / 2:  # with much noise, they are too near each other
                painter.setPen(QColor(theme.muted))
                painter.drawText(QRectF(x - row, 0, 2 * row, row), Qt.AlignmentFlag.AlignCenter, str(value))
            painter.setPen(QPen(QColor(theme.border), 1.0))
            painter.drawLine(round(x), round(row), round(x), self.height())
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for index, (name, factor, x) in enumerate(zip(self._names, self._factors.tolist(), ends, strict=True)):
            line, is_uphill = QRectF(0, row * (index + 1), self.width(), row), factor < 0
            colour = QColor(theme.warning if is_uphill else theme.accent)
            bar = QRectF(min(one, x), line.top() + row * (1 - BAR) / 2, max(abs(x - one), 1.0), row * BAR)
            painter.fillRect(bar, QBrush(colour, Qt.BrushStyle.BDiagPattern) if is_uphill else colour)
            if is_uphill:
                painter.setPen(QPen(colour, 1.0))
                painter.drawRect(bar)
            painter.setPen(QColor(theme.text))
            painter.drawText(line, beside, name)
            painter.setPen(colour if is_uphill else QColor(theme.text))
            beside_bars = line.adjusted(bars.right() + self.fontMetrics().height() / 2, 0, 0, 0)
            painter.drawText(beside_bars, beside, value_words(factor))


def value_words(factor: float) -> str:
    number = QLocale().toString(factor, "f", 2).replace("-", "−", 1)  # as wide as a plus
    return tr("{uphill}{number} uphill", uphill=UPHILL, number=number) if factor < 0 else number


def factor_words(name: str, factor: float) -> str:
    return f"{name} {value_words(factor).removeprefix(UPHILL)}"


EDGES_PX = 0, 0, 0, 0  # left, top, right, bottom
CARD_EDGES_PX = 10, 6, 10, 6  # the same inside of a card
SPACING_PX, BETWEEN_PX = 4, 8  # inside of a card, and between cards
POINT_AT_IT = mark("Point at an entry, or move to it with the arrow keys, to read it.")


class JacobiansPanel(FocusPage):
    """Shows the Jacobians and the noise factors of the snapshot that the window shows."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._inspected: InspectedSnapshot | None = None
        self._maps, self._bars = HeatMaps(), NoiseBars()
        self._entry, self._count, self._theory = (
            named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), f"jacobians.{name}")
            for name in ("entry", "count", "theory")
        )
        styled(self._theory, "muted")
        tip = tr("A logarithmic scale over three powers of ten, so that small entries have colour too.")
        self._small = named(CheckBox(tr("Show small entries too")), "jacobians.small", "", tip)
        self._small.setChecked(True)
        tip = tr("To compare layers. Without it, each layer has its own scale.")
        self._common = named(CheckBox(tr("One scale for all layers")), "jacobians.common", "", tip)
        tip = tr("Run the same network with noise 0, 1, 2 and 3 from the same start, side by side.")
        self._compare = styled(named(QPushButton(tr("Compare noise…")), "jacobians.compare", "", tip), "low")
        top = side_by_side(styled(self._count, "fills"), self._compare)
        switches = side_by_side(self._small, self._common, spacing=12)
        contents = (self._maps, self._entry, switches), (top, self._bars, self._theory)
        cards = [card(*each, edges=CARD_EDGES_PX, spacing=SPACING_PX) for each in contents]
        self._page = QWidget()
        self._column = filled(QVBoxLayout(self._page), *cards, 1, edges=EDGES_PX, spacing=BETWEEN_PX)
        self.hold(self._page, left_alone=self._maps)
        self._maps.pointed.connect(self._show_entry)
        self._maps.chosen.connect(self._select)
        study.inspection.selected_changed.connect(self._show_selected)
        self._common.toggled.connect(self._choose_scale)
        self._small.toggled.connect(self._choose_scale)
        self._compare.clicked.connect(self._open_comparison)
        self.setFocusProxy(self._maps)
        self._show_selected()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        rest = self._column.heightForWidth(self._page.width()) - self._maps.heightForWidth(self._maps.width())
        self._maps.set_most_height(self.viewport().height() - rest)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        is_other = self._inspected is None or self._inspected.sizes != inspected.sizes
        self._inspected = inspected
        self._maps.show_jacobians(inspected.jacobians)
        config, names = inspected.snapshot.config, jacobian_names(len(inspected.sizes) - 1)
        has_noise = config.uses("noise")
        self._compare.setEnabled(has_noise and "compare" in self._study.services.features)
        factors, noise = (inspected.noise_factors, config.noise) if has_noise else (np.ones(len(names)), 0.0)
        uphill = uphill_words(factors, inspected.snapshot.iteration + 1)
        self._count.setText(uphill if has_noise else noiseless_words(config.optimizer))
        self._theory.setText(theory_words(noise) if has_noise else "")
        self._bars.show_factors(names, factors, noise)
        self._show_entry()
        if is_other:
            self._share_height()

    @Slot()
    def _choose_scale(self) -> None:
        self._maps.set_scale(self._common.isChecked(), self._small.isChecked())

    @Slot(object)
    def _select(self, parameter: Parameter | None) -> None:
        self._study.inspection.select(parameter)
        if parameter is not None:
            area = self._maps.area(parameter)
            centre = self._maps.mapTo(self._page, area.center())
            self.ensureVisible(centre.x(), centre.y(), area.width(), area.height())

    @Slot()
    def _show_selected(self) -> None:
        self._maps.mark(self._study.inspection.selected)
        self._show_entry()

    @Slot()
    def _show_entry(self) -> None:
        selected = self._study.inspection.selected
        entry = self._maps.hovered or (selected if isinstance(selected, Parameter) else None)
        if self._inspected is not None and entry is not None and entry.is_in(self._inspected.sizes):
            self._entry.setText(cell_words(entry, self._maps.value(entry)))
        elif isinstance(selected, Neuron) and selected.layer:
            words = mark("Row {row} of layer {layer} belongs to the selected neuron.")
            self._entry.setText(tr(words, row=selected.index + 1, layer=selected.layer))
        else:
            self._entry.setText(tr(POINT_AT_IT))

    @Slot()
    def _open_comparison(self) -> None:
        shown = self._study.session.shown
        if shown is not None:
            self._study.services.features["compare"].compare_noise(shown)
