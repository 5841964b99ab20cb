"""The panel of the valley in the window: used by the keys and the pointer, and told in words."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from curvegui.core.network.parts import Parameter
from curvegui.session.study.valley import JUMP
from curvegui.ui.valley.words import held_words
from curvegui.ui.widgets.scrolled import LongComboBox
from tests.ui.person import Key, Modifier, choose_in, menu_at, picture, pixels_near

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)  # offscreen


@pytest.fixture
def hiker(visit):
    """Someone who looks at the valley of a run that is paused at iteration 600."""
    person = visit(hidden=(3,), points=10)
    person.choose("view.understand")
    person.window.services.docks.show("valley")
    person.learn(600)
    person.wait_until(lambda: is_settled(person))
    return person


def is_settled(person):
    """Whether all is computed of what the run is now."""
    seen = valley(person)
    return seen.surface is not None and seen.cost == person.session.snapshot.cost and not seen.is_computing


def panel(person):
    return person.window.features["study"].panel("valley")


def valley(person):
    return panel(person).valley


def said(person):
    return person.find("valley.map").in_words()


@pytest.mark.slow
def test_it_says_how_much_of_the_path_it_holds_and_enter_jumps_to_the_cross(hiker, monkeypatch):
    hiker.wait_until(lambda: held_words(valley(hiker).ground.held) in said(hiker) and "Lowest" in said(hiker))
    hiker.wait_until(lambda: hiker.read("valley.state") in said(hiker))
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    hiker.tab_to("valley.map")
    hiker.press(Key.Key_Up, Key.Key_Left)
    hiker.press(Key.Key_Left, modifiers=Modifier.ShiftModifier)
    assert "cost" in told[-1] and told[-1] == hiker.read("valley.place")
    cross, before = panel(hiker).map.cross, hiker.session.snapshot.parameters
    assert cross[0] < valley(hiker).ball[0] and cross[1] > valley(hiker).ball[1]
    hiker.press(Key.Key_Return)
    hiker.wait_until(lambda: valley(hiker).ball == pytest.approx(cross, abs=1e-6))
    assert hiker.session.history.undo_label == JUMP
    assert hiker.session.snapshot.cost == pytest.approx(valley(hiker).surface.cost_at(cross[np.newaxis])[0], rel=0.05)
    hiker.press(Key.Key_Home)
    assert panel(hiker).map.cross is None
    hiker.choose("edit.undo")
    hiker.wait_until(lambda: hiker.session.snapshot is not None
                     and np.array_equal(hiker.session.snapshot.parameters, before))  # fmt: skip

    hiker.session.time.look_back(300)  # the past stays as it was
    hiker.wait_until(lambda: hiker.session.time.past is not None)
    panel(hiker).map.chosen.emit(cross)
    assert hiker.session.history.undo_label != JUMP
    hiker.session.time.go_to_now()


@pytest.mark.slow
def test_a_click_jumps_a_drag_turns_the_relief_and_two_weights_can_be_chosen(hiker):
    shown = panel(hiker).map
    assert pixels_near(picture(shown), "#d55e00") > 20  # the ball
    hiker.find("valley.view").setCurrentIndex(1)
    hiker.find("valley.view").activated.emit(1)
    middle = shown.rect().center()
    turn, flat = shown.turn, picture(shown)
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(shown, middle + QPoint(40, 10))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 10))
    assert shown.turn != turn and hiker.session.history.undo_label != JUMP
    shown.setFocus()
    turn = shown.turn
    hiker.press(Key.Key_Right, modifiers=Modifier.ControlModifier)
    assert shown.turn != turn and picture(shown) != flat

    diagram = hiker.window.features["study"].panel("network").diagram
    weight = diagram.layout_.middle(Parameter(1, 2, 0)).toPoint()
    choose_in(menu_at(diagram.viewport(), weight), "Show in the valley")
    hiker.wait_until(lambda: valley(hiker).axes is not None)
    hiker.wait_until(lambda: is_settled(hiker))
    assert (hiker.find("valley.across").currentText(), hiker.find("valley.upwards").currentText()) == (
        "W1[3,\xa01]",
        "b1[3]",
    )
    hiker.find("valley.view").setCurrentIndex(0)
    hiker.find("valley.view").activated.emit(0)
    place = valley(hiker).surface.lowest[0]
    x, y = shown.view().on_screen(place[np.newaxis])[0].tolist()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    hiker.wait_until(lambda: valley(hiker).ball == pytest.approx(place, abs=0.2))
    assert hiker.session.history.undo_label == JUMP
    axes = valley(hiker).axes
    across, upwards = (hiker.find(f"valley.{name}") for name in ("across", "upwards"))
    upwards.setCurrentIndex(across.currentIndex())
    upwards.activated.emit(0)
    assert valley(hiker).axes == axes  # one weight is no plane
    hiker.find("valley.directions").activated.emit(0)
    assert valley(hiker).axes is None
    hiker.find("valley.directions").activated.emit(1)
    assert valley(hiker).axes[0] == Parameter(1, 2, 0)  # which is selected


def test_a_list_names_all_of_any_number_of_rows(qtbot):
    names = LongComboBox()
    qtbot.addWidget(names)
    names.show_rows(41_002, "row {}".format)
    assert names.count() == 41_002 and names.itemText(41_001) == "row 41001"
