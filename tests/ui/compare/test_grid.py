"""The grid of a wall: what it paints, where its keys lead, and that nothing moves under a hand."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from curvegui.core.ensemble.plan import WallPlan
from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.compare import grid as wall_grid
from curvegui.ui.compare.grid import WallGrid
from curvegui.ui.look.theme import LIGHT
from tests.ui.person import Key, picture, pixels_near
from tests.ui.walls import AGGRESSION, BASE, TARGET, snapshot

SIX = WallPlan(count=6)
COSTS = [0.6, 0.1, 0.3, 0.2, 0.5, 0.4]
FIT = LOOKS["light"].fit.colour


@pytest.fixture
def grid(qtbot, monkeypatch):
    """One with three columns, shown, where words and order are never late."""
    monkeypatch.setattr(wall_grid, "WORDS_S", 0.0)
    monkeypatch.setattr(wall_grid, "REORDER_S", 0.0)
    made = WallGrid()
    qtbot.addWidget(made)
    made.resize(600, 440)
    made.show_as(LOOKS["light"], is_calm=True)
    made.show_wall(SIX, SIX.values(BASE), TARGET)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.clearFocus()
    made.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # wherever the pointer is
    return made


def show(grid, costs=COSTS, **kinds):
    grid.show_snapshot(snapshot(costs, **kinds))
    grid.refresh()


def at(grid, member):
    return grid.canvas(member).center().toPoint()


def test_it_shows_the_target_before_anything_is_known(grid):
    image = picture(grid)
    assert pixels_near(image, FIT, 40) == 0
    assert image.copy(grid.canvas(3).toRect()) == image.copy(grid.canvas(4).toRect())


def test_without_a_wall_there_is_nothing(qtbot):
    grid = WallGrid()
    qtbot.addWidget(grid)
    grid.resize(300, 200)
    grid.show()
    assert pixels_near(picture(grid), LIGHT.window, 1) == 300 * 200
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.member_at(QPoint(20, 20)) == -1


def test_it_shows_every_curve(grid):
    show(grid)
    image = picture(grid)
    for member in range(6):
        assert pixels_near(image.copy(grid.canvas(member).toRect()), FIT, 40) > 100


def test_a_network_whose_numbers_ran_away_has_a_sign_and_no_curve(grid):
    fits = snapshot(COSTS).fits.astype(np.float64)
    fits[2] = np.nan
    show(grid, [0.6, 0.1, np.inf, 0.2, 0.5, 0.4], fits=fits)
    canvas = picture(grid).copy(grid.canvas(2).toRect())
    assert pixels_near(canvas, FIT, 12) == 0
    assert pixels_near(canvas, LOOKS["light"].text.colour, 40) > 30


def test_the_words_wait_until_those_before_can_be_read(grid, monkeypatch):
    show(grid)
    monkeypatch.setattr(wall_grid, "WORDS_S", 1e9)
    words = grid._words
    show(grid, COSTS[::-1])
    assert grid._words is words
    monkeypatch.setattr(wall_grid, "WORDS_S", 0.0)
    assert grid.refresh()
    assert grid._words.costs[0] == "0.400"
    assert not grid.refresh()


# Order


def test_by_cost_the_lowest_is_first_and_all_come_back(grid):
    show(grid)
    grid.set_by_cost(True)
    assert grid.order.tolist() == [1, 3, 2, 5, 4, 0]
    assert grid.canvas(1).topLeft() == grid.canvases.area(grid.canvases.corners[0]).topLeft()
    grid.set_by_cost(False)
    assert grid.order.tolist() == [0, 1, 2, 3, 4, 5]


def test_the_order_waits_until_an_eye_can_follow(grid, monkeypatch):
    grid.set_by_cost(True)
    show(grid)
    monkeypatch.setattr(wall_grid, "REORDER_S", 1e9)
    show(grid, [0.6, 0.5, 0.1, 0.2, 0.5, 0.4])
    assert grid.order[0] == 1


def test_nothing_moves_under_the_pointer(grid):
    grid.set_by_cost(True)
    show(grid)
    grid.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    show(grid, [0.6, 0.5, 0.1, 0.2, 0.5, 0.4])
    assert grid.order[0] == 1
    grid.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    grid.refresh()
    assert grid.order[0] == 2


def test_canvases_glide_to_their_places_and_cannot_be_pointed_at_meanwhile(grid, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(wall_grid, "perf_counter", lambda: clock[0])
    show(grid)
    grid.is_calm = False
    before = grid.canvas(1)
    grid.set_by_cost(True)
    goal = grid.canvases.area(grid.canvases.corners[0]).topLeft()
    clock[0] += wall_grid.GLIDE_S / 2
    assert grid.refresh()
    halfway = grid.canvas(1)
    assert goal.x() < halfway.left() < before.left()
    assert grid.member_at(halfway.center()) == -1
    clock[0] += wall_grid.GLIDE_S
    assert grid.refresh()
    assert grid.canvas(1).topLeft() == goal
    assert grid.member_at(goal + QPoint(10, 10)) == 1
    assert not grid.refresh()


# Keys and pointer


def test_arrow_keys_go_from_canvas_to_canvas(grid):
    seen = []
    grid.pointed.connect(seen.append)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_End, Key.Key_Home):
        QTest.keyClick(grid, key)
    columns = grid.canvases.columns
    assert seen == [1, 1 + columns, columns, 0, 5, 0]
    assert grid.current == 0


def test_the_keys_follow_the_order_that_is_seen(grid):
    show(grid)
    grid.set_by_cost(True)
    QTest.keyClick(grid, Key.Key_Home)
    assert grid.current == 1
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.current == 3


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_adopts(grid, qtbot, key):
    QTest.keyClick(grid, Key.Key_Right)
    with qtbot.waitSignal(grid.chosen) as chosen:
        QTest.keyClick(grid, key)
    assert chosen.args == [1]


def test_a_click_takes_the_keys_there_and_a_double_click_adopts(grid, qtbot):
    with qtbot.assertNotEmitted(grid.chosen):
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at(grid, 4))
    assert grid.current == 4
    with qtbot.waitSignal(grid.chosen) as chosen:
        QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=at(grid, 3))
    assert chosen.args == [3]
    assert grid.current == 3


def test_a_press_that_ends_elsewhere_and_other_buttons_adopt_nothing(grid, qtbot):
    with qtbot.assertNotEmitted(grid.chosen):
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=at(grid, 4))
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=at(grid, 3))
        QTest.mouseClick(grid, Qt.MouseButton.RightButton, pos=at(grid, 4))
        QTest.mouseDClick(grid, Qt.MouseButton.RightButton, pos=at(grid, 4))
    assert grid.current == 0


def test_the_pointer_tells_what_it_is_over(grid):
    seen = []
    grid.pointed.connect(seen.append)
    QTest.mouseMove(grid, at(grid, 3))
    QTest.mouseMove(grid, at(grid, 3) + QPoint(3, 3))
    QTest.mouseMove(grid, at(grid, 2))
    grid.leaveEvent(QEvent(QEvent.Type.Leave))
    assert seen == [3, 2, -1]


def test_a_screen_reader_hears_where_the_keys_are(grid, qtbot, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    show(grid)
    QTest.keyClick(grid, Key.Key_Right)
    assert said[-1] == grid.in_words() == "Seed 8: rank 1 of 6, cost 0.100."
    assert grid.accessibleName()


def test_another_wall_takes_its_place(grid):
    QTest.keyClick(grid, Key.Key_End)
    show(grid)
    grid.show_wall(AGGRESSION, AGGRESSION.values(BASE), TARGET)
    assert grid.current == 3
    assert pixels_near(picture(grid), FIT, 40) == 0
    assert grid.in_words() == "Aggression 100."


def test_larger_letters_need_other_places(grid):
    before, hint = grid.canvases, grid.minimumSizeHint()
    font = grid.font()
    font.setPointSizeF(2 * font.pointSizeF())
    grid.setFont(font)
    assert grid.canvases != before
    assert grid.minimumSizeHint().height() > hint.height()
    assert grid.sizeHint() == grid.minimumSizeHint()
