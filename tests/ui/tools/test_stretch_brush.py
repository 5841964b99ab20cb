"""The brush that asks which neurons draw a stretch of the fit, in the real window."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

from curvegui.ui.tools.stretch_brush import LEAST, MOVE, REACH_PX, WIDEN, WIDTH
from curvegui.ui.tools.tools import ELSEWHERE
from tests.ui.person import LEFT, Key, Modifier
from tests.ui.strokes import CIRCLE, Fingers, move, on_screen, press, release, said, stroke

SHIFT = Modifier.ShiftModifier


@pytest.fixture
def fit(person, window, session):
    """A fit that goes round, with the tool in the hand."""
    person.learn(1_000)
    person.press(Key.Key_W)
    assert window.features["tools"].mode == "stretch"
    return session.snapshot.fit


def click(canvas, point):
    QTest.mouseClick(canvas.viewport(), LEFT, pos=on_screen(canvas, np.reshape(point, (2, 1)))[0])


@pytest.mark.slow
def test_with_test_points_a_click_looks_at_the_nearest_one_that_is_learnt(visit):
    person = visit(train_one_in=3)
    person.wait_for_first_picture()
    person.learn(1_000)
    person.choose("inspect.brush")
    click(person.window.canvas, person.session.snapshot.fit[:, 31])
    assert person.window.features["study"].inspection.point == 10


@pytest.mark.slow
def test_a_drag_along_the_fit_brushes_that_stretch_either_way_to_the_seam_and_the_run_is_left_alone(
    fit, window, canvas, inspection, session
):
    stroke(canvas, np.array([[0.02, 0.2, 0.5], [0.02, 0.1, 0.5]]))
    assert inspection.stretch is None

    place = on_screen(canvas, fit[:, 25:26])[0]
    x, y = canvas.from_plane(fit)
    away = max(
        (place + QPoint(dx, dy) for dx in range(-80, 81, 8) for dy in range(-80, 81, 8)),
        key=lambda at: np.hypot(x - at.x(), y - at.y()).min(),
    )
    assert np.hypot(x - away.x(), y - away.y()).min() > REACH_PX
    QTest.mouseClick(canvas.viewport(), LEFT, pos=away)
    assert inspection.point is None

    assert "which neurons draw it?" in said(canvas)
    assert "Esc clears, then ends" in canvas.accessibleDescription()
    stroke(canvas, fit[:, 20:36])
    assert "which neurons draw it?" not in said(canvas)

    stroke(canvas, fit[:, 20:36])
    inspection.look_at_point(5)
    click(canvas, (0.02, 0.02))
    assert inspection.stretch is None
    assert inspection.point == 5

    inspection.look_at_point(None)
    config, view = session.config, canvas.to_plane(canvas.rect().toRectF().center())
    stroke(canvas, fit[:, 20:36])
    assert inspection.stretch == pytest.approx((0.2, 0.35), abs=0.011)
    assert inspection.point is None
    assert session.config is config
    assert canvas.to_plane(canvas.rect().toRectF().center()) == view

    inspection.brush(None)
    stroke(canvas, fit[:, 35:19:-1])
    assert inspection.stretch == pytest.approx((0.2, 0.35), abs=0.011)

    beyond = np.concatenate([np.arange(85, 100), np.arange(5)])
    press(canvas, fit[:, 85])
    move(canvas, fit[:, beyond])
    assert inspection.stretch == pytest.approx((0.85, 0.99), abs=0.011)
    back = np.concatenate([np.arange(4, -1, -1), np.arange(99, 91, -1)])
    move(canvas, fit[:, back])
    release(canvas, fit[:, 92])
    assert inspection.stretch == pytest.approx((0.85, 0.92), abs=0.011)

    Fingers(canvas).stroke(fit[:, 20:36])
    assert inspection.stretch == pytest.approx((0.2, 0.35), abs=0.011)

    inspection.brush(None)
    click(canvas, fit[:, 60])
    assert inspection.point == 60
    click(canvas, fit[:, 30])
    assert inspection.point == 30
    click(canvas, fit[:, 30])
    assert inspection.point is None
    assert inspection.stretch is None

    stretch = (0.4, 0.6)
    inspection.brush(stretch)
    for notches, expected in ((1, WIDEN / 2), (-1, 0.0)):
        place = canvas.viewport().mapTo(canvas.window(), canvas.viewport().rect().center()).toPointF()
        QTest.wheelEvent(canvas.window().windowHandle(), place, QPoint(0, 120 * notches))
        assert inspection.stretch == pytest.approx((0.4 - expected, 0.6 + expected))

    turn = 2 * np.pi * session.snapshot.target.t[0]
    eight = 0.5 + 0.3 * np.stack([np.sin(turn), np.sin(2 * turn)])
    canvas.show_past(replace(session.snapshot, fit=eight))
    press(canvas, eight[:, 40])
    move(canvas, eight[:, 40:51])
    assert inspection.stretch == pytest.approx((0.4, 0.5), abs=0.011)  # where it is at t = 0 as well
    move(canvas, eight[:, 50:61])
    release(canvas, eight[:, 60])
    assert inspection.stretch == pytest.approx((0.4, 0.6), abs=0.011)


def test_escape_cancels_then_clears_then_puts_the_tool_down_and_what_is_brushed_stays_with_another_tool(
    person, fit, canvas, inspection, session
):
    stroke(canvas, fit[:, 20:36])
    inspection.look_at_point(3)
    press(canvas, fit[:, 60])
    move(canvas, fit[:, 60:70])
    assert inspection.stretch == pytest.approx((0.6, 0.69), abs=0.011)
    person.press(Key.Key_Escape)
    assert inspection.stretch == pytest.approx((0.2, 0.35), abs=0.011)
    move(canvas, fit[:, 70:80])
    release(canvas, fit[:, 79])
    assert inspection.stretch == pytest.approx((0.2, 0.35), abs=0.011)
    person.press(Key.Key_Escape)
    assert (inspection.stretch, inspection.point) == (None, None)
    assert person.action("inspect.brush").isChecked()
    person.press(Key.Key_Escape)
    assert not person.action("inspect.brush").isChecked()
    assert person.window.features["tools"].mode is None

    person.press(Key.Key_W)
    stroke(canvas, fit[:, 20:36])
    kept = inspection.stretch
    person.choose("curve.draw")
    assert not person.action("inspect.brush").isChecked()
    assert inspection.stretch == kept
    stroke(canvas, CIRCLE)
    person.wait_until(lambda: session.config.curve != "heart")
    person.choose("run.toggle")
    assert inspection.stretch == kept
    person.choose("curve.reshape")
    person.press(Key.Key_W)
    assert not person.action("curve.reshape").isChecked()
    assert person.action("inspect.brush").isChecked()
    person.press(Key.Key_W)
    assert inspection.stretch == kept


def test_the_arrow_keys_move_and_widen_the_stretch_and_enter_looks_at_its_middle(person, fit, canvas, inspection):
    canvas.setFocus()
    person.press(Key.Key_Return)
    assert inspection.point is None
    person.press(Key.Key_Right, Key.Key_Return)
    assert inspection.point == 50
    person.press(Key.Key_Return)
    assert inspection.point is None

    inspection.brush(None)
    view = canvas.to_plane(canvas.rect().toRectF().center())
    person.press(Key.Key_Right)
    assert inspection.stretch == pytest.approx((0.5 - WIDTH / 2, 0.5 + WIDTH / 2))
    person.press(Key.Key_Right, Key.Key_Up, Key.Key_Left)
    low, high = inspection.stretch
    assert (low, high) == pytest.approx((0.5 - WIDTH / 2 + MOVE, 0.5 + WIDTH / 2 + MOVE))
    person.press(Key.Key_Right, modifiers=SHIFT)
    assert inspection.stretch == pytest.approx((low - WIDEN / 2, high + WIDEN / 2))
    person.press(*[Key.Key_Left] * 20, modifiers=SHIFT)
    low, high = inspection.stretch
    assert high - low == pytest.approx(LEAST)
    person.press(*[Key.Key_Right] * 40)
    assert inspection.stretch == pytest.approx((1 - LEAST, 1.0))
    assert canvas.to_plane(canvas.rect().toRectF().center()) == view
    person.press(Key.Key_W, Key.Key_Right)
    assert canvas.to_plane(canvas.rect().toRectF().center()) != view
    assert inspection.stretch == pytest.approx((1 - LEAST, 1.0))


def test_it_says_where_the_answer_is_unless_that_is_seen(person, fit, window, canvas):
    stroke(canvas, fit[:, 20:36])
    assert window.toast.words == ELSEWHERE
    window.toast.forget()
    window.findChild(QAction, "action.dock.network").trigger()
    window.findChild(QDockWidget, "dock.network").raise_()
    person.wait_until(lambda: window.features["study"].is_seen("network"))
    stroke(canvas, canvas.snapshot.fit[:, 40:46])
    assert window.toast.words != ELSEWHERE
