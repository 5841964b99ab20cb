"""A bubble at a widget: why a value was refused, or facts about what is pointed at; over the window, so that nothing
moves for it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.ui.look.layouts import line_px, styled
from curvegui.ui.widgets.spoken import announce

LINES_WIDE = 17  # of a reason at most, in heights of a line of text
AWAY_PX = 4  # from its widget
MOVES = {QEvent.Type.Move, QEvent.Type.Resize}


class Bubble(QLabel):
    """Words below the widget ``at``, or above it where there is no room; hidden while the widget is not seen."""

    def __init__(self, at: QWidget, name: str, is_error: bool = True) -> None:
        super().__init__(at, textFormat=Qt.TextFormat.PlainText)  # it quotes what was typed
        styled(self, "bubble", *(["error"] if is_error else [])).setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at, self._middle = at, -1
        self._around: list[QWidget] = []
        self.hide()

    def say(self, reason: str, at: QWidget | None = None) -> None:
        """Show a reason until it is hidden, at another widget if one is given, and have a screen reader say it."""
        self._at = at or self._at
        self.setAccessibleName(reason)
        self._show(reason)
        announce(self._at, reason)

    def tell(self, facts: str, middle: int) -> None:
        """Show facts, in lines, below or above the px ``middle`` of the widget's width."""
        self._middle = middle
        self._show(facts)

    def _show(self, words: str) -> None:
        self._watch()
        self.setText(words)
        self._place()
        self.setVisible(self._at.isVisible() or not self._at.window().isVisible())
        self.raise_()

    def _watch(self) -> None:
        """Follow the widget when it, or a page that it is on, is moved."""
        around = [self._at]
        while not around[-1].isWindow() and (parent := around[-1].parentWidget()) is not None:
            around.append(parent)
        if around != self._around:
            for each in self._around:
                each.removeEventFilter(self)
            for each in around:
                each.installEventFilter(self)
            self._around = around
            self.setParent(around[-1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() in MOVES:
            self._place()
        elif watched is self._at and event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    def _place(self) -> None:
        window, seen = self._at.window(), self._at.visibleRegion().boundingRect() or self._at.rect()
        box = QRect(self._at.mapTo(window, seen.topLeft()), seen.size())
        most = min(LINES_WIDE * line_px(self) if self._middle < 0 else box.width(), window.width())
        self.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > most:
            self.setWordWrap(True)
            size = QSize(most, self.heightForWidth(most))
        self.resize(size)
        width = size.width()
        ends = window.isRightToLeft() or box.left() + width > window.width()
        start = box.right() + 1 - width if ends else box.left()
        if self._middle >= 0:
            middle = self._at.mapTo(window, QPoint(self._middle, 0)).x()
            start = max(min(middle - width // 2, box.right() + 1 - width), box.left())
        below = box.bottom() + AWAY_PX
        top = below if below + self.height() <= window.height() else box.top() - AWAY_PX - self.height()
        self.move(max(min(start, window.width() - width), 0), max(top, 0))
