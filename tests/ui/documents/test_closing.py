"""An end that nobody may be asked about: at once, and what was not saved is kept."""

import errno
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QMessageBox

from curvegui.core.curve.curve import curve_through
from curvegui.core.settings.config import FULL_SPEED
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.disk import atomic, shared_file
from curvegui.files.project.project import load
from curvegui.session.document import document as saver
from curvegui.session.document.autosave import Autosave
from curvegui.session.document.recovery import find_crashes
from curvegui.session.stored.recent import RecentFiles
from tests.help.patience import patience_ms
from tests.help.writing import retry_timer
from tests.ui.document_person import answer, choose_file, dialog, trouble


@pytest.fixture
def begun(open_window):
    """Someone in front of a window that keeps the run, as the program's does."""
    person = open_window(speed=FULL_SPEED, iterations=1_000_000_000)
    person.window.features["documents"].begin()
    person.reach(100)
    return person


@pytest.fixture
def left(tmp_path):
    def look():
        QThreadPool.globalInstance().waitForDone()
        crashes = find_crashes(tmp_path / "autosave")
        for each in crashes:
            each.release()
        return [each.generations[0].summary.iteration for each in crashes]

    return look


@pytest.fixture
def unhurried(monkeypatch):
    """Let the last words take longer, where the machine is busy."""
    monkeypatch.setattr("curvegui.ui.documents.closing.LAST_WORDS_MS", patience_ms())


def told_to_end(person):
    person.window.features["documents"].closing.leave_unasked()
    person.window.close()
    person.wait_until(lambda: not person.window.isVisible())


@pytest.mark.slow
def test_the_last_moment_is_kept_for_the_next_start(begun, left, unhurried):
    begun.choose("run.step_1")
    begun.wait_until(lambda: not begun.session.phase.is_learning)
    begun.choose("run.toggle")
    begun.reach(2_000)
    seen = begun.session.snapshot.iteration
    told_to_end(begun)
    (kept,) = left()
    assert kept >= seen


@pytest.mark.slow
def test_where_the_system_waits_for_nothing_all_is_kept_before_it_goes_on(begun, tmp_path, unhurried):
    begun.choose("run.step_1")
    begun.wait_until(lambda: not begun.session.phase.is_learning)
    begun.session.edit(noise=0.5)
    begun.window.features["documents"].closing.log_out()
    kept = max(tmp_path.glob("autosave/*/*.curvegui"))  # at once: on Windows, nothing of this program runs any more
    assert load(kept).record.config.noise == 0.5
    begun.window.close()
    assert not begun.window.isVisible()  # it is there already


def with_changes(person):
    person.choose("run.step_1")
    person.wait_until(lambda: not person.session.phase.is_learning)
    person.session.edit(noise=0.5)
    return person.window.features["documents"]


@pytest.mark.parametrize("logs_out", [False, True])
def test_without_autosave_too_what_is_not_saved_is_kept_and_offered(begun, left, open_window, unhurried, logs_out):
    documents = with_changes(begun)
    documents.autosave_every(0)
    if logs_out:
        documents.closing.log_out()
        begun.window.close()
        begun.wait_until(lambda: not begun.window.isVisible())
    else:
        told_to_end(begun)
    assert len(left()) == 1
    begun.session.close()
    other = open_window()
    other.window.features["documents"].begin()
    dialog(other, "recovery").close()


def test_who_goes_on_after_a_log_out_that_came_to_nothing_is_asked_as_ever(begun, unhurried):
    documents = with_changes(begun)
    documents.closing.log_out()
    begun.session.edit(noise=0.7)
    begun.wait_until(lambda: documents.is_at_rest)
    begun.window.close()
    answer(begun, "unsaved", "cancel")
    assert begun.window.isVisible()


def test_a_morph_that_plays_is_nobody_who_goes_on(begun, left, unhurried):
    documents, morphing = with_changes(begun), begun.session.morphing
    morphing.add("star")
    morphing.set_iterations(100_000)
    begun.session.run()
    morphing.play()
    begun.wait_until(lambda: morphing.now.position > 0)
    documents.closing.log_out()
    iteration = begun.session.snapshot.iteration
    begun.wait_until(lambda: begun.session.snapshot.iteration > iteration + 1_000)  # two steps of it
    begun.window.close()
    begun.wait_until(lambda: not begun.window.isVisible())
    assert len(left()) >= 1


def test_what_is_done_while_a_log_out_closes_the_window_takes_no_copy_away(begun, left, unhurried):
    documents = with_changes(begun)
    documents.closing.log_out()
    begun.window.services.display.see(trail=False)  # which the copy does not have yet
    begun.window.close()
    assert begun.window.isVisible()
    begun.session.edit(noise=0.6)
    begun.wait_until(lambda: not begun.window.isVisible())
    assert len(left()) == 1


def test_a_run_that_was_only_watched_or_is_saved_is_not_kept(begun, left, tmp_path):
    told_to_end(begun)
    assert left() == []


def test_a_clean_end_leaves_nothing(begun, left, tmp_path):
    begun.choose("run.step_1")
    with begun.qtbot.waitSignal(begun.window.findChild(Autosave).written):
        begun.choose("run.reset")
    begun.window.close()
    begun.qtbot.waitUntil(lambda: dialog(begun, "unsaved") is not None)
    dialog(begun, "unsaved").findChild(object, "discard").click()
    begun.wait_until(lambda: not begun.window.isVisible())
    assert left() == []
    assert list((tmp_path / "autosave").iterdir()) == []


def test_an_autosave_that_hangs_does_not_keep_the_window_open(begun, monkeypatch):
    begun.choose("run.step_1")
    monkeypatch.setattr(type(begun.session), "capture", lambda *_: None)
    told_to_end(begun)


def test_the_run_is_kept_when_the_question_is_asked(begun, left):
    begun.choose("run.step_1")
    with begun.qtbot.waitSignal(begun.window.findChild(Autosave).written):
        begun.window.close()
        begun.window.close()
    assert len(begun.window.findChildren(QMessageBox, "unsaved")) == 1  # who closes it twice is asked once
    dialog(begun, "unsaved").close()
    assert begun.window.isVisible()
    begun.window.findChild(Autosave).end(keep=True)  # as if it had crashed now
    assert len(left()) == 1


def test_lists_that_could_not_be_written_are_written_behind_the_window(open_window, tmp_path, monkeypatch):
    person, curve = open_window(), curve_through("mine", np.array([[0.0, 1.0], [0.0, 1.0]]), closed=False)
    documents, curves = person.window.features["documents"], person.window.features["curves"]
    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        documents.document.opened.emit(str(tmp_path / "mine.curvegui"))
        curves.keep(curve)
        person.wait_until(lambda: retry_timer(documents).isActive() and retry_timer(curves).isActive())
    told_to_end(person)
    QThreadPool.globalInstance().waitForDone()
    assert RecentFiles(tmp_path / "recent.json").all() == [tmp_path / "mine.curvegui"]
    assert KeptCurves(tmp_path / "curves.zip").read() == (curve,)


@pytest.fixture
def gone(begun, monkeypatch):
    """A disk that lets no save come to its end before this is set."""
    begun.choose("run.step_1")
    begun.wait_until(lambda: not begun.session.phase.is_learning)
    is_back, write = Event(), saver.write_file
    monkeypatch.setattr(saver, "write_file", lambda *args: is_back.wait() and write(*args))
    yield is_back
    is_back.set()
    begun.wait_until(lambda: not begun.window.features["documents"].document.is_saving)


@pytest.fixture
def hanging(begun, gone, tmp_path):
    """A save that does not come to its end before this is set."""
    begun.window.features["documents"].document.save_as(tmp_path / "heart.curvegui")
    return gone


def test_who_closes_while_a_save_hangs_is_told_and_may_go_with_a_copy_kept(begun, hanging, unhurried, left):
    begun.window.close()
    answer(begun, "still_saving", "close_now")
    begun.wait_until(lambda: not begun.window.isVisible())
    hanging.set()
    assert len(left()) == 1


def test_who_waits_while_a_save_hangs_is_gone_when_it_ends_and_who_stays_stays(begun, hanging, left):
    begun.window.close()
    answer(begun, "still_saving", "cancel")
    begun.wait_until(lambda: begun.window.findChild(QMessageBox, "still_saving") is None)
    assert begun.window.isVisible()
    begun.window.close()
    dialog(begun, "still_saving")
    hanging.set()
    begun.wait_until(lambda: not begun.window.isVisible())
    assert left() == []


def test_who_has_to_say_first_where_to_save_is_told_that_it_hangs_too(begun, gone, tmp_path, left, monkeypatch):
    monkeypatch.setattr("curvegui.ui.documents.closing.SAVING_MS", 0)
    path = tmp_path / "heart.curvegui"
    begun.window.close()
    answer(begun, "unsaved", "save")
    dialog(begun, "save_run")
    hearing = begun.window.features["documents"].closing.findChildren(QTimer)[1]
    begun.wait_until(lambda: not hearing.isActive())
    assert begun.window.findChild(QMessageBox, "still_saving") is None  # nothing is being saved yet
    choose_file(begun, "save_run", path)
    dialog(begun, "still_saving")
    gone.set()
    begun.wait_until(lambda: not begun.window.isVisible())
    assert path.exists() and left() == []


def full_disk(*_):
    raise OSError(28, "No space left on device")


def test_a_save_that_fails_at_last_is_not_asked_about_any_more(begun, hanging, monkeypatch):
    begun.window.close()
    dialog(begun, "still_saving")
    monkeypatch.setattr(atomic, "write_all", full_disk)
    hanging.set()
    assert "The disk is full" in trouble(begun)
    begun.wait_until(lambda: begun.window.findChild(QMessageBox, "still_saving") is None)
    assert begun.window.isVisible()
    begun.window.features["documents"].document.new()
