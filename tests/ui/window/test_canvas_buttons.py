"""The buttons on the canvas: seen while somebody is there, reached with Tab, and in no picture."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtWidgets import QApplication

from curvegui.ui.window import canvas_buttons
from tests.help.contrast import contrast
from tests.ui.person import Key, picture

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing)", extend=True)  # offscreen
IN_USE = ["button.favourite.keep", "button.share.open", "button.overlays"]
ALL = "button.view.show_all"


@pytest.fixture
def canvas(person):
    """The canvas, without a screen reader: once there was one, Qt says that there is."""
    person.wait_for_first_picture()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(canvas_buttons, "QAccessible", SimpleNamespace(isActive=lambda: False))
        yield person.window.canvas


def point_at(canvas):
    QApplication.sendEvent(canvas, QEnterEvent(QPointF(9, 9), QPointF(9, 9), QPointF(9, 9)))


def shown(person):
    return [name for name in (*IN_USE, ALL) if person.shows(name)]


def test_they_come_with_the_pointer_and_go_with_it(person, canvas, monkeypatch):
    is_over = [False]
    monkeypatch.setattr(type(canvas), "underMouse", lambda _: is_over[0])
    person.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
    canvas.visited.emit(False)
    assert shown(person) == []
    is_over[0] = True
    point_at(canvas)
    assert shown(person) == IN_USE
    rest = [person.find(name) for name in IN_USE]
    assert all(canvas.rect().contains(each.parentWidget().geometry()) for each in rest)
    is_over[0] = False
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert shown(person) == []


def test_tab_leads_to_them_from_the_canvas_and_back(person, canvas):
    canvas.setFocus()
    for name in IN_USE:
        person.press(Key.Key_Tab)
        assert person.focus == name
    person.press(Key.Key_Backtab)
    assert person.focus == IN_USE[-2]


def test_show_all_is_there_while_another_part_is_shown_whoever_looks(person, canvas):
    person.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
    canvas.zoom_in()
    canvas.visited.emit(False)
    assert shown(person) == [ALL]
    person.find(ALL).click()
    assert canvas.shows_all and shown(person) == []


def test_in_a_narrow_canvas_they_are_icons_with_names(person, canvas):
    canvas.setFocus()
    person.press(Key.Key_Tab)
    person.window.resize(640, 500)
    person.wait_until(lambda: canvas.width() < 500)
    button = person.find(IN_USE[0])
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert button.accessibleName() == "Add to favourites" and button.toolTip()
    assert canvas.rect().contains(button.parentWidget().geometry())


def test_over_a_dark_picture_they_are_dark_whatever_the_window_is_and_their_words_can_be_read(person, canvas):
    canvas.setFocus()
    person.press(Key.Key_Tab)
    for look, is_dark in (("ember", True), ("light", False), ("classic", True)):
        person.window.services.display.see(look_key=look)
        image = picture(person.find(IN_USE[0])).convertToFormat(QImage.Format.Format_RGB32)
        middle = image.pixelColor(image.width() - 8, image.height() // 2)
        assert (middle.lightnessF() < 0.4) is is_dark
        inks = [image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())]
        assert max(contrast(ink, middle.name()) for ink in set(inks)) > 4.5


def test_all_overlays_are_chosen_in_one_menu_while_which_the_buttons_stay(person, canvas, monkeypatch):
    monkeypatch.setattr(type(canvas), "underMouse", lambda _: False)
    person.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, True)
    canvas.visited.emit(True)
    menu = person.find("button.overlays").defaultAction().menu()
    assert person.find("button.overlays").accessibleName() == "Overlays"
    entries = {each.text().replace("&", ""): each for each in menu.actions() if not each.isSeparator()}
    assert [*entries] == ["Target", "Trail", "Axes", "Error arrows", "Pull arrows", "Error plot", "Run before"]
    menu.popup(canvas.mapToGlobal(canvas.rect().center()))
    person.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
    canvas.visited.emit(False)
    assert person.shows("button.overlays")
    entries["Axes"].trigger()
    assert person.window.services.display.now.axes
    menu.close()
    person.wait_until(lambda: shown(person) == [])
