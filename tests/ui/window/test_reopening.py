"""Another language waits for what is open in the window, which would be closed with it."""

from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QThreadPool, QTimer
from PySide6.QtWidgets import QDialog

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.language.text import speak, spoken
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.languages import VARIABLE
from curvegui.session.document import file as document_file
from curvegui.session.document import saver
from curvegui.session.kept.preferences import PreferencesFile
from curvegui.ui.curves import actions as curves
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.window.failure import FailureReporter
from curvegui.ui.window.main_window import MainWindow
from curvegui.ui.window.reopening import Reopening
from curvegui.ui.window.start_up import StartUp
from curvegui.ui.window.stop_signals import StopSignals

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


@pytest.mark.slow
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


@pytest.mark.slow
def test_preferences_that_were_closed_meanwhile_stay_closed(person, reopening, qtbot):
    person.window.findChild(QDialog, "preferences").close()
    with qtbot.waitSignal(reopening.ready) as made:
        person.window.findChild(QDialog, "sweep").close()
    QCoreApplication.processEvents()
    assert not is_open(made.args[0], "preferences")


def test_a_window_that_is_about_to_close_is_not_replaced(person, reopening, qtbot):
    """As while its last autosave is written: the other window would stay open."""
    person.window.features["documents"].closing.leave_unasked()
    person.window.findChild(QDialog, "sweep").close()
    for _ in range(2):
        with qtbot.waitSignal(reopening.findChild(QTimer).timeout):
            pass
    assert spoken() == "en"


def test_a_language_that_is_not_wanted_any_more_waits_for_nothing(reopening):
    asking = reopening.findChild(QTimer)
    assert asking.isActive()
    reopening.drop()
    assert not asking.isActive()


@pytest.fixture
def start_up(qapp, qtbot, nothing_left, monkeypatch, tmp_path):
    """An app that has started in English, with a dialog open."""
    monkeypatch.delenv(VARIABLE, raising=False)
    kept = PreferencesFile(tmp_path / "preferences.json")
    kept.remember(language="en")
    log = tmp_path / "log"
    window = MainWindow(kept, log, tmp_path / "favourites")
    wished = TrainingConfig(), None, Arithmetic(), None
    start_up = StartUp(qapp, window, FailureReporter(log, window), StopSignals(), wished)
    with qtbot.waitSignal(window.completed):
        window.show()
    window.services.actions["run.sweep"].trigger()
    yield start_up
    window = start_up.window
    window.closed.disconnect(qapp.quit)
    window.features["documents"].closing.settle()
    window.close()
    assert start_up.close()
    window.deleteLater()


def choose(window, code):
    window.services.preferences.remember(language=code)
    window.services.reopen()


@pytest.mark.slow
@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize("is_made", [False, True])
def test_the_windows_own_language_chosen_again_makes_no_other_window(start_up, qtbot, is_made):
    window, came = start_up.window, []
    choose(window, "de")
    qtbot.waitUntil(lambda: "language" in window.status.currentMessage())
    reopening = start_up.findChild(Reopening) or window.findChild(Reopening)
    reopening.ready.connect(came.append)
    if is_made:  # and waits to be shown
        window.findChild(QDialog, "sweep").close()
        qtbot.waitUntil(lambda: spoken() == "de")
        window.services.actions["run.sweep"].trigger()
    choose(window, "en")
    qtbot.waitUntil(lambda: spoken() == "en" and "language" not in window.status.currentMessage())
    assert not reopening.findChild(QTimer).isActive()
    window.findChild(QDialog, "sweep").close()
    choose(window, "en")  # nor when it is there
    QCoreApplication.processEvents()
    assert (start_up.window, came) == (window, [])


@pytest.mark.slow
@pytest.mark.usefixtures("english_again")
def test_a_run_is_at_no_moment_without_the_copy_that_it_had(start_up, qtbot, tmp_path):
    """Copies of a large run take seconds, and a crash in these would lose all that was not saved."""
    window, session = start_up.window, start_up.window.services.session
    session.pause()
    session.edit(noise=2.0)
    with qtbot.waitSignal(window.features["documents"]._autosave.settled):
        window.features["documents"]._autosave.keep()
    copy = max(tmp_path.glob("autosave/*/*.curvegui"))
    choose(window, "de")
    window.findChild(QDialog, "sweep").close()
    with qtbot.waitSignal(window.closed):
        pass
    assert QThreadPool.globalInstance().waitForDone()  # with what the old window clears away
    assert start_up.window is not window
    assert copy.exists()


@pytest.mark.slow
@pytest.mark.usefixtures("english_again")
def test_what_is_said_of_a_save_is_forgotten_with_the_language_that_is_not_wanted_any_more(
    start_up, qtbot, monkeypatch
):
    window = start_up.window
    monkeypatch.setattr(type(window.features["documents"]), "is_at_rest", False)
    choose(window, "de")
    qtbot.waitUntil(lambda: "language" in window.status.currentMessage())
    window.findChild(QDialog, "sweep").close()
    qtbot.waitUntil(lambda: "sav" in window.status.currentMessage())
    choose(window, "en")
    qtbot.waitUntil(lambda: window.status.currentMessage() == "")


@pytest.mark.slow
@pytest.mark.usefixtures("english_again")
def test_a_save_that_is_on_its_way_ends_first(start_up, qtbot, tmp_path, monkeypatch):
    """Its file and the lock of that would be the old window's, which hears of the end no more."""
    window, is_quick, write = start_up.window, Event(), saver._write
    monkeypatch.setattr(saver, "_write", lambda *args: is_quick.wait() and write(*args))
    document = window.features["documents"].document
    document.save_as(tmp_path / "heart.curvegui")
    choose(window, "de")
    qtbot.waitUntil(lambda: window.findChild(Reopening) is not None)
    window.findChild(QDialog, "sweep").close()
    asked = []
    window.findChild(Reopening).findChild(QTimer).timeout.connect(lambda: asked.append(True))
    qtbot.waitUntil(lambda: len(asked) > 2 or start_up.window is not window)
    said = window.status.currentMessage()
    is_quick.set()
    assert "language" in said and "sav" in said
    assert start_up.window is window
    with qtbot.waitSignal(window.closed):
        pass
    assert start_up.window.features["documents"].document.path == tmp_path / "heart.curvegui"


@pytest.mark.slow
@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize("place", [(curves, "material_in_file"), (document_file, "read_file")], ids=["look", "read"])
def test_a_file_that_is_being_opened_is_open_in_the_new_window(start_up, qtbot, tmp_path, monkeypatch, place):
    module, name = place
    window, is_quick, read, path = start_up.window, Event(), getattr(module, name), tmp_path / "heart.curvegui"
    documents, session = window.features["documents"], window.services.session
    session.pause()
    with qtbot.waitSignal(documents.document.saved):
        documents.document.save_as(path)
    documents.document.new()
    monkeypatch.setattr(module, name, lambda *args: is_quick.wait() and read(*args))
    choose(window, "de")
    qtbot.waitUntil(lambda: window.findChild(Reopening) is not None)
    documents.chosen.emit(str(path))
    if module is document_file:
        qtbot.waitUntil(lambda: documents.document.reader.is_busy)
    window.findChild(QDialog, "sweep").close()
    asked = []
    window.findChild(Reopening).findChild(QTimer).timeout.connect(lambda: asked.append(True))
    qtbot.waitUntil(lambda: len(asked) > 2 or start_up.window is not window)
    is_quick.set()
    assert start_up.window is window
    with qtbot.waitSignal(window.closed):
        pass
    assert start_up.window.features["documents"].document.path == path
