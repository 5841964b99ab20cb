"""Where the docks stand at first, and how they share the height at the right."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDockWidget, QStyle, QStyleOptionDockWidget, QTabBar

from curvegui.ui.window.features import FEATURES

FLOATING = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)  # offscreen
STUDY = [record for feature in FEATURES for record in feature.docks if record.panel]
DOCKS = [f"dock.{record.name}" for record in STUDY]


def is_in_front(person, name):
    dock = person.window.findChild(QDockWidget, name)
    return dock.isVisible() and not dock.visibleRegion().isEmpty()


@pytest.mark.slow
def test_at_first_the_network_is_seen_below_the_knobs_and_the_others_are_a_click_away(open_window):
    person = open_window(study=True)
    person.wait_for_first_picture()
    network, settings = person.find("dock.network"), person.find("dock.knobs")
    assert all(person.find(name) for name in DOCKS)
    person.wait_until(lambda: network.height() > settings.height())
    assert settings.geometry().bottom() < network.geometry().top()
    (tabs,) = (bar for bar in person.window.findChildren(QTabBar) if bar.parent() is person.window)
    assert [tabs.tabText(index) for index in range(tabs.count())] == [record.title for record in STUDY]
    assert (tabs.tabText(tabs.currentIndex()), tabs.accessibleName()) == ("Network", "Docks")
    for index, name in enumerate(DOCKS):
        tabs.setCurrentIndex(index)
        person.wait_until(lambda name=name: is_in_front(person, name))


def test_in_a_low_window_the_knobs_have_the_place_for_themselves(open_window, monkeypatch):
    monkeypatch.setattr("curvegui.ui.window.layout.NETWORK_LINES", 1_000)
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
    settings = person.find("dock.knobs")
    person.wait_until(lambda: settings in person.window.tabifiedDockWidgets(person.find("dock.maths")))
    assert is_in_front(person, "dock.maths")


def test_heights_that_somebody_chose_come_back(open_window, tmp_path):
    person = open_window(study=True)
    person.wait_for_first_picture()
    network, settings = person.find("dock.network"), person.find("dock.knobs")
    person.wait_until(lambda: network.height() > settings.height())
    person.window.resizeDocks([settings, network], [500, 200], Qt.Orientation.Vertical)
    person.wait_until(lambda: settings.height() > network.height())
    chosen = settings.height()
    person.window.features["documents"].closing.leave_unasked()
    person.window.close()
    again = open_window(study=True)
    again.wait_for_first_picture()
    assert again.find("dock.knobs").height() == pytest.approx(chosen, abs=30)


def places(person):
    """Of every dock: whether it is open, whether it floats, with which it shares a place, and where it is seen."""
    window, found = person.window, {}
    for dock in window.findChildren(QDockWidget):
        mates = frozenset(mate.objectName() for mate in window.tabifiedDockWidgets(dock))
        seen = dock.geometry() if is_in_front(person, dock.objectName()) else QRect()
        found[dock.objectName()] = (dock.isHidden(), dock.isFloating(), mates, seen)
    return found


def are_alike(now, before):
    """Whether all docks are where they were, to a few px."""
    return all(
        now[name][:3] == kept
        and all(abs(a - b) < 12 for a, b in zip(now[name][3].getRect(), seen.getRect(), strict=True))
        for name, (*rest, seen) in before.items()
        for kept in [tuple(rest)]
    )


@FLOATING
def test_reset_layout_brings_all_docks_back_and_leaves_the_run_alone(open_window):
    person = open_window(study=True)
    person.wait_for_first_picture()
    network, settings, window = person.find("dock.network"), person.find("dock.knobs"), person.window
    person.wait_until(lambda: network.height() > settings.height())
    person.learn(100)
    before, snapshot, undo = places(person), person.session.snapshot, person.session.history.undo_label
    network.setFloating(True)
    network.resize(300, 600)
    window.findChild(QDockWidget, "dock.maths").close()
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, window.findChild(QDockWidget, "dock.jacobians"))
    window.resizeDocks([settings], [300], Qt.Orientation.Horizontal)
    settings.close()
    person.wait_until(lambda: not are_alike(places(person), before))

    person.choose("view.reset_layout")
    person.wait_until(lambda: are_alike(places(person), before))
    assert is_in_front(person, "dock.network")
    assert person.session.snapshot is snapshot
    assert person.session.history.undo_label == undo


@FLOATING
def test_reset_layout_takes_back_what_an_older_session_left(open_window, tmp_path):
    first = open_window(study=True)
    first.wait_for_first_picture()
    network, settings = first.find("dock.network"), first.find("dock.knobs")
    first.wait_until(lambda: network.height() > settings.height())
    before = places(first)
    network.setFloating(True)
    first.window.features["documents"].closing.leave_unasked()
    first.window.close()
    again = open_window(study=True)
    again.wait_for_first_picture()
    assert again.find("dock.network").isFloating()
    again.choose("view.reset_layout")
    again.wait_until(lambda: are_alike(places(again), before))


@FLOATING
def test_a_floating_dock_has_an_edge_and_loses_it_where_it_is_put_back(open_window):
    person = open_window(study=True)
    person.wait_for_first_picture()
    network = person.find("dock.network")

    def edge():
        """Which X11 leaves to us; the offscreen system draws its own."""
        option = QStyleOptionDockWidget()
        network.initStyleOption(option)
        return network.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetFrameWidth, option, network)

    docked = edge(), network.font().weight()
    network.setFloating(True)
    person.wait_until(lambda: (edge(), network.font().weight()) == (2, QFont.Weight.DemiBold))
    network.setFloating(False)
    person.wait_until(lambda: (edge(), network.font().weight()) == docked)
