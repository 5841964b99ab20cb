"""Where a file is to be saved: the file dialog, and what it does not ask."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def ask_path(parent: QWidget, title: str, start: Path, ending: str) -> Path | None:
    """Ask where to save a file.

    Parameters
    ----------
    parent : QWidget
    title : str
    start : Path
        What the file dialog begins with.
    ending : str
        Of the format, such as ``"png"``; it is added where another one is there, or none.

    Returns
    -------
    Path or None
        None where the person thought better of it.
    """
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), f"{ending.upper()} (*.{ending})")
    if not chosen:
        return None
    path = Path(chosen)
    complete = path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")
    if complete != path and complete.exists() and not _may_replace(complete, title, parent):
        return None
    return complete


def _may_replace(path: Path, title: str, parent: QWidget) -> bool:
    """Ask about a file that the file dialog has not asked about, as its name was not complete."""
    question = f"“{path.name}” is there already. Replace it?"
    return QMessageBox.question(parent, title, question) == QMessageBox.StandardButton.Yes
