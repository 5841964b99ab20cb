"""The wheel with Ctrl over a panel makes text larger and smaller."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWheelEvent, QWindow
from PySide6.QtWidgets import QApplication, QDockWidget

NOTCH = 120  # of a wheel, in the units of its events
REST_MS = 120  # a new size lays out the whole window: one for several notches


class TextWheel(QObject):
    """Listens to the app's windows, not to each widget: that would cost every frame."""

    turned = Signal(int)  # by so many notches; more for larger text

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._units = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell)
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._listen_to)

    @Slot(QWindow)
    def _listen_to(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel if Ctrl is held over a panel."""
        if not isinstance(event, QWheelEvent) or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        each = QApplication.widgetAt(event.globalPosition().toPoint())
        while each is not None and not isinstance(each, QDockWidget):
            each = each.parentWidget()
        if each is not None:
            self._units += event.angleDelta().y()
            self._rest.start()
        return each is not None

    @Slot()
    def _tell(self) -> None:
        notches, self._units = round(self._units / NOTCH), 0
        if notches:
            self.turned.emit(notches)
