"""A rounded box that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


def card(*contents: QWidget) -> QFrame:
    """A card with widgets one above the other."""
    frame = QFrame()
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 11, 14, 12)
    column.setSpacing(10)
    for each in contents:
        column.addWidget(each)
    return frame
