"""Labels for text that changes or is too long: with an ellipsis, in a label that keeps its size, or in a box."""

import re

from PySide6.QtCore import QEvent, QMetaObject, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsSimpleTextItem, QLabel, QSizePolicy, QWidget

from curvegui.core.language.text import END, ISOLATE, is_right_to_left
from curvegui.ui.look.layouts import wrapped
from curvegui.ui.look.theme import current_theme, follow_theme


class ElidedLabel(QLabel):
    """One line of plain text with an ellipsis if it is too long; its tooltip and screen readers have the whole text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setToolTip(wrapped(text))

    @property
    def shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown)
        painter.end()


SLACK_LINES = 2.0  # in heights of a line: words may be so much narrower than the label, as numbers lose digits


class SteadyLabel(QWidget):
    """Holds a label, which fills it, without a layout: a label reports each new text to all layouts around it."""

    def __init__(self, label: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        label.setParent(self)
        self._width = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        follow_theme(self._heed_font)  # the label may get larger text long after this widget

    def sizeHint(self) -> QSize:
        return QSize(self._width, self._label.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._label.minimumSizeHint().height())

    def write(self, text: str) -> None:
        """Change the text; the label grows with it, and shrinks only if a much shorter text needs less room."""
        if text == self._label.text():
            return
        self._label.setText(text)
        self._measure()

    def _measure(self) -> None:
        if self._label.wordWrap():  # its width is given, and measuring takes a millisecond
            return
        width = self._label.sizeHint().width() if self._label.text() else 0
        if not self._width - SLACK_LINES * self.fontMetrics().height() <= width <= self._width:
            self._width = width
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            QMetaObject.invokeMethod(self, "_heed_font", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _heed_font(self) -> None:
        self._measure()
        self.updateGeometry()  # the height has changed too


ENDLESS_PX = 100_000


class SteadyText(SteadyLabel):
    """Holds a label that wraps its text, with room for the ``longest`` text that there will be."""

    def __init__(self, label: QLabel, longest: str, parent: QWidget | None = None) -> None:
        self._longest = longest
        super().__init__(label, parent)

    def say(self, words: str, error: bool = False) -> None:
        label = self._label
        if bool(label.property("error")) != error:
            label.setProperty("error", error)
            label.style().polish(label)
        self.write(words)
        label.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        area, words = QRect(0, 0, max(self.width(), 1), ENDLESS_PX), self._longest
        if is_right_to_left():
            words += ISOLATE + END  # as around values: they may be of a font with higher lines
        return QSize(0, self.fontMetrics().boundingRect(area, Qt.TextFlag.TextWordWrap, words).height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


PADDING_PX = 5.0
GAP_PX = 8.0  # between the box and the position that it is about


class TextBox(QGraphicsRectItem):
    """A text on an opaque background, for a plot: a graphics item that Qt paints."""

    def __init__(self) -> None:
        super().__init__()
        self._words = QGraphicsSimpleTextItem(self)
        self._words.setPos(PADDING_PX, PADDING_PX)

    def colour(self, font: QFont) -> None:
        theme = current_theme()
        self._words.setFont(font)
        self._words.setBrush(QColor(theme.text))
        self.setBrush(QColor(theme.card))
        self.setPen(QPen(QColor(theme.border), 1.0))

    def say(self, text: str, x: float, area: QRectF) -> None:
        x = min(max(x, area.left()), area.right())
        self._words.setText(text)
        size = self._words.boundingRect().adjusted(0, 0, 2 * PADDING_PX, 2 * PADDING_PX)
        self.setRect(QRectF(0, 0, size.width(), size.height()))
        left = x - GAP_PX - size.width() if x > area.center().x() else x + GAP_PX
        self.setPos(left, area.top() + 1)


CODE = re.compile(r"`([^`\n]+)`")
MOST_WHOLE = 28  # the longest code that is never broken: longer code may not fit in a line
JOINER, FIXED_SPACE = "\u2060", "\u00a0"


def with_whole_code(markdown: str) -> str:
    """Markdown whose inline code and formulas are not broken into lines; long ones only between their words."""
    return CODE.sub(lambda found: f"`{_whole(found[1])}`", markdown)


def _whole(code: str) -> str:
    words = [JOINER.join(word) for word in code.split(" ")]
    return (FIXED_SPACE if len(code) <= MOST_WHOLE else " ").join(words)
