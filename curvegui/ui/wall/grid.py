"""The grid of a wall: all canvases in one widget, with the keys and the pointer."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan
from curvegui.core.language.text import tr
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.wall.picture import ROUNDNESS_PX, WallPicture, stepped
from curvegui.ui.wall.words import network_words
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.spoken import announce

LEAST_LINES = 9  # its height, in lines of text
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class WallGrid(QWidget):
    """Shows all networks of a wall; ``current`` is the one that the keys are at."""

    chosen = Signal(int)  # a network is to be the run
    menu_wanted = Signal(QPoint)  # a place on the screen: a person wants to choose what to do with the current one
    ordered = Signal(object)  # a person wants another order: the networks in it
    pointed = Signal(int)  # a network is pointed at, or the keys are at another one; -1 for none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wall.grid")
        self.setAccessibleName(tr("The networks of the wall"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.current, self.picture = 0, WallPicture()
        self._hovered = self._pressed = -1
        follow_theme(self._renew)

    # What is shown

    @Slot()
    def _renew(self) -> None:
        self.picture.is_stale = True
        self.update()

    def show_wall(self, plan: WallPlan, values: tuple[Value, ...], target: TargetDrawing) -> None:
        self.current, self._hovered, self._pressed = min(self.current, plan.count - 1), -1, -1
        self.picture.show_wall(plan, values, target)
        self._arrange()
        self._tell()

    def show_snapshot(self, snapshot: WallSnapshot) -> None:
        self.picture.show_snapshot(snapshot)

    def set_by_cost(self, by_cost: bool) -> None:
        """Put the networks in the order of their costs, or back in that of the wall."""
        self.picture.set_by_cost(by_cost)
        self.ordered.emit(self.picture.order)

    def point_at(self, member: int) -> None:
        """Mark a network that is pointed at somewhere else, or none at -1."""
        if member != self._hovered:
            self._hovered = member
            self.update()

    def refresh(self) -> bool:
        """Paint what is new; return whether there was anything. Nothing moves under a hand."""
        self.picture.settle(may_move=not self.underMouse())
        if not self.isVisible() or not (self.picture.is_stale or self.picture.is_moving):
            return False
        self.picture.image(self.size(), self.devicePixelRatioF(), self.font())
        self.update()
        return True

    def _arrange(self) -> None:
        self.picture.arrange(self.size(), self.font())
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(LEAST_LINES * line, LEAST_LINES * line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_for(self), current_theme()
        painter.drawImage(0, 0, self.picture.image(self.size(), self.devicePixelRatioF(), self.font()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.picture.values:
            return
        if self._hovered >= 0:
            self._draw_frame(painter, self._hovered, theme.text, 1.5)
        colour, width = (theme.accent, 3.0) if self.hasFocus() else (theme.muted, 2.0)
        self._draw_frame(painter, self.current, colour, width)

    def _draw_frame(self, painter: QPainter, member: int, colour: str, width: float) -> None:
        painter.setPen(QPen(QColor(colour), width))
        area = self.picture.canvas(member).adjusted(-0.5, -0.5, 0.5, 0.5)
        painter.drawRoundedRect(area, ROUNDNESS_PX, ROUNDNESS_PX)

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        picture, key = self.picture, event.key()
        if not picture.values:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._go_to_place(stepped(picture.place(self.current), *ARROWS[key], picture.layout))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to_place(0 if key == Qt.Key.Key_Home else picture.plan.count - 1)
        elif key in ENTER:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go_to_place(self, place: int) -> None:
        self.go_to(int(self.picture.order[place]))

    @Slot(int)
    def go_to(self, member: int) -> None:
        """Take the keys to a network."""
        self._set_current(member)
        self.pointed.emit(self.current)

    def _set_current(self, member: int) -> None:
        self.current = member
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Say where the keys are, to who cannot see it."""
        if self.picture.values and self.hasFocus():
            announce(self, self.in_words())

    def in_words(self) -> str:
        """How the network stands that the keys are at."""
        picture = self.picture
        if not picture.values:
            return ""
        return network_words(picture.plan, picture.values[self.current], picture.snapshot, self.current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.picture.member_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, member: int) -> None:
        if member != self._hovered:
            self.setCursor(Qt.CursorShape.ArrowCursor if member < 0 else Qt.CursorShape.PointingHandCursor)
            self.point_at(member)
            self.pointed.emit(member)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.picture.member_at(event.position()) if is_left else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        member, self._pressed = self._pressed, -1
        if member >= 0 and member == self.picture.member_at(event.position()):
            self._set_current(member)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place, is_by_key = event.pos(), event.reason() is QContextMenuEvent.Reason.Keyboard
        if not self.picture.values:
            return
        member = self.current if is_by_key else self.picture.member_at(QPointF(place))
        if member >= 0:
            self._set_current(member)
            self.menu_wanted.emit(
                self.mapToGlobal(self.picture.canvas(member).center().toPoint() if is_by_key else place)
            )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        member = self.picture.member_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and member >= 0:
            self._set_current(member)
            self.chosen.emit(member)
