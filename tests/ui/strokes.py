"""What a hand does on the canvas, with the mouse and fingers, in points of the plane; what is written on it."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from tests.ui.person import LEFT, Modifier

TURN = 2 * np.pi * np.linspace(0, 1, 60)
CIRCLE = 0.5 + 0.3 * np.stack([np.sin(TURN), np.cos(TURN)])
LINE = np.stack([np.linspace(0.2, 0.8, 30), np.linspace(0.3, 0.7, 30)])
NONE = Qt.MouseButton.NoButton


def on_screen(canvas, points):
    """The pixels of points of the plane, shape (2, n)."""
    return [QPoint(round(x), round(y)) for x, y in canvas.from_plane(np.asarray(points)).T.tolist()]


def said(canvas):
    """What is written on the canvas."""
    texts = [item.text() for item in canvas.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    return " ".join(texts)


def numbers_on(canvas):
    """The numbers on the canvas, each with the name above it, in lines: "iteration 1,000", "cost 0.00275"."""
    texts = [item for item in canvas.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    column = [item.text() for item in sorted(texts, key=lambda item: (item.pos().x(), item.pos().y()))]
    names = [name for name in ("iteration", "cost", "test") if name in column]
    return "\n".join(f"{name} {column[column.index(name) + 1]}" for name in names)


def press(canvas, point, modifiers=Modifier.NoModifier):
    QTest.mousePress(canvas.viewport(), LEFT, modifiers, on_screen(canvas, np.reshape(point, (2, 1)))[0])


def move(canvas, points):
    for place in on_screen(canvas, points):
        QTest.mouseMove(canvas.viewport(), place)


def release(canvas, point):
    QTest.mouseRelease(canvas.viewport(), LEFT, pos=on_screen(canvas, np.reshape(point, (2, 1)))[0])


def stroke(canvas, points):
    """Press, move over points and let go, with the mouse."""
    press(canvas, points[:, 0])
    move(canvas, points[:, 1:])
    release(canvas, points[:, -1])


class Fingers:
    """Fingers on a touch screen that shows a canvas."""

    device = None

    def __init__(self, canvas):
        Fingers.device = Fingers.device or QTest.createTouchDevice()
        self.canvas = canvas

    def at(self, point):
        return on_screen(self.canvas, np.reshape(point, (2, 1)))[0]

    def event(self):
        return QTest.touchEvent(self.canvas.viewport(), Fingers.device, False)

    def stroke(self, points, other=None):
        """A stroke of one finger, while another may rest somewhere else."""
        viewport, touch = self.canvas.viewport(), self.event()
        touch.press(1, self.at(points[:, 0]), viewport)
        touch.commit()
        if other is not None:
            touch.stationary(1)
            touch.press(2, self.at(other), viewport)
            touch.commit()
        for point in points.T[1:]:
            touch.move(1, self.at(point), viewport)
            if other is not None:
                touch.move(2, self.at(other), viewport)
            touch.commit()
        touch.release(1, self.at(points[:, -1]), viewport)
        if other is not None:
            touch.release(2, self.at(other), viewport)
        touch.commit()
