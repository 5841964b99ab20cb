"""How large a dialog opens that has much to show: as it likes, within the screen and the window that it belongs to."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

FRAME_PX = 40, 80  # kept free beside and below it on the screen


def open_as_large_as(dialog: QDialog, lines: tuple[int, int]) -> None:
    """Give a dialog a width and a height in heights of a line of text, as far as there is room."""
    width, height = (count * dialog.fontMetrics().height() for count in lines)
    room, parent = dialog.screen().availableSize() - QSize(*FRAME_PX), dialog.parentWidget()
    dialog.resize(QSize(width, height).boundedTo(room if parent is None else parent.size().boundedTo(room)))
