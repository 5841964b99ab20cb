"""Picking what the maths panel is about: a weight or bias, and a training point or the average of all."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QComboBox, QLabel, QListView, QVBoxLayout, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Parameter
from curvegui.ui.look.layouts import FlowLayout, filled
from curvegui.ui.look.tips import named, styled, wrapped
from curvegui.ui.maths.words import MEANS
from curvegui.ui.widgets.numbers import short_number
from curvegui.ui.widgets.scrolled import CountBox, ScrolledComboBox

AVERAGE = mark("Average")  # the first of the list of points
SPACING = 10  # px
NO_PARENT = QModelIndex()
Role = Qt.ItemDataRole


class ParameterPicker(QWidget):
    """A list of matrices, and boxes for row and column."""

    picked = Signal(object)  # a person wants to see this Parameter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[int, ...] = ()
        self.matrix = named(ScrolledComboBox(), "maths.matrix", tr("Parameter: matrix of the weight or bias"))
        self._row = CountBox("maths.row", tr("To neuron: the row"))
        self._column = CountBox("maths.column", tr("From neuron: the column"))
        self._from = labelled(tr("From neuron"), self._column)
        flow = FlowLayout(SPACING, self)
        flow.addWidget(labelled(tr("Parameter"), self.matrix))
        flow.addWidget(labelled(tr("To neuron"), self._row))
        flow.addWidget(self._from)
        self.matrix.activated.connect(self._pick)
        self._row.valueChanged.connect(self._pick)
        self._column.valueChanged.connect(self._pick)

    def show_parameter(self, parameter: Parameter, sizes: Sequence[int]) -> None:
        """Show a parameter of a network of these layer sizes."""
        if tuple(sizes) != self._sizes:
            self._sizes = tuple(sizes)
            layers = range(1, len(sizes))
            with QSignalBlocker(self.matrix):
                self.matrix.clear()
                self.matrix.addItems([f"{letter}{layer}" for letter in "Wb" for layer in layers])
        if self.matrix.currentText() != parameter.matrix:
            self.matrix.setCurrentText(parameter.matrix)
        _show_count(self._row, parameter.row + 1, sizes[parameter.layer])
        self._from.setVisible(not parameter.is_bias and parameter.layer > 1)
        _show_count(self._column, (parameter.column or 0) + 1, sizes[parameter.layer - 1])

    @Slot()
    def _pick(self) -> None:
        if not self._sizes:  # the panel has just been made
            return
        layer = int(self.matrix.currentText()[1:])
        row = min(self._row.value(), self._sizes[layer]) - 1
        column = min(self._column.value(), self._sizes[layer - 1]) - 1
        is_bias = self.matrix.currentText().startswith("b")
        self.picked.emit(Parameter(layer, row, None if is_bias else column))


def _show_count(box: CountBox, value: int, highest: int) -> None:
    if (box.value(), box.maximum()) != (value, highest):
        with QSignalBlocker(box):
            box.setRange(1, highest)
            box.setSuffix(f" {tr('of {highest}', highest=highest)}")
            box.setValue(value)


def labelled(words: str, box: QWidget) -> QWidget:
    """A box with a label above it; both stay together when a row is wrapped."""
    pair = QWidget()
    label = styled(QLabel(words), "muted")
    label.setBuddy(box)
    filled(QVBoxLayout(pair), label, box, spacing=2)
    return pair


class PointList(QAbstractListModel):
    """The training points, from 1 on, each with its t; before them the mean of all."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._t = np.zeros(0)

    def show_points(self, t: FloatArray) -> bool:
        """List the points at ``t``, shape (N,); return whether they are others than before."""
        if np.array_equal(t, self._t):
            return False
        self.beginResetModel()
        self._t = t
        self.endResetModel()
        return True

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._t.size + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Role.DisplayRole) -> str | None:
        if role == Role.DisplayRole:
            return self._words(index.row())
        return tr(MEANS) if role == Role.ToolTipRole and index.row() == 0 else None

    def longest_words(self) -> str:
        """The longest that there is in the list."""
        return max(tr(AVERAGE), self._words_at(self._t.size, 0.123), key=len)

    def _words(self, row: int) -> str:
        return tr(AVERAGE) if row == 0 else self._words_at(row, float(self._t[row - 1]))

    def _words_at(self, row: int, t: float) -> str:
        points = str(self._t.size)
        return tr("{row} of {points}, t = {t}", row=str(row), points=points, t=short_number(t))


class PointPicker(QWidget):
    """A list of the training points and of their average."""

    picked = Signal(object)  # int or None: a person wants to see this point, from 0 on; None for the average

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = named(ScrolledComboBox(), "maths.point", tr("Training point, or the average of all"))
        self._box.setToolTip(
            wrapped(
                tr(
                    "The training point that the numbers are of. {average}: what gradient descent uses",
                    average=tr(AVERAGE),
                )
            )
        )
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._points = PointList(self)
        self._box.setModel(self._points)
        view = self._box.view()
        if isinstance(view, QListView):  # else each point is measured whenever it is laid out: 100,000 take ten seconds
            view.setUniformItemSizes(True)
            view.setLayoutMode(QListView.LayoutMode.Batched)  # and to go through them takes half a second
        filled(QVBoxLayout(self), labelled(tr("Point"), self._box))
        self._box.activated.connect(self._pick)

    def show_point(self, point: int | None, t: FloatArray) -> None:
        """Show one of the points at ``t``, shape (N,), or for None the average."""
        row = 0 if point is None else point + 1
        if self._points.show_points(t):
            metrics = self._box.fontMetrics()
            words, letter = (metrics.horizontalAdvance(each) for each in (self._points.longest_words(), "X"))
            self._box.setMinimumContentsLength(ceil(words / letter))  # in such letters
        if self._box.currentIndex() != row:
            self._box.setCurrentIndex(row)

    @Slot(int)
    def _pick(self, row: int) -> None:
        self.picked.emit(row - 1 if row else None)
