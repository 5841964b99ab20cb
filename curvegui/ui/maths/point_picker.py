"""Picks a training point, or the average of all."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.maths.parameter_picker import labelled
from curvegui.ui.widgets.scrolled import CountBox

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
        self._average.setToolTip("Look at all training points together: what the descent goes by")
        flow = FlowLayout(6, self)
        flow.addWidget(labelled("at", self._box))
        flow.addWidget(self._average)
        self._box.valueChanged.connect(self._pick)
        self._average.clicked.connect(self._pick_average)

    def show_point(self, point: int | None, points: int) -> None:
        """Show a point out of ``points``."""
        value = 0 if point is None else point + 1
        if (self._box.value(), self._box.maximum()) != (value, points):
            with QSignalBlocker(self._box):
                self._box.setRange(0, points)
                self._box.setSuffix(f" of {points}")
                self._box.setValue(value)
        self._average.setEnabled(point is not None)

    @Slot(int)
    def _pick(self, value: int) -> None:
        self.picked.emit(value - 1 if value else None)

    @Slot()
    def _pick_average(self) -> None:
        self.picked.emit(None)
