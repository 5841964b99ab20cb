"""Every action: its words, its keys, its place in a menu, and that it does something."""

from collections import Counter

import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from curvegui.ui.actions.actions import Actions, give_letters
from curvegui.ui.actions.feature import in_menu_order
from curvegui.ui.actions.view import VIEWS, Availability
from curvegui.ui.window.features import FEATURES
from tests.ui.person import Key, Modifier

ACTIONS = in_menu_order(FEATURES)
IDS = [record.id for record in ACTIONS]


def in_menus(bar):
    """Every action of the menus, through all submenus."""

    def walk(actions):
        for action in actions:
            yield from walk(action.menu().actions()) if isinstance(action.menu(), QMenu) else [action]

    return [action for action in walk(bar.actions()) if not action.isSeparator()]


def test_every_record_has_an_id_of_its_own_and_words():
    assert len(set(IDS)) == len(IDS)
    for record in ACTIONS:
        assert record.id
        assert record.menu.strip("/")
        assert record.text.replace("&", "")
        assert record.tip[0].isupper()
        assert not record.tip.endswith(".")


@pytest.mark.slow
def test_every_action_can_be_found_by_its_name_and_explains_itself(window):
    for record in ACTIONS:
        (action,) = window.findChildren(QAction, f"action.{record.id}")
        assert action is window.services.actions[record.id]
        assert " ".join(action.toolTip().split()).startswith(record.tip)
        assert action.isCheckable() == record.checkable


def test_a_tooltip_names_the_key(window):
    assert window.services.actions["run.toggle"].toolTip() == "Run or pause (Space)"
    assert window.services.actions["view.axes"].toolTip() == "Show axes and a grid"


def test_no_two_actions_share_a_key(window):
    keys = Counter(
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for action in window.findChildren(QAction)
        for key in action.shortcuts()
    )
    assert keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_the_usual_keys_do_the_usual_things(window):
    usual = {
        "file.new": "Ctrl+N", "file.open": "Ctrl+O", "file.save": "Ctrl+S", "file.save_as": "Ctrl+Shift+S",
        "picture.save": "Ctrl+E", "picture.copy": "Ctrl+C", "edit.undo": "Ctrl+Z", "edit.redo": "Ctrl+Shift+Z",
        "run.toggle": "Space", "run.step_1": "Alt+1", "run.step_1000": "Alt+4", "run.reset": "Ctrl+R",
        "view.zoom_in": "Ctrl++", "view.zoom_out": "Ctrl+-", "view.full_screen": "F11", "app.quit": "Ctrl+Q",
        "view.watch": "Ctrl+1", "view.play": "Ctrl+2", "view.understand": "Ctrl+3", "view.exercise": "Ctrl+4",
    }  # fmt: skip
    for id_, key in usual.items():
        assert QKeySequence(key) in window.services.actions[id_].shortcuts()


def test_every_action_is_in_one_menu_or_in_the_palette_alone(window):
    listed = Counter(action.objectName() for action in in_menus(window.menuBar()))
    assert [name for name, count in listed.items() if count > 1 or not name.startswith("action.")] == []
    docks = {f"action.dock.{name}" for name in (record.name for each in FEATURES for record in each.docks)}
    assert set(listed) == {f"action.{each.id}" for each in ACTIONS if not each.menu.startswith("/")} | docks


def test_entries_without_a_letter_get_one_that_is_free(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    entries = [QAction(text, window) for text in ("Watch", "&Wait", "Web\tE", "观看\tK", "An &A", "a", "Ähre")]
    give_letters(entries, entries[:4] + entries[5:])
    texts = [entry.text() for entry in entries]
    assert texts == ["Wa&tch", "&Wait", "W&eb\tE", "观看\tK", "An &A", "a", "&Ähre"]


def test_the_keys_work_without_the_menus(window):
    assert {action.objectName() for action in window.actions()} == {f"action.{id_}" for id_ in IDS}


def test_what_each_action_calls_is_there(window):
    for feature in FEATURES:
        made = window.features[feature.id] if feature.actions else None
        assert all(callable(getattr(made, record.does, None)) for record in feature.actions), feature.id


def test_only_actions_that_can_be_checked_are_handed_their_state(qtbot):
    window, calls = QWidget(), []
    qtbot.addWidget(window)
    actions = Actions(window, ACTIONS, lambda record, *state: calls.append((record.id, *state)), Availability())
    for id_ in ("run.reset", "look.dark", "view.axes"):
        actions[id_].trigger()
    assert calls == [("run.reset",), ("look.dark",), ("view.axes", True)]


def test_keys_steer_the_run(person):
    person.press(Key.Key_1, modifiers=Modifier.AltModifier)
    person.press(Key.Key_2, modifiers=Modifier.AltModifier)
    person.wait_until(lambda: person.session.snapshot.iteration == 11)
    person.press(Key.Key_R, modifiers=Modifier.ControlModifier)
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == 0)
    person.press(Key.Key_Z, modifiers=Modifier.ControlModifier)
    person.wait_until(lambda: person.session.snapshot)
    assert person.session.snapshot.iteration == 11


def test_a_key_that_is_held_down_repeats_only_where_that_does_no_harm(window):
    repeating = {id_ for id_ in IDS if window.services.actions[id_].autoRepeat()}
    steps = {id_ for id_ in IDS if id_.startswith("run.step_")}
    zoom, panes = {"view.zoom_in", "view.zoom_out"}, {"view.next_pane", "view.previous_pane"}
    assert repeating == {"edit.undo", "edit.redo"} | zoom | panes | steps


def test_the_toolbar_shows_icons_that_have_names_and_can_be_reached_with_tab(window):
    buttons = [b for b in window.findChild(QToolBar, "tools").findChildren(QToolButton) if b.defaultAction()]
    shown = [button.defaultAction().objectName() for button in buttons]
    assert shown[:4] == [f"action.view.{id_}" for id_ in VIEWS]
    assert {f"action.{id_}" for id_ in ("edit.undo", "edit.redo")} <= set(shown)
    for button in buttons[4:]:
        assert not button.icon().isNull()
        assert button.text()
        assert button.focusPolicy().value


def test_however_often_an_action_changes_its_buttons_are_told_once(visitor):
    """Qt itself adds one more time with each change."""
    actions = visitor.window.services.actions
    undo, before = actions["edit.undo"], actions["edit.undo"].receivers(SIGNAL("changed()"))
    button = visitor.window.findChild(QToolBar, "tools").widgetForAction(undo)
    words = undo.iconText()
    for each in ("one", "two", "three", words):
        undo.setIconText(each)
        assert button.text() == each
    assert undo.receivers(SIGNAL("changed()")) <= before
