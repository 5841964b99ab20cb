"""The words of the status bar for what computes the iterations, and in a tooltip why nothing faster does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import ENGINES, words_for
from curvegui.session.run.preparation import Preparation

ABOUT = "What computes the iterations"
INSTALL = 'One that is several times as fast is installed by:  pip install "curvegui[fast]"'
INSTEAD = "The compiled engine cannot be used here; NumPy computes the same, more slowly."


class EngineLabel(QLabel):
    """Says which engine computes.

    Parameters
    ----------
    preparation : Preparation
        Of the one that is wanted.
    """

    def __init__(self, preparation: Preparation) -> None:
        super().__init__()
        self.setObjectName("status.engine")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._preparation, self._computing = preparation, USUAL
        preparation.changed.connect(self._write)
        self._write()

    def show_computing(self, arithmetic: Arithmetic) -> None:
        """Show what computes at present."""
        if arithmetic != self._computing:
            self._computing = arithmetic
            self._write()

    def _write(self) -> None:
        words, tip = words_for(self._computing), ABOUT
        if self._preparation.is_under_way:
            words = f"{words}, compiled one on its way"
        elif self._preparation.reason:
            tip = f"{INSTEAD}\n{self._preparation.reason}"
        elif not ENGINES["compiled"].is_installed():
            tip = f"{ABOUT}. {INSTALL}"
        self.setText(words)
        self.setToolTip(tip)
