"""The numbers of what the pointer is at, beside it: a tooltip would flicker as they change."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QWidget

AWAY_PX = 14  # from the pointer


class FactsLabel(QLabel):
    """A small label over another widget, inside of it.

    Parameters
    ----------
    over : QWidget
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("network.facts")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, lines: Sequence[str], pointer: QPointF) -> None:
        """Say something beside the pointer: in as many lines as there is room for."""
        text, room = "\n".join(lines), self._over.size()
        if text != self.text() or self.maximumWidth() != room.width():
            self.setWordWrap(False)
            self.setMaximumWidth(room.width())
            self.setText(text)
            if self.sizeHint().width() > room.width():
                self.setWordWrap(True)
                self.resize(room.width(), self.heightForWidth(room.width()))
            else:
                self.resize(self.sizeHint())
        x = min(round(pointer.x()) + AWAY_PX, room.width() - self.width())
        y = round(pointer.y()) + AWAY_PX
        if y + self.height() > room.height():
            y = round(pointer.y()) - AWAY_PX - self.height()
        self.move(max(x, 0), max(y, 0))
        self.show()
        self.raise_()
