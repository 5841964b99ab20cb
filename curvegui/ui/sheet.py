"""A transparent sheet over the run, for lines that a hand draws or drags: they are painted only when they change."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from curvegui.core.arrays import FloatArray
from curvegui.figure.polyline import saved, stroke_trail
from curvegui.ui.run_items import TOOLS


class Sheet:
    """Lines in the pixels of a scene.

    Parameters
    ----------
    scene : QGraphicsScene
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._image = QPixmap()
        self._item = QGraphicsPixmapItem()
        self._item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._item.setZValue(TOOLS)
        scene.addItem(self._item)

    def clear(self, size: QSize, ratio: float) -> None:
        """Begin anew, with a size in logical pixels and ``ratio`` device pixels to each of them."""
        if self._image.size() != size * ratio or self._image.devicePixelRatio() != ratio:
            self._image = QPixmap(size * ratio)
            self._image.setDevicePixelRatio(ratio)
        self._item.setPixmap(QPixmap())  # while two hold the image, painting on it would make a copy first
        self._image.fill(Qt.GlobalColor.transparent)
        self._item.setPixmap(self._image)

    def hide(self) -> None:
        """Show nothing, and keep no image."""
        self._image = QPixmap()
        self._item.setPixmap(self._image)

    def stroke(self, lines: list[FloatArray], pen: QPen) -> None:
        """Stroke lines, each of shape (2, n) in logical pixels, over those that are there."""
        if self._image.isNull():
            return
        self._item.setPixmap(QPixmap())
        painter = QPainter(self._image)
        with saved(painter):
            for line in lines:
                stroke_trail(painter, line[np.newaxis], pen)
        painter.end()
        self._item.setPixmap(self._image)
