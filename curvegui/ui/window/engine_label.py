"""Which engine computes, in the status bar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.installing import install_hint
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.engines import ENGINES, words_for
from curvegui.environment import is_bundle
from curvegui.ui.look.tips import wrapped

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.session.run.preparation import Preparation

ABOUT = mark("The engine that computes the iterations")
INSTALL = mark("There is a much faster one. {hint}")
COPYING = mark("Preferences, Engine has the line to copy.")
INSTEAD = mark("The compiled engine cannot be used here. NumPy computes the same run, more slowly.")


class EngineLabel(QLabel):
    """Says which engine computes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status.engine")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._preparation: Preparation | None = None
        self._computing = USUAL

    def follow(self, preparation: "Preparation") -> None:
        """Show how far the wanted engine is prepared."""
        self._preparation = preparation
        preparation.changed.connect(self._write)
        self._write()

    def show_computing(self, arithmetic: Arithmetic) -> None:
        """Show what computes at present."""
        if arithmetic != self._computing:
            self._computing = arithmetic
            self._write()

    def _write(self) -> None:
        words, tip = words_for(self._computing), tr(ABOUT)
        if self._preparation is None:
            return
        if self._preparation.is_under_way:
            words = tr("{words} (compiled engine loading…)", words=words)
        elif self._preparation.reason:
            tip = f"{tr(INSTEAD)}\n{self._preparation.reason}"
        elif not ENGINES["compiled"].is_installed():
            tip = f"{tr(ABOUT)}. {tr(INSTALL, hint=install_hint('fast'))}"
            tip = tip if is_bundle() else f"{tip}\n{tr(COPYING)}"
        self.setText(words)
        self.setToolTip(wrapped(tip))
