"""The cost plot: live, readable, and the value under the pointer."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from curvegui.core.settings.config import FULL_SPEED
from curvegui.ui.cost.curves import DASH_PX, SPACE_PX, dashed, outline
from curvegui.ui.look.theme import DARK, LIGHT
from tests.ui.person import picture, pixels_near

THEMES = {"theme.light": LIGHT, "theme.dark": DARK}
WORDS = re.compile(r"iteration ([\d,]+)\ncost (\d+\.\d+(?:e[+-]\d\d)?)")


def learn_1_234(person):
    person.learn(1_234)
    wait_for_plot(person)


@pytest.fixture
def learned(visit):
    """Someone before a run of 1,234 iterations, whose costs are plotted."""
    return visit(learn_1_234, speed=FULL_SPEED)


def wait_for_plot(person):
    plot = person.window.features["timeline"].timeline
    last = f"at iteration {person.session.snapshot.iteration:,}."
    person.wait_until(lambda: plot.in_words().endswith(last))
    plot.refresh()  # it is drawn ten times a second


def texts(plot):
    return [i for i in plot.items() if isinstance(i, QGraphicsSimpleTextItem) and i.isVisible()]


def told(person):
    """Iteration and cost that are said beside the pointer, or None."""
    (words,) = [
        WORDS.fullmatch(item.text())
        for item in texts(person.window.features["timeline"].timeline)
        if "\n" in item.text()
    ] or [None]
    return words and (int(words[1].replace(",", "")), float(words[2]))


def read_plot(person):
    """Move the pointer over the plot from left to right and note what is said."""
    plot, notes = person.window.features["timeline"].timeline, []
    for x in range(24, plot.width() - 16, 16):  # between the edges of the card
        person.point_at(plot, QPoint(x, plot.height() // 2))
        notes.append(told(person))
    return list(dict.fromkeys(filter(None, notes)))


@pytest.mark.slow
def test_it_tells_the_costs_of_the_run_from_left_to_right_grows_with_it_and_is_labelled_in_powers_of_ten(learned):
    assert told(learned) is None
    learned.point_at(learned.window.features["timeline"].timeline, QPoint(300, 40))
    assert told(learned)
    QCoreApplication.sendEvent(learned.window.features["timeline"].timeline, QEvent(QEvent.Type.Leave))
    assert told(learned) is None

    labels = {item.text() for item in texts(learned.window.features["timeline"].timeline)}
    iterations, costs = {"10", "100", "1,000", "10,000", "goal 50,000"}, {"1", "0.1", "0.01", "0.001", "1e-4"}
    assert iterations <= labels <= iterations | costs
    assert len(labels & costs) > 1

    assert legend(learned) == []
    assert pixels_near(picture(learned.window.features["timeline"].timeline), LIGHT.second, within=30) == 0
    assert "test" not in learned.window.features["timeline"].timeline.in_words()

    notes, recorded = read_plot(learned), dict(learned.session.received.costs.since(0).tolist())
    recorded[1_234] = learned.session.snapshot.cost
    assert len(notes) > 15
    assert [iteration for iteration, _ in notes] == sorted({iteration for iteration, _ in notes})
    for iteration, cost in notes:
        assert cost == pytest.approx(recorded[iteration], rel=0.006)
    assert notes[0][0] <= 10
    assert notes[-1][0] == 1_234

    learned.learn(100)
    wait_for_plot(learned)
    iteration, cost = read_plot(learned)[-1]
    assert iteration == 1_334
    assert cost == pytest.approx(learned.session.snapshot.cost, rel=0.006)


def test_a_run_that_has_not_begun_has_one_cost(person):
    wait_for_plot(person)
    person.point_at(person.window.features["timeline"].timeline, QPoint(300, 40))
    assert told(person) == (0, pytest.approx(person.session.snapshot.cost, rel=0.006))


def test_what_was_taken_back_is_gone_and_comes_back_with_undo_in_the_theme_s_colours(learned):
    before = read_plot(learned)
    learned.choose("run.reset")
    learned.wait_until(lambda: learned.session.snapshot)
    wait_for_plot(learned)
    assert len(read_plot(learned)) == 1
    learned.choose("edit.undo")
    learned.wait_until(lambda: learned.session.snapshot)
    wait_for_plot(learned)
    assert read_plot(learned) == before

    for id_, theme in THEMES.items():
        learned.choose(id_)
        image = picture(learned.window.features["timeline"].timeline)
        assert pixels_near(image, theme.accent) > 50
        assert pixels_near(image, theme.warning, within=90) > 20  # a line between two columns of pixels


@pytest.mark.parametrize("size", [(1180, 830), (700, 500)])
def test_nothing_that_is_written_is_cut_off_or_covers_another_label(open_window, size):
    person = open_window(size=size, speed=FULL_SPEED)
    person.wait_for_first_picture()
    plot = person.window.features["timeline"].timeline
    for iterations in (0, 100, 900):
        person.learn(iterations)
        wait_for_plot(person)
        for x in (0, plot.width() // 2, plot.width() - 1):
            person.point_at(plot, QPoint(x, plot.height() // 2))
            boxes = [item.mapRectToScene(item.boundingRect()) for item in texts(plot)]
            for box in boxes:  # letters are less high than their line
                assert plot.rect().toRectF().adjusted(0, -5, 1, 1).contains(box)
        labels = [item.mapRectToScene(item.boundingRect()) for item in texts(plot) if "\n" not in item.text()]
        assert len(labels) >= 3
        assert not any(one.intersects(other) for i, one in enumerate(labels) for other in labels[:i])


def test_lines_of_thousands_of_points_become_two_for_each_column_that_look_the_same():
    x = np.linspace(0.0, 100.0, 5_000)
    y = np.sin(x * 7)
    columns, levels = outline(x, y)
    assert len(columns) <= 2 * 101
    for column in range(100):
        inside, kept = y[np.floor(x) == column], levels[np.floor(columns) == column]
        assert (kept.min(), kept.max()) == (inside.min(), inside.max())


# With points to test on


@pytest.fixture
def tested(visit):
    """Someone before a run of 1,234 iterations with a test, whose costs are plotted."""
    return visit(learn_1_234, speed=FULL_SPEED, train_one_in=4, data_noise=0.02, noise=0)


def legend(person):
    return sorted(
        item.text()
        for item in texts(person.window.features["timeline"].timeline)
        if item.text() in ("training", "test")
    )


def told_words(person):
    """What is said beside the pointer, line by line."""
    (words,) = [item.text() for item in texts(person.window.features["timeline"].timeline) if "\n" in item.text()]
    return words.split("\n")


def test_with_a_test_both_curves_and_their_names_are_seen_and_both_costs_told(tested):
    plot = tested.window.features["timeline"].timeline
    box = plot.legend.mapRectToScene(plot.legend.rect())
    assert plot.plane().rect.contains(box)
    assert not box.intersects(plot.marks.handle.sceneBoundingRect())
    for iteration in (1_100, 800, 600, 400, 100):
        plot.put_playhead(iteration)  # which does not cross it
        box = plot.legend.mapRectToScene(plot.legend.rect())
        assert plot.plane().rect.contains(box)
        assert not box.intersects(plot.marks.handle.sceneBoundingRect())
    plot.put_playhead(None)

    tested.point_at(tested.window.features["timeline"].timeline, QPoint(200, 40))
    iteration, cost, test = told_words(tested)
    at = int(iteration.removeprefix("iteration ").replace(",", ""))
    costs, test_costs = (
        dict(each.since(-1).tolist()) for each in (tested.session.received.costs, tested.session.received.test_costs)
    )
    assert float(cost.removeprefix("cost ")) == pytest.approx(costs[at], rel=0.006)
    assert float(test.removeprefix("test ")) == pytest.approx(test_costs[at], rel=0.006)

    for id_, theme in THEMES.items():
        tested.choose(id_)
        image = picture(tested.window.features["timeline"].timeline)
        assert legend(tested) == ["test", "training"]
        for colour in (theme.accent, theme.second):
            assert pixels_near(image, colour, within=60) > 100

    assert re.fullmatch(
        r"Cost \S+, test cost \S+, at iteration 1,234\.", tested.window.features["timeline"].timeline.in_words()
    )
    tested.session.time.look_back(1_000)
    tested.wait_until(lambda: tested.window.features["timeline"].timeline.in_words().startswith("Looking back. Cost"))
    assert ", test cost " in tested.window.features["timeline"].timeline.in_words()

    tested.choose("time.now")
    tested.enter_setting("train_one_in", "1")
    tested.learn(1_000)
    wait_for_plot(tested)
    plot = tested.window.features["timeline"].timeline
    tested.point_at(plot, QPoint(plot.width() - 20, 40))
    assert len(told_words(tested)) == 2
    tested.point_at(plot, QPoint(plot.width() // 3, 40))
    assert len(told_words(tested)) == 3


@given(
    steps=st.lists(st.floats(0, 300), min_size=2, max_size=40),
    levels=st.lists(st.just(np.nan) | st.floats(-100, 100), min_size=40, max_size=40),
)
def test_dashes_lie_on_the_curve_and_leave_even_gaps(steps, levels):
    x, y = np.cumsum(steps), np.array(levels[: len(steps)])
    across, down = dashed(x, y)
    drawn = np.isfinite(down)
    assert (np.diff(across) >= 0).all()
    assert (across[drawn] % (DASH_PX + SPACE_PX) <= DASH_PX + 1e-6).all()
    if not np.isfinite(y).any():
        assert not drawn.any()
        return
    assert down[drawn].size == 0 or np.nanmin(y) - 1e-9 <= down[drawn].min()
    assert down[drawn].size == 0 or down[drawn].max() <= np.nanmax(y) + 1e-9
    joined = drawn[:-1] & drawn[1:]
    assert (np.diff(across)[joined] <= DASH_PX + 1e-6).all()
