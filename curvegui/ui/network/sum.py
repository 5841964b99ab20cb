"""The selected neuron's weighted sum in numbers, and a slider for the training point at which it is taken."""

from html import escape

import numpy as np
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.network.parts import Neuron, Parameter, Part
from curvegui.session.study.inspection import Inspection
from curvegui.ui.diagram.edges import word_colour
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.network.words import activation_of, entry_of, name_of, path_of, shown, value_of
from curvegui.ui.widgets.labels import SteadyLabel
from curvegui.ui.widgets.scrolled import ScrolledSlider

MOST_TERMS = 16  # of more inputs, the largest terms are written out, and the sum of the others


def sum_of(part: Part, inspected: InspectedSnapshot, point: int) -> str:
    """A neuron's sum at a training point, or the sum that a weight is part of, as rich text."""
    neuron = part if isinstance(part, Neuron) else part.target
    name, equals = escape(capitalised(name_of(neuron, inspected.sizes))), "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}"
    input_ = f"t{equals}{shown(float(inspected.t[0, point]))}"
    head = tr("{neuron}, at {place}", neuron=f"<b>{name}</b>", place=input_)
    lines = [f"<span style='color:{current_theme().muted}'>{head}</span>"]
    if isinstance(part, Parameter):
        value, path = value_of(part, inspected), escape(path_of(part, inspected.sizes))
        lines.insert(0, f"{path}: <b>{escape(entry_of(part))}{equals}{_coloured(value, shown(value))}</b>")
    if neuron.layer == 0:
        return "<br>".join([*lines, tr("a = t: the input itself")])
    z, a = (float(each[neuron.index, point]) for each in inspected.passed[neuron.layer])
    lines.append(f"z = {_terms(neuron, inspected, point, part)} = <b>{shown(z)}</b>")
    lines.append(f"a = {activation_of(neuron, inspected).symbol} = <b>{shown(a)}</b>")
    return "<br>".join(lines)


def _terms(neuron: Neuron, inspected: InspectedSnapshot, point: int, part: Part) -> str:
    """w1·a1 + w2·a2 + ... + b, in the colours of the edges, the selected term underlined."""
    layer = inspected.network.layers[neuron.layer - 1]
    weights, bias = layer.weights[neuron.index], float(layer.biases[neuron.index, 0])
    inputs = inspected.passed[neuron.layer - 1][1][:, point]
    with np.errstate(all="ignore"):
        products = weights * inputs
    column, shown_terms = part.column if isinstance(part, Parameter) else None, list(range(len(products)))
    if len(products) > MOST_TERMS:
        largest = np.argsort(-np.abs(np.nan_to_num(products)), kind="stable")[:MOST_TERMS].tolist()
        shown_terms = sorted({*largest, *([] if column is None else [column])})
    written: list[str] = []
    for index in shown_terms:
        weight = float(weights[index])
        activation = shown(float(inputs[index]))
        number = f"{_signed(weight, not written)}·{f'({activation})' if inputs[index] < 0 else activation}"
        written.append(f"<u>{number}</u>" if index == column else number)
    if smaller := len(weights) - len(shown_terms):
        others = shown(float(np.delete(products, shown_terms).sum()))
        written.append(tr("+ ({count} smaller terms: {others})", count=smaller, others=others))
    last = _signed(bias, False)
    written.append(f"<u>{last}</u>" if part == Parameter(neuron.layer, neuron.index) else last)
    return " ".join(written)


def _signed(value: float, is_first: bool) -> str:
    """A weight with its sign as the plus or minus of the sum: "+ 1.306", "− 0.975"; the first weight has no plus."""
    if is_first:
        return _coloured(value, shown(value))
    sign = "−" if value < 0 else "+"
    return _coloured(value, f"{sign}\N{NO-BREAK SPACE}{shown(abs(value))}")


def _coloured(value: float, text: str) -> str:
    return f"<b style='color:{word_colour(value, current_theme())}'>{text}</b>"


NOTHING = mark("Click a neuron or a weight to see its numbers, or press an arrow key.")


class SumView(QWidget):
    """The weighted sum in words, of the part and at the training point that ``inspection`` has; the panel arranges
    ``chooser``, the slider for the point with its number."""

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspection = inspection
        self._inspected: InspectedSnapshot | None = None
        self._point = -1  # used while no training point is inspected; -1 for the middle
        self.words = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText), "network.sum")
        self.slider = named(ScrolledSlider(), "network.point", tr("Training point"))
        self.t = styled(named(QLabel(), "network.t"), "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slider.setToolTip(tr("The training point at which the sum is taken"))
        self.chooser = QWidget()
        filled(QHBoxLayout(self.chooser), (self.slider, 1), self.t)
        self._label = SteadyLabel(self.words)
        filled(QVBoxLayout(self), self._label)
        inspection.selected_changed.connect(self.write)
        inspection.point_changed.connect(self.write)
        self.slider.valueChanged.connect(self._choose_point)
        follow_theme(self.write)

    def take(self, inspected: InspectedSnapshot) -> None:
        """Store an inspected snapshot, which `write` shows; if the network has another size, show it at once."""
        is_other = self._inspected is None or self._inspected.sizes != inspected.sizes
        self._inspected = inspected
        if is_other:
            self._reserve()

    @property
    def point(self) -> int:
        count = self._inspected.t.size if self._inspected is not None else 1
        chosen = self._inspection.point if self._inspection.point is not None else self._point
        return min(chosen, count - 1) if chosen >= 0 else count // 2

    @Slot()
    def write(self) -> None:
        inspected, part = self._inspected, self._inspection.selected
        self.chooser.setVisible(part is not None)
        if inspected is None or part is None or not part.is_in(inspected.sizes):
            text = f"<span style='color:{current_theme().muted}'>{tr(NOTHING)}</span>"
        else:
            text = _in_few_lines(sum_of(part, inspected, self.point))
        if text != self.words.text():
            self._label.write(text)
            least = self.words.heightForWidth(self._label.width())
            if least > self._label.minimumHeight():
                self._label.setMinimumHeight(least)  # so that the parts below do not jump with every number
        if inspected is not None:
            with QSignalBlocker(self.slider):  # nobody has chosen it
                self.slider.setRange(0, inspected.t.size - 1)
                self.slider.setValue(self.point)
            self.t.setText(f"t = {shown(float(inspected.t[0, self.point]))}")

    def _reserve(self) -> None:
        """Keep room for the longest sum of the network, so that the diagram does not jump when this sum is written."""
        inspected = self._inspected
        if inspected is None:
            return
        inputs = inspected.sizes[:-1]
        layer = 1 + inputs.index(max(inputs))
        self._label.write(_in_few_lines(sum_of(Parameter(layer, 0, 0), inspected, self.point)))
        self._label.setMinimumHeight(self.words.heightForWidth(self.width()))
        self.write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._reserve()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._reserve()

    @Slot(int)
    def _choose_point(self, point: int) -> None:
        """Look at another training point: in all panels if a point is inspected there, else only here."""
        if self._inspection.point is not None:
            self._inspection.look_at_point(point)
        else:
            self._point = point
            self.write()


def _in_few_lines(text: str) -> str:
    """Put the activation behind the sum, on the last line of the sum, where there mostly is space."""
    head, break_, last = text.rpartition("<br>")
    together = last.replace(" = ", "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}")
    return f"{head}, {together}" if head.count("<br>") else f"{head}{break_}{last}"
