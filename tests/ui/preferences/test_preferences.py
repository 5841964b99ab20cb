"""The preferences: each choice counts at once, comes back at the next start, and can be put back."""

import errno
import json
from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton, QWidget

from curvegui.files.disk import shared_file
from curvegui.files.disk.languages import available
from curvegui.session.document.autosave import Autosave
from curvegui.session.run.delivery import Phase
from curvegui.session.stored.preferences import Preferences, PreferencesFile
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.preferences.dialog import PreferencesDialog
from curvegui.ui.preferences.rows import GROUPS
from tests.help.writing import retry_timer
from tests.session.engines import NO_LIBRARY, without_c
from tests.ui.person import Key, Modifier

ROWS = [row for rows in GROUPS.values() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_is_a_field_of_the_file_whose_default_can_be_chosen(row):
    assert row.name in {field.name for field in fields(Preferences)}
    assert getattr(Preferences(), row.name) in row.choices


@pytest.fixture(params=[code for code in available() if code != "system"])
def language(request, qapp):
    speak_in_window(request.param)
    yield request.param
    speak_in_window("en")


def test_each_has_a_letter_of_its_own_in_every_language(language, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = PreferencesDialog(lambda row, value: "", window)
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    texts = labels + [button.text() for button in dialog.findChildren(QPushButton)]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) > len(ROWS)
    assert [each for each in letters if letters.count(each) > 1] == []


def choose(dialog, name, value):
    """What a person does in a box: look for the value, and choose it with the keys."""
    box = dialog.findChild(QComboBox, f"preferences.{name}")
    box.setFocus()
    assert box.accessibleName()
    place = box.findData(value)
    QTest.keyClick(box, Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(box, Key.Key_Down)
    assert box.currentData() == value


def opened(person):
    person.choose("app.preferences")
    return person.find("preferences")


def test_each_choice_counts_at_once_and_can_be_put_back(newcomer, tmp_path, monkeypatch):
    without_c(monkeypatch)
    window, display = newcomer.window, newcomer.window.services.display
    height = window.findChild(QLabel, "advice.headline").fontMetrics().height()
    newcomer.press(Key.Key_Comma, modifiers=Modifier.ControlModifier)
    dialog = newcomer.find("preferences")
    chosen = {"theme": "dark", "look": "light", "text_size": 150, "motion": "reduced", "start_view": "understand",
              "start_curve": "star", "start_paused": True, "precision": "single", "autosave_s": 0}  # fmt: skip
    for name, value in chosen.items():
        choose(dialog, name, value)
    now = display.now
    assert (now.theme, now.look_key, now.text_size, now.reduced_motion) == ("dark", "light", 150, True)
    newcomer.wait_until(lambda: window.findChild(QLabel, "advice.headline").fontMetrics().height() > 1.3 * height)
    assert newcomer.session.wanted.precision == "single"
    assert not window.findChild(Autosave).is_begun
    newcomer.choose("theme.light")  # as from the menu
    assert dialog.findChild(QComboBox, "preferences.theme").currentData() == "light"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    kept = PreferencesFile(tmp_path / "preferences.json")  # as after a crash: nothing has been closed
    newcomer.wait_until(lambda: {name: getattr(kept.load(), name) for name in chosen} == chosen | {"theme": "light"})
    opened(newcomer)
    newcomer.click("preferences.restore")
    newcomer.find("restore", QAbstractButton).click()
    newcomer.wait_until(lambda: display.now.text_size == 100)
    present = window.services.preferences.present
    assert all(getattr(present, row.name) == getattr(Preferences(), row.name) for row in ROWS)
    assert window.findChild(Autosave).is_begun
    dialog.close()


def test_what_they_say_of_the_autosave_counts_though_they_could_not_be_read_at_first(
    open_window, tmp_path, monkeypatch
):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"autosave_s": 0}), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "open_regular", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        person = open_window(preferences=path)
        person.window.features["documents"].begin()
        file, autosave = person.window.services.preferences, person.window.findChild(Autosave)
        person.wait_until(retry_timer(file).isActive)
        assert autosave.is_begun
    with person.qtbot.waitSignal(file.found):
        retry_timer(file).setInterval(1)
    assert file.present.autosave_s == 0 and not autosave.is_begun


def test_the_window_starts_as_they_say(open_window, tmp_path):
    path = tmp_path / "preferences.json"
    kept = {"start_view": "understand", "start_paused": True, "text_size": 200, "autosave_s": 0}
    path.write_text(json.dumps(kept), encoding="utf-8")
    usual = QFontMetrics(QApplication.font()).height()
    person = open_window(preferences=path)
    assert person.window.services.views.now.id == "understand"
    assert person.window.fontMetrics().height() > 1.8 * usual
    person.window.features["documents"].begin()
    person.wait_for_first_picture()
    assert person.session.phase is Phase.PAUSED
    dialog = opened(person)
    dialog.resize(720, 450)
    assert dialog.minimumSizeHint().width() <= 720
    dialog.close()


def turn(window, widget, notches, modifiers=Qt.KeyboardModifier.ControlModifier):
    """Turn the wheel over a widget, as the system tells the window."""
    place = widget.mapToGlobal(widget.rect().center())
    inside, turned = window.mapFromGlobal(place), QPoint(0, 120 * notches)
    event = QWheelEvent(QPointF(inside), QPointF(place), QPoint(), turned, Qt.MouseButton.NoButton, modifiers,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(window.windowHandle(), event)


def test_ctrl_and_the_wheel_over_a_panel_change_the_size_of_text_and_over_the_canvas_not(open_window):
    person = open_window(size=(780, 600))  # all of it on the screen
    person.wait_for_first_picture()
    display, window = person.window.services.display, person.window
    turn(window, window.canvas, 1)
    turn(window, window.services.docks["settings"].widget(), 3, Qt.KeyboardModifier.NoModifier)
    turn(window, window.services.docks["settings"].widget(), 1)
    turn(window, window.services.docks["settings"].widget(), 1)
    person.wait_until(lambda: display.now.text_size == 120)
    person.choose("view.text_smaller")
    assert display.now.text_size == 110
    person.choose("view.text_usual")
    assert display.now.text_size == 100


def test_an_engine_that_is_not_here_cannot_be_chosen_and_its_tip_says_why(visit, monkeypatch):
    without_c(monkeypatch)
    dialog = opened(visit())
    box = dialog.findChild(QComboBox, "preferences.engine")
    assert [box.itemData(place) for place in range(box.count())] == ["auto", "c", "numpy"]
    item = box.model().item(box.findData("c"))
    assert not item.isEnabled()
    assert NO_LIBRARY in item.toolTip()
    dialog.close()


def test_a_choice_that_only_an_older_version_knew_is_the_automatic_one(open_window, tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"engine": "compiled", "precision": "single"}), encoding="utf-8")
    person = open_window(preferences=path)
    dialog = opened(person)
    assert dialog.findChild(QComboBox, "preferences.engine").currentData() == "auto"
    dialog.close()
