"""Preferences: what was kept comes back, and no file is ever in the way."""

import errno
import json
import logging
import os
from dataclasses import asdict, replace
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer

from curvegui.files.disk import shared_file
from curvegui.session.stored.preferences import MAX_BYTES, Preferences, PreferencesFile
from curvegui.session.study.tour import TourPosition, position_in, with_position
from tests.help.writing import is_at_rest, retry_timer

pytestmark = pytest.mark.usefixtures("qapp")
CHOSEN = Preferences("dark", "light", "reduced", "AdnQywAD", "AAAA/wAB", "/home/ann/Pictures – été", '{"scale": 4}')


@pytest.fixture
def path(tmp_path):
    return tmp_path / "curvegui" / "preferences.json"


def written(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return PreferencesFile(path)


def test_what_was_saved_is_loaded_and_the_folder_is_made(path):
    PreferencesFile(path).save(CHOSEN)
    assert PreferencesFile(path).load() == CHOSEN


BAD_FILES = {
    "empty": b"",
    "not JSON": b"look = dark",
    "cut short": json.dumps(asdict(CHOSEN)).encode()[:-10],
    "not text": bytes(range(256)),
    "deep nesting": lambda: b"[" * 500_000,
    "a number too long": b"9" * 10_000,
    "too large": lambda: json.dumps(asdict(CHOSEN) | {"docks": "A" * MAX_BYTES}).encode(),
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_damaged_file_counts_as_no_preferences_and_is_put_aside(path, caplog, content):
    assert written(path, content() if callable(content) else content).load() == Preferences()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(path.parent) in caplog.text
    assert len([*path.parent.glob("preferences-damaged.json")]) == 1


def test_values_of_another_type_and_unknown_ones_are_passed_over_one_by_one(path):
    kept = {"look": 3, "theme": "dark", "start_paused": 1, "geometry": None, "docks": ["x"], "shoe_size": 42}
    assert written(path, kept).load() == Preferences(theme="dark", look="classic")


def test_new_users_have_ember_and_people_keep_the_look_that_they_had(path):
    assert written(path, {"theme": "dark"}).load().look == "classic"
    assert written(path, {"look": "light"}).load().look == "light"
    path.unlink()
    new = PreferencesFile(path)
    assert new.load().look == "ember"
    new.remember(theme="dark")
    new.save()
    assert PreferencesFile(path).load().look == "ember"


def test_what_only_another_version_knows_stays_in_the_file(path):
    file = written(path, {"shoe_size": 42, "theme": "dark"})
    file.load()
    file.remember(theme="light")
    file.save()
    kept = json.loads(path.read_text())
    assert (kept["shoe_size"], kept["theme"]) == (42, "light")


def test_a_change_is_soon_in_the_file_though_nothing_ends(path, qtbot):
    file = PreferencesFile(path)
    file.remember(theme="dark")
    file.remember(motion="full")
    qtbot.waitUntil(lambda: path.exists() and PreferencesFile(path).load() == file.present)
    assert (file.present.theme, file.present.motion) == ("dark", "full")


def test_reduced_motion_of_an_older_version_stays_reduced_until_something_else_is_chosen(path):
    assert written(path, {"reduced_motion": False}).load().motion == "system"
    file = written(path, {"reduced_motion": True})
    assert file.load().motion == "reduced"
    file.remember(motion="full")
    file.save()
    assert PreferencesFile(path).load().motion == "full"


def test_where_no_folder_can_be_made_nothing_is_kept_and_that_is_logged(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    file = PreferencesFile(tmp_path / "file" / "preferences.json")
    file.save(CHOSEN)
    assert PreferencesFile(file.path).load() == Preferences()
    assert "Your preferences cannot be written" in caplog.text


def test_a_folder_that_may_not_be_written_to_keeps_the_old_file(path, monkeypatch, caplog):
    file = PreferencesFile(path)
    file.save(CHOSEN)

    def refuse(path, data):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("curvegui.files.disk.shared_file.write_bytes", refuse)
    file.save(Preferences())
    assert PreferencesFile(path).load() == CHOSEN
    assert "Your preferences cannot be written" in caplog.text


def test_one_failed_read_does_not_make_the_defaults_what_is_kept(path, monkeypatch, qtbot):
    PreferencesFile(path).save(CHOSEN)
    file, told = PreferencesFile(path), []
    file.troubled.connect(told.append)
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        assert file.load() == Preferences()
        file.remember(theme="dark")
        file.save()
        qtbot.waitUntil(lambda: len(told) == 1)
    file.remember(axes=True)
    file.save()
    assert PreferencesFile(path).load() == replace(CHOSEN, theme="dark", axes=True)


@pytest.fixture
def unread(path, monkeypatch):
    """A file that a window was made without: it was there, and the disk did not give it."""
    PreferencesFile(path).save(replace(CHOSEN, tour='{"first": 7}'))
    file = PreferencesFile(path)
    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "open_regular", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        assert file.load() == Preferences() and not file.is_known
        QThreadPool.globalInstance().waitForDone()
    return file


def test_what_could_not_be_read_is_not_replaced_by_how_the_window_stands_without_it(unread, path):
    unread.remember(geometry="the usual", views='{"now": "play"}')  # as a window does that is closed, untouched
    unread.remember(axes=True)
    unread.save()
    assert PreferencesFile(path).load() == replace(CHOSEN, tour='{"first": 7}', axes=True)
    assert unread.load() == PreferencesFile(path).load() and unread.is_known
    unread.remember(views="of a window that was made with them")
    unread.save()
    assert PreferencesFile(path).load().views == "of a window that was made with them"


def test_what_could_not_be_read_is_read_again_by_itself_and_has_what_was_chosen_meanwhile(unread, path, qtbot):
    unread.remember(axes=True)
    unread.revise("puzzles", lambda done: f"{done} J_W1".strip())
    with qtbot.waitSignal(unread.found):
        retry_timer(unread).setInterval(1)
    assert unread.present == replace(CHOSEN, tour='{"first": 7}', axes=True, puzzles="J_W1")


def test_what_could_not_be_read_comes_back_once_and_what_another_window_chooses_later_stays_there(unread, path, qtbot):
    found = []
    unread.found.connect(lambda: found.append(unread.present.theme))
    with qtbot.waitSignal(unread.found):
        retry_timer(unread).setInterval(1)
    other = PreferencesFile(path)
    other.remember(theme="contrast")
    other.save()
    unread.remember(axes=True)
    qtbot.waitUntil(lambda: PreferencesFile(path).load().axes and is_at_rest(unread))
    assert (found, unread.present.theme) == (["light"], "light")
    assert PreferencesFile(path).load().theme == "contrast"


def test_a_newer_choice_is_not_thrown_back_by_an_answer_that_a_slow_disk_gives_late(unread, path, qtbot, monkeypatch):
    begun, goes_on, write = Event(), Event(), shared_file.write_bytes

    def write_slowly(path, data):
        begun.set()
        goes_on.wait()
        write(path, data)

    monkeypatch.setattr(shared_file, "write_bytes", write_slowly)
    found = []
    unread.found.connect(lambda: found.append(unread.present.theme))
    soon = unread.findChild(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    soon.setInterval(0)
    try:
        unread.remember(theme="contrast")
        qtbot.waitUntil(begun.is_set)
        unread.remember(theme="dark")
        qtbot.waitUntil(lambda: not soon.isActive())
    finally:
        goes_on.set()
    qtbot.waitUntil(lambda: is_at_rest(unread))
    assert found == ["dark"] and unread.present == replace(CHOSEN, tour='{"first": 7}', theme="dark")
    assert PreferencesFile(path).load() == unread.present


def test_where_the_disk_fails_later_a_window_that_is_made_anew_has_all_that_was_chosen(path, monkeypatch):
    PreferencesFile(path).save(CHOSEN)
    file = PreferencesFile(path)
    file.load()
    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "open_regular", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        file.remember(language="de")
        file.save()
        assert file.load() == replace(CHOSEN, language="de")
    assert file.load() == replace(CHOSEN, language="de") == PreferencesFile(path).load()


def test_two_windows_keep_what_each_has_chosen(path):
    ours, theirs = PreferencesFile(path), PreferencesFile(path)
    ours.remember(theme="dark")
    theirs.remember(look="dark")
    ours.save()
    theirs.save()
    ours.remember(axes=True)
    ours.save()
    assert PreferencesFile(path).load() == Preferences(theme="dark", look="dark", axes=True)


def test_two_windows_in_different_lessons_keep_both_places(path):
    ours, theirs = PreferencesFile(path), PreferencesFile(path)
    for file, lesson, step in ((ours, "a.md", 3), (theirs, "b.md", 5), (ours, "a.md", 4)):
        file.revise("tour", partial(with_position, lesson=lesson, position=TourPosition(step)))
        file.save()
    kept = PreferencesFile(path).load().tour
    assert [position_in(kept, lesson) for lesson in ("a.md", "b.md")] == [TourPosition(4), TourPosition(5)]
    assert position_in(ours.present.tour, "a.md") == TourPosition(4)
