"""The rail of curves: choosing one with the mouse or the keys, and taking one's own off the list."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from curvegui.core.curve.curve import curve_through
from curvegui.core.presets.presets import PRESETS
from curvegui.session.run.delivery import Phase
from curvegui.ui.curves.rail import CURVE
from tests.ui.person import LEFT, Key, colours, picture

# what the offscreen platform says of every menu
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
OTHERS = [name for name in PRESETS if name != "heart"]
LINE = curve_through("my line", np.array([[0.0, 1.0, 2.0], [0.0, 1.0, 0.0]]), closed=False)


def tiles(person):
    """The curves in the rail, in order."""
    rail = person.find("curves.list")
    return [rail.item(row).data(CURVE) for row in range(rail.count())]


def click_on(person, curve, button=LEFT):
    """Click on a curve in the rail."""
    rail = person.find("curves.list")
    item = rail.item(tiles(person).index(curve))
    rail.scrollToItem(item)
    QTest.mouseClick(rail.viewport(), button, pos=rail.visualItemRect(item).center())


def learn_own(person, curve=LINE):
    """Let the window know a curve of one's own."""
    person.window.features["curves"].learn(curve)
    person.wait_until(lambda: curve in tiles(person))


def test_it_shows_all_presets_with_their_names_frames_the_present_one_and_marks_the_focus_for_the_keys_alone(person):
    rail = person.find("curves.list")
    assert tiles(person) == list(PRESETS)
    for row, preset in enumerate(PRESETS.values()):
        item = rail.item(row)
        assert item.toolTip() == item.data(Qt.ItemDataRole.AccessibleTextRole) == preset.label

    rail = person.find("curves.list")
    rail.setFocus(Qt.FocusReason.MouseFocusReason)
    by_mouse = picture(rail.viewport())
    person.window.canvas.setFocus()
    person.tab_to("curves.list")
    assert picture(rail.viewport()) != by_mouse
    person.window.canvas.setFocus()
    assert picture(rail.viewport()) == by_mouse

    rail = person.find("curves.list")

    def framed():
        image = picture(rail.viewport())
        rows = [rail.visualItemRect(rail.item(row)) for row in range(2)]
        return [colours(image.copy(rect)).astype(int).tolist() for rect in rows]

    before = framed()
    click_on(person, tiles(person)[1])
    QTest.mouseMove(person.window, QPoint(400, 300))
    person.window.canvas.setFocus()
    after = framed()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_a_run_that_learns_goes_on_learning_the_other_curve(person):
    person.press(Key.Key_Space)
    person.reach(20)
    click_on(person, OTHERS[0])
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.target.name != "heart")
    person.reach(50)
    assert person.session.phase is Phase.LEARNING


def test_with_the_keyboard_alone_and_the_space_bar_runs_and_pauses_there_too(person):
    person.tab_to("curves.list")
    person.press(Key.Key_Down, Key.Key_Down, Key.Key_Space)
    assert person.session.config.curve == "heart"
    assert person.session.phase.is_learning
    person.press(Key.Key_Space)
    assert not person.session.phase.is_learning
    person.press(Key.Key_Return)
    assert person.session.config.curve == tiles(person)[2]
    assert person.session.phase.is_learning


def test_a_curve_of_one_s_own_comes_first_and_is_there_the_next_time(newcomer, open_window):
    learn_own(newcomer)
    assert tiles(newcomer)[0] == LINE
    click_on(newcomer, "heart")
    click_on(newcomer, LINE)
    assert newcomer.session.config.curve == LINE
    next_one = open_window()
    next_one.wait_until(lambda: tiles(next_one)[0] == LINE)


def test_one_s_own_can_be_taken_off_the_list_and_a_preset_cannot(person):
    for way in (Key.Key_Delete, "menu"):
        learn_own(person)
        take_off(person, way)
        person.wait_until(lambda: tiles(person) == list(PRESETS))
        assert person.session.config.curve == LINE  # which is learnt on


def take_off(person, way):
    """Try it with a preset and with one's own."""
    for curve in ("heart", LINE):
        rail = person.tab_to("curves.list")
        rail.setCurrentRow(tiles(person).index(curve))
        if way == "menu":
            rail.customContextMenuRequested.emit(rail.visualItemRect(rail.currentItem()).center())
            (menu,) = [each for each in person.window.findChildren(QMenu, "curves.menu") if each.isVisible()]
            remove = next(each for each in menu.findChildren(QAction) if "Remove" in each.text())
            assert remove.isEnabled() is (curve is LINE)
            remove.trigger()
            menu.close()
        else:
            person.press(way)


def test_a_curve_can_be_learnt_from_the_menu_of_its_tile(person):
    rail = person.find("curves.list")
    place = rail.visualItemRect(rail.item(1)).center()
    rail.customContextMenuRequested.emit(place)
    (menu,) = [each for each in person.window.findChildren(QMenu, "curves.menu") if each.isVisible()]
    menu.actions()[0].trigger()
    menu.close()
    assert person.session.config.curve == tiles(person)[1]


def test_the_rail_can_be_hidden_and_that_is_remembered(newcomer, open_window):
    assert newcomer.shows("curves")
    newcomer.choose("view.curves")
    assert not newcomer.shows("curves")
    newcomer.window.features["documents"].closing.allow()
    newcomer.window.close()
    assert not open_window().shows("curves")


def test_a_name_that_looks_like_markup_is_shown_as_it_is(person):
    curve = LINE.called("<b>bold</b>")
    learn_own(person, curve)
    item = person.find("curves.list").item(0)
    assert item.toolTip() == "<qt>&lt;b&gt;bold&lt;/b&gt;</qt>"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "<b>bold</b>"


def test_a_screen_reader_finds_no_curves_on_the_screen_where_a_view_has_no_list(person):
    def shown():
        told = QAccessible.queryAccessibleInterface(rail)
        return sum(not told.child(number).state().invisible for number in range(told.childCount()))

    rail, person_view = person.find("curves.list"), person.window.services.views.now.id
    size = rail.size()
    assert shown() > 0
    person.choose("view.understand")
    assert shown() == 0
    person.choose(f"view.{person_view}")
    person.wait_until(lambda: rail.size() == size)
    assert shown() > 0
