"""The view of the plane: which part of it is shown, and zooming and shifting it with the mouse and the keys."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.data_map import DataMap
from curvegui.ui.widgets.spoken import focus_as_one

LEAST_PX = 110  # least width and height: all fits a window that is 400 px high
EDGE = 0.02  # kept free around the unit square, in its units
SEEN = 0.2  # of the square's width and height, or of the view's where that is smaller: so much always stays in view
ZOOM = 1.25  # by one key press
BUTTONS = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
SHIFT = 0.1  # by one key press, of the view
BY_KEYS = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}


def make_picture(view: QGraphicsView) -> None:
    """Make a view a picture: without frame and scroll bars, painted as a whole, and a single stop for Tab."""
    view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics, in every language
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else what is below is painted, too
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    focus_as_one(view)


class PlaneView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no type hints
    """Shows a part of the plane, at first the unit square, at the same scale across and up."""

    visited = Signal(bool)  # the pointer is over the picture now, or no longer
    view_moved = Signal()  # another part of the plane is shown, or at another size
    _ring: QFrame | None = None  # the sign of the focus; as an item, it would be in pictures of the scene

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        make_picture(self)
        self.setMinimumSize(LEAST_PX, LEAST_PX)
        self._view = pg.ViewBox(lockAspect=True, enableMenu=False, defaultPadding=0)
        # else Qt asks it for its position and shape at each painting, in Python; it paints and holds nothing
        self._view.setFlag(pg.ViewBox.GraphicsItemFlag.ItemHasNoContents)
        self._view.setFlag(pg.ViewBox.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self._view.setLimits(minXRange=1e-3, maxXRange=30, xMin=-15, xMax=16, yMin=-15, yMax=16)
        self.setCentralItem(self._view)
        self._ring = ring = QFrame(self)
        ring.setObjectName("canvas.focus")
        ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        ring.hide()
        self._moved, self._all = True, QRectF()
        self._view.sigRangeChanged.connect(self._move)
        self._view.sigResized.connect(self._move)
        self.show_all()

    # pyqtgraph's is written in Python and would hold the interpreter's lock during all of the painting
    paintEvent = QGraphicsView.paintEvent

    def plane(self, ratio: float = 1.0) -> DataMap:
        """The map from the plane to the pixels of the view, ``ratio`` of them to a logical pixel."""
        seen, size = self._view.viewRect(), self._view.size()
        device = 0.0, 0.0, size.width() * ratio, size.height() * ratio
        return DataMap(seen.left(), seen.right(), seen.top(), seen.bottom(), device)  # y is up, Qt's top the least

    @Slot()
    def _move(self) -> None:
        seen = self._view.viewRect()
        across, up = _back(seen.left(), seen.right()), _back(seen.top(), seen.bottom())
        if across or up:
            self._view.translateBy((across, up))  # which comes here again
            return
        self._moved = True
        self.view_moved.emit()

    def to_plane(self, point: QPointF) -> tuple[float, float]:
        return self.plane().unmap(point.x(), point.y())

    def from_plane(self, points: FloatArray) -> FloatArray:
        return self.plane().map(points)

    @Slot()
    def show_all(self) -> None:
        """Show the whole unit square."""
        square = QRectF(0, 0, 1, 1).adjusted(-EDGE, -EDGE, EDGE, EDGE)
        self._view.setRange(square, padding=0)
        self._all = self._view.targetRect()

    @property
    def shows_all(self) -> bool:
        """Whether nobody has zoomed or shifted the view."""
        return bool(self._view.targetRect() == self._all)

    @Slot()
    def zoom_in(self) -> None:
        self._view.scaleBy((1 / ZOOM, 1 / ZOOM))

    @Slot()
    def zoom_out(self) -> None:
        self._view.scaleBy((ZOOM, ZOOM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys shift the view, + and - zoom, Home shows all."""
        width, height = self._view.viewRect().width() * SHIFT, self._view.viewRect().height() * SHIFT
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                self._view.translateBy((width if key == Qt.Key.Key_Right else -width, 0.0))
            case Qt.Key.Key_Up | Qt.Key.Key_Down as key:
                self._view.translateBy((0.0, height if key == Qt.Key.Key_Up else -height))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_Home:
                self.show_all()
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ignore the buttons at the side of a mouse: pyqtgraph does not know them, and fails at the next drag."""
        if event.button() in BUTTONS:
            super().mousePressEvent(event)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.point_at(event.position())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.visited.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.visited.emit(False)
        self.point_at(None)

    def point_at(self, position: QPointF | None) -> None:
        """Mark what is near a position of the pointer; nothing for None."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._ring is None:
            return
        self._ring.setGeometry(self.rect())
        self._move()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._ring is not None:
            self._ring.setVisible(event.reason() in BY_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()


def _back(low: float, high: float) -> float:
    """How far a view from ``low`` to ``high`` is to be shifted so that enough of the square stays in it."""
    wanted = SEEN * min(high - low, 1.0)
    return max(wanted - high, 0.0) - max(low - (1.0 - wanted), 0.0)
