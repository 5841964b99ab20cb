"""A file from outside opens in the window that is open, if the preferences say so and nothing is in the way."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import sleep
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QFileSystemWatcher, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project, save
from curvegui.session.document.file import process_lock
from curvegui.ui.second_start import channel, listener
from curvegui.ui.second_start.channel import (
    CLAIMED,
    MOST_BYTES,
    REFUSED,
    REQUEST,
    TAKEN,
    hand_over,
    lock_of,
    own_channel,
    read_request,
)
from curvegui.ui.second_start.file_events import FileEventApplication


@pytest.fixture
def run_file(tmp_path):
    path = tmp_path / "star of mine.curvegui"
    save(path, Project(Trainer(TrainingConfig(curve="star")).record()))
    return path


@pytest.fixture
def room(monkeypatch, tmp_path_factory):
    """Where the channels are: a folder with a short name."""
    folder = tmp_path_factory.mktemp("r")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


DEEP = b"[" * 60_000  # Python's reader of JSON gives that up in its own way


def said(person, request):
    """What is answered to a request from outside: the ending that its file gets, or nothing."""
    channel = own_channel(person.window.services.preferences.path)
    (channel / "1.part").write_bytes(request)
    (channel / "1.part").rename(channel / f"1{REQUEST}")
    person.wait_until(lambda: not any((channel / f"1{each}").exists() for each in (REQUEST, CLAIMED)))
    answers = [*channel.iterdir()]
    for each in answers:
        each.unlink()
    return "".join(each.suffix for each in answers)


def asked(person, path):
    """Whether the window says that it takes a file."""
    return said(person, json.dumps({"open": str(path), "token": ""}).encode()) == TAKEN


def second_start(person, path):
    """Hand a file over as another process does; whether it was taken."""
    code = "import sys; from pathlib import Path; from curvegui.ui.second_start.channel import hand_over;"
    code += "from PySide6.QtCore import QCoreApplication; there = QCoreApplication();"
    code += "print(hand_over(*map(Path, sys.argv[1:])))"
    words = [sys.executable, "-c", code, str(path), str(person.window.services.preferences.path)]
    with subprocess.Popen(words, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE) as process:
        person.wait_until(lambda: process.poll() is not None)
        return process.stdout.read().split() == [b"True"]


def listen(person, choice):
    services = person.window.services
    services.preferences.remember(files_open=choice)
    services.features["second_start"].follow()


def test_it_is_opened_there_while_the_preferences_say_so_and_nothing_forbids_it(visit, room, run_file):
    person = visit()
    services, document = person.window.services, person.window.features["documents"].document
    assert [*room.iterdir()] == []
    listen(person, "here")
    assert sys.platform == "win32" or (own_channel(services.preferences.path).stat().st_mode & 0o077) == 0
    dialog = QDialog(person.window)
    dialog.open()
    assert not asked(person, run_file)
    dialog.done(0)
    services.availability.withhold({"action.open"})
    assert not asked(person, run_file)
    services.availability.withhold()
    assert document.path is None
    person.window.showMinimized()
    assert second_start(person, run_file)
    person.wait_until(lambda: document.path == run_file)
    assert not person.window.isMinimized()
    for nonsense in (b"open sesame", b"\xff", b"[]", b'{"open": 3, "token": ""}', b"1" * (MOST_BYTES + 2), DEEP):
        assert said(person, nonsense) == ""
    listen(person, "apart")
    assert [*room.iterdir()] == []


def test_a_pipe_or_a_folder_in_place_of_a_request_is_none_and_the_next_one_is_served(visit, room, run_file):
    person = visit()
    listen(person, "here")
    folder = own_channel(person.window.services.preferences.path)
    (folder / f"2{REQUEST}").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / f"3{REQUEST}")
    person.wait_until(lambda: not [*folder.glob(f"*{REQUEST}"), *folder.glob(f"3{CLAIMED}")])
    (folder / f"2{CLAIMED}").rmdir()
    assert asked(person, run_file)
    listen(person, "apart")
    assert [*room.iterdir()] == []


def test_a_request_that_was_there_before_the_folder_was_watched_is_served(visit, room, run_file, monkeypatch):
    def late(paths, parent):
        (Path(paths[0]) / f"1{REQUEST}").write_text(json.dumps({"open": str(run_file), "token": ""}))
        return QFileSystemWatcher(paths, parent)

    person = visit()
    document = person.window.features["documents"].document
    document.new()  # with changes, it would ask first
    monkeypatch.setattr(listener, "QFileSystemWatcher", late)
    listen(person, "here")
    person.wait_until(lambda: document.path == run_file)
    listen(person, "apart")


def test_what_a_killed_window_or_another_person_has_left_is_no_window(room, tmp_path, monkeypatch):
    preferences = tmp_path / "preferences.json"
    dead = own_channel(preferences)
    dead.mkdir()
    (room / f"{dead.name}1").write_text("no folder")
    with monkeypatch.context() as others:
        others.setattr(os, "getuid", lambda: 12_345)
        assert not hand_over(tmp_path, preferences)
        assert dead.exists() or sys.platform == "win32"
    assert not hand_over(tmp_path, preferences)
    assert [path.name for path in room.iterdir()] == [f"{dead.name}1"]


@pytest.fixture
def silent(room, tmp_path, monkeypatch, qapp):
    """The channel of a window that does not answer by itself, and the preferences by which it is found."""
    monkeypatch.setattr(channel, "PATIENCE_MS", 100)
    there = own_channel(tmp_path / "preferences.json")
    there.mkdir()
    lock = process_lock(lock_of(there))
    assert lock.tryLock(0)
    yield there, tmp_path / "preferences.json"
    lock.unlock()


def test_a_window_that_closes_just_then_hides_no_other(silent, monkeypatch):
    there, preferences = silent
    closing = there.with_name(f"{there.name}0")
    closing.mkdir()
    is_dir = Path.is_dir

    def close(path):
        was_there = is_dir(path)
        if path == closing:
            path.rmdir()
        return was_there

    monkeypatch.setattr(Path, "is_dir", close)
    monkeypatch.setattr(channel, "_room", lambda: SimpleNamespace(iterdir=lambda: [closing, there]))
    assert [*channel._channels(preferences)] == [there]


def test_a_request_that_is_not_answered_is_withdrawn(silent, run_file):
    there, preferences = silent
    assert not hand_over(run_file, preferences)
    assert [*there.iterdir()] == []


@pytest.mark.parametrize("stands_still_s", [0.0, 0.2])  # until there is an answer, and the patience is at its end
@pytest.mark.parametrize("answer", [TAKEN, REFUSED])
def test_what_has_been_taken_is_waited_for(silent, run_file, answer, stands_still_s):
    there, preferences = silent
    QTimer.singleShot(110, lambda: sleep(stands_still_s))
    taking, answering = (QTimer(singleShot=True, interval=each) for each in (20, 120))
    taking.timeout.connect(lambda: next(there.glob(f"*{REQUEST}")).rename(there / f"{os.getpid()}{CLAIMED}"))
    answering.timeout.connect(lambda: next(there.glob(f"*{CLAIMED}")).rename(there / f"{os.getpid()}{answer}"))
    taking.start()
    answering.start()
    assert hand_over(run_file, preferences) == (answer == TAKEN)
    assert [*there.iterdir()] == []


def test_a_request_is_a_path_and_a_token():
    assert read_request(json.dumps({"open": "/a\n", "token": "t"}).encode()) == ("/a\n", "t")


def test_of_what_macos_hands_over_the_first_is_what_it_was_started_for():
    """Another application than the tests' cannot be made: something else plays its part."""
    application, first, later = SimpleNamespace(_waiting=[], _open=None), [], []
    for name in ("one", "two"):
        assert FileEventApplication.event(application, QFileOpenEvent(name))
    FileEventApplication.serve(application, first.append, later.append)
    assert FileEventApplication.event(application, QFileOpenEvent("three"))
    assert (first, later) == (["one"], ["two", "three"])


def test_on_macos_a_file_gets_a_window_of_its_own_unless_the_preferences_say_otherwise(visit, monkeypatch):
    opened = []
    monkeypatch.setattr(listener, "open_apart", opened.append)
    visit().window.features["second_start"].take_from_system("heart.curvegui")
    assert opened == ["heart.curvegui"]
    assert QApplication.activeModalWidget() is None
