"""What floats over the picture: the controls, which go when the pointer rests, and what the status bar would say."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget

from curvegui.ui.canvas.plane_view import PlaneView

RESTING_MS = 2_000
ABOVE_PX = 24  # the bottom of the picture
KEYS = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}  # of a shortcut, only the latter comes
STIRS = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel} | KEYS


class FloatingBar(QFrame):
    """Holds a widget at the bottom of ``picture``; it is seen while somebody moves the pointer or presses keys.

    ``more`` is beside the widget, and goes with the bar.
    """

    def __init__(self, contents: QWidget, picture: PlaneView, more: Sequence[QWidget] = ()) -> None:
        super().__init__(picture)
        self.setObjectName("watch.bar")
        self.setProperty("card", True)
        self._contents, self._picture = contents, picture
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(contents, 1)
        for widget in more:
            row.addWidget(widget)
        contents.show()
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._rest)
        for each in (picture, picture.viewport(), picture.window()):
            each.installEventFilter(self)
        self.place()
        self.stir()

    def give_back(self) -> QWidget:
        """The widget that it held; it goes itself."""
        for each in (self._picture, self._picture.viewport(), self._picture.window()):
            each.removeEventFilter(self)
        self._resting.stop()
        self._picture.viewport().unsetCursor()
        self._picture.keep_free(0)
        self._contents.setMinimumHeight(0)  # it was for the width that it has here
        self._contents.setParent(None)
        self.hide()
        self.deleteLater()
        return self._contents

    def place(self) -> None:
        """Stand in the middle of the bottom, as wide as it likes."""
        self._contents.setMinimumHeight(0)  # it was for the width that it had elsewhere
        across, high = self._picture.width(), self._picture.height()
        width = min(self.sizeHint().width(), across - 2 * ABOVE_PX)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((across - width) // 2, high - height - ABOVE_PX, width, height)
        self._picture.keep_free(height + ABOVE_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the picture, and come back when somebody does something."""
        if event.type() in (KEYS if watched is self.window() else STIRS):
            self.stir()
        elif watched is self._picture and event.type() == QEvent.Type.Resize:
            self.place()
        return False

    @Slot()
    def stir(self) -> None:
        """Be seen for a while."""
        if self.isHidden():
            self.show()
            self.raise_()
            self._picture.viewport().unsetCursor()
        self._resting.start()

    @Slot()
    def _rest(self) -> None:
        """Go, unless the pointer or the focus is here."""
        focus = QApplication.focusWidget()
        has_focus = focus is not None and self.isAncestorOf(focus)
        if has_focus or self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            self._resting.start()
        else:
            self.hide()
            self._picture.viewport().setCursor(Qt.CursorShape.BlankCursor)


BELOW_PX = 16  # the top of the picture
SEEN_MS = 6_000


class Message(QLabel):
    """Says in a box at the top of ``picture``, for some seconds, what the hidden status bar would."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture)
        self.setObjectName("watch.message")
        self.setProperty("pill", True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = picture
        self._seen = QTimer(self, singleShot=True, interval=SEEN_MS)
        self._seen.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, broken where the picture is narrower; hide again where there are none."""
        self.setVisible(bool(words))
        self.setFont(self._picture.font())
        self.setText(words)
        self.setAccessibleName(words)
        most = self._picture.width() - 2 * BELOW_PX
        self.setWordWrap(False)
        self.setWordWrap(self.sizeHint().width() > most)
        width = min(self.sizeHint().width(), most) if not self.wordWrap() else most
        height = self.heightForWidth(width) if self.wordWrap() else self.sizeHint().height()
        self.setGeometry((self._picture.width() - width) // 2, BELOW_PX, width, height)
        self.raise_()
        self._seen.start()
