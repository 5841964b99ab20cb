"""Another language is chosen: the program starts anew, and the same run is there again."""

import os

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QDialog

from curvegui.core.language.text import speak
from curvegui.files.disk.languages import VARIABLE
from curvegui.session.document import autosave as autosave_folder
from curvegui.session.document.file import RESTARTED


@pytest.fixture
def person(open_window, monkeypatch):
    """Someone with a run of some iterations who has chosen German in the preferences."""
    monkeypatch.delenv(VARIABLE, raising=False)
    person = open_window()
    person.wait_for_first_picture()
    person.learn(20)
    person.choose("app.preferences")
    assert not person.shows("preferences.restart")
    choose_language(person, "de")
    yield person
    speak(None)


def choose_language(person, code):
    box = person.find("preferences.language", QComboBox)
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def restart(person):
    """Press the button, and wait until the window has closed; the run that the next start gets."""
    runs = []
    person.window.restart_wanted.connect(runs.append)
    with person.qtbot.waitSignal(person.window.closed):
        person.click("preferences.restart")
    return runs[0]


def next_window(open_window, monkeypatch, run):
    monkeypatch.setenv(RESTARTED, str(run))
    after = open_window()
    documents = after.window.features["documents"]
    with after.qtbot.waitSignal(documents.document.opened):
        documents.begin()
    assert RESTARTED not in os.environ
    after.catch_up()
    return after


def test_the_button_is_there_while_another_language_is_chosen_than_the_one_that_is_spoken(person):
    assert person.shows("preferences.restart")
    choose_language(person, "en")
    assert not person.shows("preferences.restart")


@pytest.mark.parametrize("is_saved", [False, True])
def test_the_same_run_is_there_after_a_restart(person, open_window, monkeypatch, tmp_path, is_saved):
    documents, path = person.window.features["documents"], tmp_path / "heart.curvegui"
    if is_saved:
        with person.qtbot.waitSignal(documents.document.saved):
            documents.document.save_as(path)
    else:
        person.session.edit(aggression=3.0)
    before, parameters = person.session.snapshot.iteration, person.session.snapshot.parameters
    run = restart(person)
    assert (run == path) is is_saved
    after = next_window(open_window, monkeypatch, run)
    assert after.session.snapshot.iteration == before
    np.testing.assert_array_equal(after.session.snapshot.parameters, parameters)
    assert not after.session.phase.is_learning
    document = after.window.features["documents"].document
    assert document.is_changed is not is_saved
    assert document.path == (path if is_saved else None)
    assert after.session.config.aggression == person.session.config.aggression
    assert after.window.services.preferences.present.language == "de"
    assert not [each for each in after.window.findChildren(QDialog) if each.isVisible()]  # nothing is asked


def test_where_no_copy_can_be_saved_the_window_stays_and_says_so(person, monkeypatch):
    def fail(*_):
        raise OSError("full")

    with monkeypatch.context() as patched:
        patched.setattr(autosave_folder.AutosaveFolder, "write", fail)
        person.click("preferences.restart")
        person.wait_until(lambda: "restart" in person.window.toast.words)
    assert person.window.isVisible()


def test_a_copy_that_has_gone_meanwhile_lets_the_first_run_begin(open_window, monkeypatch, tmp_path):
    monkeypatch.setenv(RESTARTED, str(tmp_path / "autosave" / "window-1" / "000001.curvegui"))
    person = open_window()
    person.window.features["documents"].begin()
    person.wait_until(lambda: person.session.phase.is_learning)
