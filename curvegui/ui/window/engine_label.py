"""Which engine computes, in the status bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from curvegui.core.engine.backend import Backend
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
        self._computing: Backend | None = None

    def show_computing(self, backend: Backend) -> None:
        """Show what computes at present."""
        if backend != self._computing:
            self._computing = backend
            self.setText(words_for(backend))
            trouble = ENGINES["c"].obstacle()
            self.setToolTip(wrapped(f"{tr(ABOUT)}\n{trouble}" if trouble else tr(ABOUT)))
