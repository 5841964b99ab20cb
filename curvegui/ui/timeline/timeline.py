"""The timeline: the cost curve with a playhead to move."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import mark, tr
from curvegui.ui.canvas.plane_view import BY_KEYS
from curvegui.ui.cost.plot import CostPlot, place_at

KEY_PX = 4.0  # by one arrow key
PAGE = 0.1  # by Page Up or Page Down, of the axis
HELP = mark(
    "Drag to look back at any iteration. Arrow keys move the playhead, with Ctrl by one iteration; "
    "Home goes to the start, End to now."
)
Key = Qt.Key


class Timeline(CostPlot):
    """The cost plot, with a playhead for the mouse and the keyboard."""

    sought = Signal(int)  # a person wants to see this iteration
    left_the_past = Signal()  # a person wants to see the live run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(tr("Timeline"))
        self.setAccessibleDescription(tr(HELP))
        self.setWhatsThis(tr(HELP))  # a tooltip would cover what is dragged
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._marks.frame.setVisible(False)
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _drag_to(self, position: QPointF) -> None:
        plane = self._plane()
        is_inside = position.x() > plane.rect.left()
        self._seek(self._time.iteration(place_at(plane, position.x())) if is_inside else 0)

    def _seek(self, iteration: int) -> None:
        if iteration >= self._iteration:
            self.left_the_past.emit()
        else:
            self.sought.emit(max(iteration, 0))

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._marks.frame.setVisible(True)
        goal = self._goal_of(event)
        self._point_at(None)
        if goal is None:
            event.ignore()
        else:
            self._seek(goal)

    def _goal_of(self, event: QKeyEvent) -> int | None:
        key, single = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        ways = {Key.Key_Left: -1, Key.Key_Down: -1, Key.Key_Right: 1, Key.Key_Up: 1}
        pages = {Key.Key_PageDown: -1, Key.Key_PageUp: 1}
        if key in ways:
            return self.playhead + ways[Key(key)] if single else self._shifted(ways[Key(key)] * KEY_PX)
        if key in pages:
            return self._shifted(pages[Key(key)] * PAGE * self._plane().rect.width())
        return {Key.Key_Home: 0, Key.Key_End: self._iteration}.get(Key(key))

    def _shifted(self, pixels: float) -> int:
        """The iteration ``pixels`` away from the playhead, or at least the next one."""
        playhead, way = self.playhead, 1 if pixels > 0 else -1
        place = max(self._time.place(playhead), self._plane().left) + pixels / self._plane().pixels_per_unit[0]
        if place < self._plane().left:
            return 0
        moved = self._time.iteration(place)
        return max(moved, playhead + 1) if way > 0 else min(moved, playhead - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go here, if the keyboard brought the focus; else with the first key."""
        super().focusInEvent(event)
        self._marks.frame.setVisible(event.reason() in BY_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._marks.frame.setVisible(False)
