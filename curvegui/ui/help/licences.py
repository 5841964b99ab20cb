"""The licences of all parts of a bundle, in a window: a list of the parts, and beside it the text of one licence."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.files.disk.resources import resource
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, named, open_as_large_as, styled

LINES = 62, 36  # the window's width and height at first, in heights of a line of text


def licence_files() -> list[Path]:
    """A file for each part of the bundle, CurveGUI's own first; none if the app was installed from packages."""
    try:
        found = sorted(resource("licences").glob("*.txt"), key=lambda path: path.name.lower())
    except FileNotFoundError:
        return []
    return sorted(found, key=lambda path: path.stem.partition("-")[0] != "CurveGUI")


class LicencesWindow(Dialog):
    """Shows the text of each licence, in English."""

    def __init__(self, files: list[Path], parent: QWidget | None = None) -> None:
        super().__init__("licences", tr("Licences"), parent)
        texts = [path.read_text(encoding="utf-8") for path in files]
        self._texts = [text.replace("\f", "\n") for text in texts]
        self.parts = styled(named(QListWidget(), "licences.parts", tr("Parts")), "boxed")
        self.parts.setWordWrap(True)
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.text = named(text, "licences.text", tr("Licence"))
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.parts.addItems([text.partition("\n")[0] for text in texts])
        self.parts.currentRowChanged.connect(self._show)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = filled(QHBoxLayout(), (self.parts, 1), (self.text, 3), edges=None)
        filled(QVBoxLayout(self), (row, 1), buttons, edges=None)
        self.parts.setCurrentRow(0)
        open_as_large_as(self, LINES)

    @Slot(int)
    def _show(self, row: int) -> None:
        self.text.setPlainText(self._texts[row])
