"""The pencil and the brush in the real window: what is drawn and pushed, and what the run makes of it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest

from curvegui.core.curve.curve import Curve, Units
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.session.stored.recent import RecentCurves
from curvegui.ui.tools.brush import LEAST, RADIUS, SHORTEST_MS
from curvegui.ui.tools.tools import FITTED
from tests.ui.person import Key, Modifier
from tests.ui.strokes import CIRCLE, LINE, Fingers, move, press, release, said, stroke

HEART = build_target(TrainingConfig()).points
TIP = HEART[:, 50]


@pytest.fixture
def visit(visit):
    """Visit a window in which nobody has a tool in the hand, and the brush is as large as usual."""
    visited = []
    yield lambda **settings: visited.append(visit(**settings)) or visited[-1]
    for person in visited:
        put_down(person)


@pytest.fixture
def person(visit):
    return visit()


def put_down(person):
    tools = person.window.features["tools"]
    tools.set_mode(None)
    tools.brush.radius = RADIUS


def tip_moved(x, y):
    return TIP + np.array([x, y])


@pytest.fixture
def tools(window):
    return window.features["tools"]


def view_of(canvas):
    return canvas.to_plane(QPointF(0, 0)), canvas.to_plane(QPointF(100, 100))


# The pencil


def test_what_is_drawn_is_learned_at_once_where_it_was_drawn_and_closed_where_its_ends_meet(person, canvas):
    person.choose("curve.draw")
    stroke(canvas, CIRCLE)

    assert person.session.phase is Phase.LEARNING
    curve = person.session.config.curve
    assert isinstance(curve, Curve)
    assert curve.closed
    assert curve.units == Units()
    assert np.hypot(*(curve.points - 0.5)) == pytest.approx(np.full(curve.t.size, 0.3), abs=0.01)
    person.reach(1)
    assert person.session.snapshot.target.name == "drawing"
    assert not person.action("curve.draw").isChecked()

    person.choose("curve.draw")  # again, and this time it stays open
    stroke(canvas, LINE)
    curve = person.session.config.curve
    assert not curve.closed
    assert curve.points[:, [0, -1]] == pytest.approx(LINE[:, [0, -1]], abs=0.005)


def test_undo_brings_the_old_run_back(person, canvas):
    person.learn(120)
    before = person.session.snapshot
    person.choose("curve.draw")
    stroke(canvas, CIRCLE)
    person.reach(1)
    assert person.action("edit.undo").text() == "&Undo drawing"
    person.choose("edit.undo")
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.target.name == "heart")
    assert person.session.config.curve == "heart"
    assert person.session.snapshot.iteration == 120
    assert np.array_equal(person.session.snapshot.parameters, before.parameters)


def test_a_tool_is_taken_and_put_down_again_and_what_is_unfinished_is_thrown_away(person, canvas, tools):
    assert "Esc" not in said(canvas)
    person.choose("curve.draw")
    assert "Draw a curve in one stroke" in said(canvas)
    assert "Esc cancels" in said(canvas)
    assert canvas.accessibleDescription() == "Draw a curve in one stroke. Esc cancels."
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    person.press(Key.Key_D)
    assert "Esc" not in said(canvas)
    assert canvas.accessibleDescription().startswith("Press A to listen")
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor

    draw, reshape = person.action("curve.draw"), person.action("curve.reshape")
    person.press(Key.Key_D)
    person.press(Key.Key_H)
    assert (tools.mode, draw.isChecked(), reshape.isChecked()) == ("reshape", False, True)
    person.press(Key.Key_D)
    assert (tools.mode, draw.isChecked(), reshape.isChecked()) == ("pencil", True, False)
    person.press(Key.Key_D)
    assert (tools.mode, draw.isChecked(), reshape.isChecked()) == (None, False, False)

    person.press(Key.Key_D)
    press(canvas, CIRCLE[:, 0])
    move(canvas, CIRCLE[:, 1:30])
    person.press(Key.Key_Escape)
    assert tools.mode == "pencil"
    move(canvas, CIRCLE[:, 30:])
    release(canvas, CIRCLE[:, -1])
    assert person.session.config.curve == "heart"
    person.press(Key.Key_Escape)
    assert tools.mode is None
    assert not person.action("curve.draw").isChecked()

    person.press(Key.Key_D)
    press(canvas, CIRCLE[:, 0])
    move(canvas, CIRCLE[:, 1:])
    person.press(Key.Key_H)
    release(canvas, CIRCLE[:, -1])
    assert person.session.config.curve == "heart"

    person.choose("curve.draw")
    stroke(canvas, CIRCLE[:, :1])
    assert person.session.config.curve == "heart"
    assert "too small to be a curve" in person.window.toast.words
    assert tools.mode == "pencil"

    person.press(Key.Key_Escape)
    before = view_of(canvas)  # without a tool, the mouse moves it again
    person.press(Key.Key_D, Key.Key_D)
    stroke(canvas, LINE)
    person.wait_until(lambda: view_of(canvas) != before)
    assert person.session.config.curve == "heart"


def test_the_view_keeps_still_under_the_pencil_and_ink_where_it_is_and_a_pen_and_fingers_draw(person, canvas, tools):
    person.choose("curve.draw")
    before = view_of(canvas)
    QTest.wheelEvent(
        person.window.windowHandle(), canvas.mapTo(person.window, canvas.rect().center()).toPointF(), QPoint(0, 240)
    )
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas.viewport(), QPoint(200, 200))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    stroke(canvas, CIRCLE)
    assert view_of(canvas) == before

    person.choose("curve.draw")
    press(canvas, CIRCLE[:, 0])
    move(canvas, CIRCLE[:, :30])
    person.choose("view.zoom_in")
    move(canvas, CIRCLE[:, 30:])
    release(canvas, CIRCLE[:, -1])
    curve = person.session.config.curve
    assert np.hypot(*(curve.points - 0.5)) == pytest.approx(np.full(curve.t.size, 0.3), abs=0.01)

    for other in (None, (0.1, 0.1)):
        person.choose("curve.draw")
        Fingers(canvas).stroke(CIRCLE, other)
        curve = person.session.config.curve
        assert np.hypot(*(curve.points - 0.5)) == pytest.approx(np.full(curve.t.size, 0.3), abs=0.01)
        person.choose("edit.undo")

    person.choose("view.show_all")
    person.choose("view.zoom_out")
    person.choose("view.zoom_out")
    person.choose("curve.draw")
    stroke(canvas, 0.5 + (CIRCLE - 0.5) * 1.8)
    curve = person.session.config.curve
    assert curve.units != Units()
    assert curve.points.min() == pytest.approx(0.1)
    assert curve.points.max() == pytest.approx(0.9)
    assert person.window.toast.words == FITTED


# The brush


def learning_in(window):
    """Someone before a run that is learning, with the brush in the hand."""
    someone = window(speed=200.0, iterations=1_000_000, trail_every=1_000)
    someone.choose("run.toggle")
    someone.reach(1)
    someone.choose("curve.reshape")
    return someone


@pytest.fixture
def learning(visit):
    return learning_in(visit)


def begin_again(person):
    """Undo all that was drawn and pushed."""
    while person.action("edit.undo").isEnabled():
        person.choose("edit.undo")
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.config.curve == "heart")


def pull(canvas, start, end, steps=10):
    """Places on the way from one to another."""
    return np.linspace(start, end, steps).T


def test_a_pushed_curve_is_learned_by_the_same_run_even_while_the_hand_holds_it_and_a_drag_is_one_step_of_undo(
    learning,
):
    canvas, session = learning.window.canvas, learning.session
    run, before = session.number, session.snapshot.iteration
    stroke(canvas, pull(canvas, TIP, tip_moved(0.1, 0.05)))
    curve = session.config.curve
    assert curve.name == "heart, reshaped"
    learning.wait_until(lambda: session.snapshot.config.curve is curve)
    found = session.snapshot.target.points
    assert found[:, 50] == pytest.approx(tip_moved(0.1, 0.05), abs=0.005)
    assert np.array_equal(found[:, 0], HEART[:, 0])
    assert np.array_equal(session.snapshot.target.t, build_target(TrainingConfig()).t)
    assert session.number == run
    assert session.snapshot.iteration >= before
    assert session.phase is Phase.LEARNING
    assert learning.action("curve.reshape").isChecked()

    begin_again(learning)
    canvas, session = learning.window.canvas, learning.session
    press(canvas, TIP)
    move(canvas, pull(canvas, TIP, tip_moved(0.0, 0.1)))
    learning.wait_until(lambda: session.snapshot.target.points[:, 50] == pytest.approx(tip_moved(0.0, 0.1), abs=0.005))
    held = session.snapshot.iteration
    learning.reach(held + 5)
    release(canvas, tip_moved(0.0, 0.1))

    begin_again(learning)
    canvas, session = learning.window.canvas, learning.session
    for shift in ([0.1, 0.0], [0.0, 0.1]):
        at = build_target(session.config).points[:, 50]
        press(canvas, at)
        for place in pull(canvas, at, at + shift, 4).T:
            move(canvas, place[:, np.newaxis])
            sent = session.config.curve
            learning.wait_until(lambda sent=sent: session.snapshot.config.curve is sent)
        release(canvas, at + shift)
    assert learning.action("edit.undo").text() == "&Undo curve"
    learning.choose("edit.undo")
    assert build_target(session.config).points[:, 50] == pytest.approx(tip_moved(0.1, 0), abs=0.005)
    learning.choose("edit.undo")
    assert session.config.curve == "heart"
    assert not learning.action("edit.undo").isEnabled()


def test_of_many_moves_a_few_are_sent_and_the_last_one_always_and_of_many_points_fewer(learning):
    canvas, sent = learning.window.canvas, []
    learning.window.features["tools"].brush.reshaped.connect(sent.append)
    stroke(canvas, pull(canvas, TIP, tip_moved(0.1, 0.1), 300))
    assert 2 <= len(sent) < 150
    assert sent[-1].points[:, 50] == pytest.approx(tip_moved(0.1, 0.1), abs=0.005)
    assert learning.session.config.curve is sent[-1]

    intervals = []
    for points in (40, 5_000):
        learning.enter_setting("points", str(points))
        learning.wait_until(lambda points=points: learning.session.snapshot.target.points.shape[1] == points)
        tip = build_target(learning.session.config).points[:, points // 2]
        press(canvas, tip)
        move(canvas, pull(canvas, tip, tip + 0.1))
        intervals.append(learning.window.features["tools"].brush.findChild(QTimer).interval())
        release(canvas, tip + 0.1)
        assert learning.session.config.curve.t.size == points
    assert intervals[0] == SHORTEST_MS
    assert 60_000 / intervals[1] * 16 * 5_000 <= 50e6  # bytes in a minute


def test_how_much_is_pushed_depends_on_modifiers_wheel_and_brackets_even_while_it_drags(learning):
    canvas, session = learning.window.canvas, learning.session
    press(canvas, TIP)
    move(canvas, pull(canvas, TIP, tip_moved(0.0, 0.1)))
    little = (session.config.curve.points != HEART).any(axis=0).sum()
    learning.press(*[Key.Key_BracketRight] * 4)
    release(canvas, tip_moved(0.0, 0.1))
    assert (session.config.curve.points != HEART).any(axis=0).sum() > 1.5 * little

    begin_again(learning)
    canvas = learning.window.canvas
    for modifiers in (Modifier.AltModifier, Modifier.ShiftModifier):
        press(canvas, TIP, modifiers)
        move(canvas, pull(canvas, TIP, tip_moved(0.1, 0.1)))
        release(canvas, tip_moved(0.1, 0.1))
        found = build_target(learning.session.config).points
        assert np.flatnonzero((found != HEART).any(axis=0)).tolist() in ([49], [50])  # one of the two at the tip
        begin_again(learning)

    learning.press(*[Key.Key_BracketLeft] * 4)
    canvas, brush = learning.window.canvas, learning.window.features["tools"].brush
    before = view_of(canvas)
    QTest.wheelEvent(
        learning.window.windowHandle(), canvas.mapTo(learning.window, canvas.rect().center()).toPointF(), QPoint(0, 240)
    )
    assert brush.radius > RADIUS
    assert view_of(canvas) == before
    learning.press(Key.Key_BracketRight)
    assert brush.radius == pytest.approx(RADIUS * 1.15**3)
    learning.press(*[Key.Key_BracketLeft] * 30)
    assert brush.radius == LEAST
    stroke(canvas, pull(canvas, TIP, tip_moved(0.1, 0.1)))
    found = build_target(learning.session.config).points
    assert np.flatnonzero((found != HEART).any(axis=0)).tolist() in ([49], [50])  # one of the two at the tip


def test_nothing_is_pushed_from_afar_nor_out_of_the_square_and_a_pen_and_a_finger_push_too(learning):
    canvas = learning.window.canvas
    before = view_of(canvas)
    stroke(canvas, pull(canvas, np.array([0.5, 0.4]), np.array([0.3, 0.6])))
    assert learning.session.config.curve == "heart"
    assert view_of(canvas) == before

    canvas, session = learning.window.canvas, learning.session
    stroke(canvas, pull(canvas, TIP, tip_moved(0.1, 0.0)))
    assert build_target(session.config).points[:, 50] == pytest.approx(tip_moved(0.1, 0.0), abs=0.005)
    Fingers(canvas).stroke(pull(canvas, tip_moved(0.1, 0.0), TIP))
    assert build_target(session.config).points[:, 50] == pytest.approx(TIP, abs=0.005)

    begin_again(learning)
    learning.choose("view.zoom_out")
    stroke(learning.window.canvas, pull(learning.window.canvas, TIP, tip_moved(0.0, -0.14)))
    points = build_target(learning.session.config).points
    assert points[1].min() == 0


def test_an_undo_in_the_middle_of_a_drag_ends_it_and_escape_puts_back_what_is_dragged_and_then_the_brush_down(learning):
    canvas, session = learning.window.canvas, learning.session
    press(canvas, TIP)
    move(canvas, pull(canvas, TIP, tip_moved(0.1, 0.0)))
    learning.choose("edit.undo")
    assert session.config.curve == "heart"
    move(canvas, pull(canvas, tip_moved(0.1, 0.0), tip_moved(0.2, 0.0)))
    release(canvas, tip_moved(0.2, 0.0))
    assert session.config.curve == "heart"

    canvas, session, tools = learning.window.canvas, learning.session, learning.window.features["tools"]
    press(canvas, TIP)
    move(canvas, pull(canvas, TIP, tip_moved(0.1, 0.1)))
    assert session.config.curve != "heart"
    learning.press(Key.Key_Escape)
    assert session.config.curve == "heart"
    move(canvas, pull(canvas, TIP, tip_moved(0.2, 0.1)))
    release(canvas, tip_moved(0.2, 0.1))
    assert session.config.curve == "heart"
    assert not learning.action("edit.undo").isEnabled()
    assert tools.mode == "reshape"
    learning.press(Key.Key_Escape)
    assert tools.mode is None


def test_what_is_looked_back_to_is_not_reshaped(visit):
    person = visit(speed=FULL_SPEED)
    person.learn(300)
    tools = person.window.features["tools"]
    person.session.time.look_back(100)
    person.wait_until(lambda: person.session.time.past)
    person.choose("curve.reshape")
    assert person.session.time.past is None
    assert tools.mode == "reshape"
    person.session.time.look_back(100)
    person.wait_until(lambda: person.session.time.past)
    assert tools.mode is None


# Both


def test_what_is_reshaped_is_kept_among_the_latest_curves_once_and_what_escape_puts_back_is_not(open_window):
    learning = learning_in(open_window)
    canvas, session, recent = learning.window.canvas, learning.session, learning.window.findChild(RecentCurves)
    stroke(canvas, pull(canvas, TIP, tip_moved(0.1, 0.05)))
    learning.wait_until(lambda: [each.name for each in recent.curves] == ["heart, reshaped"])
    first = recent.curves[0]
    stroke(canvas, pull(canvas, tip_moved(0.1, 0.05), tip_moved(0.2, 0.1)))
    learning.wait_until(lambda: recent.curves and recent.curves[0] != first)
    assert recent.curves == (session.config.curve,)
    second, at = recent.curves[0], tip_moved(0.2, 0.1)
    press(canvas, at)
    move(canvas, pull(canvas, at, TIP))
    learning.press(Key.Key_Escape)
    release(canvas, TIP)
    stroke(canvas, pull(canvas, at, tip_moved(0.05, 0.05)))
    learning.wait_until(lambda: recent.curves and recent.curves[0] != second)
    assert recent.curves == (session.config.curve,)
