"""The numbers of what the pointer is at, under the diagram: a tooltip would flicker as they change, and cover it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

AWAY_PX = 14  # from the pointer
BELOW_PX = 2  # from the diagram


class FactsLabel(QLabel):
    """A small label that keeps off what it tells about: under it, else above it, and only then beside the pointer.

    Parameters
    ----------
    over : QWidget
        The diagram.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("network.facts")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def live_in(self, page: QWidget) -> None:
        """Take another parent, which has room around the diagram."""
        self.setParent(page)
        self.hide()

    def say(self, lines: Sequence[str], pointer: QPointF) -> None:
        """Say something of what is at the pointer: in as many lines as there is room for."""
        text, room = "\n".join(lines), self._over.width()
        if text != self.text() or self.maximumWidth() != room:
            self.setWordWrap(False)
            self.setMaximumWidth(room)
            self.setText(text)
            if self.sizeHint().width() > room:
                self.setWordWrap(True)
                self.resize(room, self.heightForWidth(room))
            else:
                self.resize(self.sizeHint())
        self.move(self._place(pointer.toPoint()))
        self.show()
        self.raise_()

    def _place(self, pointer: QPoint) -> QPoint:
        """Where it can be seen whole, and covers nothing of the diagram if that can be had."""
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
