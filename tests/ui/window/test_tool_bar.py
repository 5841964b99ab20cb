"""The switch in the menu bar: all segments, or one button where the menus leave no room."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMenu, QToolButton

from curvegui.ui.actions.view import VIEWS
from tests.ui.person import Key

POPUP = pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True)  # menus, on the offscreen one


def place(person, widget):
    return QRect(widget.mapTo(person.window, widget.rect().topLeft()), widget.size())


@pytest.mark.slow
def test_a_click_on_a_segment_shows_the_view_and_tab_reaches_each(open_window):
    person = open_window(size=(1280, 700))
    person.wait_for_first_picture()
    for view in [*list(VIEWS)[::-1], "play"]:
        person.click(f"button.view.{view}")
        assert person.window.services.views.now.id == view
        assert [each for each in VIEWS if person.find(f"button.view.{each}").isChecked()] == [view]
        assert person.find(f"button.view.{view}").text() == VIEWS[view].title
    person.tab_to("button.view.understand")
    person.press(Key.Key_Space)
    assert person.window.services.views.now.id == "understand"
    assert person.find("views").accessibleName()


NARROW = 700  # px: the menus and all segments need more


@POPUP
def test_where_there_is_no_room_it_is_one_button_that_names_the_view_and_nothing_is_off_the_window(open_window):
    person = open_window(size=(1280, 700))
    person.wait_for_first_picture()
    assert not person.shows("views.menu")
    segments = person.find("button.view.exercise")
    person.wait_until(lambda: person.window.minimumWidth() < NARROW)  # the panels have let go of their width
    for width in (person.window.minimumSizeHint().width(), 1280):
        person.window.resize(width, 700)
        narrow = width < 1280
        person.wait_until(lambda narrow=narrow: person.shows("views.menu") is narrow)
        assert segments.isVisible() is not narrow
        if narrow:
            button = person.find("views.menu", QToolButton)
            assert (button.text(), button.accessibleName()) == ("Play", "View: Play")
            person.wait_until(lambda button=button: person.window.rect().contains(place(person, button)))
            person.tab_to("views.menu")
            menu = button.menu()
            assert isinstance(menu, QMenu)
            menu.actions()[2].trigger()
            assert person.window.services.views.now.id == "understand"
            assert (button.text(), button.accessibleName()) == ("Understand", "View: Understand")
    person.wait_until(lambda: person.window.rect().contains(place(person, segments)))
