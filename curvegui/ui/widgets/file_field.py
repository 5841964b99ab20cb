"""A field for the path of a file, with a button that looks for it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget


class FileField(QWidget):
    """A label, a line for a path, and a button.

    Parameters
    ----------
    name : str
        The line's ``objectName``; the button's is ``<name>.find``.
    label : str
        With ``&`` before its mnemonic.
    tip : str
    """

    def __init__(self, name: str, label: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = label.replace("&", "")
        self._title, self._line, self._button, caption = (
            f"Choose a file: {words}",
            QLineEdit(),
            QToolButton(),
            QLabel(label),
        )
        self._line.setObjectName(name)
        self._line.setAccessibleName(words)
        self._button.setObjectName(f"{name}.find")
        self._button.setText("…")
        self._button.setAccessibleName(self._title)
        caption.setBuddy(self._line)
        self.setToolTip(tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (caption, self._line, self._button):
            row.addWidget(part)
        self._button.clicked.connect(self._look)

    def text(self) -> str:
        """The path, or nothing."""
        return self._line.text().strip()

    def setText(self, text: str) -> None:
        """Show another path."""
        self._line.setText(text)

    @Slot()
    def _look(self) -> None:
        dialog = QFileDialog(self, self._title, self.text())
        dialog.setObjectName("find_file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
