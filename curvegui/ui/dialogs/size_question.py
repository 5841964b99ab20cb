"""The question before a very large network is built."""

from PySide6.QtWidgets import QMessageBox, QWidget


def agrees(concern: str, parent: QWidget | None = None) -> bool:
    """Ask whether to build it all the same; No is the default.

    Parameters
    ----------
    concern : str
        What is large about it, and what that costs.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "CurveGUI", concern, parent=parent)
    box.setObjectName("size_question")
    box.setInformativeText("Build it all the same?")
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes
