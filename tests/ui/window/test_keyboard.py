"""The space bar runs and pauses, types, or presses, as a person expects where they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from curvegui.session.run.phase import Phase
from tests.ui.person import Key


def test_space_runs_and_pauses(person):
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.PAUSED


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["button.run.reset", "button.run.new_seed", "button.run.step_1", "layer.0.plus", "run"]
)
def test_a_click_on_a_button_leaves_space_as_it_was(person, name):
    person.click(name)
    before = person.session.phase
    run = person.session.history.undo_label
    person.press(Key.Key_Space)
    assert person.session.phase.is_learning != before.is_learning
    assert person.session.history.undo_label == run


def test_space_still_runs_after_a_click_into_a_box_was_answered_on_the_canvas(person):
    person.enter_setting("noise", "2")
    person.click("canvas")
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING


def test_space_presses_a_button_that_was_reached_with_tab(person):
    labels = {
        "button.run.reset": "Reset",
        "button.run.new_seed": "New seed",
        "layer.add": "Layers",
        "layer.1.remove": "Remove a layer",
    }
    for name, label in labels.items():
        person.tab_to(name)
        person.press(Key.Key_Space)
        assert person.session.history.undo_label == label
        assert person.session.phase is Phase.PAUSED


def test_space_on_the_run_button_runs_once(person):
    person.tab_to("run")
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING


@pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True)  # popups, on the offscreen one
def test_space_opens_a_list_that_was_reached_with_tab(person):
    person.tab_to("editor.activation")
    person.press(Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
    assert person.session.phase is Phase.PAUSED


def test_space_runs_again_when_the_focus_has_left_the_button(person):
    person.tab_to("button.run.reset")
    person.tab_to("slider.noise")
    person.press(Key.Key_Space)
    assert person.session.history.undo_label is None
    assert person.session.phase is Phase.LEARNING


def test_space_in_a_box_types_a_space_once_something_is_being_typed(person):
    box = person.tab_to("editor.noise")
    person.press(Key.Key_2, Key.Key_Space)
    assert box.text() == "2 "
    assert not person.session.phase.is_learning


def test_other_keys_work_as_ever_on_a_button(person):
    person.tab_to("button.run.reset")
    person.press(Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
    person.wait_until(lambda: person.session.snapshot.iteration == 1)
    assert person.session.history.undo_label is None
