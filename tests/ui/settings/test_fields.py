"""The editors in the real window: what is typed, slid or chosen reaches the run, or is explained."""

from itertools import cycle, product
from math import inf

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QSlider

from curvegui.core.settings.config import EDITED_SETTINGS, FULL_SPEED, SETTINGS
from curvegui.core.settings.setting import POSITIONS
from tests.ui.person import Key, Modifier

NUMBERS = [  # with a box that is always there
    name
    for name, setting in SETTINGS.items()
    if name in EDITED_SETTINGS and name not in ("hidden", "speed") and not setting.choices()
]
WRONG = "1..2", "", "1e", "1e400", "-1"
CHOICES = ["activation", "output_activation"]
TYPED = [
    ("aggression", "3.5", 3.5),
    ("aggression", "5000", 5_000),
    ("noise", "0", 0),
    ("noise", "0,25", 0.25),
    ("iterations", "1e6", 1_000_000),
    ("seed", "2,147,483,647", 2_147_483_647),
    ("points", "50", 50),
    ("trail_every", "10 iterations", 10),
    ("data_noise", "0.025", 0.025),
    ("train_one_in", "5", 5),
    ("speed", "500", 500),
    ("speed", "300 /s", 300),
    ("speed", "max", FULL_SPEED),
]
REASONS = [
    ("points", "1.5", "Points: a whole number from 2 to 100,000."),
    ("points", "0", "Points: a whole number from 2 to 100,000."),
    ("noise", "-0.5", "Noise: a number from 0 to 1,000."),
    ("seed", "-1", "Seed: a whole number from 0 to 2,147,483,647."),
    ("iterations", "0", "Iterations: a whole number from 1 to 1,000,000,000."),
    ("iterations", "1 2 3-", "Iterations: “1 2 3-” is not a number. It takes a whole number from 1 to 1,000,000,000."),
    ("noise", "", "Noise: there is no number. It takes a number from 0 to 1,000."),
    ("aggression", "1e400", "Aggression: “1e400” is too large a number. It takes a number from 0 to 1,000,000."),
]


@pytest.mark.slow
def test_a_value_that_is_typed_reaches_the_run_and_the_slider_stands_there(person):
    for name, text, value in TYPED:
        person.enter_setting(name, text)
        assert getattr(person.session.config, name) == value
        assert not person.shows(f"error.{name}")
        person.wait_until(
            lambda name=name, value=value: (
                person.session.snapshot and getattr(person.session.snapshot.config, name) == value
            )
        )

    for name, value in product(("aggression", "noise"), (0.5, 3, 20)):
        person.enter_setting(name, str(value))
        assert person.find(f"slider.{name}").value() == SETTINGS[name].slider.position(value)

    person.enter_setting("aggression", "5000")
    assert person.find("slider.aggression").value() == POSITIONS
    assert person.session.config.aggression == 5_000


def test_after_enter_the_letters_are_the_window_s_again_and_a_refused_value_keeps_the_focus(person):
    for name in ("aggression", "train_one_in", "speed"):
        person.enter_setting(name, "5")
        assert person.focus == "canvas", name
        person.press(Key.Key_D)
        assert person.action("curve.draw").isChecked(), name
        person.press(Key.Key_D)
        assert person.read(f"editor.{name}").startswith("5")
        person.tab_to(f"editor.{name}")
        person.press(Key.Key_6, Key.Key_D)  # in the box, too
        assert person.read(f"editor.{name}") == "6" and person.action("curve.draw").isChecked(), name
        person.press(Key.Key_D, Key.Key_Escape)

    for name, text, allowed in (("noise", "1e", "3"), ("noise", "-1", "4")):
        person.enter_setting(name, text)
        assert person.focus == f"editor.{name}"
        assert person.shows(f"error.{name.partition('.')[0]}")
        person.enter_setting(name, allowed)
        assert person.focus == "canvas"


def test_there_is_an_editor_for_every_setting_that_the_window_offers_with_a_name_a_tip_and_a_label(person, window):
    person.click("settings.more")
    fields = {name for name in SETTINGS if window.findChildren(object, f"editor.{name}")}
    assert fields == set(EDITED_SETTINGS) - {"curve", "hidden"}  # these are on the canvas and the diagram
    for name in [*NUMBERS, *CHOICES]:
        editor = window.findChild(object, f"editor.{name}")
        assert editor.accessibleName() == SETTINGS[name].label
        assert editor.accessibleDescription() == SETTINGS[name].tip
    for slider in window.findChildren(QSlider):
        if slider.objectName():
            assert slider.accessibleName()


def test_a_value_that_cannot_be_is_explained_and_the_old_one_kept(visit):
    person = visit(optimizer="adam", schedule="cosine")  # with these, every setting is there
    before, shown = person.session.config, {name: person.read(f"editor.{name}") for name in NUMBERS}
    for name, text in [*product(NUMBERS[:2], WRONG), *zip(NUMBERS[2:], cycle(WRONG), strict=False)]:
        person.enter_setting(name, text)
        assert person.session.config is before
        assert person.read(f"editor.{name}") == shown[name]
        reason = person.read(f"error.{name}")
        assert reason.startswith(f"{SETTINGS[name].label}: ")
        assert "number from" in reason
        assert reason.endswith(".")
        person.press(Key.Key_Escape)
    assert person.session.history.undo_label is None


def test_the_reason_says_what_is_allowed_and_goes_when_another_or_the_old_value_is_typed_or_esc_is_pressed(person):
    person.enter_setting("noise", "-1")
    person.enter_setting("noise", "1.0")
    assert not person.shows("error.noise")
    person.enter_setting("noise", "-1")
    person.press(Key.Key_Escape)
    assert not person.shows("error.noise")
    assert person.session.history.undo_label is None

    for name, text, reason in REASONS:
        person.enter_setting(name, text)
        assert person.read(f"error.{name}") == reason
        person.press(Key.Key_Escape)
        assert not person.shows(f"error.{name}")

    QGuiApplication.clipboard().setText("<b>1</b>")
    person.tab_to("editor.noise").paste()
    person.press(Key.Key_Return)
    label = person.find("error.noise")
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text().startswith("Noise: “<b>1</b>” is not a number.")

    person.enter_setting("noise", "-1")
    assert person.shows("error.noise")
    person.enter_setting("noise", "2")
    assert not person.shows("error.noise")


def test_esc_takes_back_what_is_being_typed_and_arrow_keys_step_and_one_undo_takes_a_run_of_them_back(
    person, monkeypatch
):
    monkeypatch.setattr(person.session.history, "_clock", lambda: 0.0)  # however slow the machine, the hand is quick
    before = person.session.config
    box = person.tab_to("editor.aggression")
    person.press(Key.Key_3, Key.Key_3)
    assert box.text() == "33"
    person.press(Key.Key_Escape)
    assert box.text() == "7"
    person.tab_to("editor.noise")
    assert person.session.config == before

    person.tab_to("editor.aggression")
    person.press(Key.Key_Up, Key.Key_Up, Key.Key_Up)
    assert person.session.config.aggression == 7.3
    person.choose("edit.undo")
    assert person.session.config.aggression == 7

    person.tab_to("editor.data_noise")
    person.press(Key.Key_Up)
    assert person.session.config.data_noise == 0.005
    person.press(Key.Key_PageUp)
    assert person.session.config.data_noise == 0.055


def test_undo_keys_in_a_box_take_back_letters_while_it_is_being_typed_into_and_then_the_change(person):
    person.enter_setting("noise", "2")
    person.press(Key.Key_Z, modifiers=Modifier.ControlModifier)
    assert person.session.config.noise == 1
    person.press(Key.Key_Z, modifiers=Modifier.ControlModifier | Modifier.ShiftModifier)
    assert person.session.config.noise == 2

    box = person.tab_to("editor.noise")
    person.press(Key.Key_5)
    person.press(Key.Key_Z, modifiers=Modifier.ControlModifier)
    assert box.text() == "2"
    assert person.session.config.noise == 2


def test_numbers_are_shown_and_read_in_the_language_of_the_system(visit):
    QLocale.setDefault(QLocale("de_DE"))
    person = visit(noise=0.5, iterations=12_345)
    assert person.read("editor.noise") == "0,5"
    assert person.read("editor.iterations") == "12.345"
    person.enter_setting("iterations", "20.000")
    person.enter_setting("noise", "1,5")
    person.enter_setting("aggression", "2.5")
    config = person.session.config
    assert (config.iterations, config.noise, config.aggression) == (20_000, 1.5, 2.5)


# Sliders


def test_dragging_a_slider_is_one_change_and_two_with_a_rest_between(person, monkeypatch):
    monkeypatch.setattr(person.session.history, "_clock", lambda: 0.0)
    before = person.session.config
    for name in ("aggression", "noise"):
        person.drag_slider(f"slider.{name}", 300, 400, 900, 800)
        dragged = getattr(person.session.config, name)
        assert dragged == SETTINGS[name].slider.value(person.find(f"slider.{name}").value())
        assert abs(person.find(f"slider.{name}").value() - 800) <= 30  # some sliders are short
        assert person.action("edit.undo").text() == f"&Undo {name}"
        person.choose("edit.undo")
        assert person.session.config == before
        assert not person.action("edit.undo").isEnabled()

    person.drag_slider("slider.noise", 400)
    first = person.session.config.noise
    monkeypatch.setattr(person.session.history, "_joined_until", -inf)
    person.drag_slider("slider.noise", 800)
    person.choose("edit.undo")
    assert person.session.config.noise == first
    person.choose("edit.undo")
    assert person.session.config.noise == 1

    slider = person.tab_to("slider.noise")
    person.press(Key.Key_Right)
    assert slider.value() > SETTINGS["noise"].slider.position(1)
    assert person.session.config.noise == SETTINGS["noise"].slider.value(slider.value())
    person.press(Key.Key_Home)
    assert person.session.config.noise == 0


# Lists


# Words


def test_every_letter_leads_to_one_editor_and_to_no_menu(person):
    letters_of = {name: setting.letter for name, setting in SETTINGS.items() if setting.letter}
    letters = [letter.casefold() for letter in letters_of.values()]
    menus = [action.text().partition("&")[2][:1].casefold() for action in person.window.menuBar().actions()]
    none_left = {"momentum", "memory", "schedule", "schedule_over", "weight_decay", "stop_patience", "stop_seconds"}
    assert set(letters_of) == set(EDITED_SETTINGS) - {"curve", "hidden"} - none_left  # these two have no single editor
    assert len(set(letters)) == len(letters)
    assert "" not in menus
    assert not set(letters) & set(menus)
    for name, letter in letters_of.items():
        assert letter in SETTINGS[name].label


# Optimisers


def test_settings_are_there_for_the_optimiser_that_has_them(person):
    person.click("settings.more")

    def there():
        names = ("momentum", "memory", "schedule", "schedule_over", "batch")
        return {name for name in names if person.shows(f"editor.{name}")}

    assert there() == {"schedule", "batch"}
    person.session.edit(optimizer="adam", schedule="cosine")
    assert there() == {"momentum", "memory", "schedule", "schedule_over", "batch"}
    assert person.read("editor.aggression") == "0.01"
    person.session.edit(optimizer="levenberg-marquardt")
    assert there() == set()
    for name in ("editor.aggression", "slider.noise"):
        assert not person.find(name).isEnabled()
    person.choose("edit.undo")
    assert "momentum" in there()
    assert person.find("editor.aggression").isEnabled()


def test_every_choice_can_be_made_and_undone(person):
    for name in CHOICES:
        box = person.find(f"editor.{name}", QComboBox)
        keys = [box.itemData(index) for index in range(box.count())]
        assert keys == [key for key, _ in SETTINGS[name].choices()]
        person.tab_to(f"editor.{name}")
        for key in keys[1:]:
            person.press(Key.Key_Down)
            assert getattr(person.session.config, name) == key
            person.wait_until(lambda name=name, key=key: getattr(person.session.snapshot.config, name) == key)
        while person.action("edit.undo").isEnabled():
            person.choose("edit.undo")
        assert box.currentData() == keys[0]
