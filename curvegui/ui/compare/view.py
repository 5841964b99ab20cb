"""The base of all pictures of a wall: an image of all networks, and a mark at the network that is pointed at."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan
from curvegui.ui.look.layouts import named
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme, follow_theme


class WallView(QWidget):
    """A picture of all networks: an image, painted anew only if stale, with marks over it. ``values`` are what each
    network has of the setting along the wall; ``lines`` of text are its least width and height."""

    pointed = Signal(int)  # a network is pointed at; -1 for none

    def __init__(self, name: str, words: str, lines: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, words)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.plan, self.values, self._lines = WallPlan(), tuple[Value, ...](), lines
        self._snapshot: WallSnapshot | None = None
        self._image, self._is_stale, self._hovered = QImage(), True, -1
        follow_theme(self._renew)

    @Slot()
    def _renew(self) -> None:
        self._is_stale = True
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(*self._lines) * self.fontMetrics().height()

    # Painting

    def refresh(self) -> bool:
        if not self.isVisible() or not self._is_stale:
            return False
        self._paint_image()
        self.update()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_stale or self._image.size() != self._pixels():
            self._paint_image()
        painter = painter_for(self)
        painter.drawImage(0, 0, self._image)
        self._mark(painter)

    def _pixels(self) -> QSize:
        return (self.size().toSizeF() * self.devicePixelRatioF()).toSize()

    def _paint_image(self) -> None:
        self._is_stale = False
        if self._image.size() != self._pixels():
            self._image = QImage(self._pixels(), QImage.Format.Format_RGB32)
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
        self._image.fill(QColor(current_theme().window))
        if self.values and not self._image.isNull():
            painter = painter_for(self._image)
            painter.setFont(self.font())
            self._paint(painter)
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        """Paint all networks of a wall into the image."""

    def _mark(self, painter: QPainter) -> None:
        """Mark, over the image, the network that is pointed at."""

    # The pointer

    def member_at(self, position: QPointF) -> int:
        """The network at a position, or -1."""
        raise NotImplementedError

    def point_at(self, member: int) -> None:
        """Mark the network that is pointed at, in this picture or another; -1 for none."""
        if member != self._hovered:
            self._hovered = member
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.member_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, member: int) -> None:
        if member != self._hovered:
            self.point_at(member)
            self.pointed.emit(member)
