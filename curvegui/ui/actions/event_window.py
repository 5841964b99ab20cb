"""A main window that emits its events as signals, so that features need no event filters."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow


class EventWindow(QMainWindow):
    """Emits its events as signals; a receiver may accept or ignore the event. An event filter in Python would be called
    for some hundred events a second, mostly paintings, and would take time from the trainer."""

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
