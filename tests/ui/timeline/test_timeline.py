"""The timeline: a playhead for the mouse and the keyboard, and what the canvas then shows."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QToolButton

from curvegui.core.settings.config import FULL_SPEED
from curvegui.ui.share.moment import Moment
from tests.ui.person import LEFT, Key, Modifier, colours, picture
from tests.ui.strokes import numbers_on

SEEN = re.compile(r"iteration ([\d,]+)\ncost")


def learn_2_345(person):
    person.learn(2_345)
    wait_for_plot(person, 2_345)


@pytest.fixture
def learned(visit):
    """Someone before a finished run of 2,345 iterations on a linear timeline."""
    person = visit(learn_2_345, speed=FULL_SPEED)
    person.choose("view.log_time")
    return person


def wait_for_plot(person, iteration):
    person.wait_until(
        lambda: person.window.features["timeline"].timeline.in_words().endswith(f"iteration {iteration:,}.")
    )


def place_of(person, iteration):
    """Where an iteration is on the timeline."""
    timeline = person.window.features["timeline"].timeline
    plane = timeline.plane()
    x = plane.rect.left() + (timeline.time_axis.coordinate(iteration) - plane.left) * plane.pixels_per_unit[0]
    return QPoint(round(x), timeline.height() // 2)


def seen(person):
    """The iteration that the canvas says it shows."""
    return int(SEEN.match(numbers_on(person.window.canvas))[1].replace(",", ""))


def drag(person, *iterations):
    viewport = person.window.features["timeline"].timeline.viewport()
    QTest.mousePress(viewport, LEFT, pos=place_of(person, iterations[0]))
    for iteration in iterations[1:]:
        QTest.mouseMove(viewport, place_of(person, iteration))
    QTest.mouseRelease(viewport, LEFT, pos=place_of(person, iterations[-1]))


def press(person, key, modifier=Modifier.NoModifier):
    QTest.keyClick(person.window.features["timeline"].timeline, key, modifier)


def settled(person):
    """Wait until the canvas shows the place of the playhead; which iteration that is."""
    person.wait_until(lambda: seen(person) == person.session.time.playhead)
    return seen(person)


@pytest.mark.slow
def test_a_drag_takes_the_playhead_along_left_of_it_is_the_start_and_beyond_the_end_is_now(learned):
    drag(learned, 1_200)
    iteration = settled(learned)
    assert iteration == pytest.approx(1_200, abs=4)
    timeline = learned.window.features["timeline"].timeline
    learned.wait_until(lambda: timeline.in_words().startswith("Looking back. Cost"))
    assert timeline.playhead == iteration
    learned.wait_until(lambda: learned.read("advice.headline").startswith("Latest iteration:"))

    drag(learned, 800)
    iteration = settled(learned)
    figure = Moment.shown(learned.window.services).figure
    assert f"{iteration} iterations" in figure.caption
    assert len(figure.trail) == iteration // 100 + 1

    drag(learned, 1_200, 900, 300)
    assert settled(learned) == pytest.approx(300, abs=4)
    drag(learned, 300, 2_390)
    assert settled(learned) == 2_345
    assert learned.session.time.past is None

    drag(learned, 2_345, -200)
    assert settled(learned) == 0


def test_the_keyboard_moves_the_playhead_by_one_iteration_at_least_where_there_is_room_for_it(learned):
    learned.tab_to("timeline")
    press(learned, Key.Key_Left, Modifier.ControlModifier)
    assert settled(learned) == 2_344
    press(learned, Key.Key_Left)
    assert 2_300 < settled(learned) < 2_344
    press(learned, Key.Key_PageDown)
    assert settled(learned) == pytest.approx(2_344 - 240, abs=40)
    press(learned, Key.Key_Home)
    assert settled(learned) == 0
    press(learned, Key.Key_Right, Modifier.ControlModifier)
    press(learned, Key.Key_Up, Modifier.ControlModifier)
    assert settled(learned) == 2
    press(learned, Key.Key_Left)
    assert settled(learned) == 0
    press(learned, Key.Key_End)
    assert settled(learned) == 2_345

    learned.choose("view.log_time")
    press(learned, Key.Key_Home)
    for expected in (1, 2, 3):
        press(learned, Key.Key_Right, Modifier.ControlModifier)
        assert settled(learned) == expected
    drag(learned, 20)
    before = settled(learned)
    press(learned, Key.Key_Right)
    assert settled(learned) > before


def test_the_focus_can_be_seen_where_the_keyboard_brought_it_and_other_keys_are_left_to_others(learned):
    timeline = learned.window.features["timeline"].timeline
    before = colours(picture(timeline))
    learned.tab_to("timeline")
    assert np.any(colours(picture(timeline)) != before)
    timeline.clearFocus()
    timeline.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not timeline.marks.frame.isVisible()

    learned.tab_to("timeline")
    press(learned, Key.Key_Space)
    learned.wait_until(lambda: learned.session.phase.is_learning)


def test_the_trail_is_that_of_then_and_the_best_iteration_is_marked_and_found(learned):
    canvas = learned.window.canvas
    learned.wait_until(lambda: not canvas.layer.has_work)
    whole = colours(picture(canvas))
    drag(learned, 800)
    settled(learned)
    learned.wait_until(lambda: not canvas.layer.has_work)
    iteration = learned.session.time.past.iteration
    assert canvas.layer.shown.iteration == iteration // 100 * 100
    learned.choose("time.now")
    learned.wait_until(lambda: not canvas.layer.has_work)
    assert canvas.layer.shown.iteration == 2_300
    assert np.abs(colours(picture(canvas)).astype(int) - whole).mean() < 0.5

    costs = learned.session.received.costs.since(-1)
    best = int(costs[np.argmin(costs[:, 1]), 0])
    learned.wait_until(learned.window.features["timeline"].timeline.marks.best.isVisible)
    learned.choose("time.best")
    assert settled(learned) == pytest.approx(best, abs=100)  # keyframes between recorded costs count too
    assert learned.session.time.past.cost <= costs[:, 1].min()


def test_going_on_from_here_is_offered_in_the_past_only_and_playing_shows_on_its_button(learned):
    learned.choose("time.play_back")
    learned.wait_until(lambda: learned.shows("button.time.play_back"))
    button = learned.find("button.time.play_back", QToolButton)
    assert button.isChecked()
    assert learned.session.time.playing == -1
    learned.choose("time.play_back")
    assert not button.isChecked()
    drag(learned, 100)  # far enough from the end, where playing stops
    settled(learned)
    learned.choose("time.play")
    assert learned.session.time.playing == 1
    assert learned.action("time.play").isChecked()
    learned.choose("time.now")
    assert not learned.action("time.play").isChecked()

    assert not learned.action("time.go_on").isEnabled()
    assert not learned.action("time.now").isEnabled()
    drag(learned, 800)
    settled(learned)
    learned.choose("time.go_on")
    learned.choose("run.toggle")
    learned.wait_until(lambda: not learned.session.phase.is_learning and learned.session.snapshot is not None)
    assert learned.action("edit.undo").text() == "&Undo go on from here"
    learned.choose("edit.undo")
    learned.wait_until(lambda: learned.session.snapshot and learned.session.snapshot.iteration == 2_345)


def test_the_kind_of_time_is_remembered(open_window):
    person = open_window()
    person.choose("view.log_time")
    person.window.features["documents"].closing.allow()
    person.window.close()
    later = open_window()
    assert not later.action("view.log_time").isChecked()
    assert not later.window.features["timeline"].timeline.time_axis.logarithmic


def test_work_in_the_background_is_a_line_that_goes_when_all_is_done(learned):
    timeline = learned.window.features["timeline"].timeline
    line = timeline.findChild(QProgressBar, "timeline.progress")
    assert line.isHidden()
    timeline.show_progress(0.4)
    assert line.isVisible() and line.value() == 0.4 * line.maximum() and line.accessibleName() == "Progress"
    assert line.geometry().bottom() < timeline.viewport().y()  # over no number
    timeline.show_progress(1.0)
    assert line.isHidden()
