"""The paper for the pencil: it veils the run, and shows how far the network can reach."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.hand_drawn import INSIDE
from curvegui.figure.drawing.look import Ink, Look
from curvegui.ui.canvas.run_items import VEIL

VEIL_ALPHA, EDGE_ALPHA = 0.6, 0.35
DASHES = 3.0, 4.0
CORNERS = np.array([INSIDE, INSIDE])  # lower left and upper right of what the network reaches, in the plane


class Paper:
    """A veil over the curves, and the edge of what the network can draw, in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._veil, self._edge = QGraphicsRectItem(), QGraphicsRectItem()
        for item in (self._veil, self._edge):
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            item.setZValue(VEIL)
            scene.addItem(item)
        self._veil.setPen(QPen(Qt.PenStyle.NoPen))
        self.hide()

    def set_look(self, look: Look) -> None:
        """Take the colours of a look."""
        self._veil.setBrush(Ink(look.background.stops[-1][1], VEIL_ALPHA).qcolor())
        pen = QPen(Ink(look.text.colour, EDGE_ALPHA).qcolor(), 1.0)
        pen.setDashPattern(DASHES)
        self._edge.setPen(pen)

    def hide(self) -> None:
        """Show the run unveiled."""
        self._veil.hide()
        self._edge.hide()

    def lay(self, rect: QRectF, corners: FloatArray) -> None:
        """Cover a rectangle, and draw the edge with these opposite corners, shape (2, 2), in logical pixels."""
        self._veil.setRect(rect)
        self._edge.setRect(QRectF(QPointF(*corners[:, 0].tolist()), QPointF(*corners[:, 1].tolist())).normalized())
        self._veil.show()
        self._edge.show()
