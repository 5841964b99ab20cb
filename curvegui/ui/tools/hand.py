"""The pointer over the canvas, and the tool that it steers. Qt makes mouse events of what pens and fingers do."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QWidget

NOTCH = 120  # of a wheel, in eighths of a degree
LEFT = Qt.MouseButton.LeftButton
PRECISE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier  # some desktops use Alt themselves
PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
GESTURES = {QEvent.Type.NativeGesture, QEvent.Type.Gesture}  # else they zoom


class Tool(Protocol):
    """A tool that the pointer steers, in logical pixels of the canvas; ``precise``: Alt or Shift is held. ``cancel``
    undoes everything since ``press``, and returns whether there was anything to undo. ``hover`` follows a pointer with
    no button pressed, and gets None once the pointer has left."""

    def press(self, position: QPointF, precise: bool) -> None: ...
    def drag(self, position: QPointF) -> None: ...
    def release(self, position: QPointF) -> None: ...
    def cancel(self) -> bool: ...
    def hover(self, position: QPointF | None, precise: bool) -> None: ...
    def turn(self, notches: float) -> None: ...


class Hand(QObject):
    """Follows the pointer over a viewport, and hands all its events to a tool, none to the viewport."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._tool: Tool | None = None
        self._is_pressed = False

    def steer(self, tool: Tool | None) -> None:
        self.cancel()
        if tool is None:
            self._viewport.removeEventFilter(self)  # it costs time in every frame
        elif self._tool is None:
            self._viewport.installEventFilter(self)
        self._tool = tool

    def cancel(self) -> bool:
        self._is_pressed = False
        return self._tool is not None and self._tool.cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._tool is None:
            return False
        if isinstance(event, QMouseEvent):
            self._follow(self._tool, event)
        elif isinstance(event, QWheelEvent):
            self._tool.turn(event.angleDelta().y() / NOTCH)
        elif event.type() == QEvent.Type.Leave and not self._is_pressed:
            self._tool.hover(None, False)
        elif event.type() not in GESTURES:
            return False
        event.accept()
        return True

    def _follow(self, tool: Tool, event: QMouseEvent) -> None:
        position, precise = event.position(), bool(event.modifiers() & PRECISE)
        is_held = bool(event.buttons() & LEFT)
        if event.type() in PRESSES and event.button() == LEFT and not self._is_pressed:  # a second finger may rest
            self._is_pressed = True
            tool.press(position, precise)
        elif self._is_pressed and not is_held:  # let go, maybe over a dialog that has swallowed the release
            self._is_pressed = False
            tool.release(position)
            if event.pointerType() == QPointingDevice.PointerType.Finger:
                tool.hover(None, False)
        elif self._is_pressed and event.type() == QEvent.Type.MouseMove:
            tool.drag(position)
        elif not is_held:
            tool.hover(position, precise)
