"""What dialogs that save a picture have in common: a message, a bar for the progress, a name that ends well."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QProgressBar, QWidget

PROGRESS_STEPS = 1_000


def message_label() -> QLabel:
    """A label for what has been done or has failed, hidden until then."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it quotes the path
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label


def show_message(label: QLabel, text: str, *, is_error: bool) -> None:
    """Say something in such a label."""
    label.setProperty("error", is_error)
    label.style().polish(label)
    label.setText(text)
    label.setAccessibleName(text)
    label.show()


def progress_bar() -> QProgressBar:
    """A bar of ``PROGRESS_STEPS``, hidden until something is saved."""
    bar = QProgressBar()
    bar.setRange(0, PROGRESS_STEPS)
    bar.setTextVisible(False)
    bar.hide()
    return bar


def make_room(dialog: QDialog) -> None:
    """Let a dialog grow with what has come up in it; nothing must cover another."""
    needed = max(dialog.minimumSizeHint().height(), dialog.heightForWidth(dialog.width()))
    dialog.resize(dialog.width(), max(dialog.height(), needed))


def with_ending(path: Path, ending: str) -> Path:
    """The path with the format's ending, which is added where another one is there, or none."""
    return path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")


def may_replace(path: Path, title: str, parent: QWidget) -> bool:
    """Ask about a file that the file dialog has not asked about, as its name was not complete."""
    question = f"“{path.name}” is there already. Replace it?"
    return QMessageBox.question(parent, title, question) == QMessageBox.StandardButton.Yes
