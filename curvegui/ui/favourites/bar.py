"""A line that says what has just been done, with a button that takes it back, or what has failed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from curvegui.ui.look.icons import icon, icon_size


class FavouritesBar(QFrame):
    """Shows one sentence until it is closed."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("favourites.bar")
        self._words = QLabel()
        self._words.setObjectName("favourites.said")
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo = QPushButton("Undo")
        self._undo.setObjectName("favourites.undo")
        self._close = QToolButton()
        self._close.setObjectName("favourites.close_bar")
        self._close.setProperty("bare", True)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName("Close this message")
        self._close.setIcon(icon("remove", "muted"))
        self._close.setIconSize(icon_size(self, 0.9))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._undo.clicked.connect(self.undo_asked)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def offers_undo(self) -> bool:
        """Whether Undo is what a person would expect to take back what is said here."""
        return not self.isHidden() and not self._undo.isHidden()

    def say(self, words: str, *, can_undo: bool = False, is_error: bool = False) -> None:
        """Show a sentence; screen readers are told."""
        self._words.setProperty("error", is_error)
        self._words.style().polish(self._words)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._undo.setAccessibleName(f"Undo: {words}")
        self._undo.setVisible(can_undo)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
