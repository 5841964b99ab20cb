"""The plot of a wall: curves over the iterations, or costs over a setting; the pointer finds a network in it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtTest import QTest

from curvegui.core.ensemble.plan import WallPlan
from curvegui.ui.compare.plot import WallPlot, spaced
from curvegui.ui.look.theme import LIGHT
from tests.ui.person import picture, pixels_near
from tests.ui.walls import AGGRESSION, BASE, snapshot

FOUR = WallPlan(count=4, iterations=1_000)
COSTS = [0.5, 0.05, 0.005, 0.2]


@pytest.fixture
def plot(qtbot):
    made = WallPlot()
    qtbot.addWidget(made)
    made.resize(700, 220)
    made.show_wall(FOUR, FOUR.values(BASE))
    made.show()
    return made


def show(plot, costs=COSTS, plan=FOUR, **kinds):
    if plan is not FOUR:
        plot.show_wall(plan, plan.values(BASE))
    plot.show_snapshot(snapshot(costs, **kinds), plan.iterations)
    assert plot.refresh()


def end_of(plot, member, pointer):
    """Where the curve of a network ends, or its dot is, while the pointer is somewhere."""
    return QPointF(*plot._spread.dots(pointer)[member].tolist())


def test_nothing_is_painted_before_anything_is_known(plot):
    assert pixels_near(picture(plot), LIGHT.window, 1) == 700 * 220
    assert plot.member_at(QPointF(300, 100)) == -1


def test_curves_and_their_median_are_seen(plot):
    show(plot)
    image = picture(plot)
    assert pixels_near(image, LIGHT.accent, 30) > 300
    assert pixels_near(image, LIGHT.muted, 60) > 300
    assert not plot.refresh()


@pytest.mark.parametrize("plan", [FOUR, AGGRESSION])
def test_where_all_ran_away_it_is_painted_all_the_same(plot, plan):
    show(plot, [np.inf] * 4, plan)
    assert pixels_near(picture(plot), LIGHT.accent, 30) == 0


def test_costs_over_a_setting_are_dots_and_those_that_ran_away_crosses(plot):
    show(plot, [0.5, 0.05, 0.005, np.inf], AGGRESSION)
    image = picture(plot)
    assert pixels_near(image, LIGHT.accent, 30) > 300
    assert pixels_near(image, LIGHT.warning, 30) > 10


@pytest.mark.parametrize("plan", [FOUR, AGGRESSION])
def test_the_pointer_finds_a_network_and_marks_it(plot, plan):
    show(plot, plan=plan)
    seen = []
    plot.pointed.connect(seen.append)
    before = picture(plot)
    far_right = QPointF(plot.width() - 1, 100)
    for member in range(4):
        place = end_of(plot, member, far_right)
        assert plot.member_at(place) == member
        QTest.mouseMove(plot, place.toPoint())
        QTest.mouseMove(plot, place.toPoint() + QPoint(1, 1))
        plot.point_at(member)
        assert picture(plot) != before
    QTest.mouseMove(plot, plot.rect().topLeft())
    assert seen == [0, 1, 2, 3, -1]
    assert picture(plot) == before


def test_the_pointer_finds_a_curve_on_its_way(plot):
    show(plot)
    assert plot.member_at(end_of(plot, 2, QPointF(550, 0)) + QPointF(3, 0)) == 2


def test_a_network_that_ran_away_is_found_at_its_cross(plot):
    show(plot, [0.5, 0.05, 0.005, np.inf], AGGRESSION)
    assert plot.member_at(end_of(plot, 3, QPointF())) == 3
    unmarked = picture(plot)
    plot.point_at(3)
    assert picture(plot) != unmarked


NOISE = WallPlan(count=4, iterations=1_000, varied="noise", low=0, high=3)


@pytest.fixture
def curves(qtbot):
    made = WallPlot(by_iteration=True)
    qtbot.addWidget(made)
    made.resize(700, 220)
    made.show()
    return made


def test_curves_of_a_setting_differ_in_colour_and_are_named_at_the_right(curves):
    show(curves, plan=NOISE)
    image = picture(curves)
    for colour in (LIGHT.accent, LIGHT.second, LIGHT.text):
        assert pixels_near(image, colour, 30) > 100
    at_right = image.copy(QRect(640, 0, 60, 220))
    assert pixels_near(at_right, LIGHT.text, 60) > 5
    assert curves._title(snapshot(COSTS)) == "Cost over iterations; the noise of each curve at the right"
    assert curves.member_at(end_of(curves, 2, QPointF(699, 0))) == 2


@pytest.mark.parametrize("costs", [[0.5, 0.05, np.inf, 0.2], [np.inf] * 4])
def test_a_curve_of_numbers_that_ran_away_has_no_name(curves, costs):
    show(curves, costs, NOISE)
    curves.point_at(2)
    names = picture(curves).copy(QRect(640, 0, 60, 220))
    assert (pixels_near(names, LIGHT.text, 60) > 4) is bool(np.isfinite(costs).any())


def test_many_curves_of_a_setting_have_as_many_names_as_there_is_room_for(curves):
    many = WallPlan(count=64, iterations=1_000, varied="noise", low=0, high=3)
    show(curves, np.geomspace(1e-3, 1, 64), many)
    assert pixels_near(picture(curves), LIGHT.accent, 30) == 0
    assert pixels_near(picture(curves).copy(QRect(640, 0, 60, 220)), LIGHT.text, 60) > 20


def test_names_that_would_cover_each_other_are_spaced():
    assert spaced([10, 50, 90], 10, 100) == [10, 50, 90]
    assert spaced([50, 50, 52], 10, 100) == [50, 60, 70]
    assert spaced([98, 99, 97], 10, 100) == [90, 100, 80]
    assert spaced([], 10, 100) == []
