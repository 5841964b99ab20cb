"""Another language waits for what is open in the window, which would be closed with it."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QDialog

from curvegui.core.language.text import speak, spoken
from curvegui.files.disk.languages import VARIABLE
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.window.reopening import Reopening

IN_A_LOOP = 1  # as which qtbot waits


def is_open(window, name):
    dialog = window.findChild(QDialog, name)
    return dialog is not None and dialog.isVisible()


@pytest.fixture
def person(open_window, monkeypatch, qapp):
    """In whose window Preferences and a sweep are open."""
    monkeypatch.setenv(VARIABLE, "en")
    speak_in_window("system")
    person = open_window()
    person.wait_for_first_picture()
    person.choose("app.preferences")
    person.choose("run.sweep")
    yield person
    speak(None)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def reopening(person, monkeypatch, qtbot):
    """What is to bring a German window; in the end, that is closed if it came."""
    monkeypatch.setenv(VARIABLE, "de")
    reopening, ready = Reopening(person.window, IN_A_LOOP), []
    reopening.ready.connect(ready.append)
    reopening.begin()
    yield reopening
    for other in ready:
        other.features["documents"].closing.settle()
        other.close()
        other.deleteLater()


def is_said(person, name):
    title = person.window.findChild(QDialog, name).windowTitle()
    return f"“{title}”" in person.window.statusBar().currentMessage()


def test_it_waits_until_all_that_is_open_has_been_closed(person, reopening, qtbot):
    assert is_said(person, "sweep")  # at once
    ready = []
    reopening.ready.connect(ready.append)
    person.choose("help.guide")
    person.window.findChild(QDialog, "sweep").close()
    qtbot.waitUntil(lambda: is_said(person, "guide"))
    with qtbot.waitSignal(reopening.findChild(QTimer).timeout):
        pass
    assert (ready, spoken(), is_open(person.window, "guide")) == ([], "en", True)

    person.window.findChild(QDialog, "guide").close()
    qtbot.waitUntil(lambda: bool(ready))
    (other,) = ready
    assert other.menuBar().actions()[0].text() == "&Datei"
    qtbot.waitUntil(lambda: is_open(other, "preferences"))  # where the language was chosen


def test_preferences_that_were_closed_meanwhile_stay_closed(person, reopening, qtbot):
    person.window.findChild(QDialog, "preferences").close()
    with qtbot.waitSignal(reopening.ready) as made:
        person.window.findChild(QDialog, "sweep").close()
    QCoreApplication.processEvents()
    assert not is_open(made.args[0], "preferences")


def test_a_language_that_is_not_wanted_any_more_waits_for_nothing(reopening):
    asking = reopening.findChild(QTimer)
    assert asking.isActive()
    reopening.drop()
    assert not asking.isActive()
