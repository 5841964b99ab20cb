"""A transparent sheet over the run, for lines that a hand draws or drags: they are painted only when they change."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.polyline import stroke_trail
from curvegui.ui.canvas.run_items import TOOLS

Strokes = Sequence[tuple[FloatArray, QPen]]
"""Lines, each of shape (2, n) in logical pixels, and what to stroke them with."""


class Sheet:
    """Lines in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._image = self._nothing = QPixmap()
        self._item = QGraphicsPixmapItem()
        self._item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._item.setZValue(TOOLS)
        scene.addItem(self._item)

    def draw(self, strokes: Strokes, size: QSize, ratio: float) -> None:
        """Begin anew, with a size in logical pixels and ``ratio`` device pixels to each of them."""
        if self._image.size() != size * ratio or self._image.devicePixelRatio() != ratio:
            self._image = QPixmap(size * ratio)
            self._image.setDevicePixelRatio(ratio)
        self._item.setPixmap(self._nothing)  # while two hold the image, painting on it would make a copy first
        self._image.fill(Qt.GlobalColor.transparent)
        self._paint(strokes)

    def add(self, strokes: Strokes) -> None:
        """Stroke lines over those that are there."""
        if not self._image.isNull():
            self._item.setPixmap(self._nothing)
            self._paint(strokes)

    def _paint(self, strokes: Strokes) -> None:
        """Paint in one go: with each call of Qt's, the trainer may take over for a moment."""
        if strokes:
            painter = QPainter(self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line, pen in strokes:
                stroke_trail(painter, line[np.newaxis], pen)
            painter.end()
        self._item.setPixmap(self._image)

    def hide(self) -> None:
        """Show nothing, and keep no image."""
        self._image = self._nothing
        self._item.setPixmap(self._nothing)
