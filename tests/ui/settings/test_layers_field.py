"""The hidden layers: added, removed, resized, within what the window offers."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.settings.config import WINDOW_LAYERS, WINDOW_NEURONS
from tests.ui.person import Key

ALLOWED = "A layer takes a whole number from 1 to 64."
REASONS = {
    "0": "Layers: 0 is not possible. ",
    "-3": "Layers: −3 is not possible. ",
    "65": "Layers: 65 is not possible. ",
    "2.5": "Layers: 2.5 is not possible. ",
    "abc": "Layers: “abc” is not a number. ",
    "": "Layers: there is no number. ",
    "nan": "Layers: “nan” is not a number. ",
    "1e400": "Layers: “1e400” is too large a number. ",
}


@pytest.fixture
def layers(person):
    """What the boxes show, from left to right; checked against the settings."""

    def shown():
        numbers = []
        while person.shows(f"editor.hidden.{len(numbers)}"):
            numbers.append(int(person.read(f"editor.hidden.{len(numbers)}").replace(",", "")))
        assert tuple(numbers) == person.session.config.hidden
        return numbers

    return shown


def test_the_layers_of_the_run_are_shown_and_changed_by_plus_minus_keys_and_typing(person, layers):
    assert layers() == [6, 7]
    person.wait_until(lambda: person.session.snapshot.config.sizes == (1, 6, 7, 2))

    person.click("layer.0.plus")
    assert layers() == [7, 7]
    person.click("layer.1.minus")
    assert layers() == [7, 6]
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.config.hidden == (7, 6))

    person.enter_setting("hidden.1", "20")
    assert layers() == [7, 20]
    person.tab_to("editor.hidden.1")
    person.press(Key.Key_Up, Key.Key_Up, Key.Key_Down)
    assert layers() == [7, 21]

    person.enter_setting("hidden.0", "1")
    person.enter_setting("hidden.1", str(WINDOW_NEURONS))
    assert layers() == [1, 64]
    assert not person.find("layer.0.minus").isEnabled()
    assert not person.find("layer.1.plus").isEnabled()
    person.tab_to("editor.hidden.1")
    person.press(Key.Key_Up)
    assert layers() == [1, 64]


@pytest.mark.slow
def test_layers_are_added_before_the_output_eight_at_most_and_any_can_be_removed_but_the_last_one(person, layers):
    person.learn(200)
    fit = person.session.snapshot.fit
    person.click("layer.add")
    assert layers() == [6, 7, NEW_LAYER]
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.config.sizes == (1, 6, 7, 14, 2))
    assert person.session.snapshot.iteration == 200
    np.testing.assert_allclose(person.session.snapshot.fit, fit, rtol=0, atol=1e-6)

    for _ in range(WINDOW_LAYERS - 3):
        person.click("layer.add")
    assert layers() == [6, 7] + [NEW_LAYER] * (WINDOW_LAYERS - 2)
    assert not person.find("layer.add").isEnabled()
    person.click("layer.7.remove")
    assert person.find("layer.add").isEnabled()

    for _ in range(WINDOW_LAYERS - 3):
        person.click("layer.2.remove")
    person.click("layer.0.remove")
    assert layers() == [7]
    assert not person.find("layer.0.remove").isEnabled()


def test_another_size_is_explained_and_the_old_one_kept_until_another_one_or_esc(person, layers):
    person.enter_setting("hidden.0", "0")
    assert person.shows("error.hidden")
    person.press(Key.Key_9, Key.Key_Escape)
    assert layers() == [6, 7]
    assert not person.shows("error.hidden")
    assert person.session.history.undo_label is None

    for text, reason in REASONS.items():
        before = person.session.config
        person.enter_setting("hidden.0", text)
        assert person.session.config is before
        assert layers() == [6, 7]
        assert person.read("error.hidden") == reason + ALLOWED
        person.enter_setting("hidden.0", "6")
        assert person.shows("error.hidden")  # nothing was typed that was not there
        person.enter_setting("hidden.0", "5")
        assert not person.shows("error.hidden")
        person.choose("edit.undo")


def test_layers_larger_than_the_window_offers_are_shown_whole(open_window):
    person = open_window(hidden=(100, 1, 20_000), points=2)
    assert person.read("editor.hidden.0") == "100"
    box = person.find("editor.hidden.2")
    assert box.text() == "20,000"
    assert box.width() >= box.fontMetrics().horizontalAdvance("20,000")
    person.reach(0)  # it takes longer, on a busy machine, than a window that closes waits


def test_layers_larger_than_the_window_offers_can_become_smaller_but_not_larger(visit):
    person = visit(hidden=(100, 7))
    assert not person.find("layer.0.plus").isEnabled()
    person.click("layer.0.minus")
    person.tab_to("editor.hidden.0")
    person.press(Key.Key_Down, Key.Key_Up)
    assert person.session.config.hidden == (98, 7)
    person.enter_setting("hidden.0", "100")
    assert person.read("error.hidden") == "Layers: 100 is not possible. " + ALLOWED
    person.enter_setting("hidden.0", "64")
    assert person.session.config.hidden == (64, 7)


def test_more_layers_than_the_window_offers_can_be_removed_only(visit):
    person = visit(hidden=(3,) * 12)
    assert not person.find("layer.add").isEnabled()
    person.click("layer.11.remove")
    assert person.session.config.hidden == (3,) * 11


def test_a_box_that_stays_keeps_the_focus_and_tab_goes_from_left_to_right_and_then_to_the_button(person):
    person.tab_to("layer.0.plus")
    person.press(Key.Key_Space)
    assert person.session.config.hidden == (7, 7)
    assert person.focus == "layer.0.plus"

    person.click("layer.add")
    person.tab_to("layer.0.minus")
    names = ["layer.0.minus"]
    while names[-1] != "layer.add":
        person.press(Key.Key_Tab)
        names.append(person.focus)
    parts = ("layer.{}.minus", "editor.hidden.{}", "layer.{}.plus", "layer.{}.remove")
    assert names[:-1] == [part.format(index) for index in range(3) for part in parts]

    person.click("layer.2.remove")
    for _ in range(2):
        person.click("layer.add")
        person.click("layer.2.remove")
    person.wait_until(lambda: len(person.window.findChildren(object, "editor.hidden.2")) == 0)
    assert QApplication.focusWidget() is not None
