"""The palette in the window: typed into and chosen from with keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from curvegui.ui.palette.dialog import Palette
from tests.ui.person import Key, Modifier


@pytest.fixture
def type_in(person):
    """Open the palette with its key and type something."""

    def typed(words):
        person.press(Key.Key_P, modifiers=Modifier.ControlModifier | Modifier.ShiftModifier)
        person.wait_until(lambda: isinstance(QApplication.activeWindow(), Palette))
        palette = QApplication.activeWindow()
        person.wait_until(palette.line.hasFocus)
        QTest.keyClicks(palette.line, words)
        return palette

    return typed


def press(palette, *keys):
    for key in keys:
        QTest.keyClick(palette.line, key)


def marked(palette):
    return palette.line.accessibleDescription()


def is_gone(person):
    return not any(each.isVisible() for each in person.window.findChildren(QDialog, "palette"))


def test_a_setting_is_changed_with_keys_alone(person, type_in):
    palette = type_in("aggression 3")
    assert "3" in marked(palette)
    press(palette, Key.Key_Return)
    assert person.session.config.aggression == 3
    assert is_gone(person)
    person.window.activateWindow()  # as a system does that has windows
    palette, before = type_in("curve star"), person.session.number
    press(palette, Key.Key_Return)
    assert person.session.config.curve == "star"
    assert person.session.number != before  # as from the list: the run before is not saved over


def test_an_action_is_carried_out_after_the_palette_is_gone(person, type_in):
    palette = type_in("full axes")
    assert "fewer words" in marked(palette)
    press(palette, Key.Key_Return)  # nothing fits: it stays
    assert palette.isVisible()
    palette.line.clear()
    QTest.keyClicks(palette.line, "axes")
    press(palette, Key.Key_Return)
    assert person.action("view.axes").isChecked()
    assert is_gone(person)


def test_the_arrows_move_the_mark_and_it_is_said(person, type_in):
    palette = type_in("optimiser")
    seen = [marked(palette)]
    for _ in range(2):
        press(palette, Key.Key_Down)
        seen.append(marked(palette))
        assert palette.list.currentItem().text(0) in marked(palette)
    assert len(set(seen)) == 3
    press(palette, Key.Key_Up)
    assert marked(palette) == seen[1]
    press(palette, *[Key.Key_PageDown] * 5)
    last = palette.list.topLevelItem(palette.list.topLevelItemCount() - 1)
    assert palette.list.currentItem() is last
    press(palette, Key.Key_Escape)


def test_a_bad_value_explains_itself_and_is_not_taken(person, type_in):
    before = person.session.config
    palette = type_in("noise much")
    assert "not a number" in marked(palette)
    press(palette, Key.Key_Return)
    assert palette.isVisible()
    press(palette, Key.Key_Escape)
    assert is_gone(person)
    assert person.session.config is before


def test_a_click_does_what_it_is_on(person, type_in):
    palette = type_in("noise 2")
    place = palette.list.visualItemRect(palette.list.currentItem()).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert person.session.config.noise == 2
    assert is_gone(person)
