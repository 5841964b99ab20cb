"""The right button, and the menu key, offer on the canvas and the timeline what the menus can do there."""

import pytest
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from curvegui.ui.actions.actions import letter_of
from curvegui.ui.window.view_actions import LINE, ON_CANVAS, ON_TIMELINE

pytestmark = [
    pytest.mark.qt_log_ignore(
        r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
    )  # offscreen
]


def menu_on(person, widget, reason=QContextMenuEvent.Reason.Mouse):
    place = widget.rect().center()
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    person.wait_until(lambda: person.window.findChildren(QMenu, "context.menu"))
    (menu,) = person.window.findChildren(QMenu, "context.menu")
    return menu


def test_the_menus_offer_actions_that_there_are(person):
    assert [
        id_ for id_ in (*ON_CANVAS, *ON_TIMELINE) if id_ != LINE and id_ not in person.window.services.actions
    ] == []


def test_what_is_chosen_in_them_is_done(person):
    canvas, timeline = person.window.canvas, person.find("timeline")
    for widget, id_ in ((canvas.viewport(), "view.axes"), (timeline.viewport(), "view.log_time")):
        menu, action = menu_on(person, widget), person.action(id_)
        entry = next(each for each in menu.actions() if each.objectName() == f"context.{id_}")
        before = action.isChecked()
        assert (entry.isChecked(), entry.shortcuts()) == (before, action.shortcuts())
        QTest.keyClick(menu, letter_of(entry.text()))
        assert action.isChecked() is not before
        person.wait_until(lambda: not person.window.findChildren(QMenu, "context.menu"))


def test_the_menu_key_opens_it_too(person):
    menu_on(person, person.window.canvas, QContextMenuEvent.Reason.Keyboard).close()
