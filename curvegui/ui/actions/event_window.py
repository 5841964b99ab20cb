"""A main window that says by signals what features would need event filters for."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow


class EventWindow(QMainWindow):
    """Emits its events; whoever receives one may accept or ignore it.

    An event filter in Python is asked about each of some hundred events a second, mostly paintings, and takes the
    interpreter from the trainer for that.
    """

    closing = Signal(QCloseEvent)  # it closes unless one ignores it
    closed = Signal()  # it has been, with its dialogs, and its layout is kept; the session has not been
    resized = Signal()
    state_changed = Signal()  # it fills the screen, or does no longer
    pressed = Signal(QKeyEvent)  # a key that no widget wanted
    dragged = Signal(object)  # something comes over the window (QDragEnterEvent), leaves it, or is dropped on it

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.state_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.pressed.emit(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.ignore()
        self.dragged.emit(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.dragged.emit(event)

    def dropEvent(self, event: QDropEvent) -> None:
        event.ignore()
        self.dragged.emit(event)
