"""What a dialog that saves something says of it: how far it is, and how it ended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar

PROGRESS_STEPS = 1_000


def progress_bar() -> QProgressBar:
    """A bar of ``PROGRESS_STEPS``, hidden until something is saved."""
    bar = QProgressBar()
    bar.setRange(0, PROGRESS_STEPS)
    bar.setTextVisible(False)
    bar.hide()
    return bar


def message_label() -> QLabel:
    """A place for sentences, hidden until there is one."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it quotes paths
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label


def write(label: QLabel, text: str, error: bool) -> None:
    """Show a sentence where room is kept for it."""
    label.setProperty("error", error)
    label.style().polish(label)
    label.setText(text)
    label.setAccessibleName(text)
    label.show()


def say(label: QLabel, text: str, error: bool) -> None:
    """Show a sentence; nothing else must be covered by it."""
    write(label, text, error)
    dialog = label.window()
    if isinstance(dialog, QDialog):
        make_room(dialog)


def make_room(dialog: QDialog) -> None:
    """Let a dialog grow with what has come up in it."""
    needed = max(dialog.minimumSizeHint().height(), dialog.heightForWidth(dialog.width()))
    dialog.resize(dialog.width(), max(dialog.height(), needed))
