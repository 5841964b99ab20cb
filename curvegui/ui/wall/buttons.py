"""The buttons under a wall, and in which order its networks are shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QRadioButton, QVBoxLayout, QWidget

from curvegui.session.run.phase import Phase
from curvegui.ui.look.layouts import side_by_side


class WallButtons(QWidget):
    """Says what is to be done."""

    begun = Signal()
    paused = Signal()
    taken_over = Signal()
    liked = Signal()
    closed = Signal()
    ordered = Signal(bool)  # whether the networks are to be in the order of their costs

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin = _button("begin", "&Learn anew", "Begin with the run's present settings")
        self._pause = _button(
            "pause", "&Pause", "Let all networks stand still, or go on; in the end, for as long again"
        )
        take_over = _button(
            "adopt", "A&dopt", "Make the marked network the run; Undo brings the present one back (Enter)"
        )
        keep = _button("keep", "&Keep as favourite", "Keep the marked network, with its run, as a favourite (F)")
        close = _button("close", "Close", "End the wall")
        as_they_are, by_cost = QRadioButton("In the wall's &order"), QRadioButton("By &cost")
        as_they_are.setObjectName("wall.as_they_are")
        as_they_are.setChecked(True)
        by_cost.setObjectName("wall.by_cost")
        by_cost.setToolTip("The lowest cost first: in a new order every two seconds, but not under the pointer")
        self._begin.setDefault(True)
        self._begin.clicked.connect(self.begun)
        self._pause.clicked.connect(self.paused)
        take_over.clicked.connect(self.taken_over)
        keep.clicked.connect(self.liked)
        close.clicked.connect(self.closed)
        by_cost.toggled.connect(self.ordered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            side_by_side(self._begin, self._pause, take_over, keep, close, side_by_side(as_they_are, by_cost))
        )  # fmt: skip

    def show_phase(self, phase: Phase) -> None:
        """Offer what can be done now."""
        self._pause.setText("&Pause" if phase is Phase.LEARNING else "&Go on")
        self._pause.setEnabled(phase is not Phase.FAILED)


def _button(name: str, words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(f"wall.{name}")
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
