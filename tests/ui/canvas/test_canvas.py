"""The canvas: target, trail and fit where they belong, whatever happens to the run and to the view."""

from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsSimpleTextItem

from curvegui.core.learner.target import training_data
from curvegui.core.settings.config import FULL_SPEED
from curvegui.figure.drawing.look import CLASSIC, LOOKS
from curvegui.ui.canvas import frames
from curvegui.ui.canvas import trail as painting
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.plane_view import EDGE
from curvegui.ui.look.theme import current_theme
from tests.ui.person import Key, colours, picture, pixels_near
from tests.ui.strokes import numbers_on


def learn_1_000(person):
    person.learn(1_000)
    wait_for_canvas(person)


@pytest.fixture
def learned(visit):
    """Someone before a run of 1,000 iterations, with a curve of the trail every 4."""
    return visit(learn_1_000, speed=FULL_SPEED, trail_every=4)


def wait_for_canvas(person):
    """Wait until the canvas shows the newest snapshot, and all of its trail."""
    canvas, session = person.window.canvas, person.session
    person.wait_until(
        lambda: (
            session.snapshot
            and numbers_on(canvas).startswith(f"iteration {session.snapshot.iteration:,}\n")
            and not canvas.layer.has_work
        )
    )


def texts(canvas):
    return [item.text() for item in canvas.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]


def on_canvas(canvas, points):
    """Where points of the plane are, in pixels: the unit square is as large as possible, with a narrow edge."""
    width, height = canvas.width(), canvas.height()
    side = min(width, height) / (1 + 2 * EDGE)
    return np.stack([width / 2 + (points[0] - 0.5) * side, height / 2 - (points[1] - 0.5) * side])


def share_in_colour(canvas, points, colour, within=40):
    """How many of some points of the plane have about a colour, or have a neighbour that has."""
    image, rgb = colours(picture(canvas)).astype(int), np.array(to_rgb(colour))
    near = (np.abs(image - rgb) <= within).all(axis=2)
    found = [
        near[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].any()
        for x, y in np.rint(on_canvas(canvas, points)).astype(int).T
    ]
    return np.mean(found)


def to_rgb(colour):
    return [int(colour[index : index + 2], 16) for index in (1, 3, 5)]


def test_the_target_is_drawn_round_and_closed_however_few_points_are_trained_on(person):
    wait_for_canvas(person)
    canvas = person.window.canvas
    assert share_in_colour(canvas, training_data()[1], CLASSIC.target.colour) > 0.6  # the rest is between its dashes
    person.enter_setting("points", "3")
    person.wait_until(lambda: person.session.snapshot.target.points.shape[1] == 3)
    wait_for_canvas(person)
    assert share_in_colour(canvas, training_data()[1], CLASSIC.target.colour) > 0.6
    assert share_in_colour(canvas, training_data(400)[1][:, -10:], CLASSIC.target.colour) > 0.3


@pytest.mark.slow
def test_fit_iteration_and_cost_are_on_it_and_every_look_can_be_seen(learned):
    canvas, snapshot = learned.window.canvas, learned.session.snapshot
    assert share_in_colour(canvas, snapshot.fit, CLASSIC.fit.colour) == 1
    iteration, cost = numbers_on(canvas).split("\n")
    assert iteration == "iteration 1,000"
    assert float(cost.removeprefix("cost ")) == pytest.approx(snapshot.cost, rel=0.006)
    for key, look in LOOKS.items():
        learned.choose(f"look.{key}")
        wait_for_canvas(learned)
        assert share_in_colour(canvas, snapshot.fit, look.fit.colour) > 0.95, key
        target = share_in_colour(canvas, training_data()[1], look.target.colour)
        assert target > 0.3, key  # dashed in some, and under the fit


def test_points_are_dots_where_not_all_are_trained_on_and_gone_with_the_target(visit):
    person = visit(points=20, data_noise=0.1, train_one_in=2, seed=1)
    person.wait_for_first_picture()
    wait_for_canvas(person)
    target = person.session.snapshot.target
    inside = target.points[:, target.trained & (np.abs(target.points - 0.5) < 0.45).all(axis=0)]
    assert share_in_colour(person.window.canvas, inside, CLASSIC.target.colour) > 0.9  # the fit may cover one
    person.choose("view.target")
    wait_for_canvas(person)
    assert share_in_colour(person.window.canvas, inside, CLASSIC.target.colour) == 0


# The trail


def trail_of(person):
    """What the trail adds to the picture, in all colours of all pixels."""
    canvas = person.window.canvas
    with_trail = colours(picture(canvas)).astype(int)
    person.choose("view.trail")
    wait_for_canvas(person)
    without = colours(picture(canvas)).astype(int)
    person.choose("view.trail")
    wait_for_canvas(person)
    assert (colours(picture(canvas)) == with_trail).all()
    return with_trail - without


def test_the_trail_builds_up_pink_is_cleared_by_a_reset_and_brought_back_by_undo(learned):
    before = colours(picture(learned.window.canvas))
    added = trail_of(learned)
    assert (added != 0).any(axis=2).sum() > 10_000
    assert added[:, :, 0].sum() > 0  # the Classic look's pink over its blue: more red
    assert pixels_near(picture(learned.window.canvas), CLASSIC.trail.colour, within=60) > 300
    learned.choose("run.reset")
    learned.wait_until(lambda: learned.session.snapshot)
    wait_for_canvas(learned)
    assert (trail_of(learned) != 0).any(axis=2).sum() < 1_000  # the one curve that it begins with
    learned.choose("edit.undo")
    learned.reach(1_000)
    wait_for_canvas(learned)
    assert (colours(picture(learned.window.canvas)) == before).all()


def test_after_a_zoom_or_in_another_size_all_of_the_trail_is_painted_again(learned, monkeypatch):
    painted = []
    paint = painting.paint_trail_curves

    def counted(painter, curves, *rest):
        painted.append(len(curves))
        paint(painter, curves, *rest)

    monkeypatch.setattr(painting, "paint_trail_curves", counted)
    for act in ("view.zoom_in", "view.zoom_out", "resize"):
        painted.clear()
        if act == "resize":
            learned.window.resize(1000, 700)
            learned.wait_until(lambda: painted)
        else:
            learned.choose(act)
        learned.wait_until(lambda: sum(painted) >= len(learned.session.received.trail))
        wait_for_canvas(learned)
        if act != "resize":  # there the panels follow the window, and what was begun before is begun anew
            assert sum(painted) % len(learned.session.received.trail) == 0
        before = colours(picture(learned.window.canvas))
        learned.choose("view.trail")
        learned.choose("view.trail")  # all at once from the beginning
        wait_for_canvas(learned)
        assert (colours(picture(learned.window.canvas)) == before).all()


def test_while_the_view_moves_all_the_time_the_image_follows_now_and_then(learned, monkeypatch):
    canvas, clock = learned.window.canvas, clock_of(learned)
    clock.stop()
    monkeypatch.setattr(canvas._views, "least_s", 1e6)
    monkeypatch.setattr(frames, "TRAIL_S", 0.0)  # a frame paints some of the trail only
    shown = canvas.layer.shown
    for number in range(200):
        (canvas.zoom_out if number % 2 else canvas.zoom_in)()
        clock.timeout.emit()
    assert canvas.layer.shown is not shown
    clock.start()
    wait_for_canvas(learned)
    assert canvas.layer.shown.plane == canvas.plane(canvas.devicePixelRatioF())


# The view


def middle_and_width(canvas):
    """Where the pixel in the middle is in the plane, and how much of the plane is to be seen."""
    plane = canvas.plane()
    return (plane.left + plane.right) / 2, (plane.bottom + plane.top) / 2, plane.right - plane.left


def test_keys_actions_wheel_and_hand_move_zoom_and_show_all(person):
    canvas = person.tab_to("canvas")
    before = x, y, width = middle_and_width(canvas)
    person.press(Key.Key_Right, Key.Key_Up)
    moved = middle_and_width(canvas)
    assert moved[0] > x
    assert moved[1] > y
    person.press(Key.Key_Plus)
    assert middle_and_width(canvas)[2] < width
    person.press(Key.Key_Minus, Key.Key_Minus)
    assert middle_and_width(canvas)[2] > width
    person.press(Key.Key_Home)
    assert middle_and_width(canvas) == pytest.approx(before)
    person.press(Key.Key_Left, Key.Key_Down)
    assert middle_and_width(canvas)[0] < x
    assert middle_and_width(canvas)[1] < y
    person.choose("view.show_all")
    assert middle_and_width(canvas) == pytest.approx(before)

    person.choose("view.zoom_in")
    assert middle_and_width(canvas)[2] == pytest.approx(width / 1.25)
    person.choose("view.zoom_out")
    assert middle_and_width(canvas) == pytest.approx(before)

    QTest.wheelEvent(
        person.window.windowHandle(), canvas.mapTo(person.window, canvas.rect().center()).toPointF(), QPoint(0, 240)
    )
    assert middle_and_width(canvas)[2] < width
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert middle_and_width(canvas) == pytest.approx(before)

    viewport = canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.BackButton, pos=QPoint(200, 200))  # a thumb is on it: it does nothing
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    for pixel in (220, 260, 300):
        QTest.mouseMove(viewport, QPoint(pixel, 200))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseRelease(viewport, Qt.MouseButton.BackButton, pos=QPoint(300, 200))
    person.wait_until(lambda: middle_and_width(canvas)[0] < x)
    assert middle_and_width(canvas)[2] == pytest.approx(width)


def test_no_one_gets_lost_by_zooming_and_the_whole_square_is_seen_in_every_shape_of_window(person):
    canvas = person.window.canvas
    for id_ in ("view.zoom_in", "view.zoom_out"):
        for _ in range(60):
            person.choose(id_)
        assert 1e-4 < middle_and_width(canvas)[2] < 100
    person.choose("view.show_all")
    wait_for_canvas(person)
    person.wait_until(lambda: share_in_colour(canvas, training_data()[1], CLASSIC.target.colour) > 0.6)
    for size in ((900, 830), (1180, 600)):
        person.window.resize(*size)
        person.wait_until(lambda size=size: (canvas.width() > canvas.height()) == (size[0] > 1_000))
        wait_for_canvas(person)
        person.wait_until(lambda: share_in_colour(canvas, training_data()[1], CLASSIC.target.colour) > 0.6)


def test_a_picture_that_is_shifted_away_stays_in_reach_and_another_curve_is_shown_whole(person):
    canvas = person.tab_to("canvas")
    before = middle_and_width(canvas)
    for zoom, keys in (((), (Key.Key_Left, Key.Key_Up)), ((Key.Key_Minus,) * 3, (Key.Key_Right, Key.Key_Down))):
        person.press(*zoom, *[keys[0]] * 30, *[keys[1]] * 30)
        seen = canvas.plane()
        width = min(seen.right, 1) - max(seen.left, 0)
        height = min(seen.top, 1) - max(seen.bottom, 0)
        assert width > 0.19 and height > 0.19
        assert person.shows("button.view.show_all")
        person.click("button.view.show_all")
        assert middle_and_width(canvas) == pytest.approx(before) and not person.shows("button.view.show_all")
        assert person.focus == "canvas"
    person.press(*[Key.Key_Plus] * 12, *[Key.Key_Right] * 20)
    assert person.shows("button.view.show_all")
    person.press(Key.Key_Home, *[Key.Key_Left] * 30)
    present = person.session.config.curve
    person.session.reset(noise=0.5)
    person.catch_up()
    wait_for_canvas(person)
    assert person.shows("button.view.show_all")  # of the same curve, the part that a person has chosen stays
    person.session.reset(curve="star" if present != "star" else "heart")
    person.wait_until(lambda: middle_and_width(canvas) == pytest.approx(before))


# The pointer


def pointed_at(canvas):
    (told,) = [text for text in texts(canvas) if text.startswith("t = ")] or [None]
    return told


def test_pointing_at_the_fit_tells_t_x_and_y_and_elsewhere_or_leaving_nothing(learned):
    canvas, snapshot = learned.window.canvas, learned.session.snapshot
    leaving = (
        lambda: learned.point_at(canvas.viewport(), QPoint(20, 20)),
        lambda: QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave)),
    )
    for index, leave in zip((10, 90), leaving, strict=True):
        place = on_canvas(canvas, snapshot.fit)[:, index]
        learned.point_at(canvas.viewport(), QPoint(*np.rint(place).astype(int).tolist()))
        learned.wait_until(lambda index=index: (pointed_at(canvas) or "").startswith(f"t = {index / 100:g}\n"))
        x, y = snapshot.fit[:, index]
        assert pointed_at(canvas) == f"t = {index / 100:g}\nx = {x:.3f}\ny = {y:.3f}"
        leave()
        learned.wait_until(lambda: not pointed_at(canvas))
        assert numbers_on(canvas)  # what is always written stays


# Frames


def clock_of(person):
    """What makes a frame of the canvas due at each of its beats."""
    return person.window.canvas.findChild(QTimer)


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_the_trail_keeps_up_at_full_speed_and_is_whole_at_rest(visit):
    person = visit(speed=FULL_SPEED, iterations=10_000_000, trail_every=1)
    person.wait_for_first_picture()
    layer, session = person.window.canvas.layer, person.session
    person.press(Key.Key_Space)
    person.reach(1_000)
    for _ in range(3):
        newest = session.snapshot.iteration
        person.wait_until(lambda newest=newest: layer.shown.iteration > 0.99 * newest)
    person.press(Key.Key_Space)
    wait_for_canvas(person)
    assert not layer.shown.is_rough


def test_it_is_not_painted_while_nothing_changes(person):
    wait_for_canvas(person)
    with person.qtbot.waitSignals([clock_of(person).timeout] * 10):
        pass
    paintings = Paintings(person.window.canvas.viewport())
    with person.qtbot.waitSignals([clock_of(person).timeout] * 10):
        pass
    assert paintings.count == 0


def test_reduced_motion_makes_frames_rare_but_answers_a_person_at_once(visit):
    person = visit(iterations=10_000_000)
    person.wait_for_first_picture()
    person.press(Key.Key_Space)
    paintings, beyond_twice_a_second = Paintings(person.window.canvas.viewport()), []
    for _ in range(2):
        for count in (10, 20):  # the first of them are still busy with what was chosen
            paintings.count, start = 0, perf_counter()
            with person.qtbot.waitSignals([person.session.snapshot_ready] * count):
                pass
        beyond_twice_a_second.append(paintings.count - 2 * (perf_counter() - start))
        person.choose("view.reduced_motion")
    moving, resting = beyond_twice_a_second
    assert resting <= 1 < moving
    person.choose("view.reduced_motion")
    before = colours(picture(person.window.canvas))
    person.choose("view.zoom_in")
    person.wait_until(lambda: not np.array_equal(colours(picture(person.window.canvas)), before))


def test_with_reduced_motion_too_the_whole_trail_is_shown_at_rest(visit):
    person = visit(speed=FULL_SPEED, iterations=10_000_000, trail_every=1)
    person.wait_for_first_picture()
    person.choose("view.reduced_motion")
    person.press(Key.Key_Space)
    person.reach(1_000)
    person.press(Key.Key_Space)
    wait_for_canvas(person)
    canvas = person.window.canvas

    def images():
        return {item.pixmap().cacheKey() for item in canvas.items() if isinstance(item, QGraphicsPixmapItem)}

    person.wait_until(lambda: canvas.layer.shown.image.cacheKey() in images())


def test_before_the_first_snapshot_it_is_empty_and_nothing_fails(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.show()
    with qtbot.waitSignals([canvas.findChild(QTimer).timeout] * 3), qtbot.assertNotEmitted(canvas.painted):
        pass
    assert pixels_near(picture(canvas), CLASSIC.fit.colour) == 0


def test_the_focus_is_seen_on_the_canvas_where_the_keyboard_brought_it(person):
    canvas = person.window.canvas
    person.find("run").setFocus()
    without = picture(canvas)
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert picture(canvas) == without
    person.find("run").setFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    ringed = picture(canvas)
    for x, y in ((1, canvas.height() // 2), (canvas.width() // 2, 1)):
        assert ringed.pixelColor(x, y).name() == current_theme().accent
    canvas.window().resize(canvas.window().width() - 40, canvas.window().height())
    at_right = lambda: picture(canvas).pixelColor(canvas.width() - 1, canvas.height() // 2).name()  # noqa: E731
    person.wait_until(lambda: at_right() == current_theme().accent)
    person.find("run").setFocus()
    assert picture(canvas).pixelColor(1, canvas.height() // 2).name() != current_theme().accent
