"""What is marked on the timeline: the playhead, the best iteration, and the focus."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPathItem, QGraphicsRectItem, QGraphicsScene

from curvegui.ui.cost.axes import HANDLE_PX
from curvegui.ui.look.theme import current_theme

BEST_PX = 5.5  # from the centre of the mark to its tips


class TimelineMarks:
    """Items over the cost curve, which Qt paints by itself; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._best, self._frame = QGraphicsPathItem(_diamond()), QGraphicsRectItem()
        self._line, self._handle = QGraphicsLineItem(), QGraphicsPathItem(_handle())
        for item in (self._best, self._line, self._handle, self._frame):
            item.hide()
            scene.addItem(item)

    def colour(self) -> None:
        """Take the colours of the theme."""
        theme = current_theme()
        self._best.setBrush(QColor(theme.good))
        self._handle.setBrush(QColor(theme.warning))
        for item in (self._best, self._handle):
            item.setPen(QPen(QColor(theme.card), 1.0))
        self._line.setPen(QPen(QColor(theme.warning), 1.5))
        self._frame.setPen(QPen(QColor(theme.accent), 2.0))

    def put_playhead(self, x: float | None, area: QRectF) -> None:
        """Put the playhead at ``x``, or nowhere."""
        for item in (self._line, self._handle):
            item.setVisible(x is not None)
        if x is not None:
            self._line.setLine(x, area.top(), x, area.bottom())
            self._handle.setPos(x, area.top())

    def put_best(self, place: QPointF | None) -> None:
        """Mark the best iteration, or nothing."""
        self._best.setVisible(place is not None)
        if place is not None:
            self._best.setPos(place)

    def show_focus(self, focused: bool) -> None:
        """Show or hide the sign that the keys go here."""
        self._frame.setVisible(focused)

    def frame(self, area: QRectF) -> None:
        """Put the sign of the focus around ``area``."""
        self._frame.setRect(area.adjusted(1, 1, -1, -1))


def _diamond() -> QPainterPath:
    path = QPainterPath()
    tips = [QPointF(0, -BEST_PX), QPointF(BEST_PX, 0), QPointF(0, BEST_PX), QPointF(-BEST_PX, 0), QPointF(0, -BEST_PX)]
    path.addPolygon(QPolygonF(tips))
    return path


def _handle() -> QPainterPath:
    """A flag that points down at the line."""
    path = QPainterPath()
    corners = [(-1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 2.0), (-1.0, 1.0), (-1.0, 0.0)]
    path.addPolygon(QPolygonF([QPointF(HANDLE_PX * x, HANDLE_PX * y) for x, y in corners]))
    return path
