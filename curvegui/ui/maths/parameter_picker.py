"""Picks a weight or a bias: its matrix, the neuron that it leads to and the one that it comes from."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from curvegui.core.network.parts import Parameter
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.widgets.scrolled import CountBox, ScrolledComboBox


class ParameterPicker(QWidget):
    """A list of matrices, and boxes for row and column."""

    picked = Signal(object)  # a person wants to see this Parameter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[int, ...] = ()
        self._matrix = ScrolledComboBox()
        self._matrix.setObjectName("maths.matrix")
        self._matrix.setAccessibleName("Matrix of the weight or bias")
        self._row = CountBox("maths.row", "To which neuron: the row")
        self._column = CountBox("maths.column", "From which neuron: the column")
        self._from = labelled("from", self._column)
        flow = FlowLayout(6, self)
        flow.addWidget(self._matrix)
        flow.addWidget(labelled("to", self._row))
        flow.addWidget(self._from)
        self._matrix.activated.connect(self._pick)
        self._row.valueChanged.connect(self._pick)
        self._column.valueChanged.connect(self._pick)

    def show_parameter(self, parameter: Parameter, sizes: Sequence[int]) -> None:
        """Show a parameter of a network of these layer sizes."""
        if tuple(sizes) != self._sizes:
            self._sizes = tuple(sizes)
            layers = range(1, len(sizes))
            with QSignalBlocker(self._matrix):
                self._matrix.clear()
                self._matrix.addItems([f"{letter}{layer}" for letter in "Wb" for layer in layers])
        if self._matrix.currentText() != parameter.matrix:
            self._matrix.setCurrentText(parameter.matrix)
        _show_count(self._row, parameter.row + 1, sizes[parameter.layer])
        self._from.setVisible(not parameter.is_bias and parameter.layer > 1)
        _show_count(self._column, (parameter.column or 0) + 1, sizes[parameter.layer - 1])

    @Slot()
    def _pick(self) -> None:
        layer = int(self._matrix.currentText()[1:])
        row = min(self._row.value(), self._sizes[layer]) - 1
        column = min(self._column.value(), self._sizes[layer - 1]) - 1
        is_bias = self._matrix.currentText().startswith("b")
        self.picked.emit(Parameter(layer, row, None if is_bias else column))


def _show_count(box: CountBox, value: int, highest: int) -> None:
    if (box.value(), box.maximum()) != (value, highest):
        with QSignalBlocker(box):
            box.setRange(1, highest)
            box.setSuffix(f" of {highest}")
            box.setValue(value)


def labelled(words: str, box: QWidget) -> QWidget:
    """A box with a label before it; both stay together when a row is wrapped."""
    pair = QWidget()
    label = QLabel(words)
    label.setProperty("muted", True)
    label.setBuddy(box)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(label)
    row.addWidget(box)
    return pair
