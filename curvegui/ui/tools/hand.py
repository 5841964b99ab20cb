"""The pointer over the canvas, mouse, pen or finger, and the tool that it steers."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputEvent,
    QMouseEvent,
    QSinglePointEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

NOTCH = 120  # of a wheel, in eighths of a degree
PRECISE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier  # some desktops use Alt themselves
PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TabletPress}
MOVES = {QEvent.Type.MouseMove, QEvent.Type.TabletMove}
RELEASES = {QEvent.Type.MouseButtonRelease, QEvent.Type.TabletRelease}
GESTURES = {QEvent.Type.NativeGesture, QEvent.Type.Gesture}  # else they zoom


class Tool(Protocol):
    """What the pointer steers. Places are in logical pixels of the canvas; ``precise``: while Alt or Shift is held.

    ``cancel`` undoes everything since ``press``, and returns whether there was anything. ``hover``: the pointer moves
    with nothing pressed, or, for None, has left.
    """

    def press(self, position: QPointF, precise: bool) -> None: ...
    def drag(self, position: QPointF) -> None: ...
    def release(self, position: QPointF) -> None: ...
    def cancel(self) -> bool: ...
    def hover(self, position: QPointF | None, precise: bool) -> None: ...
    def turn(self, notches: float) -> None: ...


class Hand(QObject):
    """Follows mouse, pen and touch over a viewport, and lets no event through to what is below."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._tool: Tool | None = None
        self._holding: type[QInputEvent] | None = None  # the kind of event that pressed and has not released
        self._finger = -1
        self._place = QPointF()

    def steer(self, tool: Tool | None) -> None:
        self.cancel()
        if tool is None:
            self._viewport.removeEventFilter(self)  # it costs time in every frame
        elif self._tool is None:
            self._viewport.installEventFilter(self)
        self._viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, tool is not None)
        self._tool = tool

    def cancel(self) -> bool:
        self._holding = None
        return self._tool is not None and self._tool.cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._tool is None:
            return False
        if isinstance(event, QMouseEvent | QTabletEvent):
            self._follow_pointer(self._tool, event)
        elif isinstance(event, QTouchEvent):
            self._follow_touch(self._tool, event)
        elif isinstance(event, QWheelEvent):
            self._tool.turn(event.angleDelta().y() / NOTCH)
        elif event.type() == QEvent.Type.Leave and self._holding is None:
            self._tool.hover(None, False)
        elif event.type() not in GESTURES:
            return False
        event.accept()
        return True

    def _follow_pointer(self, tool: Tool, event: QSinglePointEvent) -> None:
        kind, position, left = type(event), event.position(), Qt.MouseButton.LeftButton
        is_held, precise = bool(event.buttons() & left), bool(event.modifiers() & PRECISE)
        if event.type() in PRESSES and event.button() == left:
            self._press(tool, kind, position, precise)
        elif event.type() in RELEASES or (event.type() in MOVES and not is_held):
            if self._holding is kind and not is_held:  # a dialog has swallowed the release
                self._release(tool, position)
            elif self._holding is None:
                tool.hover(position, precise)
        elif event.type() in MOVES and self._holding is kind:
            tool.drag(position)

    def _follow_touch(self, tool: Tool, event: QTouchEvent) -> None:
        """Follow the first finger; others may rest on the screen."""
        if event.type() == QEvent.Type.TouchBegin:
            first = event.points()[0]
            self._finger = first.id()
            self._press(tool, QTouchEvent, first.position(), False)
        elif self._holding is QTouchEvent:
            if event.type() == QEvent.Type.TouchCancel:
                self.cancel()
            for point in event.points():
                if point.id() != self._finger or self._holding is None:
                    continue
                if point.state() == QEventPoint.State.Released:
                    self._release(tool, point.position())
                    tool.hover(None, False)
                else:
                    tool.drag(point.position())

    def _press(self, tool: Tool, kind: type[QInputEvent], position: QPointF, precise: bool) -> None:
        if self._holding is None:
            self._holding = kind
            tool.press(position, precise)

    def _release(self, tool: Tool, position: QPointF) -> None:
        self._holding = None
        tool.release(position)
