"""A place for words that change all the time: they are painted anew, and the window is not laid out anew."""

from PySide6.QtCore import QEvent, QMetaObject, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

SLACK_LINES = 2.0  # heights of a line that words may be narrower than their place: numbers lose a digit and get it back


class StillPlace(QWidget):
    """Holds a label without a layout: a label tells every layout around it of each new text.

    Parameters
    ----------
    label : QLabel
        It fills the place.
    """

    def __init__(self, label: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        label.setParent(self)
        label.installEventFilter(self)
        self._width = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Room for the words that there have been of late."""
        return QSize(self._width, self._label.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as a label; words may be cut off."""
        return QSize(0, self._label.minimumSizeHint().height())

    def write(self, text: str) -> None:
        """Change the words; a line takes more room where it needs it, and gives some back where it needs much less."""
        if text == self._label.text():
            return
        self._label.setText(text)
        self._measure()

    def _measure(self) -> None:
        if self._label.wordWrap():  # its width is whoever's place it is, and asking costs a millisecond
            return
        width = self._label.sizeHint().width() if self._label.text() else 0
        if not self._width - SLACK_LINES * self.fontMetrics().height() <= width <= self._width:
            self._width = width
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the place."""
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words in another font need another room, once the label has it."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            QMetaObject.invokeMethod(self, "_heed_font", Qt.ConnectionType.QueuedConnection)
        return False

    @Slot()
    def _heed_font(self) -> None:
        self._measure()
        self.updateGeometry()  # the height is another one, too
