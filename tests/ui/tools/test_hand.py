"""The hand: mouse and touch become press, drag and release, and nothing else gets through."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.tools.hand import Hand
from tests.ui.person import LEFT, Modifier
from tests.ui.strokes import LINE, NONE, Fingers, stroke

RIGHT = Qt.MouseButton.RightButton
HERE, THERE = QPoint(50, 50), QPoint(150, 80)


class Notes:
    """A tool that notes what it is told."""

    def __init__(self):
        self.told, self.is_busy = [], False

    def press(self, place, precise):
        self.is_busy = True
        self.told.append("press precisely" if precise else "press")

    def drag(self, place):
        self.told.append("drag")

    def release(self, place):
        self.is_busy = False
        self.told.append("release")

    def cancel(self):
        was_busy, self.is_busy = self.is_busy, False
        return was_busy

    def hover(self, place, precise):
        self.told.append("hover" if place is not None else "leave")

    def turn(self, notches):
        self.told.append(f"turn {notches:g}")

    def take(self):
        told, self.told = self.told, []
        return told


@pytest.fixture
def canvas(qtbot):
    shown = Canvas()
    qtbot.addWidget(shown)
    shown.resize(400, 400)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.fixture
def notes():
    return Notes()


@pytest.fixture
def hand(canvas, notes):
    taken = Hand(canvas.viewport())
    taken.steer(notes)
    return taken


def mouse(canvas, kind, place, button=NONE, buttons=NONE):
    position = QPointF(place)
    event = QMouseEvent(kind, position, canvas.viewport().mapToGlobal(position), button, buttons, Modifier.NoModifier)
    QCoreApplication.sendEvent(canvas.viewport(), event)


STROKE = ["press", *["drag"] * (LINE.shape[1] - 1), "release"]


def test_a_stroke_of_the_mouse(canvas, hand, notes):
    stroke(canvas, LINE)
    assert notes.take() == STROKE


def test_a_second_finger_may_rest(canvas, hand, notes):
    Fingers(canvas).stroke(LINE, (0.1, 0.9))
    assert [each for each in notes.take() if each != "drag"] == ["hover", "press", "release", "leave"]


def test_after_a_cancel_the_rest_of_the_stroke_says_nothing(canvas, hand, notes):
    mouse(canvas, QEvent.Type.MouseButtonPress, HERE, LEFT, LEFT)
    assert hand.cancel()
    assert not hand.cancel()
    mouse(canvas, QEvent.Type.MouseMove, THERE, NONE, LEFT)
    mouse(canvas, QEvent.Type.MouseButtonRelease, THERE, LEFT)
    mouse(canvas, QEvent.Type.MouseMove, HERE)
    assert notes.take() == ["press", "hover", "hover"]


def test_a_release_that_never_came_is_made_up_for_by_the_next_move(canvas, hand, notes):
    mouse(canvas, QEvent.Type.MouseButtonPress, HERE, LEFT, LEFT)
    mouse(canvas, QEvent.Type.MouseMove, THERE)
    assert notes.take() == ["press", "release"]


def test_other_buttons_do_nothing_not_even_in_the_middle_of_a_stroke(canvas, hand, notes):
    mouse(canvas, QEvent.Type.MouseButtonPress, HERE, RIGHT, RIGHT)
    mouse(canvas, QEvent.Type.MouseButtonRelease, HERE, RIGHT)
    notes.take()
    mouse(canvas, QEvent.Type.MouseButtonPress, HERE, LEFT, LEFT)
    mouse(canvas, QEvent.Type.MouseButtonPress, HERE, RIGHT, LEFT | RIGHT)
    mouse(canvas, QEvent.Type.MouseButtonRelease, HERE, RIGHT, LEFT)
    mouse(canvas, QEvent.Type.MouseMove, THERE, NONE, LEFT)
    assert notes.take() == ["press", "drag"]


def test_the_wheel_and_leaving(canvas, hand, notes):
    QTest.wheelEvent(canvas.windowHandle(), QPointF(HERE), QPoint(0, -120))
    QCoreApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert notes.take() == ["turn -1", "leave"]


def test_a_hand_without_a_tool_lets_everything_through(canvas, hand, notes):
    hand.steer(None)
    before = canvas.to_plane(QPointF(0, 0))
    QTest.wheelEvent(canvas.windowHandle(), QPointF(HERE), QPoint(0, -120))
    assert notes.take() == []
    assert canvas.to_plane(QPointF(0, 0)) != before
