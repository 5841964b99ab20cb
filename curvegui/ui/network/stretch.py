"""What the bars in the diagram say while a stretch of the curve is brushed, and a button that takes it away."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from curvegui.session.study.inspection import Inspection
from curvegui.ui.widgets.numbers import format_number


class StretchNote(QWidget):
    """Is there as long as a stretch is brushed.

    Parameters
    ----------
    inspection : Inspection
        Keeps the stretch.
    """

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.stretch")
        self._inspection = inspection
        self._words, self._clear = QLabel(), QToolButton()
        self._words.setObjectName("network.bars")
        self._words.setWordWrap(True)
        self._clear.setText("Clear stretch")
        self._clear.setObjectName("network.clear_stretch")
        self._clear.setAccessibleName("Clear stretch")
        self._clear.setToolTip("Brush no stretch any more: the bars go")
        self._clear.setProperty("chip", True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._clear.clicked.connect(self._take_away)
        inspection.stretch_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        stretch = self._inspection.stretch
        self.setVisible(stretch is not None)
        if stretch is not None:
            low, high = (format_number(round(end, 3)) for end in stretch)
            self._words.setText(
                f"The bars say how much each neuron draws of the brushed stretch, t = {low} to {high}. The widest is "
                "the strongest neuron's."
            )

    @Slot()
    def _take_away(self) -> None:
        self._inspection.brush(None)
