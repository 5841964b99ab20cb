"""The label with the numbers of the part under the pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

AWAY_PX = 14  # from the pointer
BELOW_PX = 2  # from the diagram


class FactsLabel(QLabel):
    """A small label with numbers, outside of the diagram ``over``: below it, above it, or else beside the pointer."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("network.facts")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, lines: Sequence[str], pointer: QPointF) -> None:
        """Show facts about the part at the pointer, a line each; long lines are wrapped at the diagram's width."""
        text, width = "\n".join(lines), self._over.width()
        if text != self.text() or self.maximumWidth() != width:
            self.setWordWrap(False)
            self.setMaximumWidth(width)
            self.setText(text)
            if self.sizeHint().width() > width:
                self.setWordWrap(True)
                self.resize(width, self.heightForWidth(width))
            else:
                self.resize(self.sizeHint())
        self.move(self._position(pointer.toPoint()))
        self.show()
        self.raise_()

    def _position(self, pointer: QPoint) -> QPoint:
        """The label's top left corner, where all of the label is visible, and the diagram too if possible."""
        page = self.parentWidget() or self._over
        origin = QPoint(0, 0) if page is self._over else self._over.mapTo(page, QPoint(0, 0))
        seen, diagram = page.visibleRegion().boundingRect(), QRect(origin, self._over.size())
        x = diagram.left() + min(max(pointer.x() - self.width() // 2, 0), diagram.width() - self.width())
        for y in (diagram.bottom() + 1 + BELOW_PX, diagram.top() - BELOW_PX - self.height()):
            if seen.contains(QRect(QPoint(x, y), self.size())):
                return QPoint(x, y)
        y = pointer.y() + AWAY_PX
        if y + self.height() > self._over.height() or not seen.contains(QPoint(x, origin.y() + y + self.height())):
            y = pointer.y() - AWAY_PX - self.height()
        beside = min(pointer.x() + AWAY_PX, self._over.width() - self.width())
        return origin + QPoint(max(beside, 0), max(y, 0))
