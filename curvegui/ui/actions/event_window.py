"""A main window that emits its events as signals, so that features need no event filters."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow


class EventWindow(QMainWindow):
    """Emits its events as signals; a receiver may accept or ignore the event. An event filter in Python would be called
    for some hundred events a second, mostly paintings, and would take time from the trainer."""

    closing = Signal(QCloseEvent)  # the window closes unless a receiver ignores the event
    closed = Signal()  # the window and its dialogs have been closed, its layout saved; the session is still open
    resized = Signal()
    state_changed = Signal()  # the window fills the screen, or does so no longer
    pressed = Signal(QKeyEvent)  # a key that no widget has taken
    dragged = Signal(object)  # something is dragged over the window (QDragEnterEvent), leaves the window, or is dropped

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
