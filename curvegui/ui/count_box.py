"""A box for a whole number on a page that scrolls: the wheel turns the page, unless the box has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

TEXT_MARGIN_PX = 6


class CountBox(QSpinBox):
    """A whole number to type or to step, counted as people do."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setKeyboardTracking(False)  # a number half typed is another one
        self.lineEdit().setTextMargins(TEXT_MARGIN_PX, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only with the focus: scrolling past must not change anything."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
