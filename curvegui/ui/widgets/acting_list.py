"""A list whose choices act at once: nothing happens on the way to the one that is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from curvegui.ui.widgets.scrolled import ScrolledComboBox

Key, Modifier = Qt.Key, Qt.KeyboardModifier
COMMANDS = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
OPENING = Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End


class ActingComboBox(ScrolledComboBox):
    """A list to choose from, where a choice adds something, or replaces what was typed or drawn.

    While such a list is closed, Qt would choose with every arrow key, letter or step of the wheel.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Drop down to be looked through; a letter goes to the first choice that begins with it."""
        text = event.text()
        is_letter = text.isprintable() and bool(text.strip())
        if is_letter and event.modifiers() & COMMANDS:
            event.ignore()  # the window's
        elif is_letter or event.key() in OPENING:
            self.showPopup()
            if is_letter:
                self.view().keyboardSearch(text)
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        """Begin at the choice in force; Qt begins where the list was left by Esc."""
        self.view().setCurrentIndex(self.model().index(self.currentIndex(), self.modelColumn()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()
