"""Picking what the maths panel is about: a weight or bias, and a training point or the average of all."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from curvegui.core.network.parts import Parameter
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.look.tips import wrapped
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


def _show_count(box: CountBox, value: int, highest: int, lowest: int = 1) -> None:
    if (box.value(), box.maximum()) != (value, highest):
        with QSignalBlocker(box):
            box.setRange(lowest, highest)
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


AVERAGE = "average"  # what the box shows below the first point


class PointPicker(QWidget):
    """A box for the point's number, and a button for the average."""

    picked = Signal(object)  # int or None: a person wants to see this point, from 0 on; None for the average

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = CountBox("maths.point", "Training point; below the first one, the average of all")
        self._box.setSpecialValueText(AVERAGE)
        self._average = QToolButton()
        self._average.setText("Average")
        self._average.setProperty("chip", True)
        self._average.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._average.setObjectName("maths.average")
        self._average.setToolTip(wrapped("Look at all training points together: what the descent goes by"))
        flow = FlowLayout(6, self)
        flow.addWidget(labelled("at", self._box))
        flow.addWidget(self._average)
        self._box.valueChanged.connect(self._pick)
        self._average.clicked.connect(self._pick_average)

    def show_point(self, point: int | None, points: int) -> None:
        """Show a point out of ``points``."""
        value = 0 if point is None else point + 1
        _show_count(self._box, value, points, lowest=0)
        self._average.setEnabled(point is not None)

    @Slot(int)
    def _pick(self, value: int) -> None:
        self.picked.emit(value - 1 if value else None)

    @Slot()
    def _pick_average(self) -> None:
        self.picked.emit(None)
