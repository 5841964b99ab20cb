"""The error along t under the canvas: its numbers, its picture, and what a person does on it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF
from PySide6.QtTest import QTest

from curvegui.core.curve.curve import curve_through
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.errors.picture import ErrorAlong, ceiling, plot_area, runs
from curvegui.ui.errors.plot import STEPS
from curvegui.ui.look.theme import current_theme
from curvegui.ui.tools.tools import ELSEWHERE
from tests.ui.person import LEFT, Key, Modifier, picture, pixels_near

SHIFT = Modifier.ShiftModifier


@pytest.fixture
def plot(person, window):
    """The plot, opened from the menu, showing a run that has learnt a little."""
    person.learn(300)
    person.choose("view.errors")
    plot = window.features["errors"]
    QTest.mouseMove(window.menuBar())  # the test before may have left the pointer over the plot
    QCoreApplication.processEvents()  # moves of the pointer that Qt has put off
    QCoreApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    person.wait_until(lambda: plot.reading == ErrorAlong(person.session.snapshot).summary)
    return plot


def at(plot, t):
    """Where t is on a plot."""
    rect = plot_area(QRectF(plot.rect()), plot.font())
    return QPoint(round(rect.left() + t * rect.width()), round(rect.center().y()))


def drag(plot, start, end):
    QTest.mousePress(plot, LEFT, pos=at(plot, start))
    for t in np.linspace(start, end, 5)[1:]:
        QTest.mouseMove(plot, at(plot, t))
    QTest.mouseRelease(plot, LEFT, pos=at(plot, end))


# Its numbers


def test_the_error_is_the_distance_from_each_point_to_its_place():
    snapshot = Trainer(TrainingConfig(points=30, train_one_in=3, data_noise=0.01)).snapshot()
    errors = ErrorAlong(snapshot)
    expected = np.linalg.norm(snapshot.fit - snapshot.target.points, axis=0)
    np.testing.assert_allclose(errors.distance, expected)
    trained = snapshot.target.trained
    assert np.mean(expected[trained] ** 2) == pytest.approx(snapshot.cost)
    assert errors.largest == expected.argmax()
    assert errors.training_point(4) == 1
    assert errors.nearest(0.0) == 0
    assert errors.summary[0].startswith(f"mean {expected.mean():.3g}")


def test_what_is_no_number_is_said_and_left_out():
    snapshot = Trainer(TrainingConfig(points=10)).snapshot()
    fit = snapshot.fit.copy()
    fit[:, 3], fit[0, 5] = np.nan, np.inf
    errors = ErrorAlong(replace(snapshot, fit=fit))
    assert errors.largest not in {None, 3, 5}
    assert "error not a number" in errors.words_at(3)[0]
    assert "not a number" not in errors.summary[0]
    nothing = ErrorAlong(replace(snapshot, fit=np.full_like(fit, np.nan)))
    assert nothing.largest is None
    assert nothing.summary == ("not a number", "not a number")


@pytest.mark.parametrize(
    ("largest", "before", "expected"),
    [
        (0.3, 0.0, 0.5), (0.41, 0.5, 0.5), (0.45, 0.5, 0.5), (0.51, 0.5, 1.0), (0.2, 0.5, 0.5), (0.15, 0.5, 0.2),
        (0.45, 1.0, 1.0), (0.39, 1.0, 0.5), (1e-4, 0.5, 2e-4), (700.0, 0.5, 1000.0),
    ],
)  # fmt: skip
def test_the_scale_ends_at_a_round_number_and_stays_as_long_as_it_is_good_enough(largest, before, expected):
    assert ceiling(largest, before) == pytest.approx(expected)


# Its picture


def test_lines_are_broken_at_jumps_and_where_there_is_no_number():
    x, y = np.arange(8.0) * 10, np.ones(8)
    breaks = np.zeros(8, bool)
    breaks[[2, 7]] = True
    y[5] = np.nan
    parts = [part[0].tolist() for part in runs(x, y, breaks)]
    assert parts == [[0, 10, 20], [30, 40], [60, 70]]
    assert runs(x, np.full(8, np.inf), breaks) == []
    assert np.isfinite(runs(x, np.full(8, 1e300), breaks)[0]).all()


def test_very_many_points_are_thinned_and_no_peak_is_lost():
    x, y = np.linspace(0, 500, 20_000), np.random.default_rng(1).random(20_000)
    y[7_777], y[100] = 40.0, -3.0
    (part,) = runs(x, y, np.zeros(20_000, bool))
    assert part.shape[1] <= 510
    assert (part[1].max(), part[1].min()) == (40.0, -3.0)


@pytest.mark.slow
def test_a_curve_with_jumps_and_very_many_points_is_painted_as_well_and_so_is_no_number(plot):
    drawn = np.array([[0.1, 0.3, 0.7, 0.9], [0.2, 0.2, 0.8, 0.8]])
    curve = curve_through("Parts", drawn, closed=False, jumps=np.array([False, True, False, False]))
    for points in (50, 20_000):
        snapshot = Trainer(TrainingConfig(curve=curve, points=points)).snapshot()
        plot.show_snapshot(snapshot)
        assert pixels_near(picture(plot), current_theme().text) > 50
        plot.show_snapshot(replace(snapshot, fit=np.full_like(snapshot.fit, np.nan)))
        assert plot.reading[0] == "not a number"
        assert not picture(plot).isNull()


# In the window


def test_it_costs_nothing_while_it_is_not_seen_is_off_at_first_and_remembered(newcomer, open_window):
    window = newcomer.window
    newcomer.learn(200)
    assert window.features["errors"].reading == ("", "")

    assert not window.features["errors"].isVisible()
    newcomer.choose("view.errors")
    assert window.features["errors"].isVisible()
    window.features["documents"].closing.allow()
    window.close()
    assert open_window().window.features["errors"].isVisible()


def test_it_follows_the_run_and_the_moment_that_is_looked_back_to(person, plot, session):
    at_first = plot.reading
    person.learn(2_000)
    person.wait_until(lambda: plot.reading == ErrorAlong(session.snapshot).summary)
    assert plot.reading != at_first
    session.time.look_back(0)
    person.wait_until(lambda: session.shown.iteration == 0 and plot.reading == ErrorAlong(session.shown).summary)


def test_it_reads_out_what_is_pointed_at_and_a_drag_brushes_a_stretch_and_a_click_looks_at_a_point(
    person, plot, session, inspection, window
):
    QTest.mouseMove(plot, at(plot, 0.25))
    assert plot.reading == ErrorAlong(session.snapshot).words_at(25)
    assert plot.reading[0].startswith("t = 0.25: error 0.")
    person.point_at(person.window.canvas, QPoint(30, 30))
    assert plot.reading == ErrorAlong(session.snapshot).summary

    for start, end in ((0.2, 0.4), (0.4, 0.2)):
        drag(plot, start, end)
        assert inspection.stretch == pytest.approx((0.2, 0.4))
        inspection.brush(None)
    assert window.toast.words == ELSEWHERE
    assert inspection.point is None
    QTest.mouseClick(plot, LEFT, pos=at(plot, 0.6))
    assert inspection.point == 60
    QTest.mouseClick(plot, LEFT, pos=at(plot, 0.6))
    assert inspection.point is None

    QCoreApplication.processEvents()
    before = picture(plot)
    inspection.brush((0.2, 0.4))
    brushed = picture(plot)
    assert pixels_near(brushed, current_theme().second) > pixels_near(before, current_theme().second) + 20
    inspection.look_at_point(60)
    assert picture(plot) != brushed
    inspection.point = 1_000  # of a run that the plot does not show yet
    assert picture(plot) == brushed

    inspection.look_at_point(None)
    inspection.brush((0.5, 0.6))
    person.tab_to("error_plot")
    QTest.mousePress(plot, LEFT, pos=at(plot, 0.1))
    QTest.mouseMove(plot, at(plot, 0.3))
    assert inspection.stretch == pytest.approx((0.1, 0.3))
    person.press(Key.Key_Escape)
    assert inspection.stretch == (0.5, 0.6)
    QTest.mouseRelease(plot, LEFT, pos=at(plot, 0.3))
    assert inspection.stretch == (0.5, 0.6)


def test_tab_reaches_it_and_keys_read_brush_look_and_clear(person, plot, session, inspection):
    person.window.canvas.setFocus()
    person.tab_to("error_plot")

    errors = ErrorAlong(session.snapshot)
    person.tab_to("error_plot")
    person.press(Key.Key_Left)
    assert plot.reading == errors.words_at(errors.largest)
    person.press(Key.Key_Home)
    assert plot.reading == errors.words_at(0)
    person.press(Key.Key_Right, Key.Key_Right)
    assert plot.reading == errors.words_at(2)
    person.press(Key.Key_Right, Key.Key_Right, Key.Key_Right, modifiers=SHIFT)
    assert inspection.stretch == pytest.approx((0.02, 0.05))
    person.press(Key.Key_Left, Key.Key_Left, Key.Key_Left, Key.Key_Left, modifiers=SHIFT)
    assert inspection.stretch == pytest.approx((0.01, 0.02))
    person.press(Key.Key_End, Key.Key_Return)
    assert inspection.point == 99
    assert inspection.stretch == pytest.approx((0.01, 0.02))
    person.press(Key.Key_Escape)
    assert (inspection.stretch, inspection.point) == (None, None)
    assert plot.reading == errors.words_at(99)
    person.press(Key.Key_Escape)
    assert plot.reading == errors.summary

    inspection.look_at_point(40)
    person.tab_to("error_plot")
    person.press(Key.Key_Right)
    assert plot.reading == errors.words_at(40)
    person.window.canvas.setFocus()
    assert plot.reading == errors.summary

    assert plot.reading[0] in plot.in_words()
    person.tab_to("error_plot")
    person.press(Key.Key_Home)
    assert "t = 0: error" in plot.in_words()
    assert plot.accessibleName() == "Error plot"


def test_with_very_many_points_a_key_goes_on_by_more_than_one(visit):
    person = visit(points=4_000)
    person.wait_for_first_picture()
    person.choose("view.errors")
    plot = person.window.features["errors"]
    person.wait_until(lambda: plot.reading == ErrorAlong(person.session.snapshot).summary)
    person.tab_to("error_plot")
    person.press(Key.Key_Home, Key.Key_Right)
    assert plot.reading == ErrorAlong(person.session.snapshot).words_at(4_000 // STEPS)
    person.session.edit(points=5)
    person.wait_until(lambda: person.session.snapshot.fit.shape[1] == 5)
    person.wait_until(lambda: plot.reading == ErrorAlong(person.session.snapshot).summary)
