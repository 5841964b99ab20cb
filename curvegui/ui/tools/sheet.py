"""A transparent sheet over the run for lines that are drawn or dragged; it is painted only when they change."""

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
        """Start again, with a size in logical pixels and ``ratio`` device pixels to each."""
        if self._image.size() != size * ratio or self._image.devicePixelRatio() != ratio:
            self._image = QPixmap(size * ratio)
            self._image.setDevicePixelRatio(ratio)
        self._item.setPixmap(self._nothing)  # a shared image would be copied before it is painted on
        self._image.fill(Qt.GlobalColor.transparent)
        self._paint(strokes)

    def add(self, strokes: Strokes) -> None:
        """Add lines."""
        if not self._image.isNull():
            self._item.setPixmap(self._nothing)
            self._paint(strokes)

    def _paint(self, strokes: Strokes) -> None:
        """Paint all in one call: between two calls of Qt, the trainer may take the interpreter's lock."""
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
