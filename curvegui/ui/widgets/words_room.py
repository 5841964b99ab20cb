"""A place for words of several lines that change all the time: its height is that of the longest, so nothing moves."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.ui.widgets.still_place import StillPlace

ENDLESS_PX = 100_000


class WordsRoom(StillPlace):
    """Holds a label that wraps its words.

    Parameters
    ----------
    label : QLabel
    longest : str
        The longest words that there will be.
    """

    def __init__(self, label: QLabel, longest: str, parent: QWidget | None = None) -> None:
        self._longest = longest
        super().__init__(label, parent)

    def say(self, words: str, error: bool = False) -> None:
        """Show words; those of an error have the colour of one."""
        label = self._label
        if bool(label.property("error")) != error:
            label.setProperty("error", error)
            label.style().polish(label)
        self.write(words)
        label.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        """Room for the longest words at the present width."""
        room = QRect(0, 0, max(self.width(), 1), ENDLESS_PX)
        return QSize(0, self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._longest).height())

    def sizeHint(self) -> QSize:
        """The same."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes another number of lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
