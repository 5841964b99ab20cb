"""Where the docks stand at first, and how they share the height at the right."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from curvegui.ui.study import STUDY

DOCKS = [f"dock.{record.name}" for record in STUDY]


def is_in_front(person, name):
    return not person.find(name).visibleRegion().isEmpty()


def test_at_first_the_network_is_seen_below_the_knobs_and_the_others_are_a_click_away(open_window):
    person = open_window(study=True)
    person.wait_for_first_picture()
    network, knobs = person.find("dock.network"), person.find("dock.knobs")
    assert all(person.find(name) for name in DOCKS)
    person.wait_until(lambda: network.height() > knobs.height())
    assert knobs.geometry().bottom() < network.geometry().top()
    (tabs,) = (bar for bar in person.window.findChildren(QTabBar) if bar.parent() is person.window)
    assert [tabs.tabText(index) for index in range(tabs.count())] == [record.title for record in STUDY]
    assert (tabs.tabText(tabs.currentIndex()), tabs.accessibleName()) == ("Network", "Docks")
    for index, name in enumerate(DOCKS):
        tabs.setCurrentIndex(index)
        person.wait_until(lambda name=name: is_in_front(person, name))


def test_in_a_low_window_the_knobs_have_the_place_for_themselves(open_window, monkeypatch):
    monkeypatch.setattr("curvegui.ui.window_layout.NETWORK_LINES", 1_000)
    person = open_window(study=True)
    person.wait_for_first_picture()
    assert not any(person.shows(name) for name in DOCKS)


@pytest.mark.parametrize("name", DOCKS)
def test_a_dock_that_is_opened_first_gets_room_below_the_knobs(person, name):
    person.window.findChild(object, f"action.{name}").trigger()
    dock = person.find(name)
    person.wait_until(lambda: dock.isVisible() and dock.height() > person.find("dock.knobs").height())


def test_where_the_window_is_too_low_for_both_they_share_a_place(open_window):
    person = open_window(size=(900, 560))
    person.wait_for_first_picture()
    person.window.findChild(object, "action.dock.maths").trigger()
    knobs = person.find("dock.knobs")
    person.wait_until(lambda: knobs in person.window.tabifiedDockWidgets(person.find("dock.maths")))
    assert is_in_front(person, "dock.maths")


def test_heights_that_somebody_chose_come_back(open_window, tmp_path):
    person = open_window(study=True)
    person.wait_for_first_picture()
    network, knobs = person.find("dock.network"), person.find("dock.knobs")
    person.wait_until(lambda: network.height() > knobs.height())
    person.window.resizeDocks([knobs, network], [500, 200], Qt.Orientation.Vertical)
    person.wait_until(lambda: knobs.height() > network.height())
    chosen = knobs.height()
    person.window.documents.closing.leave_unasked()
    person.window.close()
    again = open_window(study=True)
    again.wait_for_first_picture()
    assert again.find("dock.knobs").height() == pytest.approx(chosen, abs=30)
