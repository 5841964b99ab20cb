"""A bubble at an editor, which says why a value was refused: over the window, so that nothing moves for it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.ui.look.layouts import line_px, styled
from curvegui.ui.widgets.spoken import announce

LINES_WIDE = 17  # at most, in heights of a line of text
AWAY_PX = 4  # from its editor
MOVES = {QEvent.Type.Move, QEvent.Type.Resize}


class Bubble(QLabel):
    """A sentence below the widget ``at``, or above it where there is no room; hidden while the widget is not seen."""

    def __init__(self, at: QWidget, name: str) -> None:
        super().__init__(at, wordWrap=True, textFormat=Qt.TextFormat.PlainText)  # it quotes what was typed
        styled(self, "bubble").setObjectName(name)
        self._at = at
        self._around: list[QWidget] = []
        self.hide()

    def say(self, reason: str, at: QWidget | None = None) -> None:
        """Show the reason until it is hidden, at another widget if one is given."""
        self._at = at or self._at
        self.setParent(self._at.window())
        self._watch()
        self.setText(reason)
        self.setAccessibleName(reason)
        self.adjustSize()
        self._place()
        self.setVisible(self._at.isVisible() or not self._at.window().isVisible())
        self.raise_()
        announce(self._at, reason)

    def _watch(self) -> None:
        """Follow the editor when it, or a page that it is on, is moved."""
        for each in self._around:
            each.removeEventFilter(self)
        self._around = [self._at]
        while not self._around[-1].isWindow() and (parent := self._around[-1].parentWidget()) is not None:
            self._around.append(parent)
        for each in self._around:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() in MOVES:
            self._place()
        elif watched is self._at and event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    @Slot()
    def _place(self) -> None:
        window = self._at.window()
        box = QRect(self._at.mapTo(window, QPoint(0, 0)), self._at.size())
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + line_px(self) * 2, LINES_WIDE * line_px(self))
        self.setFixedWidth(min(width, window.width()))
        self.resize(self.width(), self.heightForWidth(self.width()))
        start = box.right() - self.width() if window.isRightToLeft() else box.left()
        below = box.bottom() + AWAY_PX
        top = below if below + self.height() <= window.height() else box.top() - AWAY_PX - self.height()
        self.move(max(min(start, window.width() - self.width()), 0), max(top, 0))
