"""How large a dialog opens: as it wishes, but no larger than the window that it belongs to, or than the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME_PX = 40, 80  # kept free beside and below it on the screen, for its frame and the system's bars


def room_for(dialog: QWidget, frame_px: tuple[int, int] = FRAME_PX) -> QSize:
    """The largest size that a dialog may open with."""
    room, parent = dialog.screen().availableSize() - QSize(*frame_px), dialog.parentWidget()
    return room if parent is None else parent.window().size().boundedTo(room)


def open_as_large_as(dialog: QWidget, lines: tuple[int, int]) -> None:
    """Give a dialog a width and a height in heights of a line of text, as far as there is room."""
    width, height = (count * dialog.fontMetrics().height() for count in lines)
    dialog.resize(QSize(width, height).boundedTo(room_for(dialog)))
