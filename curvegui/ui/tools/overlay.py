"""What the tools show over the run: a sheet of lines drawn by hand, the paper to draw on, and a hint."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.hand_drawn import INSIDE
from curvegui.figure.drawing.caption import broken_lines
from curvegui.figure.drawing.look import Ink, Look
from curvegui.figure.drawing.polyline import stroke_parts
from curvegui.ui.canvas.run_items import TOOLS, VEIL, lay_over
from curvegui.ui.look.painter import painter_for

Strokes = Sequence[tuple[FloatArray, NDArray[np.bool_], QPen]]
"""Points, shape (2, n) in logical pixels, which are joined to the next one, shape (n - 1,), and what to stroke with."""


class LineSheet:
    """A transparent image over the scene, with lines on it."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._image = self._nothing = QPixmap()
        self._item = QGraphicsPixmapItem()
        lay_over(scene, TOOLS, self._item)

    def draw(self, strokes: Strokes, size: QSize, ratio: float) -> None:
        """Clear the sheet and draw strokes; ``size`` is in logical pixels, with ``ratio`` device pixels to each."""
        if self._image.size() != size * ratio or self._image.devicePixelRatio() != ratio:
            self._image = QPixmap(size * ratio)
            self._image.setDevicePixelRatio(ratio)
        self._item.setPixmap(self._nothing)  # a shared image would be copied before it is painted on
        self._image.fill(Qt.GlobalColor.transparent)
        self._paint(strokes)

    def add(self, strokes: Strokes) -> None:
        if not self._image.isNull():
            self._item.setPixmap(self._nothing)
            self._paint(strokes)

    def _paint(self, strokes: Strokes) -> None:
        """Paint all strokes with one painter, then show the image."""
        if strokes:
            painter = painter_for(self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for points, joined, pen in strokes:
                stroke_parts(painter, points, joined, pen)
            painter.end()
        self._item.setPixmap(self._image)

    def hide(self) -> None:
        self._image = self._nothing
        self._item.setPixmap(self._nothing)


VEIL_ALPHA, PAPER_EDGE_ALPHA = 0.6, 0.35
DASHES = 3.0, 4.0
CORNERS = np.array([INSIDE, INSIDE])  # lower left and upper right of what the network reaches, in the plane


class DrawingPaper:
    """A veil over the curves, and the edge of what the network can draw, in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._veil = QGraphicsRectItem()
        self._edge = QGraphicsRectItem(self._veil)
        lay_over(scene, VEIL, self._veil)
        self._veil.setPen(QPen(Qt.PenStyle.NoPen))
        self.hide()

    def set_look(self, look: Look) -> None:
        self._veil.setBrush(Ink(look.background.stops[-1][1], VEIL_ALPHA).qcolor())
        pen = QPen(Ink(look.text.colour, PAPER_EDGE_ALPHA).qcolor(), 1.0)
        pen.setDashPattern(DASHES)
        self._edge.setPen(pen)

    def hide(self) -> None:
        self._veil.hide()

    def lay(self, rect: QRectF, corners: FloatArray) -> None:
        """Cover a rectangle of the canvas, and draw the paper's edge, of which ``corners`` has two opposite corners as
        columns, shape (2, 2), in logical pixels."""
        self._veil.setRect(rect)
        self._edge.setRect(QRectF(QPointF(*corners[:, 0].tolist()), QPointF(*corners[:, 1].tolist())).normalized())
        self._veil.show()


MARGIN_PX = 8
PADDING_PX = 7, 12  # above and below, left and right
GROUND_ALPHA, HINT_EDGE_ALPHA = 0.85, 0.2
BETWEEN = "   ·   "


class CanvasHint:
    """Words on a background of their own, readable over any trail."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._ground = QGraphicsPathItem()
        self._text = QGraphicsSimpleTextItem(self._ground)
        lay_over(scene, TOOLS, self._ground)
        self.hide()

    def set_look(self, look: Look, font: QFont) -> None:
        self._text.setBrush(Ink(look.text.colour).qcolor())
        self._text.setFont(font)
        self._ground.setPen(QPen(Ink(look.text.colour, HINT_EDGE_ALPHA).qcolor(), 1.0))
        self._ground.setBrush(Ink(look.background.stops[-1][1], GROUND_ALPHA).qcolor())

    def hide(self) -> None:
        self._ground.hide()

    def say(self, words: tuple[str, ...], rect: QRectF) -> None:
        """Write words within a rectangle in one or two lines; if too narrow, only the first and the last ones."""
        half, room = (len(words) + 1) // 2, rect.width() - 2 * (MARGIN_PX + PADDING_PX[1])
        for lines in ((words,), (words[:half], words[half:]), (words[:1], words[-1:])):
            text = "\n".join(BETWEEN.join(line) for line in lines if line)
            self._text.setText(text)
            if self._text.boundingRect().width() <= room:
                break
        else:
            self._text.setText("\n".join(broken_lines(text, room, QFontMetricsF(self._text.font()))))
        size = self._text.boundingRect()
        top = rect.bottom() - MARGIN_PX - PADDING_PX[0] - size.height()
        self._text.setPos(round(rect.center().x() - size.width() / 2), round(top))
        (down, across), ground, words_at = PADDING_PX, QPainterPath(), size.translated(self._text.pos())
        ground.addRoundedRect(words_at.adjusted(-across, -down, across, down), 2 * down, 2 * down)
        self._ground.setPath(ground)
        self._ground.show()
