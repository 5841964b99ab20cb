"""What is wrong in a lesson's file, line by line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

LINES = 46, 16  # the dialog's width and height at most, in heights of a line of text


class LessonTrouble(QDialog):
    """Shows the problems of a file; they can be copied.

    Parameters
    ----------
    path : str
    problems : list of str
        A sentence each.
    parent : QWidget, optional
    """

    def __init__(self, path: str, problems: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_trouble")
        self.setWindowTitle("Lesson not opened")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = QLabel(f"This lesson cannot be used as it is. Nothing has changed.\n{path}")
        words.setObjectName("lesson_trouble.path")
        words.setTextFormat(Qt.TextFormat.PlainText)  # it quotes a path
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setWordWrap(True)
        self.list = QPlainTextEdit("\n".join(problems))
        self.list.setObjectName("lesson_trouble.list")
        self.list.setAccessibleName("Problems by line")
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        width, height = (count * self.fontMetrics().height() for count in LINES)
        self.resize(min(width, self.screen().availableSize().width() * 9 // 10), height)
