"""The curve that a person expects, dotted over the run."""

import numpy as np
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from curvegui.core.curve.curve import Curve, ring
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import path_of
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import FRONT, lay_over

LINE_PX, EDGE_PX = 2.5, 5.0
DOTS = 1.0, 1.6  # in widths of the line: a target can be dashed


class Guess(QObject):
    """Follows the view of the canvas. A wider line in the background's colour keeps it apart from any trail."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._curve: Curve | None = None
        self._items = QGraphicsPathItem(), QGraphicsPathItem()
        lay_over(canvas.scene(), FRONT, *self._items)
        canvas.view_moved.connect(self._renew)

    def set_look(self, look: Look) -> None:
        """Take the colours of a look."""
        edge, line = QPen(QColor(look.background.stops[-1][1]), EDGE_PX), QPen(QColor(look.text.colour), LINE_PX)
        line.setDashPattern(DOTS)
        for item, pen in zip(self._items, (edge, line), strict=True):
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)

    def show_curve(self, curve: Curve | None) -> None:
        """Show a curve, or none."""
        self._curve = curve
        self._renew()

    @Slot()
    def _renew(self) -> None:
        if self._canvas.closed:  # by pyqtgraph, with all its items
            return
        for item in self._items:
            item.setVisible(self._curve is not None)
            if self._curve is not None:
                line = ring(self._curve.points, self._curve.closed)
                item.setPath(path_of(self._canvas.from_plane(line)[np.newaxis]))
