"""Everything that matters can be done with keys alone: no mouse is touched here, and nothing is called but keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from curvegui.core.settings.config import FULL_SPEED
from tests.ui.document_person import choose_file, dialog
from tests.ui.person import Key, Modifier

CONTROL, ALT, PLAIN = Modifier.ControlModifier, Modifier.AltModifier, Modifier.NoModifier
MOST_STOPS = 60


def type_in(words):
    """Type where the focus is."""
    QTest.keyClicks(QApplication.focusWidget(), words)


def press_in(key, modifiers=PLAIN):
    """Press a key where the focus is, in whatever window."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def go_to(person, name):
    """Press Tab until something of that name has the focus."""
    for _ in range(MOST_STOPS):
        if person.focus == name:
            return
        person.press(Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {name}")


def go_to_pane(person, name):
    """Press F6 until a part of the window has the focus."""
    for _ in range(MOST_STOPS):
        if any(each.objectName() == name for each in around(QApplication.focusWidget())):
            return
        person.press(Key.Key_F6)
    raise AssertionError(f"F6 never comes to {name}")


def around(widget):
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


@pytest.mark.costly
def test_a_whole_session_without_a_mouse(open_window, tmp_path, monkeypatch):
    picture, exercise = tmp_path / "mine.png", tmp_path / "mine.py"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(picture), ""))  # the system's own dialog
    person = open_window(study=True, speed=FULL_SPEED, iterations=1_000_000)
    person.wait_for_first_picture()
    session = person.session

    person.press(Key.Key_Space)  # run, and pause
    assert session.phase.is_learning
    person.reach(200)
    person.press(Key.Key_Space)
    assert not session.phase.is_learning

    go_to(person, "editor.aggression")
    type_in("3")
    press_in(Key.Key_Return)
    assert session.config.aggression == 3

    go_to(person, "editor.hidden.0")
    press_in(Key.Key_Up)
    assert session.config.hidden == (7, 7)

    person.press(Key.Key_P, modifiers=CONTROL | Modifier.ShiftModifier)  # the palette
    dialog(person, "palette")
    type_in("curve star")
    press_in(Key.Key_Return)
    assert session.config.curve == "star"
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)
    person.press(Key.Key_Space)
    assert not session.phase.is_learning

    person.press(Key.Key_E, modifiers=CONTROL)
    box = dialog(person, "share")
    with person.qtbot.waitSignal(box.saved):
        press_in(Key.Key_S, ALT)
    assert picture.exists()
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)

    for digit, view in ((Key.Key_1, "watch"), (Key.Key_2, "play"), (Key.Key_4, "exercise"), (Key.Key_3, "understand")):
        person.press(digit, modifiers=CONTROL)
        assert person.window.services.views.now.id == view

    go_to_pane(person, "dock.network")
    assert person.focus == "network.diagram"
    person.press(Key.Key_Right)
    selected = person.window.services.inspection.selected
    assert selected is not None and person.find("network.diagram").in_words()

    person.press(Key.Key_4, modifiers=CONTROL)
    go_to_pane(person, "dock.exercise")
    go_to(person, "exercise.new")
    press_in(Qt.Key.Key_Space)
    choose_file(person, "exercise.new_file", exercise)
    judged = person.window.features["exercise"].exercise
    person.wait_until(lambda: judged.report is not None and not judged.is_busy)
    assert person.shows("verdict.J_W3")
