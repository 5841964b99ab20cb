"""How a dialog says what becomes of its work: a bar of progress, and a sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar

PROGRESS_STEPS = 1_000


def progress_bar() -> QProgressBar:
    bar = QProgressBar(textVisible=False)
    bar.setRange(0, PROGRESS_STEPS)
    bar.hide()
    return bar


def message_label() -> QLabel:
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    label = QLabel(wordWrap=True, textInteractionFlags=selectable, textFormat=Qt.TextFormat.PlainText)
    label.hide()
    return label


def write(label: QLabel, text: str, error: bool) -> None:
    """Show a sentence in a label for which the dialog has room."""
    label.setProperty("error", error)
    label.style().polish(label)
    label.setText(text)
    label.setAccessibleName(text)
    label.show()
