"""Under the choice of an engine: which one computes automatically and why, and how to get the faster one."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.installing import install_hint
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.engines import ENGINES, why_chosen
from curvegui.core.settings.config import TrainingConfig
from curvegui.environment import extra_line
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.tips import named, styled

COPY, COPIED = mark("Copy the line that installs Numba"), mark("Copied: paste the line into a terminal")
INSTALL = mark("Install it with the line below, then start CurveGUI again.")


class EngineNote(QWidget):
    """Says it in a sentence or two; where Numba is not installed, the line that installs it can be copied.

    A bundle has no such line, and says which bundle has the engine.
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = styled(named(QLabel(wordWrap=True), "preferences.engine_note"), "muted")
        self._line = named(QLabel(extra_line("fast"), wordWrap=True), "preferences.engine_line")
        self._copy = named(QPushButton(tr(COPY), autoDefault=False), "preferences.engine_copy")
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy.clicked.connect(self._copy_line)
        filled(QVBoxLayout(self), self._words, self._line, self._copy, spacing=6)
        for widget in (self._line, self._copy):
            widget.hide()

    def explain(self, config: TrainingConfig, trouble: str = "") -> None:
        """Say it of runs with these settings; ``trouble`` is why the compiled engine cannot be used, if it cannot."""
        is_missing, line = not ENGINES["compiled"].is_installed(), extra_line("fast")
        more = (tr(INSTALL) if line else install_hint("fast")) if is_missing else trouble
        self._words.setText(f"{why_chosen(config)} {more}".strip())
        self._copy.setText(tr(COPY))
        for widget in (self._line, self._copy):
            widget.setVisible(is_missing and bool(line))

    @Slot()
    def _copy_line(self) -> None:
        QGuiApplication.clipboard().setText(self._line.text())
        self._copy.setText(tr(COPIED))
