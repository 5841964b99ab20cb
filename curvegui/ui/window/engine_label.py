"""Which engine computes, in the status bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.engines import ENGINES, words_for
from curvegui.ui.look.tips import wrapped

ABOUT = mark("The engine that computes the iterations")


class EngineLabel(QLabel):
    """Says which engine computes, and in its tip what is in the way of the fast one, if anything is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status.engine")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._computing: Arithmetic | None = None

    def show_computing(self, arithmetic: Arithmetic) -> None:
        """Show what computes at present."""
        if arithmetic != self._computing:
            self._computing = arithmetic
            self.setText(words_for(arithmetic))
            trouble = ENGINES["c"].obstacle()
            self.setToolTip(wrapped(f"{tr(ABOUT)}\n{trouble}" if trouble else tr(ABOUT)))
