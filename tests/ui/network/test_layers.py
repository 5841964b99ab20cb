"""The hidden layers over the diagram: added, removed, resized, within what the window offers."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.settings.config import WINDOW_LAYERS, WINDOW_NEURONS
from tests.ui.person import Key

ALLOWED = "A layer takes a whole number from 1 to 64."
REASONS = {
    "65": "Layers: 65 is not possible. ",
    "2.5": "Layers: 2.5 is not possible. ",
    "1..2": "Layers: “1..2” is not a number. ",
    "": "Layers: there is no number. ",
    "1e400": "Layers: “1e400” is too large a number. ",
}


def at_layers(person):
    person.wait_for_first_picture()
    hidden = person.session.config.hidden
    person.wait_until(lambda: person.shows("editor.hidden.0") and shown(person) == [*hidden])


def shown(person):
    """What the boxes show, from left to right."""
    boxes = (box for box in person.window.findChildren(QLineEdit) if box.objectName().startswith("editor.hidden."))
    return [int(box.text()) for box in boxes if box.isVisible()]


@pytest.fixture
def settled(visit):
    """A window with its network in sight, with these settings."""
    return lambda **settings: visit(prepared=at_layers, study=True, **settings)


@pytest.fixture
def person(settled):
    return settled()


@pytest.fixture
def layers(person):
    """What the boxes show, from left to right, once they show the settings."""

    def follow():
        person.wait_until(lambda: len(shown(person)) == len(person.session.config.hidden))
        return shown(person)

    return follow


def test_the_layers_of_the_run_are_shown_and_changed_by_plus_minus_keys_and_typing(person, layers):
    assert layers() == [6, 7]
    person.click("layer.0.plus")
    assert layers() == [7, 7]
    person.click("layer.1.minus")
    assert layers() == [7, 6]
    person.choose("edit.undo")
    assert layers() == [7, 7]
    person.enter_setting("hidden.1", "20")
    assert layers() == [7, 20]
    assert person.focus == "network.diagram"
    person.tab_to("editor.hidden.1")
    person.press(Key.Key_Up, Key.Key_Up, Key.Key_Down, Key.Key_Plus, Key.Key_Plus, Key.Key_Minus)
    assert layers() == [7, 22]
    person.enter_setting("hidden.1", str(WINDOW_NEURONS))
    assert not person.find("layer.1.plus").isEnabled()
    person.tab_to("editor.hidden.1")
    person.press(Key.Key_Up)
    assert layers() == [7, 64]


@pytest.mark.slow
def test_layers_are_added_wherever_there_is_a_button_eight_at_most_and_the_curve_stays(person, layers):
    person.learn(200)
    for place, hidden in ((3, (6, 7, 14)), (1, (14, 6, 7, 14)), (3, (14, 6, 14, 7, 14))):
        fit = person.session.snapshot.fit
        person.click(f"layer.add.{place}")
        sizes = (1, *hidden, 2)
        person.wait_until(lambda sizes=sizes: person.session.snapshot and person.session.snapshot.config.sizes == sizes)
        assert layers() == [*hidden]
        assert person.session.snapshot.iteration == 200
        np.testing.assert_allclose(person.session.snapshot.fit, fit, rtol=0, atol=2e-3)
    assert person.session.history.undo_label == "Add a layer"
    for count in range(6, WINDOW_LAYERS + 1):
        person.click("layer.add.6")
        assert layers()[5] == NEW_LAYER and len(layers()) == count
    assert not person.find("layer.add.1").isEnabled()


@pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True)  # popups, on the offscreen one
def test_a_layer_goes_with_its_last_neuron_with_a_typed_0_or_by_its_menu_but_for_the_only_one(settled):
    person = settled(hidden=(2, 3, 4, 5))
    assert person.find("layer.0.minus").accessibleName() == "One neuron fewer in layer 1"
    person.click("layer.0.minus")
    assert person.find("layer.0.minus").accessibleName() == "Remove layer 1"
    person.click("layer.0.minus")
    assert person.session.config.hidden == (3, 4, 5)
    person.enter_setting("hidden.1", "0")
    assert person.session.config.hidden == (3, 5)

    person.wait_until(lambda: not person.shows("editor.hidden.2"))
    for possible in (True, False):
        box = person.find("editor.hidden.0")
        middle = box.rect().center()
        QApplication.sendEvent(
            box, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, box.mapToGlobal(middle))
        )
        menu = person.find("layer.menu")
        (remove,) = menu.actions()
        assert (remove.text(), remove.isEnabled()) == ("Remove layer 1", possible)
        remove.trigger()
        menu.close()
        person.wait_until(lambda: not person.shows("editor.hidden.1"))
    person.enter_setting("hidden.0", "0")
    assert person.read("error.hidden") == "Layers: 0 is not possible. " + ALLOWED
    assert person.session.config.hidden == (5,)
    person.enter_setting("hidden.0", "1")
    assert not person.find("layer.0.minus").isEnabled()


def test_another_size_is_explained_at_its_box_and_the_old_one_kept_until_another_one_or_esc(person, layers):
    for text, reason in REASONS.items():
        before = person.session.config
        person.enter_setting("hidden.0", text)
        assert person.session.config is before
        assert layers() == [6, 7]
        assert person.read("error.hidden") == reason + ALLOWED
        box, bubble = person.find("editor.hidden.0"), person.find("error.hidden")
        assert bubble.geometry().top() >= box.mapTo(person.window, QPoint(0, box.height())).y()
        assert person.window.rect().contains(bubble.geometry())
        person.enter_setting("hidden.0", "5")
        assert not person.shows("error.hidden")
        person.choose("edit.undo")


def test_what_is_being_typed_stays_while_the_network_learns(person):
    box = person.tab_to("editor.hidden.0")
    person.session.run()
    box.selectAll()
    person.press(Key.Key_1)
    person.reach(person.session.snapshot.iteration + 500)
    person.press(Key.Key_2)
    person.session.pause()
    assert box.text() == "12"
    person.press(Key.Key_Return)
    assert person.session.config.hidden == (12, 7)


def test_layers_larger_than_the_window_offers_are_shown_whole_and_can_become_smaller_but_not_larger(settled):
    person = settled(hidden=(100, 7))
    box = person.find("editor.hidden.0")
    assert box.width() >= box.fontMetrics().horizontalAdvance("100")
    assert not person.find("layer.0.plus").isEnabled()
    person.click("layer.0.minus")
    person.tab_to("editor.hidden.0")
    person.press(Key.Key_Down, Key.Key_Up)
    assert person.session.config.hidden == (98, 7)
    person.enter_setting("hidden.0", "100")
    assert person.read("error.hidden") == "Layers: 100 is not possible. " + ALLOWED
    person.enter_setting("hidden.0", "64")
    assert person.session.config.hidden == (64, 7)


@pytest.mark.parametrize("hidden", [(6, 7), (6,) * 4, (6,) * 8, (3,) * 12, (300, 7)], ids=str)
def test_however_many_layers_there_are_each_has_its_controls_and_none_is_on_another(settled, hidden):
    person = settled(hidden=hidden)
    names = [name for index in range(len(hidden)) for name in (f"layer.{index}.minus", f"layer.{index}.plus")]
    names += [f"editor.hidden.{index}" for index in range(len(hidden))]
    names += [f"layer.add.{place}" for place in range(1, len(hidden) + 2)]
    row, parts = person.find("editor.hidden"), [person.find(name) for name in names]
    boxes = [part.rect().translated(part.mapTo(row, QPoint(0, 0))) for part in parts]
    for index, box in enumerate(boxes):
        assert row.rect().contains(box), names[index]
        assert [names[other] for other in range(index) if boxes[other].intersects(box)] == [], names[index]
    assert person.find("layer.add.1").isEnabled() == (len(hidden) < WINDOW_LAYERS)


def test_a_box_that_stays_keeps_the_focus_and_tab_goes_from_left_to_right(person):
    person.tab_to("layer.0.plus")
    person.press(Key.Key_Space)
    assert person.session.config.hidden == (7, 7)
    assert person.focus == "layer.0.plus"

    person.window.resize(2_000, 1_000)  # where all stand in one line
    person.wait_until(lambda: person.find("layer.add.1").y() > 0)
    person.tab_to("layer.add.1")
    names = ["layer.add.1"]
    while names[-1] != "layer.add.3":
        person.press(Key.Key_Tab)
        names.append(person.focus)
    places = [person.find(name).mapTo(person.window, QPoint(0, 0)).x() for name in names]
    assert len(names) == 9 and all(before < after for before, after in pairwise(places))
