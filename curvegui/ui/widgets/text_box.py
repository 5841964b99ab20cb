"""A few words in a box beside a point of a plot."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsSimpleTextItem

PADDING_PX = 5.0
GAP_PX = 8.0  # between the box and what it is about


class TextBox(QGraphicsRectItem):
    """Words over an opaque background, as an item that Qt paints by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._words = QGraphicsSimpleTextItem(self)
        self._words.setPos(PADDING_PX, PADDING_PX)

    def dress(self, font: QFont, text: str, background: str, edge: str) -> None:
        """Take a font and colours."""
        self._words.setFont(font)
        self._words.setBrush(QColor(text))
        self.setBrush(QColor(background))
        self.setPen(QPen(QColor(edge), 1.0))

    def say(self, text: str, x: float, area: QRectF) -> None:
        """Show words beside ``x``, or beside the edge that is nearest to it, where ``area`` has more room."""
        x = min(max(x, area.left()), area.right())
        self._words.setText(text)
        size = self._words.boundingRect().adjusted(0, 0, 2 * PADDING_PX, 2 * PADDING_PX)
        self.setRect(QRectF(0, 0, size.width(), size.height()))
        left = x - GAP_PX - size.width() if x > area.center().x() else x + GAP_PX
        self.setPos(left, area.top() + 1)
