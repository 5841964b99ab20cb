"""A hint at the lower edge of the canvas: what the tool does, and how to leave it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.figure.drawing.look import Ink, Look
from curvegui.ui.canvas.run_items import TOOLS

MARGIN_PX = 8
PADDING_PX = 7, 12  # above and below, left and right
GROUND_ALPHA, EDGE_ALPHA = 0.85, 0.2
BETWEEN = "   ·   "


class Hint:
    """Words on a background of their own, readable over any trail."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._ground, self._text = QGraphicsPathItem(), QGraphicsSimpleTextItem()
        for item in (self._ground, self._text):
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            item.setZValue(TOOLS)
            scene.addItem(item)
        self.hide()

    def set_look(self, look: Look, font: QFont) -> None:
        """Take the colours of a look."""
        self._text.setBrush(Ink(look.text.colour).qcolor())
        self._text.setFont(font)
        self._ground.setPen(QPen(Ink(look.text.colour, EDGE_ALPHA).qcolor(), 1.0))
        self._ground.setBrush(Ink(look.background.stops[-1][1], GROUND_ALPHA).qcolor())

    def hide(self) -> None:
        """Say nothing."""
        self._ground.hide()
        self._text.hide()

    def say(self, words: tuple[str, ...], rect: QRectF) -> None:
        """Write words within a rectangle in one line or two; if it is too narrow, only the first and the last."""
        half = (len(words) + 1) // 2
        for lines in ((words,), (words[:half], words[half:]), (words[:1], words[-1:])):
            self._text.setText("\n".join(BETWEEN.join(line) for line in lines if line))
            if self._text.boundingRect().width() <= rect.width() - 2 * (MARGIN_PX + PADDING_PX[1]):
                break
        size = self._text.boundingRect()
        self._text.setPos(
            round(rect.center().x() - size.width() / 2),
            round(rect.bottom() - MARGIN_PX - PADDING_PX[0] - size.height()),
        )
        down, across = PADDING_PX
        ground = QPainterPath()
        place = size.translated(self._text.pos()).adjusted(-across, -down, across, down)
        ground.addRoundedRect(place, 2 * down, 2 * down)
        self._ground.setPath(ground)
        self._ground.show()
        self._text.show()
