"""A file from outside opens in the window that is open, if the preferences say so and nothing is in the way."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QDialog

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project, save
from curvegui.ui.second_start import channel, listener
from curvegui.ui.second_start.channel import GREETING, MOST_BYTES, TAKEN, hand_over, read_request, server_name
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
    """What is answered to a request from outside, or nothing."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(person.window.services.preferences.path))
    person.wait_until(socket.canReadLine)
    assert socket.readLine().data() == GREETING
    socket.write(request + b"\n")
    person.wait_until(lambda: socket.canReadLine() or socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    return socket.readLine().data()


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
    assert sys.platform == "win32" or (Path(server_name(services.preferences.path)).stat().st_mode & 0o077) == 0
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
        assert said(person, nonsense) == b""
    listen(person, "apart")
    assert [*room.iterdir()] == []


def test_what_a_killed_window_or_another_person_has_left_is_no_window(visit, room, tmp_path, monkeypatch, run_file):
    person = visit()
    preferences = person.window.services.preferences.path
    Path(server_name(preferences)).write_text("left")
    assert not hand_over(tmp_path, preferences)
    listen(person, "here")
    assert asked(person, run_file)
    with monkeypatch.context() as others:
        others.setattr(os, "getuid", lambda: 12_345)
        assert channel.greeted(preferences) is None
    listen(person, "apart")


def test_a_second_window_listens_when_the_first_does_no_more(visit, room, monkeypatch, qapp):
    monkeypatch.setattr(channel, "PATIENCE_MS", 100)
    person = visit()
    other = QLocalServer()
    other.newConnection.connect(lambda: other.nextPendingConnection().write(GREETING))
    assert other.listen(server_name(person.window.services.preferences.path))
    second, real = person.window.services.features["second_start"], listener.greeted
    monkeypatch.setattr(listener, "greeted", lambda path: other if other.isListening() else real(path))
    listen(person, "here")
    again = second.findChild(QTimer)
    assert again.isActive()
    other.close()
    again.start(0)
    person.wait_until(lambda: [*room.iterdir()])
    listen(person, "apart")


def test_a_window_that_does_not_greet_is_not_waited_for_and_opens_nothing_later(room, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(channel, "PATIENCE_MS", 100)
    server = QLocalServer()
    assert server.listen(server_name(tmp_path / "preferences.json"))
    assert not hand_over(tmp_path, tmp_path / "preferences.json")
    qtbot.waitUntil(server.hasPendingConnections)
    assert server.nextPendingConnection().readAll().isEmpty()


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
