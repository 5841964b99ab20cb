"""The app's log in a window, to read and to send to somebody."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent, QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.core.regular_file import open_regular
from curvegui.ui.dialogs.paths import show_folder
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, named, open_as_large_as

LINES = 60, 30  # the window's width and height at first, in heights of a line of text
MOST_BYTES = 200_000  # of the end of the log


class LogWindow(Dialog):
    """Shows the end of the log, scrolled to its newest lines."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__("log", tr("Log"), parent)
        self._path = path
        label = named(QLabel(str(path), wordWrap=True, textFormat=Qt.TextFormat.PlainText), "log.place")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text = QPlainTextEdit(end_of(path), readOnly=True, tabChangesFocus=True)
        self._text = named(text, "log.text", tr("Log"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        acts = {"copy": (tr("&Copy"), self._copy), "folder": (tr("Show in &folder"), self._show_folder)}
        for name, (words, act) in acts.items():
            button = named(buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole), f"log.{name}")
            button.clicked.connect(act)
        filled(QVBoxLayout(self), label, (self._text, 1), buttons, edges=None)
        open_as_large_as(self, LINES)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._text.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    @Slot()
    def _show_folder(self) -> None:
        show_folder(self._path.parent, self)


def end_of(path: Path) -> str:
    """The newest lines of a log; a sentence if it is empty, or cannot be read."""
    try:
        with open_regular(path) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - MOST_BYTES, 0))
            text = file.read().decode("utf-8", "replace").rstrip()
    except OSError as error:
        return tr("The log cannot be read: {reason}.", reason=error.strerror or error)
    return text.partition("\n")[2] if size > MOST_BYTES else text or tr("Nothing has been logged yet.")
