"""The keyboard: the space bar runs and pauses, types, or presses; Tab, F6 and letters lead to what can be seen."""

import gc
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDockWidget, QLineEdit, QTabBar, QWidget

from curvegui.session.run.delivery import Phase
from curvegui.ui.window.keyboard import next_stop
from tests.ui.person import Key, Modifier


def test_space_runs_and_pauses(person):
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.PAUSED


@pytest.mark.slow
def test_a_click_on_a_button_leaves_space_as_it_was(person):
    for name in ("button.run.reset", "button.run.new_seed", "button.run.step", "run"):
        person.click(name)
        person.catch_up()
        if name != "run":  # a step learns for a moment
            person.wait_until(lambda: not person.session.phase.is_learning)
        before = person.session.phase
        run = person.session.history.undo_label
        person.press(Key.Key_Space)
        assert person.session.phase.is_learning != before.is_learning, name
        assert person.session.history.undo_label == run, name
        person.session.pause()


def test_space_presses_a_button_that_was_reached_with_tab(person):
    labels = {"button.run.reset": "Reset", "button.run.new_seed": "New seed"}
    for name, label in labels.items():
        person.tab_to(name)
        person.press(Key.Key_Space)
        assert person.session.history.undo_label == label
        assert person.session.phase is Phase.PAUSED


@pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True)  # popups, on the offscreen one
def test_space_opens_a_list_that_was_reached_with_tab(person):
    person.tab_to("editor.activation")
    person.press(Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
    assert person.session.phase is Phase.PAUSED


def test_space_runs_and_pauses_wherever_the_focus_is_not_on_a_button_that_was_reached_with_tab(person):
    person.tab_to("button.run.reset")
    person.tab_to("slider.noise")
    person.press(Key.Key_Space)
    assert person.session.history.undo_label is None
    assert person.session.phase is Phase.LEARNING

    person.session.pause()
    person.tab_to("run")
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING

    person.session.pause()
    person.tab_to("curves.list")
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.PAUSED
    assert person.session.history.undo_label is None  # it has chosen no curve

    person.tab_to("button.run.reset")
    person.catch_up()
    before = person.session.snapshot.iteration
    person.press(Key.Key_1, modifiers=Modifier.AltModifier)
    person.wait_until(lambda: person.session.snapshot.iteration > before)
    assert person.session.history.undo_label is None

    box = person.tab_to("editor.noise")
    person.press(Key.Key_2, Key.Key_Space)
    assert box.text() == "2 "
    assert not person.session.phase.is_learning

    person.press(Key.Key_Escape)
    person.enter_setting("noise", "2")
    person.click("canvas")
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING


# Where Tab, F6 and letters lead


def dock_of(widget):
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget


def walk(person, key, most=120):
    """What has the focus on the way, until it comes round."""
    seen = [QApplication.focusWidget()]
    for _ in range(most):
        person.press(key)
        widget, in_sight = QApplication.focusWidget(), person.window.services.docks.in_sight()
        assert widget.isVisible(), widget.objectName()
        assert not isinstance(widget, QTabBar) or not widget.visibleRegion().isEmpty()
        assert dock_of(widget) in (None, *in_sight), widget.objectName()
        if widget is seen[0]:
            return seen
        seen.append(widget)
    raise AssertionError("It does not come round.")


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Backtab])
def test_tab_never_stops_at_what_cannot_be_seen(visit, key):
    person = visit(study=True)
    person.wait_for_first_picture()
    docks = person.window.services.docks
    for view in ("play", "understand", "watch") if key == Key.Key_Tab else ("understand", "watch"):
        person.choose(f"view.{view}")
        docks.show("favourites")  # in front of another one
        person.wait_until(lambda: docks.is_seen("favourites"))
        person.tab_to("canvas")
        assert len(walk(person, key)) > 5


def test_f6_goes_round_the_parts_of_the_window_and_back_with_shift(visit):
    person = visit(study=True)
    person.wait_for_first_picture()
    person.choose("view.understand")
    docks = person.window.services.docks
    for name in ("network", "maths"):  # a panel's code comes first
        person.wait_until(lambda name=name: docks[name].widget().findChildren(QAbstractScrollArea))
    person.tab_to("canvas")
    forwards = [part_of(person, each) for each in walk(person, Key.Key_F6)]
    assert forwards[0] == "canvas"
    assert {"timeline", "transport", "dock.network", "dock.maths"} <= {*forwards}
    assert "dock.settings" not in forwards  # it is not in this view
    assert len({*forwards}) == len(forwards)  # each once
    back = [part_of(person, QApplication.focusWidget())]
    for _ in forwards[1:]:
        person.press(Key.Key_F6, modifiers=Modifier.ShiftModifier)
        back.append(part_of(person, QApplication.focusWidget()))
    assert back[1:] == forwards[:0:-1]


def part_of(person, widget):
    """The name of the pane in which something is."""
    panes = [*person.window.services.centre.regions, *person.window.services.docks.in_sight()]
    return next((pane.objectName() for pane in panes if pane is widget or pane.isAncestorOf(widget)), "")


def test_a_panel_that_is_opened_gets_the_focus(visit):
    person = visit(study=True)
    person.wait_for_first_picture()
    docks = person.window.services.docks
    for name in ("maths", "jacobians", "exercise"):
        person.tab_to("canvas")
        docks[name].toggleViewAction().trigger()
        person.wait_until(lambda name=name: dock_of(QApplication.focusWidget()) is docks[name])
        assert docks.is_seen(name)
        assert not isinstance(QApplication.focusWidget().parentWidget(), QAbstractScrollArea)
    docks["exercise"].toggleViewAction().trigger()
    assert not docks["exercise"].isVisible()


class Field(QLineEdit):
    """One of our own, as most are."""


@pytest.fixture
def form(qtbot):
    """A window with two regions of two fields each."""
    window = QWidget()
    qtbot.addWidget(window)
    regions = [QWidget(window), QWidget(window)]
    fields = [Field(region) for region in regions for _ in range(2)]
    window.show()
    return window, regions, fields


def test_tab_goes_through_the_regions_in_their_order_and_round(form):
    window, regions, (first, second, third, fourth) = form
    regions.reverse()
    order = [third, fourth, first, second]
    for way, stops in ((True, order), (False, order[::-1])):
        for start, stop in zip(stops, [*stops[1:], stops[0]], strict=True):
            assert next_stop(window, regions, start, way) is stop
    assert next_stop(window, regions, second, forwards=True, inside=regions[1]) is first
    second.setEnabled(False)
    third.hide()
    assert next_stop(window, regions, first, forwards=True) is fourth
    assert next_stop(window, regions, third, forwards=True) is fourth  # Qt asks from what has just been hidden
    assert next_stop(window, regions, first, forwards=True, inside=regions[1]) is None


def test_tab_goes_past_the_tabs_that_qt_keeps_out_of_the_window(form):
    window, regions, fields = form
    tabs = QTabBar(window)
    tabs.addTab("Network")
    tabs.show()
    for place, is_seen in ((-500, False), (0, True)):
        tabs.move(place, place)
        walked = [fields[0]]
        for _ in range(5):
            walked.append(next_stop(window, regions, walked[-1], forwards=True))
        assert (tabs in walked) == is_seen


def test_what_tab_went_over_is_not_kept_when_it_is_deleted_after_what_was_before_it(form):
    window, regions, fields = form
    assert next_stop(window, regions, fields[0], forwards=True) is fields[1]
    del form
    gone = [ref(each) for each in fields]
    for _ in gone:
        fields.pop(0).deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        next_stop(window, regions, window, forwards=True)
    gc.collect()
    assert [reference for reference in gone if reference() is not None] == []
