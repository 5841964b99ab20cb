"""Dialogs and boxes that act once: a key that is pressed twice while the window is busy finds them gone.

Each dialog of the window is one of these two; one that asks for a file comes from `file_dialog`.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox

if TYPE_CHECKING:
    _Base = QDialog
else:
    _Base = object


class ActsOnce(_Base):
    """Ends once, until it is shown again, and hears nothing any more if it goes for good when it is closed."""

    _has_ended = False

    def setVisible(self, visible: bool) -> None:
        """Show it, or hide it and be deaf: Qt still brings it a key that came too quickly."""
        if visible:
            self._has_ended = False
            self.setEnabled(True)
        super().setVisible(visible)
        if not visible and self.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose):
            self.setEnabled(False)

    def done(self, result: int) -> None:
        """End it, unless it has ended."""
        if not self._has_ended:
            self._has_ended = True
            super().done(result)


class Dialog(ActsOnce, QDialog):
    """A dialog."""


class MessageBox(ActsOnce, QMessageBox):
    """A box with a sentence and buttons."""
